import { Component, onWillUnmount, onWillUpdateProps, useEffect, useRef, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { useBus, useService } from "@web/core/utils/hooks";

const DECISION = "google.sync.decision";
/** Where the bus does not say that it was carried out (ms). */
const LATER = [5000, 20000, 60000];

/** A question and its answers, one click each; what came of it stands in its place. */
export class Question extends Component {
    static template = "google_sync.Question";
    static props = {
        card: Object,
        /** The title is said already by what is around it. */
        isWithin: { type: Boolean, optional: true },
        /** Called with the card as it is after the answer. */
        onAnswered: { type: Function, optional: true },
        /** Called before another page is opened. */
        onLeave: { type: Function, optional: true },
    };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.googleSync = useService("google_sync");
        this.state = useState({ card: this.props.card, choices: {}, busy: false });
        onWillUpdateProps(({ card }) => {
            if (card !== this.props.card) {
                this.state.card = card;
            }
        });
        // The button that was pressed is gone: Tab goes on from its result, and a second
        // Enter answers no other question.
        this.resultRef = useRef("result");
        this.cardRef = useRef("card");
        this.answered = false;
        useEffect(
            () => {
                if (this.answered) {
                    this.answered = false;
                    if (this.hasFocus) {
                        this.resultRef.el?.focus();
                    }
                }
            },
            () => [this.isOpen]
        );
        // A run that ended has carried the answer out.
        useBus(this.googleSync.bus, "run", () => this.follow());
        useBus(this.googleSync.bus, "answered", () => this.follow());
        this.timers = [];
        onWillUnmount(() => this.timers.forEach((timer) => browser.clearTimeout(timer)));
    }

    /** Who went on to another card meanwhile stays there. */
    get hasFocus() {
        const active = document.activeElement;
        return !active || active === document.body || this.cardRef.el.contains(active);
    }

    get card() {
        return this.state.card;
    }

    get isOpen() {
        return this.card.state === "open";
    }

    /** Both sides' records are shown, to tell which one it is. */
    get isChoice() {
        return ["adoption", "proposal"].includes(this.card.kind);
    }

    // -- answering ------------------------------------------------------------

    async answer(answer, pick = false, choices = null) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            const args = [[this.card.id], answer, pick, choices];
            const card = await this.orm.call(DECISION, "answer_question", args);
            this.answered = true;
            this.state.card = card;
            this.timers = LATER.map((delay) =>
                browser.setTimeout(() => this.follow(), delay)
            );
            await this.props.onAnswered?.(this.state.card);
        } catch (error) {
            // Answered elsewhere meanwhile, perhaps: show it as it is now.
            await this.read();
            throw error;
        } finally {
            this.state.busy = false;
        }
    }

    /** With the others on the page, in one request. */
    async read() {
        const card = await this.googleSync.signs.read(DECISION, "card", this.card.id);
        if (card) {
            this.state.card = card;
        }
    }

    async follow() {
        if (!this.state.busy && !this.card.written?.length) {
            await this.read();
        }
    }

    // -- field by field -------------------------------------------------------

    /** With one field, the choice is the answer. */
    choose(field, side) {
        this.state.choices[field.name] = side;
        if (this.card.fields.length === 1) {
            return this.applyChoices();
        }
    }

    isChosen(field, side) {
        return this.state.choices[field.name] === side;
    }

    get left() {
        return this.card.fields.filter((field) => !this.state.choices[field.name]).length;
    }

    get applyLabel() {
        return this.left
            ? _t("Apply (%s to choose)", this.left)
            : _t("Apply the choices");
    }

    applyChoices() {
        return this.answer("fields", false, { ...this.state.choices });
    }

    keepAll(side) {
        const names = this.card.fields.map((field) => field.name);
        return this.answer("fields", false, Object.fromEntries(names.map((x) => [x, side])));
    }

    valueLabel(field, side) {
        const value = field[side];
        return side === "odoo"
            ? _t("%(field)s: keep Odoo's, %(value)s", { field: field.label, value })
            : _t("%(field)s: keep Google's, %(value)s", { field: field.label, value });
    }

    pickLabel(candidate) {
        const facts = candidate.facts.map((fact) => fact.value);
        return _t("It is this one: %s", [candidate.title, ...facts].join(", "));
    }

    // -- by keyboard ----------------------------------------------------------

    /** A list of cards takes Enter and Space for itself: here they press the button. */
    onKeydown(ev) {
        if (["Enter", " "].includes(ev.key) && ev.target.closest("button")) {
            ev.stopPropagation();
        }
    }

    // -- elsewhere ------------------------------------------------------------

    openEvent(eventId) {
        this.props.onLeave?.();
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "calendar.event",
            res_id: eventId,
            views: [[false, "form"]],
        });
    }
}
