import { Component, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { LIGHTS } from "../light/lights";
import { ago, exactly } from "../service/moments";
import { quietly } from "../service/quietly";

const NOBODY = { light: "off", deletions: 0, questions: 0 };

/** The state of one's own synchronisation, and what waits. */
export class GoogleSyncSystray extends Component {
    static template = "google_sync.Systray";
    static components = { Dropdown, DropdownItem };
    static props = {};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.googleSync = useState(useService("google_sync"));
    }

    /** Who never was connected has no account yet: the sign is grey. */
    get account() {
        return this.googleSync.account || { ...NOBODY, label: _t("Not connected") };
    }

    get light() {
        return LIGHTS[this.account.light];
    }

    get hasAccount() {
        return Boolean(this.googleSync.account);
    }

    /** The small icon on the sign: running, or the light. */
    get corner() {
        return this.account.running ? "fa-refresh fa-spin" : this.light.icon;
    }

    get waiting() {
        return this.account.deletions + this.account.questions;
    }

    get isReachable() {
        const { light } = this.account;
        const shut = [
            ...["off", "to_reconnect", "to_start", "suspended", "resetting", "paused"],
        ];
        return !shut.includes(light);
    }

    get label() {
        const state = this.account.running ? _t("Synchronising…") : this.account.label;
        const parts = [_t("Google synchronisation: %s", state)];
        if (this.waiting) {
            parts.push(_t("%s waiting for an answer", this.waiting));
        }
        return parts.join(". ");
    }

    get lastSuccess() {
        return _t("Last success: %s", ago(this.account.last_success));
    }

    get lastSuccessExactly() {
        return exactly(this.account.last_success);
    }

    /** When Google ends the connection, where that is near. */
    get endsSoon() {
        const { ends_at, light } = this.account;
        const end = light === "ending" && deserializeDateTime(ends_at).toRelative();
        return end && _t("The connection ends %s.", end);
    }

    /** Connecting again helps: it ended, it is about to, or a box was left out. */
    get needsConnection() {
        const { light, refused } = this.account;
        return ["to_reconnect", "ending"].includes(light) || Boolean(refused);
    }

    /** It opens with what is known; what is new follows. */
    onBeforeOpen() {
        quietly(this.googleSync.refresh());
    }

    openDecisions() {
        this.googleSync.openDecisions();
    }

    async openTab() {
        this.action.doAction(await this.orm.call("res.users", "action_google_sync_open", []));
    }

    openSettings() {
        this.action.doAction("google_sync.res_config_settings_action");
    }

    async openJournal() {
        const id = this.account.id;
        const action = await this.orm.call("google.sync.account", "action_view_runs", [[id]]);
        this.action.doAction(action);
    }

    async reconnect() {
        const id = this.account.id;
        const action = await this.orm.call("google.sync.account", "action_connect", [[id]]);
        this.action.doAction(action);
    }
}

registry.category("systray").add(
    "google_sync.systray",
    {
        Component: GoogleSyncSystray,
        isDisplayed: ({ services: { google_sync: { account, wayIn } } }) =>
            Boolean(account || wayIn),
    },
    { sequence: 19 }
);
