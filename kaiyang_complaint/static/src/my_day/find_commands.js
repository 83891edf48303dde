import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";

// Whoever types is not asked about every letter.
const WAIT_MS = 200;
const SHORTEST = 2;

let latest = 0;

registry
    .category("command_categories")
    .add("complaints", { name: _t("Complaints") }, { sequence: 5 });

/** Ctrl-K finds complaints by what is typed: the server decides by what, and whose. */
registry.category("command_provider").add("complaints", {
    provide: async (env, { searchValue }) => {
        const text = (searchValue || "").trim();
        const mine = ++latest;
        if (
            text.length < SHORTEST ||
            !(await user.hasGroup("kaiyang_complaint.group_complaint_user"))
        ) {
            return [];
        }
        await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
        if (mine !== latest) {
            return [];
        }
        const { rows } = await env.services.orm.silent.call(
            "helpdesk.ticket.team",
            "find_complaints",
            [text],
        );
        return rows.map((row) => ({
            category: "complaints",
            // The palette shows what holds the typed text: a telephone is in no title.
            name: [row.number, row.matter, row.place, row.state, `“${searchValue}”`]
                .filter(Boolean)
                .join(" · "),
            action: () =>
                env.services.action.doAction({
                    type: "ir.actions.act_window",
                    res_model: "helpdesk.ticket",
                    res_id: row.id,
                    views: [[false, "form"]],
                }),
        }));
    },
});
