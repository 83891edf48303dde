from odoo import fields, models
from odoo.exceptions import UserError

from ..access.clean_input import clean_text, clean_values
from ..access.record_files import attach

REQUIRED = ("facts", "responsibility", "measures")


class ComplaintSlipReply(models.Model):
    """What a unit answered to a slip. Written by ``action_reply`` of the slip alone."""

    _name = "complaint.slip.reply"
    _description = "Reply to a Slip"
    _inherit = ["complaint.lock.mixin", "complaint.procedure.mixin", "complaint.signer.mixin"]
    _signers = ("submitted_by_id",)
    _case_path = "slip_id"
    _order = "id desc"
    _rec_name = "slip_id"
    _procedural = {"state": "submitted", "return_reason": False}

    slip_id = fields.Many2one("complaint.slip", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="slip_id.company_id", store=True)
    facts = fields.Text(string="Facts Established", required=True)
    result = fields.Text(string="Result of Handling")
    responsibility = fields.Selection(
        [
            ("staff", "Staff member"),
            ("unit", "Unit"),
            ("other", "Others"),
            ("none", "No Responsibility"),
        ],
        required=True,
    )
    measures = fields.Text(string="Rectification Measures", required=True)
    attachment_ids = fields.One2many(
        "ir.attachment",
        "res_id",
        string="Attachments",
        domain=[("res_model", "=", "complaint.slip.reply"), ("res_field", "=", False)],
    )
    submitted_by_id = fields.Many2one("res.users", string="Replied By", required=True)
    submitted_at = fields.Datetime(string="Replied At", required=True)
    state = fields.Selection(
        [("submitted", "Submitted"), ("accepted", "Reply Accepted"), ("returned", "Returned")],
        required=True,
        default="submitted",
        readonly=True,
    )
    return_reason = fields.Text(string="Returned Because", readonly=True)

    def _submit(self, slip, values):
        """Put a reply on record, with its attachments.

        :raise UserError: where facts, responsibility or measures are missing
        """
        given = clean_values(self.env, values)
        values = {name: clean_text(self.env, given.get(name)) for name in (*REQUIRED, "result")} | {
            "attachments": given.get("attachments") or []
        }
        self._assert_answered(values)
        attachments = values.pop("attachments")
        reply = self.create(
            {
                **values,
                "slip_id": slip.id,
                "submitted_by_id": self.env.uid,
                "submitted_at": fields.Datetime.now(),
            }
        )
        attach(reply, attachments)
        return reply

    def _assert_answered(self, values):
        selection = dict(self._fields["responsibility"]._description_selection(self.env))
        missing = [name for name in REQUIRED if not values[name]]
        if values["responsibility"] not in selection and "responsibility" not in missing:
            missing.append("responsibility")
        if missing:
            labels = [self._fields[name]._description_string(self.env) for name in missing]
            raise UserError(self.env._("The reply lacks: %s. Nothing was sent.", "、".join(labels)))

    def write(self, vals):
        """Refuse changes: a reply is final."""
        if not self._by_procedure():
            raise UserError(self.env._("A reply can't be changed: return it for rework instead."))
        return super().write(vals)
