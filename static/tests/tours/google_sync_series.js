import { registry } from "@web/core/registry";

const MONTH = ".o_calendar_renderer .fc-dayGridMonth-view";
const EVENT = `${MONTH} .fc-event:contains(Hebdo)`;

registry.category("web_tour.tours").add("google_sync_series_drag", {
    steps: () => [
        {
            content: "The month",
            trigger: ".o_calendar_container .scale_button_selection",
            run: "click",
        },
        {
            trigger: ".o_scale_button_month",
            run: "click",
        },
        {
            content: "Drag the first occurrence to the day beside it",
            trigger: `${EVENT}:first`,
            async run({ anchor, drag_and_drop }) {
                const cell = anchor.closest(".fc-daygrid-day");
                const beside = cell.nextElementSibling || cell.previousElementSibling;
                // In a month's first week a day's upper edge is outside of the grid.
                await drag_and_drop(`.fc-daygrid-day[data-date="${beside.dataset.date}"]`, {
                    position: "center",
                });
            },
        },
        {
            content: "Only this one",
            trigger: ".modal input[value=self_only]",
            run: "click",
        },
        {
            trigger: ".modal .modal-footer .btn-primary",
            run: "click",
        },
        {
            trigger: `body:not(:has(.modal)) ${EVENT}`,
        },
    ],
});
