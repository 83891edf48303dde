"""The red and black board on the display of the hall: no login, no cookie, nothing from outside."""

import functools
import hashlib

from odoo import http, tools
from odoo.http import request, route
from werkzeug.exceptions import NotFound

PAGE = "kaiyang_complaint.board_screen"
HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}


class BoardScreen(http.Controller):
    """The page that the hall's display opens by an unguessable link, and its preview."""

    @route(
        "/complaint/board/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
        save_session=False,
    )
    def board_screen(self, token, **_kw):
        """Show the board that is on display today; an unknown link leads nowhere."""
        company = request.env["res.company"]._complaint_of_board_token(token)
        if not company:
            raise NotFound
        return self._page(company, company._complaint_board_shown())

    @route(
        "/complaint/board/preview/<int:board_id>",
        type="http",
        auth="user",
        methods=["GET"],
        sitemap=False,
    )
    def board_preview(self, board_id, **_kw):
        """Show a board as the hall will see it, to those who may read it."""
        boards = request.env["complaint.board"]
        board = boards.has_access("read") and boards.search([("id", "=", board_id)])
        if not board:
            raise NotFound
        return self._page(board.company_id.sudo(), board.sudo(), is_preview=True)

    def _page(self, company, board, is_preview=False):
        """Return the page, or 304 where the display has it already."""
        values = {
            "company": company,
            "screen": board and board._screen(),
            "is_preview": is_preview,
            "files": {kind: self._file(kind) for kind in ("css", "js")},
        }
        html = request.env["ir.qweb"].sudo()._render(PAGE, values)
        response = request.make_response(html, list(HEADERS.items()))
        response.headers["Content-Type"] = "text/html; charset=utf-8"
        response.set_etag(hashlib.sha256(html.encode()).hexdigest())
        return response.make_conditional(request.httprequest)

    @staticmethod
    @functools.cache
    def _file(kind):
        """Return the address of a file of the page, which changes with its content."""
        path = f"kaiyang_complaint/static/src/board_screen/board_screen.{kind}"
        with tools.file_open(path, "rb") as file:
            return f"/{path}?v={hashlib.sha256(file.read()).hexdigest()[:12]}"
