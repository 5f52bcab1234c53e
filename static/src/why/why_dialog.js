import { Component, onWillStart, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useBus, useService } from "@web/core/utils/hooks";
import { SIGNS } from "../light/lights";
import { Question } from "../question/question";

/** Why a record is in Google or is not, for each account that the user may see. */
export class WhyDialog extends Component {
    static template = "google_sync.WhyDialog";
    static components = { Dialog, Question };
    static props = { resModel: String, resId: Number, close: Function };

    setup() {
        this.action = useService("action");
        this.notification = useService("notification");
        this.orm = useService("orm");
        this.googleSync = useState(useService("google_sync"));
        this.state = useState({ parts: [], title: "", connect: false, busy: false });
        onWillStart(() => this.load());
        useBus(this.googleSync.bus, "run", () => this.load());
    }

    get title() {
        return _t("%s and Google", this.state.title);
    }

    sign(part) {
        return SIGNS[part.sign];
    }

    call(method, ...args) {
        return this.orm.call(this.props.resModel, method, [[this.props.resId], ...args]);
    }

    async load() {
        Object.assign(this.state, await this.call("google_sync_why"));
    }

    async retry(part) {
        this.state.busy = true;
        try {
            const told = await this.call("google_sync_retry", part.account_id);
            this.notification.add(told || _t("It is tried again in a moment."), {
                type: told ? "warning" : "info",
            });
            await this.load();
        } finally {
            this.state.busy = false;
        }
    }

    leaveFor(action) {
        this.props.close();
        this.action.doAction(action);
    }

    async openHistory() {
        this.leaveFor(await this.call("action_google_sync_history"));
    }

    async openTab() {
        this.leaveFor(await this.orm.call("res.users", "action_google_sync_open", []));
    }

    openForm(resModel, resId) {
        const views = [[false, "form"]];
        const type = "ir.actions.act_window";
        this.leaveFor({ type, res_model: resModel, res_id: resId, views });
    }
}
