from odoo import api, fields, models
from odoo.exceptions import UserError

from .forwarding import Forwarding

RESPONSIBILITIES = [("main", "Main"), ("secondary", "Secondary"), ("none", "None")]


class ComplaintMeetingLine(models.Model):
    """A unit that a meeting is about: what it answers for, what it is to do, how far it is."""

    _name = "complaint.meeting.line"
    _description = "Unit at a Meeting"
    _inherit = ["complaint.lock.mixin", "complaint.procedure.mixin"]
    _case_path = "meeting_id"
    _order = "meeting_id, sequence, id"
    _rec_name = "unit_id"
    _check_company_auto = True

    meeting_id = fields.Many2one(
        "complaint.meeting", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(related="meeting_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    unit_id = fields.Many2one(
        "complaint.window.unit", required=True, index=True, check_company=True
    )
    responsibility = fields.Selection(
        RESPONSIBILITIES,
        help="The unit with the main responsibility leads; a unit with none gets no slip.",
    )
    task = fields.Text(help="Instructions to the unit, printed on its slip.")
    slip_id = fields.Many2one("complaint.slip", compute="_compute_slip_id", store=True)
    slip_state = fields.Selection(related="slip_id.state", string="State of the Slip")
    reply_due_at = fields.Datetime(related="slip_id.due_at", string="Reply Due")
    due_status = fields.Selection(related="slip_id.due_status")
    reply = fields.Text(compute="_compute_reply", help="Latest reply of the unit.")

    _one_line_a_unit = models.UniqueIndex(
        "(meeting_id, unit_id)", "A unit stands in the decision of a meeting once."
    )

    @api.depends("meeting_id.ticket_id.slip_ids.state")
    def _compute_slip_id(self):
        for line in self:
            slips = line.meeting_id.ticket_id.slip_ids
            sent = slips.filtered(lambda slip, unit=line.unit_id: slip.unit_id == unit)
            line.slip_id = sent.filtered("sent_at").sorted("id")[-1:]

    @api.depends("slip_id.reply_ids.state")
    def _compute_reply(self):
        for line in self:
            answer = line.slip_id.reply_ids.sorted("id")[-1:]
            parts = (answer.facts, answer.result, answer.measures)
            line.reply = "\n".join(filter(None, parts))

    # --- guards -----------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Put units before a meeting, and invite their people.

        :raise UserError: where the meeting is closed to changes
        """
        lines = super().create(vals_list)
        lines.meeting_id._assert_open()
        lines._invite()
        return lines

    def write(self, vals):
        """Change what a meeting decides, until it has.

        :raise UserError: afterwards
        """
        self.meeting_id._assert_open()
        if "unit_id" in vals or "meeting_id" in vals:
            raise UserError(self.env._("Remove the unit and add the other one."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_guard(self):
        self.meeting_id._assert_open()
        units = {(line.meeting_id, line.unit_id) for line in self}
        self.meeting_id.invitee_ids.filtered(
            lambda one: (one.meeting_id, one.unit_id) in units
        ).unlink()

    def _invite(self):
        """Invite the leaders of the units and those representatives whom nobody complains about."""
        values = []
        for line in self:
            meeting = line.meeting_id
            for role, people in line._people_of_unit():
                values += meeting._invitation_values(people, role, line.unit_id)
        self.env["complaint.meeting.invitee"].create(values)

    def _people_of_unit(self):
        person = Forwarding(self.meeting_id.ticket_id).representative_of(self.unit_id)
        return (
            ("unit_leader", self.unit_id.leader_ids),
            ("representative", person.sudo().user_id.partner_id),
        )
