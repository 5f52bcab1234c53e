import { registry } from "@web/core/registry";

const press = (name, word) => ({
    content: `Press ${word}`,
    trigger: `.o_form_view button[name=${name}]:contains(/^${word}$/)`,
    run: "click",
});

/** The tab as its owner walks through it; `words`: what its buttons say. */
const tab = (words) => [
    { content: "The light is green", trigger: ".o_google_sync_light[data-state=connected]" },
    {
        content: "The top bar belongs to the calendar",
        trigger: ".o_menu_sections button, .o_menu_sections a",
    },
    press("action_google_sync_test", words.test),
    {
        content: "Each check has its sign",
        trigger: ".modal .o_google_sync_checks [data-check=calendar][data-status=ok]",
    },
    {
        content: "Close the test",
        trigger: `.modal-footer button:contains(${words.close})`,
        run: "click",
    },
    { trigger: "body:not(:has(.modal))" },
    press("action_google_sync_now", words.now),
    {
        content: "The last success is shown without leaving the page",
        trigger: ".o_field_widget[name=google_sync_last_success_at]:not(:empty)",
    },
    press("action_google_sync_reset_calendar", words.reset),
    {
        content: "The dialogue says how many events it is about",
        trigger: ".modal .o_field_widget[name=event_count]:contains(1)",
    },
    {
        content: "Also delete what Odoo made",
        trigger: ".modal .o_field_widget[name=delete_in_google] input",
        run: "click",
    },
    {
        content: "Reset",
        trigger: ".modal-footer button[name=action_reset]",
        run: "click",
    },
    { trigger: "body:not(:has(.modal))" },
    {
        content: "Its page has the receipt when it has ended",
        trigger: `.o_form_view .alert-info:contains(${words.receipt})`,
    },
];

registry.category("web_tour.tours").add("google_sync_tab_en", {
    steps: () =>
        tab({
            test: "Test",
            close: "Close",
            now: "Synchronise now",
            reset: "Reset calendar",
            receipt: "Reset: 1",
        }),
});

registry.category("web_tour.tours").add("google_sync_tab_fr", {
    steps: () =>
        tab({
            test: "Tester",
            close: "Fermer",
            now: "Synchroniser maintenant",
            reset: "Réinitialisation cal.",
            receipt: "initialis",
        }),
});

registry.category("web_tour.tours").add("google_sync_preferences_stay", {
    steps: () => [
        {
            content: "Open My Preferences",
            trigger: ".o_user_menu button",
            run: "click",
        },
        { trigger: ".dropdown-item[data-menu=preferences]", run: "click" },
        { trigger: ".modal .o_notebook a[name=google_sync]", run: "click" },
        {
            content: "Synchronise in the dialogue",
            trigger: ".modal button[name=action_google_sync_now]",
            run: "click",
        },
        { content: "A notice tells the result", trigger: ".o_notification" },
        {
            content: "The dialogue is still there, with the new state",
            trigger: ".modal .o_field_widget[name=google_sync_last_success_at]:not(:empty)",
        },
        {
            content: "Disconnect",
            trigger: ".modal button[name=action_google_sync_disconnect]",
            run: "click",
        },
        {
            trigger: ".modal:not(:has(.o_form_view)) .modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "The light is off, in the same dialogue",
            trigger: ".modal .o_google_sync_light[data-state=off]",
        },
    ],
});

registry.category("web_tour.tours").add("google_sync_by_hand", {
    steps: () => [
        press("action_google_sync_connect_manually", "Manual connection"),
        {
            content: "Google's address is there to copy",
            trigger: ".modal .o_field_widget[name=url] a[href*='code_challenge']",
        },
        {
            content: "Something that is no answer",
            trigger: ".modal .o_field_widget[name=answer] input",
            run: "edit hello",
        },
        { trigger: ".modal-footer button[name=action_connect]", run: "click" },
        {
            content: "The dialogue says what is wrong, and stays",
            trigger: ".modal .alert-warning:contains(47813)",
        },
        {
            content: "The address at Google is still good",
            trigger: ".modal .o_field_widget[name=url] a[href*='code_challenge']",
        },
    ],
});
