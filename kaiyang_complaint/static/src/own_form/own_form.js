import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";
import { View } from "@web/views/view";

const STAFF = "kaiyang_complaint.group_complaint_user";

/** Return whether a ticket is about to be shown in whatever form its model has first. */
function isUndecided({ type, resModel, resId, viewId, arch }, views) {
    const [id] = views.find((view) => view[1] === "form") || [];
    return type === "form" && resModel === "helpdesk.ticket" && resId && !(arch || viewId || id);
}

/**
 * Show each ticket in its own form, also where only its number is known: after a reload, by a link,
 * from an activity or a list of the helpdesk. The form depends on the record, and the server chooses
 * a view without knowing it.
 */
patch(View.prototype, {
    setup() {
        super.setup();
        this.ticketOrm = useService("orm");
    },

    async loadView(props) {
        if (isUndecided(props, props.views || this.env.config.views || [])) {
            props = { ...props, viewId: await this.ownForm(props.resId) };
        }
        return super.loadView(props);
    },

    async ownForm(id) {
        if (!(await user.hasGroup(STAFF))) {
            return undefined;
        }
        try {
            const own = await this.ticketOrm.call("helpdesk.ticket", "get_formview_id", [[id]]);
            return own || undefined;
        } catch {
            // What can't be read is refused by the form itself, as ever.
            return undefined;
        }
    },
});
