import { Component, onWillStart, useEffect, useRef, useState } from "@odoo/owl";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { parseDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useInputField } from "@web/views/fields/input_field_hook";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { EarlierComplaints } from "../earlier_complaints/earlier_complaints";
import { readMoment } from "../moment/read_moment";
import { ChoiceInput, isNumber, isShorthand, matchingOptions } from "./choice_input";

const { DateTime } = luxon;
const fields = registry.category("fields");
const BLOCK_ENDS = /<br\s*\/?>|<\/(p|div|li|h\d)>/gi;
const SEVERAL = /[\s,，、;；]+/;
const MATTERS_SHOWN = 3;
const CHOICE_OF_NOBODY = 0;

/**
 * Return the list of a field once no saving is under way: each saving puts another in its place.
 */
async function settledList({ record, name }) {
    await record.model.mutex.getUnlockedDef();
    return record.data[name];
}

/** Keep a number that was typed before its choices came in, and take it once they are there. */
function useTypedAhead(getHints, take) {
    const ahead = useState({ text: "" });
    useEffect(
        (hints) => {
            if (hints && ahead.text) {
                const text = ahead.text;
                ahead.text = "";
                take(text);
            }
        },
        () => [getHints()],
    );
    return ahead;
}

/** A text that is kept as HTML, written in a plain box: Tab leads out of it. */
export class PlainTextField extends Component {
    static template = "kaiyang_complaint.PlainTextField";
    static props = { ...standardFieldProps, placeholder: { type: String, optional: true } };

    setup() {
        useInputField({
            getValue: () => this.text,
            parse: (text) => this.toHtml(text),
            refName: "text",
        });
    }

    get text() {
        const html = String(this.props.record.data[this.props.name] || "");
        const broken = html.replace(BLOCK_ENDS, "\n");
        return new DOMParser().parseFromString(broken, "text/html").body.textContent.trim();
    }

    toHtml(text) {
        const paragraphs = text.trim().split(/\n+/).filter(Boolean);
        return paragraphs
            .map((words) => {
                const paragraph = document.createElement("p");
                paragraph.textContent = words;
                return paragraph.outerHTML;
            })
            .join("");
    }
}

fields.add("complaint_plain_text", {
    component: PlainTextField,
    supportedTypes: ["html"],
    extractProps: ({ placeholder }) => ({ placeholder }),
});

/**
 * A moment as somebody says it; what was understood stands beside it.
 *
 * What can't be read stays in the box and is said; it keeps nothing else from being saved.
 */
export class SpokenTimeField extends Component {
    static template = "kaiyang_complaint.SpokenTimeField";
    static props = {
        ...standardFieldProps,
        id: { type: String, optional: true },
        placeholder: { type: String, optional: true },
    };

    setup() {
        this.input = useRef("text");
        this.state = useState({ isUnread: false });
        useEffect(
            (input) => {
                if (input && !this.state.isUnread) {
                    input.value = this.typed;
                }
            },
            () => [this.input.el, this.typed],
        );
    }

    get value() {
        return this.props.record.data[this.props.name];
    }

    get typed() {
        const sameYear = this.value && this.value.year === DateTime.local().year;
        return this.value ? this.value.toFormat(sameYear ? "MM-dd HH:mm" : "yyyy-MM-dd HH:mm") : "";
    }

    get understood() {
        const parts = { month: "short", day: "numeric", weekday: "short" };
        const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
        return this.value.toLocaleString({ ...parts, ...clock });
    }

    get isAhead() {
        return this.value > DateTime.local();
    }

    commit() {
        const text = this.input.el.value;
        const moment = this.read(text);
        this.state.isUnread = moment === undefined;
        if (moment !== undefined) {
            this.props.record.update({ [this.props.name]: moment });
            this.input.el.value = this.typed;
        }
    }

