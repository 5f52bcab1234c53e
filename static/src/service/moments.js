import { deserializeDateTime, formatDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

/** Words for a moment of the server: "3 minutes ago", and the date for a tooltip. */
export function ago(moment) {
    return moment ? deserializeDateTime(moment).toRelative() : _t("never");
}

export function exactly(moment) {
    return moment ? formatDateTime(deserializeDateTime(moment)) : "";
}
