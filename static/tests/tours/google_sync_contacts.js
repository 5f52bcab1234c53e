import { registry } from "@web/core/registry";

const ROW = ".o_data_row:contains('Zoé Le Goff')";

registry.category("web_tour.tours").add("google_sync_contacts", {
    steps: () => [
        {
            content: "Mark one contact",
            trigger: `.o_list_view ${ROW} .o_list_record_selector input`,
            run: "check",
        },
        {
            trigger: ".o_cp_action_menus button:contains('Actions')",
            run: "click",
        },
        {
            content: "Put it on my list",
            trigger: ".o-dropdown-item:contains('Contact to synchronise')",
            run: "click",
        },
        {
            content: "The notice says how many were new",
            trigger: ".o_notification:contains('1 new on the list')",
        },
        {
            content: "Its form says why it is not in Google yet",
            trigger: `${ROW} td[name=complete_name]`,
            run: "click",
        },
        {
            trigger: "[name=google_sync_panel]:contains('next synchronisation')",
        },
        {
            content: "My whole list",
            trigger: "button[data-menu-xmlid='google_sync.google_sync_contact_menu']",
            run: "click",
        },
        {
            trigger: "a[data-menu-xmlid='google_sync.google_sync_contact_link_menu']",
            run: "click",
        },
        {
            trigger: `.o_breadcrumb:contains('Contacts to synchronise')`,
        },
        {
            trigger: `${ROW} td[name=standing]:contains('Waiting')`,
        },
        {
            content: "The tab of My Preferences",
            trigger: ".o_user_menu button",
            run: "click",
        },
        {
            trigger: ".dropdown-item[data-menu=preferences]",
            run: "click",
        },
        {
            trigger: ".modal .o_notebook a[name=google_sync]",
            run: "click",
        },
        {
            content: "One chosen, and it is this one",
            trigger:
                ".modal button[name=action_google_sync_contacts]:contains('chosen')",
        },
        {
            trigger: `.modal [name=google_sync_contact_link_ids] ${ROW}`,
        },
    ],
});
