"""What a unit does that answers the complainant itself: see the contact, report (五(三))."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from odoo.exceptions import ConcurrencyError, UserError
from odoo.http import request, route

from .slip_portal import SlipPortal
from .uploads import received_files

TYPED = ("mode", "content", "callee", "satisfaction", "suggestion", "no_suggestion")


class FeedbackPortal(SlipPortal):
    """The pages of delegated feedback, on the page of the slip."""

    def _render_slip(self, slip, typed=None, error=None, **values):
        """Add the answer the unit was asked to give, and whether it may see the contact."""
        feedback = request.env["complaint.feedback"]._fields
        delegated = slip._delegated()
        page = {
            "delegated": delegated,
            "reported": typed if (typed or {}).get("reporting") else delegated,
            "contact_is_open": slip._contact_is_open(),
            "satisfactions": feedback["satisfaction"]._description_selection(request.env),
            **values,
        }
        return super()._render_slip(slip, typed=typed, error=error, **page)

    def _notice(self, code):
        """Return the message a page was redirected to with."""
        if code == "reported":
            return request.env._("The complaint room was told how you answered the complainant.")
        return super()._notice(code)

    @route(
        "/my/complaints/<int:slip_id>/contact",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_slip_contact(self, slip_id, purpose="", **_kw):
        """Show the complainant's contact, on this one page and on record."""
        slip = self._find_slip(slip_id)
        if not slip:
            return self._no_such_slip()
        try:
            with request.env.cr.savepoint():
                contact = slip.action_show_contact(purpose)
        except ConcurrencyError:
            raise  # the server tries again
        except UserError as error:
            return self._render_slip(slip, error=str(error), purpose=purpose)
        response = self._render_slip(slip, contact=contact)
        response.headers["Cache-Control"] = "no-store"
        return response

    @route(
        "/my/complaints/<int:slip_id>/feedback",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_slip_feedback(self, slip_id, **typed):
        """Report how the unit answered the complainant."""

        def report(slip):
            slip.action_report_feedback(
                {
                    **{name: typed.get(name) for name in TYPED},
                    "given_at": self._moment(slip, typed.get("given_at")),
                    "attachments": received_files(request, "attachments"),
                }
            )

        return self._act(slip_id, "reported", report, {**typed, "reporting": True})

    def _moment(self, slip, typed):
        """Return the UTC moment of a time as it was typed, on the wall of the centre.

        :raise UserError: where it is none
        """
        if not typed:
            return None
        try:
            wall = datetime.fromisoformat(typed).replace(
                tzinfo=ZoneInfo(slip.company_id.complaint_tz)
            )
        except ValueError as error:
            raise UserError(
                request.env._("Invalid time: “%s”. Nothing was sent.", typed)
            ) from error
        return wall.astimezone(UTC).replace(tzinfo=None, microsecond=0)
