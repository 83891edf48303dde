from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.codes import STAFF_ONLY
from ...tools.wording import says_nothing
from ..access.clean_input import clean_date, clean_datetime, clean_text, clean_values
from ..access.record_files import attach

REQUIRED = ("facts", "responsibility", "measures")
# Who sees to the measures, and until when.
PROMISED = ("measures_owner", "measures_by")
CONSIDERED = ("considered_with", "consideration", "no_consideration_reason")


class ComplaintSlipReply(models.Model):
    """What a unit answered to a slip. Written by ``action_reply`` of the slip alone."""

    _name = "complaint.slip.reply"
    _description = "Reply to a Slip"
    _inherit = ["complaint.lock.mixin", "complaint.procedure.mixin", "complaint.signer.mixin"]
    _signers = ("submitted_by_id", "considered_by_id")
    _case_path = "slip_id"
    _order = "id desc"
    _rec_name = "slip_id"
    _procedural = {
        "state": "submitted",
        "return_reason": False,
        "return_phrase_ids": False,
        "considered_at": False,
        "considered_with": False,
        "consideration": False,
        "no_consideration_reason": False,
        "considered_by_id": False,
    }

    slip_id = fields.Many2one("complaint.slip", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="slip_id.company_id", store=True)
    unit_id = fields.Many2one(related="slip_id.unit_id", string="Window Unit", store=True)
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
    measures_owner = fields.Char(
        string="Who Rectifies", readonly=True, help="Who sees to the measures."
    )
    measures_by = fields.Date(
        string="Rectified By",
        readonly=True,
        help="Until when the measures are carried out; the room checks them then.",
    )
    measure_ids = fields.One2many("complaint.measure", "reply_id", string="Rectification")
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
    return_phrase_ids = fields.Many2many(
        "complaint.phrase",
        "complaint_reply_return_rel",
        string="Standard Reasons",
        readonly=True,
        ondelete="restrict",
        groups=STAFF_ONLY,
        help="The standard reasons among those for which the reply was returned.",
    )
    considered_at = fields.Datetime(readonly=True)
    considered_with = fields.Char(
        readonly=True, help="With whom the room considered the matter: name and office."
    )
    consideration = fields.Text(
        string="Joint Consideration",
        readonly=True,
        help="What room and chief representative hold of responsibility and measures (五(一)1).",
    )
    no_consideration_reason = fields.Char(string="Not Considered Because", readonly=True)
    considered_by_id = fields.Many2one(
        "res.users", string="Consideration Noted By", readonly=True, ondelete="restrict"
    )

    def _submit(self, slip, values):
        """Put a reply on record, with its attachments.

        :raise UserError: where facts, responsibility or measures are missing
        """
        given = clean_values(self.env, values)
        names = (*REQUIRED, "result", "measures_owner")
        values = {name: clean_text(self.env, given.get(name)) for name in names} | {
            "attachments": given.get("attachments") or [],
            "measures_by": clean_date(self.env, given.get("measures_by")),
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
        # Where nobody is responsible there may be nothing to mend.
        if values["responsibility"] != "none" or values["measures_owner"] or values["measures_by"]:
            missing += [
                name for name in PROMISED if not values[name] or says_nothing(str(values[name]))
            ]
        if values["responsibility"] not in selection and "responsibility" not in missing:
            missing.append("responsibility")
        if missing:
            labels = [self._fields[name]._description_string(self.env) for name in missing]
            raise UserError(self.env._("The reply lacks: %s. Nothing was sent.", "、".join(labels)))
        until = values["measures_by"]
        if until and until < self.env.company._complaint_today():
            raise UserError(
                self.env._("The measures are to be carried out by a day that is past: correct it.")
            )

    # --- joint consideration (五(一)1) ------------------------------------------------------------

    def _consideration(self, values):
        """Return what was considered with the representative, as it is put on record.

        :raise UserError: where neither that nor a reason is given, or it has yet to take place
        """
        given = clean_values(self.env, values)
        facts = {name: clean_text(self.env, given.get(name)) or False for name in CONSIDERED}
        moment = clean_datetime(self.env, given.get("considered_at")) or fields.Datetime.now()
        if not says_nothing(facts["no_consideration_reason"]):
            reason = facts["no_consideration_reason"]
            return {"no_consideration_reason": reason, "considered_by_id": self.env.uid}
        missing = [
            self._fields[name]._description_string(self.env)
            for name in ("considered_with", "consideration")
            if says_nothing(facts[name])
        ]
        if missing:
            raise UserError(
                self.env._(
                    "The joint consideration lacks: %s. Or say why there was none.",
                    "、".join(missing),
                )
            )
        if moment > fields.Datetime.now():
            raise UserError(self.env._("The joint consideration lies in the future."))
        return {
            "considered_with": facts["considered_with"],
            "consideration": facts["consideration"],
            "considered_at": moment,
            "considered_by_id": self.env.uid,
        }

    def write(self, vals):
        """Refuse changes: a reply is final."""
        if not self._by_procedure():
            raise UserError(self.env._("A reply can't be changed: return it for rework instead."))
        return super().write(vals)
