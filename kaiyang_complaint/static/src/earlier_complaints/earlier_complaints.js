import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Lists what a complaint may repeat, also while it is being written, and links what does. */
export class EarlierComplaints extends Component {
    static template = "kaiyang_complaint.EarlierComplaints";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
    }

    get rows() {
        return this.props.record.data[this.props.name] || [];
    }

    open(row) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "helpdesk.ticket",
            res_id: row.id,
            views: [[false, "form"]],
            target: "current",
        });
    }

    async toggleLink(row) {
        const record = this.props.record;
        if (!(await record.save())) {
            return;
        }
        const verb = row.linked ? "action_not_same_matter" : "action_same_matter";
        await this.orm.call("helpdesk.ticket", verb, [[record.resId], row.id]);
        await record.load();
    }
}

registry.category("fields").add("complaint_earlier_complaints", {
    component: EarlierComplaints,
    supportedTypes: ["json"],
});
