import { registry } from "@web/core/registry";

const MODE = (name) => `.o_field_widget[name=mode] input[data-value=${name}]`;
const LINE = ".o_field_widget[name=line_ids] .o_data_row";

registry.category("web_tour.tours").add("google_sync_assistant", {
    steps: () => [
        {
            content: "My own account is chosen",
            trigger: ".o_field_widget[name=account_ids] input:checked",
        },
        {
            content: "Preview first",
            trigger: MODE("preview"),
            run: "click",
        },
        {
            trigger: "button[name=action_start]",
            run: "click",
        },
        {
            content: "Three would be created in Google",
            trigger: `${LINE}:eq(2)`,
        },
        {
            content: "Leave the second one out",
            trigger: `${LINE}:contains('Rendez-vous 1') td[name=take] input`,
            run: "click",
        },
        {
            trigger: `${LINE}:contains('Rendez-vous 1') td[name=take] input:not(:checked)`,
        },
        {
            trigger: "button[name=action_apply]",
            run: "click",
        },
        {
            content: "The bar ends",
            trigger: ".o_google_sync_progress [data-run-state=done]",
        },
        {
            content: "See it in the journal",
            trigger: ".o_google_sync_open_run",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=line_ids] .o_data_row:contains('Rendez-vous 2')",
        },
        {
            content: "What was left out is not among what was done",
            trigger:
                ".o_field_widget[name=line_ids]:not(:contains('Rendez-vous 1'))",
        },
        {
            trigger: ".o_field_widget[name=left_out_count]:contains('1')",
        },
    ],
});

registry.category("web_tour.tours").add("google_sync_assistant_stop", {
    steps: () => [
        {
            trigger: MODE("normal"),
            run: "click",
        },
        {
            trigger: "button[name=action_start]",
            run: "click",
        },
        {
            content: "Some are done",
            trigger: ".o_google_sync_progress .o_google_sync_done",
        },
        {
            trigger: ".o_google_sync_stop",
            run: "click",
        },
        {
            content: "It has stopped, and says what that means",
            trigger: ".o_google_sync_progress [data-run-state=stopped]",
        },
        {
            trigger: "button[name=action_again]",
        },
    ],
});
