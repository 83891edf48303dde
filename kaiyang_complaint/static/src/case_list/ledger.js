import { Component, onWillStart } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { STATIC_ACTIONS_GROUP_NUMBER } from "@web/search/action_menus/action_menus";

const CLERK = "kaiyang_complaint.group_complaint_clerk";
const LISTS = ["complaint_list", "complaint_kanban"];

/**
 * Download the ledger of complaints.
 *
 * @param {Array} domain of the list
 * @param {number[]} [ids] of selected lines, which alone are wanted then
 */
export function downloadLedger(domain, ids = []) {
    return download({
        url: "/complaint/ledger.xlsx",
        data: { data: JSON.stringify({ domain, ids }) },
    });
}

/**
 * Return the item of the menu of selected lines: the ledger of these alone.
 *
 * @param {Function} getList which returns the list of the view
 */
export function ledgerItem(getList) {
    let isClerk = false;
    onWillStart(async () => {
        isClerk = await user.hasGroup(CLERK);
    });
    return {
        isAvailable: () => isClerk,
        sequence: 5,
        icon: "fa fa-table",
        description: _t("Download the Ledger"),
        callback: () => {
            const list = getList();
            const ids = list.isDomainSelected ? [] : list.selection.map((line) => line.resId);
            return downloadLedger(list.domain, ids);
        },
    };
}

/** In the gear menu of lists and boards of complaints: the ledger of all that is shown. */
export class LedgerMenu extends Component {
    static template = "kaiyang_complaint.LedgerMenu";
    static components = { DropdownItem };
    static props = {};

    onSelected() {
        return downloadLedger(this.env.searchModel.domain);
    }
}

registry.category("cogMenu").add(
    "complaint-ledger",
    {
        Component: LedgerMenu,
        groupNumber: STATIC_ACTIONS_GROUP_NUMBER,
        isDisplayed: async (env) =>
            LISTS.includes(env.config.viewSubType) && (await user.hasGroup(CLERK)),
    },
    { sequence: 5 },
);
