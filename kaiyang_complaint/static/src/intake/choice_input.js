import { Component, useEffect, useRef, useState } from "@odoo/owl";

const DIGITS = /^\d{1,2}$/;
const ASCII = /^[ -~]+$/;

function plain(text) {
    return text.normalize("NFKC").trim().toLowerCase();
}

/**
 * Return what of some choices somebody means who typed: a number, a word, pinyin, initials.
 *
 * @param {Object[]} options each with its number, label, and the key that the server made of it
 * @param {string} typed
 * @returns {Object[]} the best first
 */
export function matchingOptions(options, typed) {
    const words = plain(typed).split(/\s+/).filter(Boolean);
    if (!words.length) {
        return [];
    }
    if (words.length === 1 && DIGITS.test(words[0])) {
        return options.filter((option) => option.number === Number(words[0]));
    }
    const rank = (option) => (option.key.includes(` ${words[0]} `) ? 0 : 1);
    return options
        .filter((option) => words.every((word) => option.key.includes(word)))
        .sort((one, other) => rank(one) - rank(other));
}

/** Tell whether a text is the number of a choice. */
export function isNumber(typed) {
    return DIGITS.test(plain(typed));
}

/** Tell whether a text is no word of its own here, but stands for one: digits, pinyin. */
export function isShorthand(typed) {
    return ASCII.test(plain(typed));
}

/**
 * One box to type into, with what may be chosen beside it: one stop of the Tab key in all.
 *
 * The chips can be clicked; typing their number, name, pinyin or initials chooses them as well.
 * What was typed counts when the box is left, or on Enter.
 */
export class ChoiceInput extends Component {
    static template = "kaiyang_complaint.ChoiceInput";
    static props = {
        id: { type: String, optional: true },
        placeholder: { type: String, optional: true },
        label: String,
        text: { type: String, optional: true },
        options: Array,
        shown: { type: Number, optional: true },
        free: { type: String, optional: true },
        onCommit: Function,
        onPick: Function,
    };
    static defaultProps = { placeholder: "", text: "", shown: 6 };

    setup() {
        this.input = useRef("input");
        this.state = useState({ typed: "" });
        // What is being typed stays, whatever comes in from the server meanwhile.
        useEffect(
            (text) => {
                if (!this.state.typed) {
                    this.input.el.value = text;
                }
            },
            () => [this.props.text],
        );
    }

    get matches() {
        return matchingOptions(this.props.options, this.lastWord);
    }

    // Several may be typed one after the other: what is shown is for the last.
    get lastWord() {
        return this.state.typed.split(/[,，、;；]/).pop();
    }

    get chips() {
        const { options, shown } = this.props;
        const chosen = options.filter((option) => option.chosen);
        const open = this.state.typed ? this.matches : options.slice(0, shown);
        return [...new Set([...chosen, ...open])].slice(0, Math.max(shown, 6) + chosen.length);
    }

    isFirst(option) {
        return Boolean(this.state.typed) && option === this.matches[0];
    }

    onInput(ev) {
        this.state.typed = ev.target.value;
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && !ev.isComposing && this.state.typed) {
            ev.preventDefault();
            ev.stopPropagation();
            this.commit();
        }
    }

    commit() {
        const typed = this.input.el.value.trim();
        if (typed !== this.props.text || this.state.typed) {
            this.state.typed = "";
            const kept = this.props.onCommit(typed);
            this.input.el.value = kept ?? "";
        }
    }

    pick(option) {
        this.state.typed = "";
        this.input.el.value = this.props.text;
        this.props.onPick(option);
    }
}
