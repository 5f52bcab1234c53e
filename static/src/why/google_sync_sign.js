import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { SelectionField, selectionField } from "@web/views/fields/selection/selection_field";
import { SIGNS } from "../light/lights";
import { WhyDialog } from "./why_dialog";

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
    }

    get value() {
        return this.props.record.data[this.props.name];
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
