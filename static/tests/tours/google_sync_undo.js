import { registry } from "@web/core/registry";
import { accessible } from "./accessible";

const LINE = ".o_field_widget[name=line_ids] .o_data_row";

registry.category("web_tour.tours").add("google_sync_undo", {
    steps: () => [
        {
            content: "The run of before, in the journal",
            trigger: ".o_list_view .o_data_row:first td[name=started_at]",
            timeout: 60000,
            run: "click",
        },
        accessible(".o_form_view"),
        {
            trigger: ".o_form_view button[name=action_undo]",
            run: "click",
        },
        {
            content: "Two would be taken back, one is left and says why",
            trigger: `${LINE}:eq(2)`,
            timeout: 60000,
        },
        {
            trigger: `${LINE}:contains('Modifié') td[name=advice]:contains('Odoo')`,
        },
        {
            trigger: "button[name=action_apply]",
            run: "click",
        },
        {
            content: "The bar ends",
            trigger: ".o_google_sync_progress [data-run-state=partial]",
            timeout: 60000,
        },
        {
            content: "The undo can be undone",
            trigger: "button[name=action_undo]",
            run: "click",
        },
        {
            trigger: `${LINE}:eq(1)`,
            timeout: 60000,
        },
        {
            trigger: "button[name=action_apply]",
            run: "click",
        },
        {
            trigger: ".o_google_sync_progress [data-run-state=done]",
            timeout: 60000,
        },
    ],
});