    /** Return the moment, false for none, undefined where the text is none. */
    read(text) {
        if (!text.trim()) {
            return false;
        }
        const moment = readMoment(text, DateTime.local());
        if (moment) {
            return moment;
        }
        try {
            return parseDateTime(text);
        } catch (error) {
            if (error?.name === "ConversionError") {
                return undefined;
            }
            throw error;
        }
    }
}

fields.add("complaint_spoken_time", {
    component: SpokenTimeField,
    supportedTypes: ["datetime"],
    extractProps: ({ placeholder }) => ({ placeholder }),
});

/** Whom the complaint is about: staff of the window to choose from, or a name as it was said. */
export class PeopleField extends Component {
    static template = "kaiyang_complaint.PeopleField";
    static components = { ChoiceInput };
    static props = { ...standardFieldProps, id: { type: String, optional: true } };

    setup() {
        this.orm = useService("orm");
        this.ahead = useTypedAhead(
            () => this.hints,
            (typed) => this.take(typed),
        );
    }

    get hints() {
        return this.props.record.data.window_hints;
    }

    get list() {
        return this.props.record.data[this.props.name];
    }

    get label() {
        return _t("Staff Member");
    }

    get placeholder() {
        return _t("Name, initials or number");
    }

    get free() {
        return _t("Taken down as it was said");
    }

    get options() {
        const staff = this.hints?.staff || [];
        const people = staff.map((person, index) => ({
            ...person,
            number: index + 1,
            isListed: true,
            chosen: this.respondentsOf(person.id).length > 0,
        }));
        const others = this.list.records.filter(
            (record) => !staff.some((person) => person.id === record.data.staff_id.id),
        );
        const named = others.map((record) => ({
            id: record.data.staff_id.id || record.id,
            label: this.nameOf(record),
            key: "",
            isListed: Boolean(record.data.staff_id),
            chosen: true,
        }));
        const unknown = {
            id: "unknown",
            number: CHOICE_OF_NOBODY,
            label: _t("Name unknown"),
            title: _t("Nobody knows the name; window and time identify the duty."),
            key: " 姓名不详 xingmingbuxiang xmbx bx ",
            chosen: this.props.record.data.staff_waiver === "duty",
            aside: true,
        };
        return [...named, ...people, unknown];
    }

    nameOf(record) {
        const { staff_id, stated_name, window_id, unit_id } = record.data;
        const place = window_id || unit_id;
        return (staff_id && staff_id.display_name) || stated_name || place.display_name || "";
    }

    recordsOf(option) {
        // A saving gives the rows other names; whom they name stays.
        const named = (record) => !record.data.staff_id && this.nameOf(record) === option.label;
        return option.isListed ? this.respondentsOf(option.id) : this.list.records.filter(named);
    }

    respondentsOf(staffId) {
        return this.list.records.filter((record) => record.data.staff_id.id === staffId);
    }

    async pick(option) {
        if (option.id === "unknown") {
            await this.props.record.update({ staff_waiver: option.chosen ? false : "duty" });
        } else if (option.chosen) {
            const list = await settledList(this.props);
            for (const record of this.recordsOf(option)) {
                await list.delete(record);
            }
        } else {
            await this.add({ default_staff_id: option.id });
        }
    }

    async add(context) {
        const list = await settledList(this.props);
        return list.addNewRecord({ context, mode: "readonly", position: "bottom" });
    }

    commit(typed) {
        if (typed && !this.hints && isNumber(typed)) {
            this.ahead.text = typed;
            return typed;
        }
        this.ahead.text = "";
        if (typed) {
            this.take(typed);
        }
        return "";
    }

    async take(typed) {
        const [option] = matchingOptions(
            this.options.filter((one) => !one.chosen),
            typed,
        );
        if (option) {
            return this.pick(option);
        }
        const domain = [["company_id", "=", this.props.record.data.company_id.id]];
        const found = await this.orm.call("complaint.window.staff", "name_search", [typed], {
            domain,
            limit: 2,
        });
        const only = found.length === 1 && found[0][0];
        return this.add(only ? { default_staff_id: only } : { default_stated_name: typed });
    }
}

