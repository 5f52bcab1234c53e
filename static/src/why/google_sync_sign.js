import { onWillUnmount, useEffect, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { SelectionField, selectionField } from "@web/views/fields/selection/selection_field";
import { SIGNS } from "../light/lights";
import { WhyDialog } from "./why_dialog";

/** Where the bus does not say that it arrived (ms). */
const LATER = [3000, 10000, 30000];
/** Signs that a run, or a person, changes soon. */
const PASSING = ["waiting", "question"];

/** The discreet sign of a record; the panel with the reasons is behind it. */
export class GoogleSyncSign extends SelectionField {
    static template = "google_sync.Sign";
    static props = {
        ...SelectionField.props,
        iconOnly: { type: Boolean, optional: true },
    };

    setup() {
        super.setup();
        this.dialog = useService("dialog");
        this.googleSync = useService("google_sync");
        /** What was read since the record was; until the record is read again. */
        this.newer = useState({ value: null });
        this.timers = [];
        useBus(this.googleSync.bus, "run", () => this.follow());
        useEffect(
            () => {
                this.newer.value = null;
                this.stop();
                if (PASSING.includes(this.stored)) {
                    this.timers = LATER.map((delay) =>
                        browser.setTimeout(() => this.follow(), delay)
                    );
                }
            },
            () => [this.stored, this.props.record.resId, this.props.record.data.write_date]
        );
        onWillUnmount(() => this.stop());
    }

    stop() {
        this.timers.forEach((timer) => browser.clearTimeout(timer));
        this.timers = [];
    }

    get stored() {
        return this.props.record.data[this.props.name];
    }

    get value() {
        return this.newer.value || this.stored;
    }

    get string() {
        const choices = this.props.record.fields[this.props.name].selection;
        return choices.find(([value]) => value === this.value)?.[1] || "";
    }

    /** What was on its way may have arrived. */
    async follow() {
        const { resId, resModel } = this.props.record;
        if (resId && PASSING.includes(this.value)) {
            const value = await this.googleSync.signs.read(resModel, this.props.name, resId);
            if (value && resId === this.props.record.resId) {
                this.newer.value = value;
            }
        }
    }

    get sign() {
        return SIGNS[this.value];
    }

    get title() {
        return _t("Google: %s. Why?", this.string);
    }

    open() {
        const { resModel, resId } = this.props.record;
        this.dialog.add(WhyDialog, { resModel, resId });
    }
}

registry.category("fields").add("google_sync_sign", {
    ...selectionField,
    component: GoogleSyncSign,
    displayName: _t("Google sign"),
    supportedTypes: ["selection"],
    extractProps: (fieldInfo, dynamicInfo) => ({
        ...selectionField.extractProps(fieldInfo, dynamicInfo),
        iconOnly: Boolean(fieldInfo.options.icon_only),
    }),
});
