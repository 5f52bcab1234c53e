import { registry } from "@web/core/registry";
import { accessible } from "./accessible";

registry.category("web_tour.tours").add("google_sync_systray", {
    steps: () => [
        {
            content: "The state in words, not by colour alone",
            trigger: ".o_google_sync_systray[aria-label]",
            run: "click",
        },
        {
            trigger: ".o_google_sync_systray_state[data-light=connected]:contains(ada@gmail.com)",
        },
        accessible(".o_google_sync_systray_menu"),
        {
            trigger: ".o_google_sync_now",
            run: "click",
        },
        {
            content: "It says what came of it, with a way to the journal",
            trigger: ".o_notification_body button, .o_notification_buttons button",
            run: "click",
        },
        {
            trigger: ".o_form_view [name=trigger]",
        },
    ],
});

registry.category("web_tour.tours").add("google_sync_agenda", {
    steps: () => [
        {
            content: "The light of one's own agenda, beside the name",
            trigger: ".o_google_sync_filter_light.fa-check-circle[aria-label]",
        },
        {
            trigger: ".o_google_sync_agenda_states",
            run: "click",
        },
        {
            trigger: ".o_google_sync_agenda_menu li[data-light=connected]",
        },
        accessible(".o_google_sync_agenda_menu"),
        {
            content: "Bob's agenda is not for Ada: no light, no state",
            trigger: "body:not(:has(.o_google_sync_agenda_menu li:contains(bob)))",
        },
        {
            trigger: ".o_google_sync_agenda_now:enabled",
            run: "click",
        },
        {
            content: "The view refreshes by itself",
            trigger: ".o_event:contains(De Google)",
        },
    ],
});

registry.category("web_tour.tours").add("google_sync_why_linked", {
    steps: () => [
        {
            content: "The sign of an event that is in Google",
            trigger: ".o_google_sync_sign[data-sign=linked]",
            run: "click",
        },
        {
            trigger: ".o_google_sync_why_part[data-sign=linked] a.o_google_sync_why_link[href]",
        },
        {
            trigger: ".o_google_sync_why .modal-footer .btn-primary",
            run: "click",
        },
        {
            trigger: "body:not(:has(.o_google_sync_why))",
        },
    ],
});

registry.category("web_tour.tours").add("google_sync_why_out", {
    steps: () => [
        {
            content: "The sign of an event that is left out",
            trigger: ".o_google_sync_sign[data-sign=out]",
            run: "click",
        },
        {
            content: "Why, and what to do",
            trigger: ".o_google_sync_why_part[data-sign=out] .o_google_sync_why_text + .o_google_sync_muted",
        },
        {
            trigger: "body:not(:has(.o_google_sync_why_link))",
        },
        {
            trigger: ".o_google_sync_why .modal-footer .btn-primary",
            run: "click",
        },
        {
            trigger: "body:not(:has(.o_google_sync_why))",
        },
    ],
});

registry.category("web_tour.tours").add("google_sync_agenda_phone", {
    steps: () => [
        {
            content: "The states, from the bottom of the screen",
            trigger: ".o_google_sync_agenda_states",
            run: "click",
        },
        {
            trigger: ".o_google_sync_agenda_menu li[data-light=connected]",
        },
        {
            trigger: ".o_bottom_sheet_backdrop",
            run: "click",
        },
        {
            trigger: ".o_google_sync_agenda_now:enabled[aria-label]",
            run: "click",
        },
        {
            trigger: ".o_event:contains(De Google)",
        },
        {
            content: "The sign of the event, and why",
            trigger: ".o_event:contains(De Google)",
            run: "click",
        },
        {
            trigger: ".o_google_sync_sign[data-sign=linked]",
            run: "click",
        },
        {
            trigger: ".o_google_sync_why_part[data-sign=linked]",
        },
    ],
});
