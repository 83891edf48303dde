import { Component, onWillDestroy, xml } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const EVERY_MS = 1500;

/** Keeps a form up to date while the server works on it by itself. */
export class RunningWatch extends Component {
    static template = xml`<span/>`;
    static props = { ...standardWidgetProps };

    setup() {
        this.schedule();
        onWillDestroy(() => browser.clearTimeout(this.timer));
    }

    schedule() {
        this.timer = browser.setTimeout(() => this.refresh(), EVERY_MS);
    }

    async refresh() {
        await this.props.record.load();
        this.schedule();
    }
}

registry.category("view_widgets").add("complaint_running_watch", { component: RunningWatch });
