from odoo import api, fields, models
from odoo.exceptions import UserError


class ComplaintBranches(models.AbstractModel):
    """The ways of handling beside the slip: inquiry by the room, referral, meeting (五(二)4, 5)."""

    _name = "complaint.branches"
    _description = "Branches of Handling"

    is_outside_matter = fields.Boolean(
        string="Not About Window Staff",
        copy=False,
        help="The room inquires itself, the leader in charge signs it off, and the matter is "
        "referred to the unit concerned (五(二)4).",
    )
    needs_meeting = fields.Boolean(
        compute="_compute_needs_meeting",
        help="Major, of several units, or of unclear responsibility: no slip leaves before the "
        "meeting has decided who answers (五(二)5).",
    )
    is_forwardable = fields.Boolean(
        compute="_compute_is_forwardable", help="Nothing stands between acceptance and the slip."
    )
    investigation_ids = fields.One2many(
        "complaint.investigation", "ticket_id", string="Investigations"
    )
    referral_ids = fields.One2many("complaint.referral", "ticket_id", string="Referrals")
    meeting_ids = fields.One2many("complaint.meeting", "ticket_id", string="Meetings")

    @api.depends("complaint_class", "window_unit_id", "respondent_ids.unit_id")
    def _compute_needs_meeting(self):
        for ticket in self:
            several = len(ticket._units_complained_about()) > 1
            ticket.needs_meeting = ticket.complaint_class == "major" or several

    @api.depends("needs_meeting", "meeting_ids.state", "is_restricted", "is_outside_matter")
    def _compute_is_forwardable(self):
        for ticket in self:
            ticket.is_forwardable = not ticket._what_keeps_slips()

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
                "Major complaints, and those about several units, go to a meeting first: it "
                "decides who answers. No slip leaves before."
            )
        return ""

    def _meeting_of_round(self):
        """Return the meeting that decided who answers, if it was held in the present round."""
        since = self._since()
        return self.meeting_ids.filtered(
            lambda meeting: meeting.state == "held" and since and meeting.held_at >= since
        )[:1]

    def _units_in_charge(self):
        """Return the units that answer; the first one leads."""
        return self._units_complained_about()

    def _answers_of_round(self):
        """Let the room's own inquiry and the referral answer where no slip does."""
        answers = super()._answers_of_round()
        if set(answers) - {"declined"}:
            return answers
        since = self._since()
        inquiries = self.investigation_ids.filtered(lambda inquiry: inquiry.created_at >= since)
        referrals = self.referral_ids.filtered(lambda referral: referral.created_at >= since)
        return [
            *answers,
            *inquiries.mapped(lambda inquiry: inquiry._answer()),
            *referrals.mapped(lambda referral: referral._answer()),
        ]
