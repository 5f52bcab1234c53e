import { registry } from "@web/core/registry";
import { accessible } from "./accessible";

const press = (name) => ({
    trigger: `.o_form_view button[name=${name}]:enabled`,
    run: "click",
});

/** A user's first day, from the calendar to the first entries in step. */
registry.category("web_tour.tours").add("google_sync_first_day", {
    steps: () => [
        {
            content: "The sign in the bar says that nothing is connected",
            trigger: ".o_google_sync_systray .opacity-50",
        },
        {
            content: "From the calendar to Google and back",
            trigger: "button.o_google_sync_connect_agenda",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Nothing is synchronised yet; the main calendar is proposed",
            trigger: ".o_field_widget[name=calendar_id] input:value(ada@gmail.com)",
        },
        {
            content: "A name that Google does not have is said at once",
            trigger: ".o_field_widget[name=calendar_id] input",
            run: "edit Nowhere",
        },
        { trigger: ".o_form_view h1", run: "click" },
        { trigger: ".o_field_widget[name=calendar_id] [role=alert]" },
        {
            content: "Empty is the main calendar",
            trigger: ".o_field_widget[name=calendar_id] input",
            run: "clear",
        },
        { trigger: ".o_form_view h1", run: "click" },
        { trigger: ".o_field_widget[name=calendar_id] input:value(ada@gmail.com)" },
        {
            trigger: ".o_field_widget[name=months_after] input",
            run: "edit 6",
        },
        accessible(".o_form_view"),
        press("action_preview"),
        {
            content: "Numbers first",
            trigger: ".o_field_widget[name=to_google]:contains(1)",
        },
        { trigger: ".o_field_widget[name=to_odoo]:contains(1)" },
        { trigger: ".o_form_view:not(:has(.o_field_widget[name=line_ids]))" },
        accessible(".o_form_view"),
        press("action_show_lines"),
        {
            content: "Lines on demand",
            trigger: ".o_field_widget[name=line_ids] .o_data_row:nth-child(2)",
        },
        press("action_start"),
        {
            content: "The result",
            trigger: "[name=result] .alert-success:not(:empty)",
        },
        accessible(".o_form_view"),
        {
            content: "On to the agenda",
            trigger: ".o_form_view .o_form_statusbar .btn-primary:contains(/agenda|calendrier/)",
            run: "click",
        },
        { trigger: ".o_calendar_view" },
        { trigger: "body:not(:has(.o_google_sync_connect_agenda))" },
    ],
});

/** An administrator: what comes after Save in the settings. */
registry.category("web_tour.tours").add("google_sync_first_day_admin", {
    steps: () => [
        { trigger: "#google_sync_next .o_field_widget[name=google_sync_connected_message]" },
        {
            trigger: "#google_sync_next button[name=action_google_sync_invite]",
            run: "click",
        },
        {
            content: "The link that is the same for everybody",
            trigger: ".modal .o_field_widget[name=url]:contains(/odoo/my-google-sync)",
        },
        { trigger: ".modal .o_field_widget[name=names]:contains(ada)" },
        { trigger: ".modal-footer button[special=cancel]", run: "click" },
        { trigger: "body:not(:has(.modal))" },
        {
            trigger: "#google_sync_next button[name=action_google_sync_connect_me]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "One click, and what to bring over is asked",
            trigger: ".o_form_view button[name=action_preview]",
        },
    ],
});
