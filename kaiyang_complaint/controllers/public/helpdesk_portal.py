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

    @route()
    def create_new_ticket(self, **kw):
        """Lead to the online form where no helpdesk but the complaint room takes tickets.

        A ticket without a team would reach nobody, and have neither a limit nor a page.
        """
        if _is_complaint_desk():
            return request.redirect("/complaint/new")
        return super().create_new_ticket(**kw)


class HelpdeskPages(CustomerPortalHelpdesk):
    """The pages of tickets on the portal."""

    @route()
    def portal_my_tickets(self, **kw):
        """Lead to the online form where there are only complaints, which this list never shows."""
        # What is no complaint on a desk without other teams has no team.
        tickets = request.env["helpdesk.ticket"].sudo()
        if _is_complaint_desk() and not tickets.search_count([("team_id", "=", False)], limit=1):
            return request.redirect("/complaint/new")
        return super().portal_my_tickets(**kw)

    def _document_check_access(self, model_name, document_id, access_token=None):
        """Never show a complaint on Odoo's own portal page, also not by token."""
        document = super()._document_check_access(model_name, document_id, access_token)
        if model_name == "helpdesk.ticket" and document.is_complaint:
            raise AccessError(request.env._("This document does not exist."))
        return document


def _is_complaint_desk():
    """Return whether the complaint room is the only team of the centre."""
    teams = request.env["helpdesk.ticket.team"].sudo()
    teams = teams.search([("company_id", "in", (request.env.company.id, False))])
    return bool(teams) and all(team.is_complaint_room for team in teams)
