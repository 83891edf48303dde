import { Component, onWillStart, useState } from "@odoo/owl";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";

const MANAGER = "kaiyang_complaint.group_complaint_manager";

/** What a new centre needs until its first complaint is accepted: done or not, and where it is made. */
export class FirstSteps extends Component {
    static template = "kaiyang_complaint.FirstSteps";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ steps: [] });
        onWillStart(async () => {
            if (await user.hasGroup(MANAGER)) {
                await this.load();
            }
        });
    }

    async load() {
        this.state.steps = await this.orm.call("helpdesk.ticket.team", "complaint_first_steps", []);
    }

    get done() {
        return this.state.steps.filter((step) => step.done).length;
    }

    /** The first step that is left has the one primary button. */
    get next() {
        return this.state.steps.find((step) => !step.done);
    }

    open(step) {
        this.action.doAction(step.action, { onClose: () => this.load() });
    }
}
