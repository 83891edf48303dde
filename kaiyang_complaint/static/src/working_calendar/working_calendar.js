import { serializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { CalendarController } from "@web/views/calendar/calendar_controller";
import { calendarView } from "@web/views/calendar/calendar_view";

/** The year at a glance: who draws over several days enters a holiday of all of them. */
export class WorkingCalendarController extends CalendarController {
    get editRecordDefaultDisplayText() {
        return _t("Add to the Calendar");
    }

    editRecordInCreation(record) {
        const context = this.model.makeContextDefaults(this.model.buildRawRecord(record));
        if (record.end && record.end > record.start) {
            context.default_until = serializeDate(record.end);
        }
        return this.editRecord(record, context);
    }
}

registry.category("views").add("complaint_working_calendar", {
    ...calendarView,
    Controller: WorkingCalendarController,
});
