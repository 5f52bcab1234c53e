import { registry } from "@web/core/registry";

const ROW = ".o_google_sync_deletion";
const DIALOG = ".o_google_sync_deletions";

/** The title of a row, whatever the language. */
const row = (title) => `${ROW}:contains(${title})`;

registry.category("web_tour.tours").add("google_sync_opening_one_by_one", {
    steps: () => [
        {
            content: "The dialogue comes by itself, with what, when and where",
            trigger: `${row("Un")}:contains(Paris) .fa-clock-o + span`,
        },
        {
            content: "What was edited meanwhile comes first and says so",
            trigger: `${ROW}:first:contains(Deux) .fa-pencil`,
        },
        {
            content: "Keep one",
            trigger: `${row("Deux")} button[name=keep]`,
            run: "click",
        },
        {
            content: "It is answered; the next row has the focus",
            trigger: `${DIALOG}:not(:has(${row("Deux")})) ${row("Un")} button[name=keep]:focus`,
        },
        {
            content: "Delete another",
            trigger: `${row("Un")} button[name=delete]`,
            run: "click",
        },
        {
            trigger: `${DIALOG}:not(:has(${row("Un")})) ${row("Trois")}`,
        },
        {
            content: "Later: the third one stays where it is",
            trigger: `${DIALOG} .modal-footer button:last`,
            run: "click",
        },
        {
            trigger: `body:not(:has(${DIALOG}))`,
        },
        {
            content: "From the systray it is opened again",
            trigger: ".o_google_sync_systray .o_google_sync_waiting:contains(1)",
            run: "click",
        },
        {
            trigger: ".o_google_sync_deletions_item",
            run: "click",
        },
        {
            trigger: `${row("Trois")} button[name=delete]`,
            run: "click",
        },
        {
            content: "Nothing waits any more",
            trigger: `body:not(:has(${DIALOG})):not(:has(.o_google_sync_waiting))`,
        },
    ],
});

registry.category("web_tour.tours").add("google_sync_opening_ctrl", {
    steps: () => [
        {
            trigger: row("Deux"),
        },
        {
            content: "Ctrl held: the same answer for all",
            trigger: `${row("Un")} button[name=delete]`,
            run({ anchor }) {
                anchor.dispatchEvent(
                    new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey: true })
                );
            },
        },
        {
            trigger: `body:not(:has(${DIALOG}))`,
        },
    ],
});

registry.category("web_tour.tours").add("google_sync_opening_all", {
    steps: () => [
        {
            trigger: row("Trois"),
        },
        {
            trigger: `${DIALOG} button[name=keep_all]:contains(3)`,
            run: "click",
        },
        {
            trigger: `body:not(:has(${DIALOG})):not(:has(.o_google_sync_waiting))`,
        },
    ],
});
