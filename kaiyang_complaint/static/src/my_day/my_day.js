import { Component, onWillDestroy, onWillStart, useExternalListener, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { FirstSteps } from "../first_steps/first_steps";

// Sent by the server when a complaint took a step: it says nothing more.
const CHANGED = "kaiyang_complaint.day";
// Steps come in bunches; all the room's pages ask at once.
const ASK_AGAIN_MS = 1500;
const TEAM = "helpdesk.ticket.team";
const REGISTER = "kaiyang_complaint.complaint_action_register_";

/** One list of complaints, in groups of days: the own ones, or the room's. */
export class DayRows extends Component {
    static template = "kaiyang_complaint.DayRows";
    static props = {
        name: String,
        title: String,
        count: Number,
        rows: Array,
        showsClerk: Boolean,
        onOpen: Function,
        onOpenAll: Function,
    };

    /** The rows by the days of their limits, each group with its heading. */
    get groups() {
        const titles = {
            overdue: _t("Overdue"),
            today: _t("Due Today"),
            tomorrow: _t("Tomorrow"),
            later: _t("Later"),
            none: _t("Without a limit"),
        };
        return Object.keys(titles)
            .map((key) => ({
                key,
                title: titles[key],
                rows: this.props.rows.filter((row) => row.group === key),
            }))
            .filter((group) => group.rows.length);
    }

    /** Arrows go from row to row. */
    onKeydown(ev) {
        const step = { ArrowDown: 1, ArrowUp: -1 }[ev.key];
        if (step) {
            const rows = [...document.querySelectorAll(".o_complaint_day_row")];
            rows[rows.indexOf(ev.currentTarget) + step]?.focus();
            ev.preventDefault();
        }
    }
}

/** The page on which the day begins: new complaints, a search box, and what waits for the user. */
export class MyDay extends Component {
    static template = "kaiyang_complaint.MyDay";
    static components = { DayRows, FirstSteps, Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.state = useState({ tiles: [], warnings: [], own: false, room: false, text: "" });
        this.loadSoon = useDebounced(() => this.load(), ASK_AGAIN_MS);
        const bus = useService("bus_service");
        const onChanged = () => this.loadSoon();
        bus.subscribe(CHANGED, onChanged);
        onWillDestroy(() => bus.unsubscribe(CHANGED, onChanged));
        // What was missed while the line was down, or the page out of sight.
        useBus(bus, "BUS:RECONNECT", onChanged);
        useExternalListener(document, "visibilitychange", () => document.hidden || onChanged());
        onWillStart(() => this.load());
    }

    async load() {
        Object.assign(this.state, await this.orm.silent.call(TEAM, "complaint_tiles", []));
    }

    get hasLists() {
        return Boolean(this.state.own || this.state.room);
    }

    /** Beside the lists only what waits; on a page of tiles all of them. */
    get tiles() {
        return this.hasLists ? this.state.tiles.filter((tile) => tile.count) : this.state.tiles;
    }

    get isDone() {
        const lists = [this.state.own, this.state.room];
        return (
            this.state.tiles.every((tile) => !tile.count) &&
            lists.every((list) => !list || !list.count)
        );
    }

    get channels() {
        return [
            { code: "phone", label: _t("Register a Call"), key: "c", icon: "fa-phone" },
            { code: "onsite", label: _t("Register a Visit"), key: "i", icon: "fa-user-o" },
            { code: "letter", label: _t("Register a Letter"), key: "l", icon: "fa-envelope-o" },
            { code: "web", label: _t("Register from the Website"), key: "w", icon: "fa-globe" },
        ];
    }

    register(channel) {
        return this.action.doAction(REGISTER + channel.code);
    }

    async find() {
        const text = this.state.text.trim();
        if (!text) {
            return;
        }
        const action = await this.orm.call(TEAM, "open_found_complaints", [text]);
        if (action) {
            await this.action.doAction(action);
        } else {
            this.notification.add(_t("No complaint was found for “%s”.", text), {
                type: "warning",
            });
        }
    }

    openRow(row) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "helpdesk.ticket",
            res_id: row.id,
            views: [[false, "form"]],
        });
    }

    async openList(name) {
        this.action.doAction(await this.orm.call(TEAM, "open_complaint_list", [name]));
    }

    async open(tile) {
        this.action.doAction(await this.orm.call(TEAM, "open_complaint_tile", [tile.key]));
    }
}

registry.category("actions").add("kaiyang_complaint.my_day", MyDay);
