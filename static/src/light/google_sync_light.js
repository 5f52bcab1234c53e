import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { SelectionField, selectionField } from "@web/views/fields/selection/selection_field";
import { LIGHTS } from "./lights";

export class GoogleSyncLight extends SelectionField {
    static template = "google_sync.Light";

    get state() {
        return this.props.record.data[this.props.name] || "off";
    }

    get light() {
        return LIGHTS[this.state];
    }
}

registry.category("fields").add("google_sync_light", {
    ...selectionField,
    component: GoogleSyncLight,
    displayName: _t("Connection light"),
    supportedTypes: ["selection"],
});
