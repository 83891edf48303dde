import { registry } from "@web/core/registry";
import { download } from "@web/core/network/download";
import { user } from "@web/core/user";
import { getReportUrl } from "@web/webclient/actions/reports/utils";

/**
 * Downloads reports that WeasyPrint renders, without asking for wkhtmltopdf first.
 *
 * @param {Object} action
 * @param {Object} options
 * @param {Object} env
 * @returns {Promise<boolean>} false for reports of other engines
 */
export async function downloadPaper(action, options, env) {
    if (action.report_type !== "qweb-pdf" || !action.paper_engine) {
        return false;
    }
    const { onClose } = options;
    // Odoo does not wait for it, and what is typed while the form reads itself anew is lost.
    delete options.onClose;
    env.services.ui.block();
    try {
        await download({
            url: "/report/download",
            data: {
                data: JSON.stringify([getReportUrl(action, "pdf"), action.report_type]),
                context: JSON.stringify({ ...user.context, ...action.context }),
            },
        });
        await onClose?.();
    } finally {
        env.services.ui.unblock();
    }
    return true;
}

registry.category("ir.actions.report handlers").add("kaiyang_complaint.paper", downloadPaper);
