import { AttendeeCalendarModel } from "@calendar/views/attendee_calendar/attendee_calendar_model";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

/** The filter by Google calendar: what is in none of mine has a name, too. */
patch(AttendeeCalendarModel.prototype, {
    makeFilterDynamic(filterInfo, previousFilter, fieldName, rawFilter) {
        const filter = super.makeFilterDynamic(...arguments);
        if (fieldName === "google_sync_calendar_id" && !filter.value) {
            return { ...filter, label: _t("Not in my Google"), colorIndex: null };
        }
        return filter;
    },
});
