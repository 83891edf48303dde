from odoo.http import content_disposition, request, route

from .slip_portal import SlipPortal


class SlipPaper(SlipPortal):
    """The slip as a sheet of paper, for the files of the unit (五(二)1)."""

    @route("/my/complaints/<int:slip_id>/print", type="http", auth="user", website=True)
    def portal_slip_print(self, slip_id, **_kw):
        """Download a slip the user may see, with its receipt."""
        slip = self._find_slip(slip_id)
        if not slip:
            return self._no_such_slip()
        # The routes of reports are for the desk; whether the user may see the slip was asked above.
        reports = request.env["ir.actions.report"].sudo()
        content = reports._render_qweb_pdf("kaiyang_complaint.report_slip", slip.ids)[0]
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(f"转办单 {slip.name}.pdf")),
        ]
        return request.make_response(content, headers)
