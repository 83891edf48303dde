"""The page on which a complainant sees how far their complaint is; nobody has to log in."""

from odoo import http
from odoo.http import request, route

from ...models.case.complaint_tracking_attempt import MINUTES
from ...models.desk.public_progress import public_facts, tracked
from ...tools.tracking_code import is_short, tidy_code, tidy_number

# Longer than any number or code, and short enough to be looked at.
TYPED = 40
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}


class TrackingPage(http.Controller):
    """Number and query code in, the path of the complaint out: no names, no texts."""

    @route(
        "/complaint/track",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def track_form(self, **_kw):
        """Show the form."""
        return self._page()

    @route(
        "/complaint/track",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def track(self, number="", code="", **_kw):
        """Show how far the complaint is, or one answer to everything that is wrong.

        A right code of today's length is answered however often others guessed; a short one, of
        an older complaint, only while few wrong codes were typed for its number. What was typed
        stays in the form. For wrong codes beyond the budget of the address and the number the
        status is 429.
        """
        # A forged form may send files in their place.
        number, code = tidy_number(number)[:TYPED], tidy_code(code)[:TYPED]
        attempts = request.env["complaint.tracking.attempt"]
        refused = is_short(code) and attempts._refuses_short(number)
        ticket = tracked(request.env, number, code)
        if ticket and not refused:
            return self._page(number=ticket.number, **public_facts(ticket))
        typed = {"number": number, "code": code}
        if attempts._count(request.httprequest.remote_addr, number):
            wait = {"Retry-After": str(MINUTES * 60)}
            return self._page(wait, status=429, error="wait", **typed)
        return self._page(status=422, error="unknown", **typed)

    def _page(self, headers=None, status=200, **values):
        company = request.env.company
        page = {"error": None, "number": "", "code": "", "picture": None, "company": company}
        return request.render(
            "kaiyang_complaint.track_page",
            page | values,
            headers=HEADERS | (headers or {}),
            status=status,
        )
