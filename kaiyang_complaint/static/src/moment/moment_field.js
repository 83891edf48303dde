import { useEffect, useExternalListener } from "@odoo/owl";
import { parseDateTime } from "@web/core/l10n/dates";
import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { DateTimeField, dateTimeField } from "@web/views/fields/datetime/datetime_field";
import { readMoment } from "./read_moment";

const { DateTime } = luxon;

// Before these the picker takes what was typed; it reads the whole writing of the setting alone.
const TAKING_KEYS = ["Enter", "Tab"];
const EARLIEST_YEAR = 1900;

/** A moment that may be typed as the screen shows it; what can't be read is said, not dropped. */
export class MomentField extends DateTimeField {
    setup() {
        super.setup();
        this.notification = useService("notification");
        const read = () => this.readTyped();
        const readOnKey = (ev) => TAKING_KEYS.includes(ev.key) && this.readTyped();
        useEffect(
            (input) => {
                if (input?.tagName !== "INPUT") {
                    return;
                }
                // On the way down: the picker listens on the input itself.
                const around = input.parentElement;
                around.addEventListener("change", read, true);
                around.addEventListener("keydown", readOnKey, true);
                return () => {
                    around.removeEventListener("change", read, true);
                    around.removeEventListener("keydown", readOnKey, true);
                };
            },
            () => [this.startDate.el],
        );
        // A click elsewhere closes the picker, which takes what was typed, before the input changes.
        useExternalListener(window, "pointerdown", read, { capture: true });
    }

    readTyped() {
        const input = this.startDate.el;
        if (input?.tagName !== "INPUT" || !input.value.trim()) {
            return;
        }
        const moment = readMoment(input.value, DateTime.local());
        if (moment) {
            input.value = moment.toFormat(localization.dateTimeFormat);
        } else if (!isReadable(input.value)) {
            this.sayUnread(input.value);
        }
    }

    sayUnread(text) {
        if (this.unread === text) {
            return;
        }
        this.unread = text;
        this.notification.add(
            _t(
                "“%s” is no date and time. Write it like 11-27 10:30; the field stays as it was.",
                text,
            ),
            { type: "danger", sticky: true },
        );
    }
}

function isReadable(text) {
    try {
        return parseDateTime(text).year >= EARLIEST_YEAR;
    } catch (error) {
        if (error?.name === "ConversionError") {
            return false;
        }
        throw error;
    }
}

registry.category("fields").add("complaint_moment", { ...dateTimeField, component: MomentField });
