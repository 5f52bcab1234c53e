import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { user } from "@web/core/user";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { Component, onMounted, onWillUnmount, useEffect, useState } from "@odoo/owl";

const RUN = "google.sync.run";
/** Between two questions when somebody else works on the run, or it has to wait. */
const PAUSE = 2000;
const PAUSE_HIDDEN = 15000;

/**
 * Runs that go on, each with its bar: works on them a slice at a time, so that they go
 * on where no scheduled action runs, and shows what the server tells by the bus.
 */
export class GoogleSyncProgress extends Component {
    static template = "google_sync.Progress";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.bus = useService("bus_service");
        this.state = useState({ runs: [], lost: false });
        this.alive = true;
        this.onTold = (told) => this.take([told]);
        this.bus.subscribe("google_sync.progress", this.onTold);
        onMounted(() => this.bus.start());
        useEffect(
            () => {
                this.follow();
            },
            () => [this.ids.join()]
        );
        onWillUnmount(() => {
            this.alive = false;
            clearTimeout(this.timer);
            this.bus.unsubscribe("google_sync.progress", this.onTold);
        });
    }

    get ids() {
        const { record } = this.props;
        if (record.resModel === RUN) {
            const shown = record.data.queued || record.data.trigger === "reset";
            return record.resId && shown ? [record.resId] : [];
        }
        return record.data.run_ids.currentIds;
    }

    get stopping() {
        return this.state.runs.some((run) => run.stopping);
    }

    get going() {
        return this.state.runs.some((run) => run.state === "running");
    }

    /** Work and ask until every run has ended; one loop for one set of runs. */
    async follow() {
        const ids = this.ids;
        const isCurrent = () => this.alive && ids.join() === this.ids.join();
        if (!ids.length) {
            this.state.runs = [];
            return;
        }
        let runs = await this.ask("progress", ids);
        const wasGoing = runs?.some((run) => run.state === "running");
        while (isCurrent() && (!runs || runs.some((run) => run.state === "running"))) {
            const before = JSON.stringify(runs);
            runs = await this.ask("work_on", ids);
            if (!runs || JSON.stringify(runs) === before) {
                await this.rest();
            }
        }
        if (isCurrent()) {
            await this.end(wasGoing);
        }
    }

    async ask(method, ids) {
        try {
            const runs = await this.orm.silent.call(RUN, method, [ids], {
                context: user.context,
            });
            this.take(runs);
            this.state.lost = false;
            return runs;
        } catch (error) {
            if (error.exceptionName) {
                // The server said why: shown as any other message of it.
                this.alive = false;
                throw error;
            }
            this.state.lost = true;
            return null;
        }
    }

    rest() {
        const pause = document.hidden ? PAUSE_HIDDEN : PAUSE;
        return new Promise((resolve) => {
            this.timer = setTimeout(resolve, pause);
        });
    }

    /** What is told by the bus may be older than what was asked. */
    take(runs) {
        const ids = this.ids;
        const known = new Map(this.state.runs.map((run) => [run.id, run]));
        for (const run of runs.filter((x) => ids.includes(x.id))) {
            const before = known.get(run.id);
            const older =
                before &&
                run.state === "running" &&
                (before.state !== "running" || before.done > run.done);
            if (!older) {
                known.set(run.id, run);
            }
        }
        this.state.runs = ids.filter((id) => known.has(id)).map((id) => known.get(id));
    }

    async end(wasGoing) {
        const { record } = this.props;
        if (record.resModel !== RUN) {
            await this.orm.silent.call(record.resModel, "runs_ended", [record.resId]);
        }
        // A run that ended before the page asked is still shown as going on.
        const isShownGoing = this.isOnRun && record.data.state === "running";
        const waits = isShownGoing || ["look", "carry_out"].includes(record.data.step);
        if (this.alive && (wasGoing || waits)) {
            await record.load();
        }
    }

    // -- one run ---------------------------------------------------------------

    status(run) {
        if (run.state !== "running") {
            return run.state_label;
        }
        if (run.stopping) {
            return _t("Stopping…");
        }
        if (run.checking) {
            return _t("Checking that the plan still stands…");
        }
        if (run.preview) {
            return run.done
                ? _t("Looking at both sides… Changes found: %s", run.done)
                : _t("Looking at both sides…");
        }
        return run.expected
            ? _t("%(done)s of %(expected)s changes", run)
            : run.done === 1
              ? _t("%s change", run.done)
              : _t("%s changes", run.done);
    }

    percent(run) {
        if (run.state !== "running") {
            return 100;
        }
        return run.expected ? Math.min(99, Math.round((100 * run.done) / run.expected)) : 100;
    }

    isIndefinite(run) {
        return run.state === "running" && !run.expected;
    }

    color(run) {
        const colors = {
            done: "bg-success",
            planned: "bg-success",
            partial: "bg-warning",
            failed: "bg-danger",
            stopped: "bg-warning",
        };
        return colors[run.state] || "";
    }

    async stop() {
        const ids = this.state.runs
            .filter((run) => run.state === "running")
            .map((run) => run.id);
        await this.orm.call(RUN, "action_stop", [ids]);
        await this.ask("progress", ids);
    }

    get canStop() {
        return this.state.runs.some(
            (run) => run.state === "running" && run.may_stop && !run.stopping
        );
    }

    open(run) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: RUN,
            res_id: run.id,
            views: [[false, "form"]],
        });
    }

    get isOnRun() {
        return this.props.record.resModel === RUN;
    }
}

registry.category("view_widgets").add("google_sync_progress", {
    component: GoogleSyncProgress,
    fieldDependencies: [],
});
