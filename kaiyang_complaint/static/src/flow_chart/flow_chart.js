import { Component, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { useNextStep } from "../next_step/next_step";

const FOLDED = "kaiyang_complaint.flow_chart_folded";

/** The regulation's flow chart as the path of one complaint: where it is, who acts, what is next. */
export class FlowChart extends Component {
    static template = "kaiyang_complaint.FlowChart";
    static props = { ...standardFieldProps };

    setup() {
        this.action = useService("action");
        this.ui = useService("ui");
        this.takeStep = useNextStep(() => this.props.record);
        this.state = useState({
            folded: Boolean(browser.localStorage.getItem(FOLDED)),
            unfolded: false,
        });
    }

    get picture() {
        return this.props.record.data[this.props.name];
    }

    /** While a draft is typed, and on a telephone, the chart does not push the fields down. */
    get startsFolded() {
        return this.picture.is_draft || this.ui.isSmall;
    }

    get isOpen() {
        return this.startsFolded ? this.state.unfolded : !this.state.folded;
    }

    toggle() {
        if (this.startsFolded) {
            this.state.unfolded = !this.state.unfolded;
            return;
        }
        this.state.folded = !this.state.folded;
        if (this.state.folded) {
            browser.localStorage.setItem(FOLDED, "1");
        } else {
            browser.localStorage.removeItem(FOLDED);
        }
    }

    /** Do what is next in a box, or show what it is about: a slip, a meeting, the feedback. */
    open(box) {
        if (box.act) {
            return this.takeStep(box.act);
        }
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: box.model,
            res_id: box.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("fields").add("complaint_flow_chart", {
    component: FlowChart,
    supportedTypes: ["json"],
});
