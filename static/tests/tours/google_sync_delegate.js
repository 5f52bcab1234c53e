import { registry } from "@web/core/registry";

const FORM = ".o_form_view";
const hasNot = (name) => ({ trigger: `${FORM}:not(:has(button[name=${name}]))` });

/** A colleague with the right on the agenda, on somebody else's account. */
registry.category("web_tour.tours").add("google_sync_delegate", {
    steps: () => [
        {
            content: "It says whose it is and what may be done",
            trigger: `${FORM} .alert-info:not(:empty)`,
        },
        {
            content: "Nothing can be edited that would be refused",
            trigger: ".o_field_widget[name=months_before].o_readonly_modifier",
        },
        { trigger: `${FORM} .o_field_boolean[name=auto_push] input:disabled` },
        hasNot("action_reset_account"),
        hasNot("action_reset_calendar"),
        hasNot("action_disconnect"),
        hasNot("action_connect"),
        { trigger: ".o_control_panel:not(:has(.o_form_button_create))" },
        {
            content: "What may be done works",
            trigger: `${FORM} button[name=action_sync_now]`,
            run: "click",
        },
        { trigger: ".o_notification .bg-success, .o_notification_bar.bg-success" },
    ],
});

/** The colleagues' page, opened by its address as after a reload. */
registry.category("web_tour.tours").add("google_sync_colleagues", {
    steps: () => [
        { trigger: ".o_list_button_add", run: "click" },
        { trigger: ".o_field_widget[name=user_id] input", run: "edit bob" },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(bob) a",
            run: "click",
        },
        { trigger: ".o_list_button_save", run: "click" },
        { trigger: ".o_list_view .o_data_row:contains(bob):not(.o_selected_row)" },
    ],
});
