"""Calls to the complaint room on the pages of the chief representatives (五(一)2, 五(二)2)."""

from odoo.exceptions import UserError
from odoo.http import request, route

from .slip_portal import SlipPortal

SHOWN = ("place", "unit_id", "window_id", "called_at", "coming_at")


class CallPortal(SlipPortal):
    """What a representative sees of a call: where to come to, and nothing of the complaint."""

    def _slip_list(self, page, filterby, search):
        return {**super()._slip_list(page, filterby, search), "calls": self._standing_calls()}

    def _standing_calls(self):
        """Return the calls in which the user is waited for."""
        calls = request.env["complaint.call"].search([("is_standing", "=", True)])
        rows = calls.read(SHOWN)
        for call, row in zip(calls, rows, strict=True):
            row["tz"] = call.company_id.complaint_tz
        return rows

    def _notice(self, code):
        notices = {
            "coming": request.env._("The complaint room knows that you are on your way."),
            "over": request.env._("This call is over, or it is not for you."),
        }
        return notices.get(code) or super()._notice(code)

    @route(
        "/my/complaints/call/<int:call_id>/come",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_call_come(self, call_id, **_kw):
        """Confirm being on the way; unknown, foreign and closed calls give the same answer."""
        found = self._is_representative()
        call = found and request.env["complaint.call"].search([("id", "=", call_id)])
        try:
            notice = "coming" if call and not call.action_come() else "over"
        except UserError:
            notice = "over"
        return request.redirect(f"/my/complaints?notice={notice}")
