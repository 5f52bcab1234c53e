import { Component, useState } from "@odoo/owl";
import { AttendeeCalendarController } from "@calendar/views/attendee_calendar/attendee_calendar_controller";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { useBus, useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";
import { CalendarFilterSection } from "@web/views/calendar/calendar_filter_section/calendar_filter_section";
import { LIGHTS } from "../light/lights";
import { ago, exactly } from "../service/moments";
import { quietly } from "../service/quietly";

/** The agendas that the calendar shows: their state, and a button for all of them. */
export class GoogleSyncAgenda extends Component {
    static template = "google_sync.Agenda";
    static components = { Dropdown, DropdownItem };
    static props = { model: Object };

    setup() {
        this.googleSync = useState(useService("google_sync"));
        this.state = useState({ shown: this.shownPeople, busy: false });
        this.known = "";
        this.stale = false;
        // The calendar does not wait for its lights.
        quietly(this.loadLights());
        useBus(this.props.model.bus, "update", () => {
            this.state.shown = this.shownPeople;
            quietly(this.loadLights());
        });
        useBus(this.googleSync.bus, "run", ({ detail }) => this.onRun(detail));
        useBus(this.googleSync.bus, "dialog-closed", () => this.refresh());
    }

    get filters() {
        return this.props.model.data.filterSections?.partner_ids?.filters || [];
    }

    /** Partner ids of the agendas on the screen; "everybody" shows all that are listed. */
    get shownPeople() {
        const people = this.filters.filter((filter) => filter.type !== "all" && filter.value);
        const everybody = this.filters.some((filter) => filter.type === "all" && filter.active);
        const shown = everybody ? people : people.filter((filter) => filter.active);
        return shown.map((filter) => filter.value);
    }

    get agendas() {
        return this.state.shown.map((id) => this.googleSync.lights[id]).filter(Boolean);
    }

    /** Nobody starts a first synchronisation from here. */
    get allowed() {
        return this.agendas.filter((agenda) => agenda.may_sync && agenda.light !== "to_start");
    }

    get isRunning() {
        return this.state.busy || this.agendas.some((agenda) => agenda.running);
    }

    icon(agenda) {
        if (agenda.running) {
            return "fa-refresh fa-spin text-info";
        }
        const { icon, color } = LIGHTS[agenda.light];
        return `${icon} ${color}`;
    }

    lastSuccess(agenda) {
        return _t("Last success: %s", ago(agenda.last_success));
    }

    exactly(agenda) {
        return exactly(agenda.last_success);
    }

    /** All that are listed, shown or not: their lights stand beside their names. */
    async loadLights() {
        const listed = this.filters.map((filter) => filter.value).filter(Number.isInteger);
        const known = listed.sort().join();
        if (listed.length && known !== this.known) {
            this.known = known;
            await this.googleSync.loadLights(listed);
        }
    }

    async onSync() {
        this.state.busy = true;
        try {
            await this.googleSync.syncAgendas(this.state.shown);
        } finally {
            this.state.busy = false;
        }
    }

    /** What came from Google is shown without being asked for. */
    onRun(run) {
        if (run.changed && this.shownPeople.includes(run.partner_id)) {
            this.stale = true;
            this.refresh();
        }
    }

    /** Once the dialogue before the view is gone: each of its answers changes events. */
    async refresh() {
        if (!this.stale || this.googleSync.deletions.isOpen) {
            return;
        }
        this.stale = false;
        try {
            await this.props.model.load();
        } catch {
            // An event went away between two requests of the view.
            await this.props.model.load();
        }
    }
}

patch(AttendeeCalendarController.prototype, {
    setup() {
        super.setup(...arguments);
        this.googleSync = useState(useService("google_sync"));
    },

    /** Not among `components`: a subclass may have copied those before. */
    get googleSyncAgenda() {
        return GoogleSyncAgenda;
    },
});

patch(CalendarFilterSection.prototype, {
    setup() {
        super.setup(...arguments);
        this.googleSync = useState(useService("google_sync"));
    },

    /** The light beside a colleague's name: nothing where the user may not see it. */
    googleSyncLight(filter) {
        const { resModel } = this.props.model;
        if (resModel !== "calendar.event" || this.section.fieldName !== "partner_ids") {
            return null;
        }
        const state = this.googleSync.lights[filter.value];
        return state ? { ...LIGHTS[state.light], label: state.label } : null;
    },
});
