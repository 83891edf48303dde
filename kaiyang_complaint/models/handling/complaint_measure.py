from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..access.clean_input import clean_text, clean_values
from ..access.notices import in_language_of
from ..access.record_files import attach
from ..case.on_duty import OnDuty

CHECK = "kaiyang_complaint.activity_measure_reported"


class ComplaintMeasure(models.Model):
    """What a unit promised to mend, until when, and whether it did (整改跟踪, 五(一)1).

    It begins when the room accepts the reply that promises it, and may outlast the feedback; the
    case is not archived before the room has checked it.
    """

    _name = "complaint.measure"
    _description = "Rectification Measure"
    _inherit = ["complaint.lock.mixin", "complaint.procedure.mixin", "complaint.signer.mixin"]
    _signers = ("reported_by_id", "checked_by_id")
    _case_path = "reply_id"
    _order = "due_on, id"
    _rec_name = "slip_id"
    _procedural = {
        "state": "open",
        "done_note": False,
        "reported_at": False,
        "reported_by_id": False,
        "checked_at": False,
        "checked_by_id": False,
        "return_reason": False,
    }

    reply_id = fields.Many2one(
        "complaint.slip.reply", required=True, readonly=True, index=True, ondelete="cascade"
    )
    slip_id = fields.Many2one(related="reply_id.slip_id", store=True, index=True)
    unit_id = fields.Many2one(related="reply_id.slip_id.unit_id", store=True, index=True)
    ticket_id = fields.Many2one(
        "helpdesk.ticket",
        related="reply_id.slip_id.ticket_id",
        store=True,
        index=True,
        string="Complaint",
        groups="kaiyang_complaint.group_complaint_user",
    )
    company_id = fields.Many2one(related="reply_id.company_id", store=True, index=True)
    what = fields.Text(string="Measure", required=True, readonly=True)
    owner = fields.Char(string="Who Rectifies", required=True, readonly=True)
    due_on = fields.Date(string="Rectified By", required=True, readonly=True)
    state = fields.Selection(
        [
            ("open", "To Carry Out"),
            ("reported", "Reported Done"),
            ("checked", "Checked"),
        ],
        required=True,
        readonly=True,
        default="open",
    )
    is_overdue = fields.Boolean(
        string="Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )
    done_note = fields.Text(string="Carried Out", readonly=True, copy=False)
    proof_ids = fields.One2many(
        "ir.attachment",
        "res_id",
        domain=[("res_model", "=", "complaint.measure"), ("res_field", "=", False)],
    )
    reported_at = fields.Datetime(readonly=True, copy=False)
    reported_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict", copy=False)
    checked_at = fields.Datetime(readonly=True, copy=False)
    checked_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict", copy=False)
    return_reason = fields.Text(string="Returned Because", readonly=True, copy=False)

    _pending = models.Index("(due_on) WHERE state <> 'checked'")

    @api.depends("due_on", "state", "ticket_id.complaint_state")
    def _compute_is_overdue(self):
        for measure in self:
            archived = measure.sudo().ticket_id.complaint_state == "archived"
            late = measure.due_on and measure.due_on < measure.company_id._complaint_today()
            measure.is_overdue = bool(late) and measure.state == "open" and not archived

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        late = Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("due_on", "<", company._complaint_today())
            for company in self.env.companies
        )
        # What was archived for a reason though it was open is left alone.
        living = Domain("slip_id", "any", [("ticket_id.complaint_state", "!=", "archived")])
        return late & living & Domain("state", "=", "open")

    # --- doors ----------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse measures that no accepted reply promises.

        :raise UserError: for everybody but the procedure
        """
        if not self._by_procedure():
            raise UserError(self.env._("A measure follows from the reply that promises it."))
        return super().create(vals_list)

    def write(self, vals):
        """Refuse changes: what was promised stands.

        :raise UserError: naming the acts
        """
        if not self._by_procedure():
            raise UserError(self.env._("A measure is reported and checked, not changed."))
        return super().write(vals)

    @api.model
    def _follow_up(self, replies):
        """Begin the measures that accepted replies promise."""
        promised = replies.sudo().filtered(lambda one: one.measures_by and not one.measure_ids)
        self.sudo()._with_procedure().create(
            [
                {
                    "reply_id": reply.id,
                    "what": reply.measures,
                    "owner": reply.measures_owner,
                    "due_on": reply.measures_by,
                }
                for reply in promised
            ]
        )

    # --- the unit -------------------------------------------------------------------------------

    def action_report_done(self, values):
        """Report how a measure was carried out, with its proof.

        :param dict values: ``done_note``, and ``attachments``: pairs of a file name and its bytes
            in base64
        :raise AccessError: for others than the unit and the desk
        :raise UserError: without words and a proof, or where it was reported already
        """
        self.ensure_one()
        self.slip_id._assert_addressee()
        self._assert_state("open")
        given = clean_values(self.env, values)
        note = clean_text(self.env, given.get("done_note"))
        files = given.get("attachments") or []
        if not (note and files):
            raise UserError(
                self.env._("Say what was done, and attach a proof of it. Nothing was sent.")
            )
        measure = self.sudo()
        measure._procedure_write(
            {
                "state": "reported",
                "done_note": note,
                "reported_at": fields.Datetime.now(),
                "reported_by_id": self.env.uid,
            }
        )
        attach(measure, files)
        ticket = measure.ticket_id
        clerk = OnDuty(ticket).clerk() or measure.slip_id.issued_by_id
        told = in_language_of(measure.slip_id, clerk)
        ticket.activity_schedule(
            CHECK,
            user_id=clerk.id,
            summary=told.env._("The unit of slip %s carried out its measure.", told.name),
        )

    # --- the room -------------------------------------------------------------------------------

    def action_check(self):
        """Put on record that the room saw the measures carried out.

        :raise UserError: where a measure was not reported
        """
        self.check_access("write")
        self._assert_state("reported")
        self._procedure_write(
            {
                "state": "checked",
                "checked_at": fields.Datetime.now(),
                "checked_by_id": self.env.uid,
            }
        )
        self._end_to_do()

    def action_return(self, reason=None):
        """Return measures to their units: they are not carried out. Without a reason, ask for it.

        :raise UserError: where a measure was not reported
        """
        self.check_access("write")
        self._assert_state("reported")
        reason = clean_text(self.env, reason)
        if not reason:
            return self.env["complaint.reason.wizard"]._open(self, "action_return")
        for measure in self:
            shown = measure.ticket_id._scrubbed(reason)
            measure._procedure_write({"state": "open", "return_reason": shown})
            measure.slip_id._notify_representative(
                lambda one: one.env._("Slip %s: the measure was returned", one.name),
                "kaiyang_complaint.slip_notice_measure_returned",
                reason=shown,
            )
        self._end_to_do()
        return True

    def _end_to_do(self):
        waiting = self.search(
            [("ticket_id", "in", self.ticket_id.ids), ("state", "=", "reported")]
        ).ticket_id
        (self.ticket_id - waiting).activity_feedback([CHECK])
