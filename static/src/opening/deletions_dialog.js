import { Component, onPatched, onWillStart, useRef, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";

const DECISION = "google.sync.decision";

/** Deletions that wait for an answer: one by one, or all at once. */
export class DeletionsDialog extends Component {
    static template = "google_sync.DeletionsDialog";
    static components = { Dialog };
    static props = {
        accountId: { type: [Number, Boolean], optional: true },
        close: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.googleSync = useService("google_sync");
        this.rowsRef = useRef("rows");
        this.state = useState({ rows: [], busy: false, said: "" });
        this.focusOn = null;
        onWillStart(async () => {
            this.state.rows = await this.load();
        });
        // Answered in another page, or found meanwhile.
        useBus(this.googleSync.bus, "state", async () => {
            if (!this.state.busy) {
                this.state.rows = await this.load();
            }
        });
        // The button that was pressed is gone: the next row has the focus.
        onPatched(() => {
            const buttons = this.rowsRef.el?.querySelectorAll("[name=keep]") || [];
            if (this.focusOn !== null && buttons.length) {
                buttons[Math.min(this.focusOn, buttons.length - 1)].focus();
                this.focusOn = null;
            }
        });
    }

    load() {
        const accountId = this.props.accountId || false;
        return this.orm.call(DECISION, "waiting_deletions", [accountId]);
    }

    get title() {
        return _t("Deletions waiting");
    }

    get hint() {
        return _t("Hold Ctrl while clicking to give the same answer to all.");
    }

    allLabel(answer) {
        const count = this.state.rows.length;
        return answer === "keep" ? _t("Keep all (%s)", count) : _t("Delete all (%s)", count);
    }

    /** Ctrl held: the same answer for all. */
    onAnswer(ev, row, answer) {
        const all = ev.ctrlKey || ev.metaKey;
        return this.answer(all ? this.state.rows : [row], answer);
    }

    /** Ctrl + Enter on a button is Ctrl + click, not the dialogue's first button. */
    onKeydown(ev, row, answer) {
        if (ev.key === "Enter" && (ev.ctrlKey || ev.metaKey)) {
            ev.stopPropagation();
            ev.preventDefault();
            this.onAnswer(ev, row, answer);
        }
    }

    onAll(answer) {
        return this.answer(this.state.rows, answer);
    }

    async answer(rows, answer) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        const ids = rows.map((row) => row.id);
        try {
            await this.orm.call(DECISION, "answer_deletions", [answer, ids]);
            // The cards behind show what was answered here.
            this.googleSync.bus.trigger("answered");
            this.focusOn = this.state.rows.indexOf(rows[0]);
            this.state.said = this.saying(rows, answer);
            this.state.rows = this.state.rows.filter((row) => !ids.includes(row.id));
        } finally {
            this.state.busy = false;
        }
        if (!this.state.rows.length) {
            this.notification.add(this.state.said, { type: "success" });
            this.props.close();
        }
    }

    saying(rows, answer) {
        if (rows.length > 1) {
            return answer === "keep"
                ? _t("%s kept; it takes effect in a moment.", rows.length)
                : _t("%s deleted; it takes effect in a moment.", rows.length);
        }
        return answer === "keep"
            ? _t("“%s” is kept; it takes effect in a moment.", rows[0].title)
            : _t("“%s” is deleted; it takes effect in a moment.", rows[0].title);
    }

    /** Who deleted it, and what each answer means. */
    story(row) {
        if (row.question) {
            return row.question;
        }
        if (row.missing) {
            return _t("Google no longer knows it, and does not say that it was deleted.");
        }
        return row.side === "odoo" ? _t("It was deleted in Google") : _t("It was deleted in Odoo");
    }

    consequence(row, answer) {
        const inOdoo = row.side === "odoo" || row.missing;
        if (answer === "keep" && row.moved) {
            return _t("Stays in Odoo alone");
        }
        if (answer === "keep") {
            return inOdoo ? _t("Goes back to Google") : _t("Comes back to Odoo");
        }
        return inOdoo ? _t("Delete it in Odoo too") : _t("Delete it in Google too");
    }
}

registry.category("actions").add("google_sync_deletions", (env, action) => {
    env.services.google_sync.deletions.open(action.params?.account_id);
});
