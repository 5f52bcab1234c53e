import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { SelectionField, selectionField } from "@web/views/fields/selection/selection_field";

/** Icon and colour per state: the words say it too, for whoever sees no colour. */
const LIGHTS = {
    off: { icon: "fa-circle-o", color: "text-muted" },
    connected: { icon: "fa-check-circle", color: "text-success" },
    to_reconnect: { icon: "fa-exclamation-circle", color: "text-warning" },
    error: { icon: "fa-times-circle", color: "text-danger" },
    suspended: { icon: "fa-pause-circle", color: "text-muted" },
};

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
