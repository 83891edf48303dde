from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext

from ...models.handling.forwarding import Forwarding
from ...models.handling.text_review import TextReview
from ...tools import look_through

BACK = {"type": "ir.actions.client", "tag": "kaiyang_complaint.step_back"}


class ComplaintReviewWizard(models.TransientModel):
    """The page on which a person looks through what leaves, then accepts and forwards (五(二)1)."""

    _name = "complaint.review.wizard"
    _description = "Look Through the Text for the Unit"
    _inherit = ["complaint.dialog.mixin"]

    ticket_id = fields.Many2one("helpdesk.ticket", required=True, readonly=True)
    slip_id = fields.Many2one("complaint.slip", readonly=True)
    complaint_state = fields.Selection(related="ticket_id.complaint_state")
    is_visit = fields.Boolean(related="ticket_id.is_visit")
    original = fields.Text(compute="_compute_original")
    service_item = fields.Char(
        string="Matter", compute="_compute_addressees", help="As printed on the slip."
    )
    stretches = fields.Json(
        string="Text That Leaves",
        help="The text for the unit stretch by stretch, masked or not.",
    )
    summary = fields.Text(compute="_compute_summary")
    opinion = fields.Text(string="Opinion of the Room")
    exposed = fields.Char(
        string="May Still Identify",
        compute="_compute_exposed",
        help="What the text and the opinion, as they stand now, still give away of people.",
    )
    addressees = fields.Text(compute="_compute_addressees")
    obstacle = fields.Char(
        compute="_compute_addressees", help="Reason why the complaint can't be forwarded."
    )

    @api.model
    def _open(self, ticket, slip=None):
        """Return the action that opens the page for a complaint, or for one slip of it."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "kaiyang_complaint.complaint_review_wizard_action"
        )
        context = {"default_ticket_id": ticket.id}
        if slip:
            context["default_slip_id"] = slip.id
        return {**action, "context": context}

    @api.model
    def default_get(self, names):
        """Start with the text as it was prepared, or as masking proposes it."""
        defaults = super().default_get(names)
        ticket = self.env["helpdesk.ticket"].browse(defaults.get("ticket_id"))
        ticket.check_access("write")
        if ticket:
            review = TextReview(ticket)
            slip = self.env["complaint.slip"].browse(defaults.get("slip_id"))
            opinion = ticket._scrubbed(slip.room_opinion) or review.opinion()
            defaults |= {"stretches": review.stretches(), "opinion": opinion}
        return {name: value for name, value in defaults.items() if name in names}

    @api.depends("ticket_id")
    def _compute_display_name(self):
        for wizard in self:
            wizard.display_name = self.env._("Look Through %s", wizard.ticket_id.display_name or "")

    @api.depends("ticket_id.description")
    def _compute_original(self):
        for wizard in self:
            wizard.original = html2plaintext(wizard.ticket_id.description or "")

    @api.depends("stretches")
    def _compute_summary(self):
        for wizard in self:
            readable = look_through.are_stretches(wizard.stretches)
            wizard.summary = readable and look_through.compose(wizard.stretches)

    @api.depends("summary", "opinion", "ticket_id")
    def _compute_exposed(self):
        # Or what is recorded of a case could be guessed by who may not read it.
        self.ticket_id.check_access("read")
        for wizard in self:
            text = f"{wizard.summary or ''}\n{wizard.opinion or ''}"
            exposed = TextReview(wizard.ticket_id).exposed(text) if wizard.ticket_id else ()
            wizard.exposed = "、".join(exposed)

    @api.depends("ticket_id", "slip_id")
    def _compute_addressees(self):
        for wizard in self:
            ticket = wizard.ticket_id
            wizard.service_item = ticket and ticket._scrubbed(ticket.service_item)
            forwarding = Forwarding(ticket)
            lines = forwarding.addressees(wizard.slip_id) if ticket else ()
            wizard.addressees = "\n".join(lines)
            wizard.obstacle = ticket and forwarding.obstacle(wizard.slip_id)

    # --- what a person decides ----------------------------------------------------------------

    def action_send(self):
        """Accept the complaint where it is a draft, and send the text as it is on the page.

        :raise UserError: saying why not; nothing is accepted or sent then
        """
        self.ensure_one()
        ticket = self.ticket_id
        ticket.action_review_text(self._text(), self.opinion)
        if self.slip_id:
            self.slip_id.room_opinion = ticket.room_opinion
            self.slip_id.action_send()
            return BACK
        if ticket.complaint_state == "draft":
            ticket.action_accept()
        # The automation may have forwarded it already.
        forwarding = Forwarding(ticket)
        if forwarding.units_not_asked() or ticket.complaint_state == "accepted":
            forwarding.send()
        return BACK

    def action_accept_only(self):
        """Accept the complaint and keep the text for later: it waits to be looked through."""
        self.ensure_one()
        self._keep()
        self.ticket_id.action_accept()
        return BACK

    def action_back(self):
        """Go back, and keep what was typed."""
        self.ensure_one()
        self._keep()
        return BACK

    def _keep(self):
        """Keep the text as prepared, if it is not looked through as it is already."""
        self.ticket_id.check_access("write")
        self.ticket_id._assert_open_for_change()
        text, ticket = self._text(), self.ticket_id
        if (text, self.opinion) != (ticket.slip_summary, ticket.room_opinion):
            TextReview(ticket).prepare(text, self.opinion)

    def _text(self):
        """Return the text as it is on the page.

        :raise UserError: where it can't be read
        """
        if not look_through.are_stretches(self.stretches):
            raise UserError(self.env._("What was sent can't be read. Nothing was changed."))
        return look_through.compose(self.stretches)
