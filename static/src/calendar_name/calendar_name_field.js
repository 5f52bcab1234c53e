import { Component, onMounted, useEffect, useState } from "@odoo/owl";
import { AutoComplete } from "@web/core/autocomplete/autocomplete";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { quietly } from "../service/quietly";

const CALENDAR = "google.sync.calendar";
const WRITERS = ["owner", "writer"];

/**
 * The calendar to synchronise, in one field: it offers Google's calendars and takes a
 * name, also before there is a connection. Empty is the main calendar.
 */
export class CalendarNameField extends Component {
    static template = "google_sync.CalendarNameField";
    static components = { AutoComplete };
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        /** typed: a name that is not in the list, until the server has found it. */
        this.state = useState({ typed: null, unknown: false });
        /** Google's list; what is typed is looked up in it without waiting. */
        this.listed = [];
        onMounted(() => quietly(this.load()));
        useEffect(
            (dirty) => {
                if (!dirty) {
                    this.state.typed = null;
                    this.state.unknown = false;
                }
            },
            () => [this.props.record.dirty, this.calendar?.id]
        );
    }

    get data() {
        return this.props.record.data;
    }

    get calendar() {
        return this.data[this.props.name];
    }

    /** The typed name stands beside the calendar, under the same prefix. */
    get nameField() {
        return this.props.name.replace("calendar_id", "calendar_name");
    }

    get accountId() {
        const { resModel, resId } = this.props.record;
        if (resModel === "google.sync.account") {
            return resId;
        }
        return (this.data.google_sync_account_id || this.data.account_id)?.id;
    }

    get value() {
        return (
            this.state.typed ?? (this.calendar?.display_name || this.data[this.nameField] || "")
        );
    }

    get placeholder() {
        return _t("Empty: the main calendar");
    }

    get sources() {
        const placeholder = _t("Loading…");
        return [{ options: (request) => this.offer(request), optionSlot: "option", placeholder }];
    }

    /** Again each time that it is opened: it may have been fetched anew beside. */
    async load() {
        if (!this.accountId) {
            return;
        }
        const domain = [
            ["account_id", "=", this.accountId],
            ["listed", "=", true],
            ["access_role", "in", WRITERS],
        ];
        const names = ["display_name", "is_primary"];
        this.listed = await this.orm.silent.searchRead(CALENDAR, domain, names);
    }

    async offer(request) {
        await quietly(this.load());
        if (!this.listed.length) {
            return [{ label: _t("Once you are connected, Google's calendars are offered here.") }];
        }
        const wanted = same(request);
        const fitting = this.listed.filter(({ display_name }) =>
            same(display_name).includes(wanted)
        );
        return fitting.map((calendar) => ({
            label: calendar.display_name,
            data: { main: calendar.is_primary },
            onSelect: () => this.choose(calendar),
        }));
    }

    choose({ id, display_name }) {
        this.state.typed = null;
        this.state.unknown = false;
        return this.props.record.update({
            [this.props.name]: { id, display_name },
            [this.nameField]: false,
        });
    }

    async onBlur({ inputValue }) {
        const typed = inputValue.trim();
        if (typed === this.value) {
            return;
        }
        this.state.typed = typed;
        if (!this.listed.length) {
            // Kept before anything is waited for: a button may be pressed next.
            const kept = this.keep(typed);
            await quietly(this.load());
            await kept;
        }
        const found = this.listed.filter((calendar) =>
            typed ? same(calendar.display_name) === same(typed) : calendar.is_primary
        );
        if (found.length === 1) {
            await this.choose(found[0]);
            return;
        }
        this.state.unknown = Boolean(typed && this.listed.length);
        await this.keep(typed);
    }

    /** A name for the server to find. */
    keep(typed) {
        return this.props.record.update({ [this.nameField]: typed || false });
    }
}

function same(name) {
    return name.trim().toLocaleLowerCase();
}

registry.category("fields").add("google_sync_calendar", {
    component: CalendarNameField,
    displayName: _t("Google calendar"),
    supportedTypes: ["many2one"],
    fieldDependencies: ({ name }) => [
        { name: name.replace("calendar_id", "calendar_name"), type: "char" },
    ],
});
