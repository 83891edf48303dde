"""The helpdesk's pages, without their ways around the rules."""

from odoo.addons.helpdesk_mgmt.controllers.main import HelpdeskTicketController
from odoo.addons.helpdesk_mgmt.controllers.myaccount import CustomerPortalHelpdesk
from odoo.exceptions import AccessError
from odoo.http import request, route


class HelpdeskClose(HelpdeskTicketController):
    """Closing a ticket from the portal."""

    @route()
    def support_ticket_close(self, **kw):
        """Close a ticket the user may read, by the helpdesk's own rules; never a complaint."""
        if not self._may_close(kw.get("ticket_id", "")):
            return request.redirect("/my")
        return super().support_ticket_close(**kw)

    def _may_close(self, ticket_id):
        domain = [("id", "=", ticket_id), ("is_complaint", "=", False)]
        tickets = request.env["helpdesk.ticket"]
        return ticket_id.isdecimal() and tickets.search_count(domain, limit=1)


class HelpdeskPages(CustomerPortalHelpdesk):
    """The pages of tickets on the portal."""

    def _document_check_access(self, model_name, document_id, access_token=None):
        """Never show a complaint on Odoo's own portal page, also not by token."""
        document = super()._document_check_access(model_name, document_id, access_token)
        if model_name == "helpdesk.ticket" and document.is_complaint:
            raise AccessError(request.env._("This document does not exist."))
        return document
