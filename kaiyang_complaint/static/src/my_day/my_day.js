import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { FirstSteps } from "../first_steps/first_steps";

/** The page on which the day begins: tiles of work, each one click away from its complaints. */
export class MyDay extends Component {
    static template = "kaiyang_complaint.MyDay";
    static components = { FirstSteps, Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ tiles: [], warnings: [] });
        onWillStart(async () => {
            Object.assign(
                this.state,
                await this.orm.call("helpdesk.ticket.team", "complaint_tiles", []),
            );
        });
    }

    get isDone() {
        return this.state.tiles.every((tile) => !tile.count);
    }

    async open(tile) {
        this.action.doAction(
            await this.orm.call("helpdesk.ticket.team", "open_complaint_tile", [tile.key]),
        );
    }
}

registry.category("actions").add("kaiyang_complaint.my_day", MyDay);
