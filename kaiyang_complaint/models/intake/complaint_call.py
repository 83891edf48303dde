from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ..access.notices import NOTICE_STATES, Notices, in_language_of, now_told
from ..case.helpdesk_ticket import CurrentRound

ROLES = [("representative", "Chief Representative"), ("staff", "Complained About")]


class ComplaintCall(models.Model):
    """A person called to the complaint room immediately, and their arrival (五(一)2, 五(二)2).

    A representative reads the calls of themselves, and nothing of the complaint by them.
    """

    _name = "complaint.call"
    _description = "Call to the Room"
    _inherit = ["complaint.lock.mixin", "complaint.procedure.mixin", "complaint.confidential.mixin"]
    _order = "called_at desc, role, id"
    _check_company_auto = True
    _procedural = dict.fromkeys(
        (
            "ticket_id",
            "name",
            "role",
            "representative_id",
            "staff_id",
            "unit_id",
            "window_id",
            "place",
            "called_at",
            "called_by_id",
            "coming_at",
            "told_at",
            "told_by_id",
        ),
        False,
    )

    ticket_id = fields.Many2one(
        "helpdesk.ticket",
        string="Complaint",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        check_company=True,
        groups="kaiyang_complaint.group_complaint_user",
    )
    company_id = fields.Many2one(related="ticket_id.company_id", store=True, index=True)
    name = fields.Char(string="Person", required=True, readonly=True)
    role = fields.Selection(ROLES, required=True, readonly=True)
    representative_id = fields.Many2one(
        "complaint.representative", readonly=True, check_company=True
    )
    staff_id = fields.Many2one("complaint.window.staff", readonly=True, check_company=True)
    unit_id = fields.Many2one("complaint.window.unit", readonly=True, check_company=True)
    window_id = fields.Many2one("complaint.window", readonly=True, check_company=True)
    place = fields.Char(readonly=True)
    called_at = fields.Datetime(required=True, readonly=True)
    called_by_id = fields.Many2one("res.users", required=True, readonly=True)
    coming_at = fields.Datetime(
        string="On the Way", readonly=True, help="Time of the confirmation in the portal."
    )
    arrived_at = fields.Datetime()
    absence_reason = fields.Char(string="Absent Because")
    state = fields.Selection(
        [
            ("called", "Called"),
            ("coming", "On the Way"),
            ("arrived", "Arrived"),
            ("absent", "Did Not Come"),
        ],
        compute="_compute_state",
        store=True,
    )
    told_user_id = fields.Many2one(
        "res.users",
        string="Notified User",
        compute="_compute_told_user_id",
        store=True,
        compute_sudo=True,
        index="btree_not_null",
        help="Representative who may see the call, unless they are the subject of the complaint.",
    )
    notice_state = fields.Selection(
        NOTICE_STATES,
        string="Notice",
        compute="_compute_notice_state",
        search="_search_notice_state",
        compute_sudo=True,
        groups="kaiyang_complaint.group_complaint_user",
        help="Why the representative may not know of the call, as far as it is seen here.",
    )
    told_at = fields.Datetime(string="Told by Telephone", readonly=True)
    told_by_id = fields.Many2one(
        "res.users", readonly=True, groups="kaiyang_complaint.group_complaint_user"
    )
    is_standing = fields.Boolean(
        compute="_compute_is_standing",
        store=True,
        compute_sudo=True,
        help="They are still waited for.",
    )

    _standing = models.Index("(company_id) WHERE is_standing IS TRUE")
    _one_open_call = models.UniqueIndex(
        "(ticket_id, role, unit_id, name) WHERE is_standing",
        "This person is called already.",
    )

    @api.depends("coming_at", "arrived_at", "absence_reason")
    def _compute_state(self):
        for call in self:
            if call.arrived_at:
                call.state = "arrived"
            elif call.absence_reason:
                call.state = "absent"
            else:
                call.state = "coming" if call.coming_at else "called"

    @api.depends(
        "representative_id.user_id",
        "representative_id.staff_id",
        "ticket_id.respondent_ids.staff_id",
        "ticket_id.is_restricted",
    )
    def _compute_told_user_id(self):
        for call in self:
            person, ticket = call.representative_id, call.ticket_id
            accused = person.staff_id & ticket.respondent_ids.staff_id
            call.told_user_id = False if accused or ticket.is_restricted else person.user_id

    @api.depends(
        "arrived_at", "absence_reason", "ticket_id.complaint_state", "ticket_id.reopened_at"
    )
    def _compute_is_standing(self):
        for call in self:
            ticket = call.ticket_id
            # Forwarded, settled or reopened: nobody is waited for any more.
            accepted = ticket.complaint_state == "accepted"
            present = accepted and CurrentRound(ticket).of(call, "called_at")
            call.is_standing = bool(present) and not (call.arrived_at or call.absence_reason)

    @api.constrains("arrived_at", "absence_reason")
    def _check_arrival(self):
        now = fields.Datetime.now()
        for call in self:
            if call.arrived_at and call.absence_reason:
                raise ValidationError(
                    self.env._("%s: record either attended or absent.", call.name)
                )
            received = call.ticket_id.received_at or call.called_at
            if call.arrived_at and not received <= call.arrived_at <= now:
                raise ValidationError(
                    self.env._(
                        "%s arrived after the complaint came in, and not in the future: "
                        "correct the time.",
                        call.name,
                    )
                )

    def write(self, vals):
        """Let the desk correct who came until the complaint has ended.

        :raise UserError: afterwards, and for what the call itself says
        """
        if not self._by_procedure():
            self.ticket_id._assert_open_for_change()
        return super().write(vals)

    # --- acts -------------------------------------------------------------------------------

    @api.model
    def _call(self, vals_list):
        """Put calls on record and tell the representatives among those called."""
        now = {"called_at": fields.Datetime.now(), "called_by_id": self.env.uid}
        calls = self.sudo()._with_procedure().create([{**vals, **now} for vals in vals_list])
        for call in calls.filtered("told_user_id"):
            call._tell()
        return calls

    def _tell(self):
        """Write to the representative: where to come to, and nothing of the complainant."""
        call = in_language_of(self, self.told_user_id)
        Notices(call).send(
            self.told_user_id,
            call.env._("You are called to the complaint room"),
            "kaiyang_complaint.call_notice",
            call=call,
        )

    @api.depends("is_standing", "state", "told_user_id", "told_at")
    def _compute_notice_state(self):
        # Of the staff complained about, who have no account, the representative knows.
        waiting = self.filtered(lambda call: call._waits_for_answer())
        people = {call: (call.told_user_id, call.told_at) for call in waiting}
        states = Notices(waiting).states(people)
        for call in self:
            call.notice_state = states.get(call)

    @api.model
    def _search_notice_state(self, operator, value):
        of_centres = Domain("company_id", "in", self.env.companies.ids)
        standing = self.sudo().search(of_centres & Domain("is_standing", "=", True))
        return Notices(standing).search(operator, value)

    def _waits_for_answer(self):
        return self.is_standing and self.state == "called" and self.role == "representative"

    def action_note_call(self):
        """Record that people were told by telephone, now."""
        self.check_access("write")
        self._procedure_write(now_told(self.env))

    def action_arrive(self):
        """Record that people arrived, now; the time can be corrected."""
        self.check_access("write")
        if any(call.arrived_at for call in self):
            raise UserError(self.env._("The arrival is recorded; correct the time if it is wrong."))
        self.write({"arrived_at": fields.Datetime.now(), "absence_reason": False})

    def action_come(self):
        """Record that a representative is on the way; the first confirmation counts.

        :raise AccessError: for everybody but the representative who is called
        :raise UserError: where nobody waits for them any more
        """
        self.check_access("read")
        if any(call.told_user_id != self.env.user for call in self):
            raise AccessError(self.env._("A different person is called."))
        if not all(self.mapped("is_standing")):
            raise UserError(self.env._("This call is closed: no need to come."))
        # The time of the first confirmation stays, however often it is pressed.
        fresh = self.filtered(lambda call: not call.coming_at)
        fresh.sudo()._procedure_write({"coming_at": fields.Datetime.now()})
