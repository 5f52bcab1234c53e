import { EventBus, markRaw, reactive } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { session } from "@web/session";
import { DeletionsOffer } from "../opening/deletions_offer";
import { quietly } from "./quietly";
import { Signs } from "./signs";

const ACCOUNT = "google.sync.account";
/** Where the bus does not reach the page, the state is asked for so many ms later. */
const ASK_AGAIN = [5000, 20000, 60000];
const KINDS = { done: "success", partial: "warning", running: "info" };

/**
 * What the web client knows of the user's synchronisation: it comes with the page, then
 * by the bus. Who has no account, and sees no colleague's, costs nothing.
 */
export class GoogleSync {
    constructor(env, services) {
        this.services = markRaw({ ...services, env });
        /** Triggers "state", "run" (one that concerns the user ended), "dialog-closed". */
        this.bus = new EventBus();
        const { account = false, agendas = false, at = 0 } = session.google_sync || {};
        this.account = account;
        /** How the user could connect; "setup" for who is to enter the application. */
        this.wayIn = session.google_sync_way_in || "";
        /** When the server said so: a page that connects is given older messages, too. */
        this.at = at;
        /** Whether there is an agenda to synchronise from the calendar. */
        this.agendas = agendas;
        /** Lights of the colleagues' agendas that were asked for, by partner id. */
        this.lights = {};
        /** Accounts that this page has asked for, until they are through. */
        this.asked = {};
        /** Of those, the agendas that were asked for together. */
        this.several = null;
        this.watching = false;
        this.signs = markRaw(new Signs(services.orm));
        this.deletions = markRaw(
            new DeletionsOffer(services.dialog, this.bus, () => this.account)
        );
    }

    get orm() {
        return this.services.orm;
    }

    /** Called on the reactive object: what the bus says must be seen. */
    listen() {
        if (this.account || this.agendas || this.wayIn) {
            const { bus_service, env } = this.services;
            bus_service.subscribe("google_sync/state", (told) => this.onState(told));
            bus_service.subscribe("google_sync/run", (run) => this.onRun(run));
            bus_service.start();
            // Not before the first screen: loading it closes every dialogue.
            const ready = "ACTION_MANAGER:UI-UPDATED";
            env.bus.addEventListener(ready, () => this.onReady(), { once: true });
            this.watch();
        }
    }

    // -- what the server says -------------------------------------------------

    onState({ account, at }) {
        if (at > this.at) {
            this.at = at;
            this.show(account);
        }
    }

    show(account) {
        this.account = account;
        if (account && this.lights[account.partner_id]) {
            Object.assign(this.lights[account.partner_id], picked(account));
        }
        this.bus.trigger("state");
        this.watch();
    }

    onRun(run) {
        if (run.at < (session.google_sync?.at || 0)) {
            return;
        }
        if (this.lights[run.partner_id]) {
            Object.assign(this.lights[run.partner_id], picked(run));
        }
        if (this.asked[run.id]) {
            delete this.asked[run.id];
            this.tellEnd(run);
        }
        this.bus.trigger("run", run);
        if (run.trigger === "login") {
            this.deletions.offer();
        }
    }

    /** Of several agendas one notice tells, but for those that had trouble. */
    tellEnd(run) {
        const { several } = this;
        if (!several?.left.delete(run.id)) {
            this.tell(run);
            return;
        }
        if (run.state === "done") {
            several.done++;
        } else {
            this.tell(run);
        }
        if (!several.left.size) {
            this.several = null;
            const text =
                several.done === 1
                    ? _t("%s agenda is in step.", several.done)
                    : _t("%s agendas are in step.", several.done);
            if (several.done) {
                this.services.notification.add(text, { type: "success" });
            }
        }
    }

    tell(run) {
        const buttons = [];
        if (run.questions) {
            buttons.push({
                name: _t("Answer"),
                primary: true,
                onClick: () => this.openDecisions(),
            });
        }
        if (run.run_id) {
            buttons.push({
                name: _t("Journal"),
                onClick: () => this.openRun(run.run_id),
            });
        }
        this.services.notification.add(run.summary || _t("Everything was in step already."), {
            title: _t("Synchronisation: %s", run.name),
            type: run.questions && run.state === "done" ? "warning" : KINDS[run.state] || "danger",
            buttons,
        });
    }

    async refresh() {
        this.show(await this.orm.silent.call(ACCOUNT, "my_state", []));
    }

    /** Something runs, as far as this page knows. */
    get isBusy() {
        const running = Object.values(this.lights).some((light) => light.running);
        return running || this.account?.running || Object.keys(this.asked).length > 0;
    }

