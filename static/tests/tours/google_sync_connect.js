import { registry } from "@web/core/registry";

const TAB = ".modal .o_notebook a[name=google_sync]";

registry.category("web_tour.tours").add("google_sync_connect", {
    steps: () => [
        {
            content: "Open My Preferences",
            trigger: ".o_user_menu button",
            run: "click",
        },
        {
            trigger: ".dropdown-item[data-menu=preferences]",
            run: "click",
        },
        {
            content: "Open the tab Synchronisation",
            trigger: TAB,
            run: "click",
        },
        {
            content: "Type the mail address of the Google account",
            trigger: ".modal .o_field_widget[name=google_sync_login] input",
            run: "edit ada@gmail.com",
        },
        {
            content: "Connect: Odoo, Google's consent, and back",
            trigger: ".modal button[name=action_google_sync_connect]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Back on the page of the first day",
            trigger: ".o_field_widget[name=google_email]:contains(ada@gmail.com)",
        },
        {
            content: "On to the tab: whoever wants may start from there",
            trigger: ".o_google_sync_systray",
            run: "click",
        },
        { trigger: ".o_google_sync_tab", run: "click" },
        {
            content: "Connected, and nothing is synchronised yet",
            trigger: ".o_google_sync_light[data-state=to_start]",
        },
        {
            content: "The main calendar is chosen",
            trigger: ".o_field_widget[name=google_sync_calendar_id] input:value(ada@gmail.com)",
        },
        {
            content: "Shorten the period",
            trigger: ".o_field_widget[name=google_sync_months_after] input",
            run: "edit 6",
        },
        {
            trigger: ".o_form_button_save:enabled",
            run: "click",
        },
        {
            trigger: ".o_form_saved",
        },
    ],
});
