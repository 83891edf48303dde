from odoo import api, fields, models
from odoo.exceptions import UserError

KINDS = [("outside", "Referral"), ("discipline", "Transfer to Discipline Inspection")]


class ComplaintOutside(models.AbstractModel):
    """What the room inquires itself and hands on: not about window staff, or for discipline."""

    _name = "complaint.outside"
    _description = "Matters Handed On"

    is_outside_matter = fields.Boolean(
        string="Not About Window Staff",
        copy=False,
        help="The room inquires itself, the leader in charge signs it off, and the matter is "
        "referred to the unit concerned (五(二)4).",
    )
    referral_ids = fields.One2many("complaint.referral", "ticket_id", string="Referrals")
    referral_due = fields.Selection(
        KINDS,
        compute="_compute_referral_due",
        help="The room's inquiry is concluded, and what it found has yet to be handed on.",
    )

    @api.depends(
        "complaint_state",
        "is_outside_matter",
        "is_restricted",
        "investigation_ids.state",
        "investigation_ids.is_transfer_due",
        "finding_ids.state",
        "referral_ids.state",
    )
    def _compute_referral_due(self):
        for ticket in self:
            under_way = ticket.complaint_state in ("accepted", "handling")
            ticket.referral_due = under_way and ticket._owed_referral()

    def write(self, vals):
        """Let a complaint go the way that its matter asks for, as long as none was gone.

        :raise UserError: where it has gone one
        """
        if "is_outside_matter" in vals:
            ticked = bool(vals["is_outside_matter"])
            for ticket in self.filtered("is_complaint"):
                if ticket.is_outside_matter != ticked:
                    ticket._assert_matter_open()
        return super().write(vals)

    def _assert_matter_open(self):
        """Refuse to change what a complaint is about once slips or a referral went out on it."""
        if set(self._slips_of_round().mapped("state")) - {"declined"}:
            raise UserError(
                self.env._(
                    "A slip of %s is with a unit: whether it is about window staff is settled. "
                    "The unit may decline the slip; then this can be changed.",
                    self.display_name,
                )
            )
        if self._referrals_of_round().filtered(
            lambda referral: referral.state not in ("draft", "refused")
        ):
            raise UserError(
                self.env._(
                    "A referral of %s is under way: take it back first, as long as it has not "
                    "left.",
                    self.display_name,
                )
            )
        if self.complaint_state in ("replied", "fed_back"):
            raise UserError(self.env._("%s has its answer already.", self.display_name))

    # --- what the room inquires and hands on ------------------------------------------------

    def _inquiries_concluded(self):
        """Return the room's own inquiries that were concluded in the present round."""
        inquiries = self._inquiries_of_round()
        return inquiries.filtered(lambda inquiry: inquiry.state == "concluded")

    def _is_transfer_due(self):
        """Tell whether the last inquiry, or a finding after it, verified a breach (七.5)."""
        last = self._inquiries_concluded().sorted("id")[-1:]
        return last.is_transfer_due or bool(last and self._owes_transfer())

    def _findings_of_round(self):
        """Return in words what the room's last inquiry found, for a letter."""
        last = self._inquiries_concluded().sorted("id")[-1:]
        found = (last.respondent_facts, last.evidence, last.cause, last.measures)
        return "\n".join(text.strip() for text in found if text)

    def _owed_referral(self):
        """Return the kind of referral that the concluded inquiry asks for and that nobody made."""
        concluded = self._inquiries_concluded()
        made = self._referrals_of_round().filtered(
            lambda referral: referral.state not in ("draft", "refused")
        )
        breach = self.is_restricted and self._is_transfer_due()
        if breach and "discipline" not in made.mapped("kind"):
            return "discipline"
        return "outside" if self.is_outside_matter and concluded and not made else False

    def _due_day(self):
        """Return the day on which the complaint is due, where that lies ahead."""
        due = self.due_at and self.company_id._complaint_local(self.due_at).date()
        return due and due > self.company_id._complaint_today() and due

    def action_refer(self):
        """Open the referral that is due: the one in preparation, or a new one (五(二)4, 七.5).

        :raise UserError: where none is due
        """
        self.ensure_one()
        self.check_access("write")
        return self.env["complaint.referral"]._open(self)