fields.add("complaint_people", {
    component: PeopleField,
    supportedTypes: ["one2many"],
    useSubView: true,
});

/** What one came for, in words; the usual matters of the window to choose from. */
export class MatterField extends Component {
    static template = "kaiyang_complaint.MatterField";
    static components = { ChoiceInput };
    static props = { ...standardFieldProps, id: { type: String, optional: true } };

    setup() {
        this.ahead = useTypedAhead(
            () => this.props.record.data.window_hints,
            (typed) => this.commit(typed),
        );
    }

    get value() {
        return this.ahead.text || this.props.record.data[this.props.name] || "";
    }

    get label() {
        return _t("Matter");
    }

    get placeholder() {
        return _t("Name or initials of the matter");
    }

    get options() {
        const reason = String(this.props.record.data.description || "");
        const matters = this.props.record.data.window_hints?.matters || [];
        const mentioned = matters.filter((matter) => reason.includes(matter.label));
        return [...new Set([...mentioned, ...matters])].map((matter, index) => ({
            ...matter,
            id: matter.label,
            number: index + 1,
            title: mentioned.includes(matter) ? _t("Mentioned in the reason") : _t("Usual here"),
            chosen: false,
        }));
    }

    get shown() {
        return MATTERS_SHOWN;
    }

    pick(option) {
        return this.props.record.update({ [this.props.name]: option.label });
    }

    commit(typed) {
        if (!this.props.record.data.window_hints && isNumber(typed)) {
            this.ahead.text = typed;
            return typed;
        }
        this.ahead.text = "";
        // A word in Chinese is taken as it stands; digits and pinyin stand for a matter.
        const [option] = isShorthand(typed) ? matchingOptions(this.options, typed) : [];
        const matter = option ? option.label : typed;
        this.props.record.update({ [this.props.name]: matter || false });
        return matter;
    }
}

fields.add("complaint_matter", { component: MatterField, supportedTypes: ["char"] });

/** The kinds of conduct (三), chosen by their numbers: "8 9", or by words, pinyin, initials. */
export class ConductField extends Component {
    static template = "kaiyang_complaint.ConductField";
    static components = { ChoiceInput };
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        onWillStart(async () => {
            this.items = await this.orm.searchRead(
                "helpdesk.ticket.category",
                [["conduct_number", ">", 0]],
                ["display_name", "conduct_number", "conduct_text", "search_key"],
                { order: "conduct_number" },
            );
        });
    }

    get list() {
        return this.props.record.data[this.props.name];
    }

    get label() {
        return _t("Conduct");
    }

    get placeholder() {
        return _t("1 to 14, e.g. 8 9");
    }

    get free() {
        return _t("No item of this number or name");
    }

    get options() {
        return this.items.map((item) => ({
            id: item.id,
            number: item.conduct_number,
            numbered: true,
            label: item.display_name,
            title: item.conduct_text || item.display_name,
            key: item.search_key || "",
            chosen: this.list.currentIds.includes(item.id),
        }));
    }

    pick(option) {
        return this.change(option.chosen ? { remove: [option.id] } : { add: [option.id] });
    }

    async change(items) {
        const list = await settledList(this.props);
        return list.addAndRemove(items);
    }

    commit(typed) {
        const unread = [];
        const add = new Set();
        for (const word of typed.split(SEVERAL).filter(Boolean)) {
            const [option] = matchingOptions(this.options, word);
            if (option) {
                add.add(option.id);
            } else {
                unread.push(word);
            }
        }
        const fresh = [...add].filter((id) => !this.list.currentIds.includes(id));
        if (fresh.length) {
            this.change({ add: fresh });
        }
        return unread.join(" ");
    }
}

fields.add("complaint_conduct", {
    component: ConductField,
    supportedTypes: ["many2many"],
    relatedFields: [{ name: "display_name", type: "char" }],
});

