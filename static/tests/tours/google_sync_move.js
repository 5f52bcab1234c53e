import { registry } from "@web/core/registry";

const CALENDAR = ".o_field_widget[name=google_sync_calendar_id]";

registry.category("web_tour.tours").add("google_sync_move", {
    steps: () => [
        {
            content: "Where the event stands in Google, on the first page",
            trigger: `${CALENDAR} input:value(ada@gmail.com)`,
            run: "click",
        },
        {
            content: "The calendars that take it, by their names",
            trigger: `${CALENDAR} .o-autocomplete--dropdown-item:contains(Work) a`,
            run: "click",
        },
        {
            trigger: ".o_form_button_save:enabled",
            run: "click",
        },
        {
            content: "Saved, and on its way",
            trigger: ".o_form_saved .o_google_sync_sign[data-sign=waiting]",
        },
        {
            trigger: `${CALENDAR} input:value(Work)`,
        },
    ],
});
