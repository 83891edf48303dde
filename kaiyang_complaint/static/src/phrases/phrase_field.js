import { useExternalListener, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { useDropdownState } from "@web/core/dropdown/dropdown_hooks";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { TextField, textField } from "@web/views/fields/text/text_field";

const TICKET = "helpdesk.ticket";

/**
 * A text box beside which the room's standard phrases are offered, filled with the facts of the
 * case: by its button, or by "/" in an empty line; a digit takes the phrase of that number.
 *
 * Options: `kind` or `kind_field` (nothing is offered without one), and `ticket_field` where the
 * record is not the complaint itself.
 */
export class PhraseField extends TextField {
    static template = "kaiyang_complaint.PhraseField";
    static components = { ...TextField.components, Dropdown, DropdownItem };
    static props = {
        ...TextField.props,
        kind: { type: String, optional: true },
        kindField: { type: String, optional: true },
        ticketField: { type: String, optional: true },
    };

    setup() {
        super.setup();
        this.orm = useService("orm");
        this.menu = useDropdownState();
        this.offered = useState({ phrases: [] });
        useExternalListener(window, "keydown", this.onDigit.bind(this), { capture: true });
    }

    get kind() {
        return this.props.kind || this.props.record.data[this.props.kindField] || false;
    }

    get ticketId() {
        const { record, ticketField } = this.props;
        if (ticketField) {
            const value = record.data[ticketField];
            return (typeof value === "object" ? value?.id : value) || false;
        }
        return (record.resModel === TICKET && record.resId) || false;
    }

    async load() {
        this.offered.phrases = await this.orm.call("complaint.phrase", "offer", [
            this.kind,
            this.ticketId,
        ]);
    }

    onKeydown(ev) {
        const { value, selectionStart } = ev.target;
        const line = value.slice(0, selectionStart).split("\n").pop();
        if (ev.key === "/" && !line && this.kind && !ev.isComposing) {
            ev.preventDefault();
            this.selectionStart = selectionStart;
            this.menu.open();
        }
    }

    onDigit(ev) {
        const phrase = this.menu.isOpen && this.offered.phrases[Number(ev.key) - 1];
        if (phrase) {
            ev.preventDefault();
            ev.stopImmediatePropagation();
            this.menu.close();
            this.insert(phrase);
        }
    }

    /** Put a phrase where the cursor was, on a line of its own. */
    insert(phrase) {
        const box = this.textareaRef.el;
        const at = Math.min(this.selectionStart, box.value.length);
        const before = box.value.slice(0, at);
        const text = before && !before.endsWith("\n") ? `\n${phrase.text}` : phrase.text;
        box.setRangeText(text, at, at, "end");
        this.selectionStart = box.selectionStart;
        box.dispatchEvent(new InputEvent("input", { bubbles: true }));
        box.dispatchEvent(new Event("change", { bubbles: true }));
        box.focus();
    }
}

registry.category("fields").add("complaint_phrase", {
    ...textField,
    component: PhraseField,
    supportedTypes: ["text"],
    extractProps: (fieldInfo, dynamicInfo) => ({
        ...textField.extractProps(fieldInfo, dynamicInfo),
        kind: fieldInfo.options.kind,
        kindField: fieldInfo.options.kind_field,
        ticketField: fieldInfo.options.ticket_field,
    }),
});