// The five elements (二) in the order of the regulation: the field and the key that lead there.
const ELEMENTS = [
    { code: "staff", field: "respondent_ids", key: "O" },
    { code: "window", field: "window_id", key: "W" },
    { code: "time", field: "service_datetime", key: "T" },
    { code: "matter", field: "service_item", key: "M" },
    { code: "reason", field: "description", key: "R" },
];
const MORE_KEYS = { conduct_ids: "I", complainant_phone: "L" };

/** Move to the box of a field, and mark what stands in it. */
export function focusField(form, name) {
    const box = form.querySelector(
        `.o_field_widget[name='${name}'] :is(input, textarea):not([disabled])`,
    );
    box?.focus();
    box?.select?.();
    return Boolean(box);
}

/** Move to the first of the five elements that is missing. */
export function focusMissing(form, codes) {
    const missing = ELEMENTS.filter((element) => codes.includes(element.code));
    return missing.some((element) => focusField(form, element.field));
}

/** The five elements, each given or missing: a way to its field, by a click or its key. */
export class ElementsField extends Component {
    static template = "kaiyang_complaint.ElementsField";
    static props = { ...standardFieldProps };

    setup() {
        this.root = useRef("root");
        const keys = Object.fromEntries(ELEMENTS.map(({ field, key }) => [field, key]));
        for (const [field, key] of Object.entries({ ...keys, ...MORE_KEYS })) {
            useHotkey(`alt+${key.toLowerCase()}`, () => this.lead(field), {
                bypassEditableProtection: true,
            });
        }
    }

    get labels() {
        return {
            staff: _t("Staff"),
            window: _t("Window"),
            time: _t("Time"),
            matter: _t("Matter"),
            reason: _t("Reason"),
        };
    }

    get elements() {
        const missing = (this.props.record.data[this.props.name] || "").split(",");
        return ELEMENTS.map((element) => ({
            ...element,
            label: this.labels[element.code],
            isMissing: missing.includes(element.code),
        }));
    }

    get given() {
        return this.elements.filter((element) => !element.isMissing).length;
    }

    lead(field) {
        focusField(this.root.el.closest(".o_form_renderer"), field);
    }
}

fields.add("complaint_elements", { component: ElementsField, supportedTypes: ["char"] });

/** Similar complaints as cards beside the form, each with the link to the same matter. */
export class SimilarCards extends EarlierComplaints {
    static template = "kaiyang_complaint.SimilarCards";

    async openAll() {
        const record = this.props.record;
        if (await record.save()) {
            const verb = "action_open_repeats";
            this.action.doAction(await this.orm.call("helpdesk.ticket", verb, [[record.resId]]));
        }
    }
}

fields.add("complaint_similar_cards", { component: SimilarCards, supportedTypes: ["json"] });

/** Who called by this number before: the name to take over, the latest complaints. */
export class KnownCallerField extends Component {
    static template = "kaiyang_complaint.KnownCallerField";
    static props = { ...standardFieldProps };

    setup() {
        this.action = useService("action");
    }

    get caller() {
        return this.props.record.data[this.props.name];
    }

    get isNameOffered() {
        return this.caller.name && this.caller.name !== this.props.record.data.partner_name;
    }

    takeName() {
        const { name, gender } = this.caller;
        const known = gender ? { complainant_gender: gender } : {};
        return this.props.record.update({ partner_name: name, ...known });
    }

    open(row) {
        this.action.doAction("kaiyang_complaint.complaint_action", {
            viewType: "form",
            props: { resId: row.id },
        });
    }
}

fields.add("complaint_known_caller", { component: KnownCallerField, supportedTypes: ["json"] });

/** Whether what was entered is kept: said beside the form, also to those who can't see it. */
export class KeptWidget extends Component {
    static template = "kaiyang_complaint.Kept";
    static props = { ...standardWidgetProps };

    setup() {
        this.kept = useState(this.env.complaintKept);
    }

    get time() {
        return this.kept.at.toFormat("HH:mm:ss");
    }
}

registry.category("view_widgets").add("complaint_kept", { component: KeptWidget });