    /**
     * Ask while something runs: the bus may be cut off, a server killed. So whatever the
     * page shows as running comes to its end without a reload.
     */
    watch(turn = 0) {
        if ((this.watching && !turn) || !this.isBusy) {
            return;
        }
        this.watching = true;
        browser.setTimeout(async () => {
            if (this.isBusy && !document.hidden) {
                await quietly(this.askAgain());
            }
            if (this.isBusy) {
                this.watch(turn + 1);
            } else {
                this.watching = false;
            }
        }, ASK_AGAIN[Math.min(turn, ASK_AGAIN.length - 1)]);
    }

    async askAgain() {
        const { lights } = this;
        if (this.account) {
            await this.refresh();
        }
        const listed = Object.values(lights).map((light) => light.partner_id);
        if (listed.length) {
            await this.loadLights(listed);
        }
        this.settleAsked();
    }

    /** Ask again where the bus may be cut off, until `isOver()`; three times at most. */
    followUp(isOver) {
        for (const delay of ASK_AGAIN) {
            browser.setTimeout(async () => {
                if (!isOver()) {
                    await quietly(this.refresh());
                }
            }, delay);
        }
    }

    /** The bus said nothing, but the run is over. A state on the bus precedes its run. */
    settleAsked() {
        const known = [this.account, ...Object.values(this.lights)].filter(Boolean);
        for (const shown of known) {
            if (this.asked[shown.id] && !shown.running) {
                delete this.asked[shown.id];
                this.several?.left.delete(shown.id);
                this.bus.trigger("run", { ...shown, changed: true });
            }
        }
    }

    // -- the first day --------------------------------------------------------

    get isConnected() {
        return Boolean(this.account) && this.account.light !== "off";
    }

    /** There is something that the user, who is not connected, can do about it. */
    get mayConnect() {
        return !this.isConnected && this.wayIn !== "setup" && Boolean(this.wayIn || this.account);
    }

    /** Connected, but the user has yet to say what to synchronise. */
    get mayStart() {
        return this.account?.light === "to_start";
    }

    /** To Google's page, or to the dialogue where its answer is pasted. */
    async connect() {
        const way = this.wayIn || this.account.way_in;
        const byHand = way === "manual" ? "_manually" : "";
        await this.doMine(`action_google_sync_connect${byHand}`);
    }

    /** A button of the user's own tab. */
    async doMine(method) {
        const { action } = this.services.env.services;
        return action.doAction(await this.orm.call("res.users", method, [[user.userId]]));
    }

    // -- what people ask ------------------------------------------------------

    /** The page is there: fetch in the background, show what waits. */
    async onReady() {
        if (!this.account?.at_opening) {
            return;
        }
        this.deletions.offer();
        if (await quietly(this.orm.silent.call(ACCOUNT, "open_web_client", []))) {
            let over = false;
            this.bus.addEventListener("run", () => (over = true), { once: true });
            this.followUp(() => {
                this.deletions.offer();
                return over;
            });
        }
    }

    async syncMine() {
        const { id } = this.account;
        const told = await this.orm.call(ACCOUNT, "sync_mine", []);
        if (told) {
            this.services.notification.add(told, { type: "warning" });
            return;
        }
        this.account.running = true;
        this.asked[id] = true;
        this.watch();
    }

    async loadLights(partnerIds) {
        const states = await this.orm.silent.call(ACCOUNT, "agenda_states", [partnerIds]);
        this.lights = Object.fromEntries(states.map((state) => [state.partner_id, state]));
        this.watch();
    }

    async syncAgendas(partnerIds) {
        const { asked, told } = await this.orm.call(ACCOUNT, "sync_agendas", [partnerIds]);
        for (const text of told) {
            this.services.notification.add(text, { type: "warning" });
        }
        for (const id of asked) {
            this.asked[id] = true;
        }
        this.several = asked.length > 1 ? { left: new Set(asked), done: 0 } : null;
        for (const light of Object.values(this.lights)) {
            light.running ||= asked.includes(light.id);
        }
        this.watch();
    }

    // -- elsewhere ------------------------------------------------------------

    /** The questions that wait for the user. */
    openDecisions() {
        this.services.env.services.action.doAction("google_sync.google_sync_decision_action", {
            additionalContext: { search_default_mine: 1 },
        });
    }

    openRun(runId) {
        this.services.env.services.action.doAction({
            type: "ir.actions.act_window",
            res_model: "google.sync.run",
            res_id: runId,
            views: [[false, "form"]],
        });
    }
}

/** What a colleague's light shows, of any message about the account. */
function picked({ light, label, last_success, running }) {
    return { light, label, last_success, running };
}

export const googleSyncService = {
    dependencies: ["bus_service", "dialog", "notification", "orm"],
    start(env, services) {
        const googleSync = reactive(new GoogleSync(env, services));
        googleSync.listen();
        return googleSync;
    },
};

registry.category("services").add("google_sync", googleSyncService);
