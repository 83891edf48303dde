import { Component, onMounted, onPatched, onWillUnmount, useRef, useState } from "@odoo/owl";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus } from "@web/core/utils/hooks";
import { debounce } from "@web/core/utils/timing";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { ControllerNotFoundError } from "@web/webclient/actions/action_service";

const MARK = "o_complaint_look_mark";
const PAUSE = 400;
// What stands for a stretch that a person masks by hand.
const BY_HAND = "〔略〕";

/**
 * The text that leaves, with the stretches that are masked marked. A mark is one unit of the text:
 * it is switched, or deleted, as a whole; everything else is typed as in any text field.
 *
 * The browser owns what is inside the editable element; it is read back after each change.
 */
export class LookThrough extends Component {
    static template = "kaiyang_complaint.LookThrough";
    static props = { ...standardFieldProps };

    setup() {
        this.text = useRef("text");
        this.state = useState({ masked: 0 });
        this.drawn = null;
        this.underWay = 0;
        this.commitLater = debounce(() => this.commit(), PAUSE);
        onMounted(() => this.draw());
        onPatched(() => this.draw());
        onWillUnmount(() => this.commitLater.cancel());
        useHotkey("alt+i", () => this.maskSelection(), { bypassEditableProtection: true });
        // A button that is pressed, or the page that is left, takes what was typed last.
        useBus(this.props.record.model.bus, "NEED_LOCAL_CHANGES", ({ detail }) =>
            detail.proms.push(this.commit()),
        );
    }

    get value() {
        return this.props.record.data[this.props.name] || [];
    }

    get maskedLabel() {
        return _t("Masked: %s", this.state.masked);
    }

    /** Show the value, unless it is what was read from here, or will be in a moment. */
    draw() {
        const value = JSON.stringify(this.value);
        if (this.underWay || value === this.drawn) {
            return;
        }
        this.drawn = value;
        this.text.el.replaceChildren(...this.value.map((one) => this.node(one)));
        this.count();
    }

    node(stretch) {
        if (!stretch.kind) {
            return document.createTextNode(stretch.text);
        }
        const mark = document.createElement("span");
        mark.className = MARK;
        mark.contentEditable = "false";
        mark.tabIndex = 0;
        mark.setAttribute("role", "button");
        mark.stretch = { ...stretch };
        this.paint(mark);
        return mark;
    }

    paint(mark) {
        const { text, shown, masked } = mark.stretch;
        mark.textContent = masked ? shown : text;
        mark.setAttribute("aria-pressed", masked ? "true" : "false");
        mark.title = masked
            ? _t("Masked: “%s”. Click to show it.", text)
            : _t("Shown. Click to mask it.");
    }

    /** Read the text back: marks as they are switched, everything else as it was typed. */
    read() {
        const stretches = [];
        const plain = (text) => {
            const last = stretches.at(-1);
            if (last && !last.kind) {
                last.text = last.shown = last.text + text;
            } else if (text) {
                stretches.push({ text, shown: text, kind: "", recorded: false, masked: false });
            }
        };
        const walk = (node) => {
            for (const child of node.childNodes) {
                if (child.stretch) {
                    stretches.push({ ...child.stretch });
                } else if (child.nodeType === Node.TEXT_NODE) {
                    plain(child.data.replaceAll("\u00a0", " "));
                } else if (child.nodeName === "BR") {
                    plain("\n");
                } else {
                    walk(child);
                }
            }
        };
        walk(this.text.el);
        return stretches;
    }

    count() {
        const marks = this.text.el.querySelectorAll(`.${MARK}`);
        this.state.masked = [...marks].filter((mark) => mark.stretch?.masked).length;
    }

    async commit() {
        this.commitLater.cancel();
        const stretches = this.read();
        const value = JSON.stringify(stretches);
        if (value === this.drawn) {
            return;
        }
        this.drawn = value;
        this.underWay += 1;
        try {
            await this.props.record.update({ [this.props.name]: stretches });
        } finally {
            this.underWay -= 1;
        }
    }

    onInput() {
        this.count();
        this.commitLater();
    }

    toggle(mark) {
        mark.stretch.masked = !mark.stretch.masked;
        this.paint(mark);
        this.count();
        return this.commit();
    }

    onClick(ev) {
        const mark = ev.target.closest(`.${MARK}`);
        if (mark) {
            this.toggle(mark);
        }
    }

    onKeydown(ev) {
        const mark = ev.target.closest?.(`.${MARK}`);
        if (mark && (ev.key === "Enter" || ev.key === " ")) {
            ev.preventDefault();
            this.toggle(mark);
        } else if (ev.key === "Enter") {
            // One line break in the text is one in the value: no paragraphs of the browser's own.
            ev.preventDefault();
            document.execCommand("insertText", false, "\n");
        }
    }

    onPaste(ev) {
        ev.preventDefault();
        document.execCommand("insertText", false, ev.clipboardData.getData("text/plain"));
    }

    /** Make one mark of the selected stretch, and mask it; marks within go into it as shown. */
    maskSelection() {
        const selection = document.getSelection();
        const range = selection.rangeCount ? selection.getRangeAt(0) : null;
        if (!range || range.collapsed || !this.text.el.contains(range.commonAncestorContainer)) {
            return;
        }
        for (const mark of this.text.el.querySelectorAll(`.${MARK}`)) {
            if (range.intersectsNode(mark)) {
                if (mark.contains(range.startContainer)) {
                    range.setStartBefore(mark);
                }
                if (mark.contains(range.endContainer)) {
                    range.setEndAfter(mark);
                }
            }
        }
        const within = document.createElement("span");
        within.append(range.cloneContents());
        const text = within.textContent;
        if (!text.trim()) {
            return;
        }
        range.deleteContents();
        const mark = this.node({
            text,
            shown: BY_HAND,
            kind: "hand",
            recorded: false,
            masked: true,
        });
        range.insertNode(mark);
        this.count();
        mark.focus();
        return this.commit();
    }
}

registry.category("fields").add("complaint_look_through", {
    component: LookThrough,
    supportedTypes: ["json"],
});

/** Go back to where the page was opened from, or to the day where it was opened by its address. */
registry.category("actions").add("kaiyang_complaint.step_back", async (env) => {
    try {
        await env.services.action.restore();
    } catch (error) {
        if (!(error instanceof ControllerNotFoundError)) {
            throw error;
        }
        return "kaiyang_complaint.complaint_action_day";
    }
});
