from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import flow

# While an inquiry may begin, or be taken up again.
INQUIRED = flow.RUNNING - {"fed_back"}
# What decides whether slips or the room's own inquiry answer.
ROUTE = frozenset({"is_outside_matter", "is_discipline_matter", "conduct_ids"})


class ComplaintBranches(models.AbstractModel):
    """The ways of handling beside the slip: inquiry by the room, referral, meeting (五(二)4, 5)."""

    _name = "complaint.branches"
    _description = "Branches of Handling"
    _inherit = ["complaint.outside", "complaint.responsibility"]

    is_forwardable = fields.Boolean(
        compute="_compute_is_forwardable", help="Nothing stands between acceptance and the slip."
    )
    investigation_ids = fields.One2many(
        "complaint.investigation", "ticket_id", string="Investigations"
    )
    lacks_investigation = fields.Boolean(
        compute="_compute_lacks_investigation",
        help="Answered, and no investigation of this round is concluded (四.4).",
    )

    @api.depends(
        "needs_meeting", "meeting_ids.held_at", "reopened_at", "is_restricted", "is_outside_matter"
    )
    def _compute_is_forwardable(self):
        for ticket in self:
            ticket.is_forwardable = not ticket._what_keeps_slips()

    def write(self, vals):
        """Let a complaint whose route changed stand where its processes then take it."""
        result = super().write(vals)
        if ROUTE & vals.keys():
            self.sudo().filtered("is_complaint")._advance()
        return result

    def _assert_forwardable(self):
        """Refuse slips that the regulation keeps from leaving.

        :raise UserError: saying why, and what to do
        """
        obstacle = self._what_keeps_slips()
        if obstacle:
            raise UserError(obstacle)

    def _what_keeps_slips(self):
        """Return why no slip may leave, or nothing."""
        self.ensure_one()
        if self.is_restricted:
            return self.env._("A restricted complaint never goes to the unit complained about.")
        if self.is_outside_matter:
            return self.env._("What is not about window staff is referred, not forwarded.")
        if self.needs_meeting and not self._meeting_of_round():
            return self.env._(
                "Major complaints, and those of several units or of unclear responsibility, go to "
                "a meeting first: it decides who answers. No slip leaves before."
            )
        return ""

    def _answers_of_round(self):
        """Let referrals answer like slips, and the room's own last inquiry where no slip may go."""
        own = self._inquiries_of_round().sorted("id")[-1:] if self._is_own() else ()
        return [
            *super()._answers_of_round(),
            *(inquiry._answer() for inquiry in own),
            *(referral._answer() for referral in self._referrals_of_round()),
        ]

    def _is_own(self):
        """Tell a complaint that the room handles itself: no slip may ever go."""
        return self.is_restricted or self.is_outside_matter

    def _inquiries_of_round(self):
        return self.investigation_ids.filtered(self._begun_in_round)

    def _referrals_of_round(self):
        return self.referral_ids.filtered(self._begun_in_round)

    def _begun_in_round(self, process):
        since = self._since()
        return since and process.created_at >= since

    # --- the room's own inquiry --------------------------------------------------------------

    @api.depends("complaint_state", "investigation_ids.state")
    def _compute_lacks_investigation(self):
        for ticket in self:
            states = ticket._inquiries_of_round().mapped("state")
            ticket.lacks_investigation = (
                ticket.complaint_state == "replied" and "concluded" not in states
            )

    def action_investigate(self):
        """Open the investigation that is under way, or a new one.

        :raise UserError: before acceptance, and once the complainant was told the result
        """
        self.ensure_one()
        self.check_access("write")
        self._assert_under_inquiry()
        under_way = self.investigation_ids.filtered(lambda inquiry: inquiry.state == "draft")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Investigation"),
            "res_model": "complaint.investigation",
            "res_id": under_way[:1].id,
            "view_mode": "form",
            "context": {"default_ticket_id": self.id},
        }

    def _assert_under_inquiry(self):
        """Refuse an inquiry into what is not accepted, or settled already."""
        for ticket in self:
            if ticket.complaint_state not in INQUIRED:
                raise UserError(
                    self.env._(
                        "%s can't be investigated now: that goes from its acceptance until the "
                        "complainant is told the result.",
                        ticket.display_name,
                    )
                )

    def _told_by_units(self):
        """Return what the units replied in the present round, each under its name."""
        slips = (self._since() and self._slips_of_round()) or self.slip_ids.browse()
        replies = slips.reply_ids.filtered(lambda reply: reply.state == "accepted")
        return "\n".join(f"{reply.slip_id.unit_id.name}：{reply.facts}" for reply in replies)
