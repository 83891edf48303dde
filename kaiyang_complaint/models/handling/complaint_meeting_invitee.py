from odoo import api, fields, models
from odoo.exceptions import UserError


class ComplaintMeetingInvitee(models.Model):
    """Someone whom a meeting asks to come, and whether they came."""

    _name = "complaint.meeting.invitee"
    _description = "Invitee of a Meeting"
    _inherit = ["complaint.lock.mixin", "complaint.procedure.mixin", "complaint.signer.mixin"]
    _signers = ("partner_id",)
    _case_path = "meeting_id"
    _order = "meeting_id, id"
    _rec_name = "partner_id"
    _check_company_auto = True

    meeting_id = fields.Many2one(
        "complaint.meeting", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(related="meeting_id.company_id", store=True)
    partner_id = fields.Many2one("res.partner", string="Invited", required=True, check_company=True)
    unit_id = fields.Many2one("complaint.window.unit", check_company=True)
    role = fields.Selection(
        [
            ("unit_leader", "Leader of the Unit"),
            ("representative", "Chief Representative"),
            ("leader", "Leader of the Centre"),
            ("clerk", "Complaint Room"),
            ("other", "Other"),
        ],
        required=True,
        default="other",
    )
    email = fields.Char(related="partner_id.email", help="Without one, invite them by telephone.")
    phone = fields.Char(related="partner_id.phone")
    attendance = fields.Selection(
        [("present", "Present"), ("represented", "Represented"), ("absent", "Absent")]
    )
    stand_in = fields.Char(help="Person who attended on their behalf.")

    _invited_once = models.UniqueIndex(
        "(meeting_id, partner_id)", "A person is invited to the same meeting twice."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Invite people; to a meeting that was convened the invitation goes out at once.

        :raise UserError: naming those who must not sit at the table
        """
        invitees = super().create(vals_list)
        invitees._assert_may_attend()
        invitees.meeting_id._follow_invitees()
        return invitees

    def write(self, vals):
        """Note who came, until the meeting is closed to changes.

        :raise UserError: afterwards
        """
        self.meeting_id._assert_open()
        if {"partner_id", "meeting_id"} & vals.keys():
            raise UserError(self.env._("Remove the invitee and invite the other one."))
        return super().write(vals)

    def unlink(self):
        """Take people off the table, and the meeting out of their calendar."""
        self.meeting_id._assert_open()
        meetings = self.meeting_id
        result = super().unlink()
        meetings._follow_invitees()
        return result

    def _assert_may_attend(self):
        """Refuse people complained about and, where access is restricted, those without it.

        :raise UserError: naming them
        """
        for meeting, invitees in self.grouped("meeting_id").items():
            meeting._assert_open()
            strangers = meeting._excluded_partners(invitees.partner_id)
            if strangers:
                raise UserError(
                    self.env._(
                        "They are complained about, or may not know of this complaint, and can't "
                        "be invited: %s.",
                        "、".join(strangers.mapped("name")),
                    )
                )
