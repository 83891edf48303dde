import { Component, useComponent } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { useService } from "@web/core/utils/hooks";
import { toStringExpression } from "@web/views/utils";
import { FormCompiler } from "@web/views/form/form_compiler";
import { FormRenderer } from "@web/views/form/form_renderer";

const RARE = "o_complaint_rare";

/**
 * Return a function that does what the server names as the next step: a button of the form, an
 * action that opens, or a page of the form.
 *
 * @param {() => Object} getRecord
 */
export function useNextStep(getRecord) {
    const action = useService("action");
    const component = useComponent();
    return async (act) => {
        const record = getRecord();
        if (act.page) {
            showPage(act.page);
        } else if (act.open) {
            if (await record.save()) {
                await action.doAction(act.open, { onClose: () => record.load() });
            }
        } else {
            await component.env.onClickViewButton({
                clickParams: { type: "object", name: act.method, confirm: act.confirm },
                getResParams: () => ({
                    resModel: act.model || record.resModel,
                    resId: act.id || record.resId,
                    resIds: [act.id || record.resId],
                    context: record.context,
                    evalContext: record.evalContext,
                }),
            });
        }
    };
}

function showPage(name) {
    const tab = document.querySelector(`.o_form_view .o_notebook_headers a[name=${name}]`);
    tab?.click();
    tab?.scrollIntoView({ block: "start" });
}

/** The head of a case: what is next and what it needs, one primary button, all others behind it. */
export class NextStepBar extends Component {
    static template = "kaiyang_complaint.NextStepBar";
    static components = { Dropdown, DropdownItem };
    static props = { slots: { type: Object, optional: true }, record: Object };

    setup() {
        this.takeStep = useNextStep(() => this.props.record);
    }

    get picture() {
        return this.props.record.data.flow_path;
    }

    get act() {
        return this.picture?.step.act;
    }

    get other() {
        return this.picture?.step.other;
    }

    get needs() {
        const { complaint_state, missing_elements_label } = this.props.record.data;
        const isDraft = complaint_state === "draft" && missing_elements_label;
        return { elements: isDraft && missing_elements_label, others: this.act?.needs || [] };
    }

    /** Buttons of the view that may be pressed now, but for the one that stands out already. */
    get buttons() {
        const shown = [this.act?.method, this.other?.method].filter(Boolean);
        return Object.entries(this.props.slots || {})
            .filter(([, slot]) => slot.isVisible && !shown.includes(slot.verb))
            .map(([name, slot]) => ({ name, isRare: slot.isRare || this.env.isSmall }));
    }
}

export class ComplaintFormCompiler extends FormCompiler {
    /** Tell the bar of each button what it does, and let none of them be primary by itself. */
    compileHeader(el, params) {
        const header = super.compileHeader(el, params);
        const bar = header.firstElementChild;
        bar.setAttribute("record", "__comp__.props.record");
        for (const slot of bar.children) {
            const button = slot.firstElementChild;
            const { name } = JSON.parse(button.getAttribute("clickParams") || "{}");
            const className = button.getAttribute("className") || "";
            slot.setAttribute("verb", toStringExpression(name || ""));
            slot.setAttribute("isRare", className.includes(RARE) ? "true" : "false");
            button.setAttribute("className", className.replaceAll("btn-primary", "btn-secondary"));
        }
        return header;
    }
}

export class ComplaintFormRenderer extends FormRenderer {
    static components = { ...FormRenderer.components, StatusBarButtons: NextStepBar };
}
