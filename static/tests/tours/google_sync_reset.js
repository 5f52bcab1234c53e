import { registry } from "@web/core/registry";

const DIALOG = ".modal .o_form_view";
const tick = (name) => ({
    trigger: `${DIALOG} .o_field_widget[name=${name}] input`,
    run: "click",
});

registry.category("web_tour.tours").add("google_sync_reset", {
    steps: () => [
        {
            trigger: "a[name=google_sync]",
            timeout: 60000,
            run: "click",
        },
        {
            trigger: "button[name=action_google_sync_reset_calendar]",
            run: "click",
        },
        {
            content: "Nothing is taken away unless it is ticked",
            trigger: `${DIALOG}:has(.o_field_widget[name=event_count]:contains(2)) .o_field_widget[name=take_away] input:not(:checked)`,
        },
        tick("delete_in_google"),
        {
            content: "It says how many it deletes in Google before it does",
            trigger: `${DIALOG} .o_google_sync_delete_count:contains(1)`,
        },
        tick("take_away"),
        {
            content: "And how many it would take away in Odoo",
            trigger: `${DIALOG} .o_google_sync_take_count:contains(1)`,
        },
        {
            trigger: ".modal-footer button[name=action_reset]",
            run: "click",
        },
        {
            content: "Its page shows the bar",
            trigger: ".o_form_view .o_google_sync_progress [role=progressbar], .o_form_view .alert-info .o_field_widget[name=message]",
        },
        {
            content: "And what was done, when the bar has ended",
            trigger: ".o_form_view .alert-info .o_field_widget[name=message]",
            timeout: 60000,
        },
        {
            trigger: ".o_form_view .o_field_widget[name=line_ids] .o_data_row:eq(2)",
        },
    ],
});
