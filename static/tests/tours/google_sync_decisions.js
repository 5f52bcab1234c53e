import { registry } from "@web/core/registry";

/** The first page comes with all of Odoo's assets (ms). */
const LOADING = 60000;
const LIST = ".o_google_sync_questions";
/** A question by its title, whatever the language. */
const question = (title) => `.o_google_sync_question[aria-label="${title}"]`;
const answered = (title) => `${question(title)}[data-state=answered]`;

registry.category("web_tour.tours").add("google_sync_decisions", {
    steps: () => [
        {
            content: "A deletion: one key keeps, as one click would, and says so in its place",
            trigger: `${LIST} ${question("Gardé")} button[name=keep]`,
            timeout: LOADING,
            run: ({ anchor, press }) => {
                anchor.focus();
                return press("Enter");
            },
        },
        {
            content: "The keyboard goes on from there",
            trigger: `${answered("Gardé")} .o_google_sync_answered:focus .alert-success`,
        },
        {
            content: "What came of it stands there without a reload",
            trigger: `${answered("Gardé")} .alert-success:contains(: Gardé)`,
        },
        {
            content: "Twins are told apart by their place",
            trigger: `${question("Même")} .o_google_sync_candidate:contains(Salle 1)`,
        },
        {
            content: "One click pairs",
            trigger: `${question("Même")} .o_google_sync_candidate:contains(Salle 2) button[name=pair]`,
            run: "click",
        },
        {
            trigger: answered("Même"),
        },
        {
            content: "With one field, the choice is the answer",
            trigger: `${question("Lieu")} button[name=google]:contains(Lyon)`,
            run: "click",
        },
        {
            trigger: answered("Lieu"),
        },
        {
            content: "With several, each is chosen, then applied",
            trigger: `${question("Odoo")} button[name=apply][disabled]`,
        },
        {
            trigger: `${question("Odoo")} button[data-field=title][name=google]`,
            run: "click",
        },
        {
            trigger: `${question("Odoo")} button[data-field=title][aria-pressed=true]`,
        },
        {
            trigger: `${question("Odoo")} button[data-field=place][name=odoo]`,
            run: "click",
        },
        {
            trigger: `${question("Odoo")} button[name=apply]:not([disabled])`,
            run: "click",
        },
        {
            trigger: `${LIST} ${answered("Odoo")}`,
        },
        {
            content: "The bar counts them no longer",
            trigger: "body:not(:has(.o_google_sync_waiting))",
        },
    ],
});

registry.category("web_tour.tours").add("google_sync_decisions_list", {
    steps: () => [
        {
            content: "In the list a row opens the question",
            trigger: ".o_switch_view.o_list",
            timeout: LOADING,
            run: "click",
        },
        {
            trigger: ".o_data_row .o_data_cell[name=name]:contains(Gardé)",
            run: "click",
        },
        {
            trigger: `.o_form_view ${question("Gardé")} button[name=delete]`,
            run: "click",
        },
        {
            content: "The form says that it is answered",
            trigger: `.o_form_view ${answered("Gardé")}`,
        },
    ],
});

registry.category("web_tour.tours").add("google_sync_decisions_event", {
    steps: () => [
        {
            content: "The event's sign says that it waits for an answer",
            trigger: ".o_google_sync_sign[data-sign=question]",
            timeout: LOADING,
            run: "click",
        },
        {
            content: "Its panel shows the question and takes the answer",
            trigger: `.o_google_sync_why ${question("Gardé")} button[name=keep]`,
            run: "click",
        },
        {
            trigger: `.o_google_sync_why:not(:has(.o_google_sync_question))`,
        },
        {
            trigger: ".o_google_sync_why .modal-footer .btn-primary",
            run: "click",
        },
        {
            trigger: ".o_google_sync_sign:not([data-sign=question])",
        },
    ],
});

registry.category("web_tour.tours").add("google_sync_decisions_phone", {
    steps: () => [
        {
            trigger: `.o_kanban_view ${question("Gardé")} button[name=keep]`,
            timeout: LOADING,
            run: "click",
        },
        {
            trigger: answered("Gardé"),
        },
    ],
});
