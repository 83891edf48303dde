from odoo import api, fields, models
from odoo.exceptions import UserError


class ComplaintFeedback(models.Model):
    """How the complainant was told the result, and what they say to it (五(三), 六)."""

    _name = "complaint.feedback"
    _description = "Feedback to the Complainant"
    _inherit = [
        "complaint.feedback.delegation",
        "complaint.call.back",
        "complaint.process",
        "complaint.signer.mixin",
    ]
    _signers = ("given_by_id", "confirmed_by_id")
    _order = "id desc"
    _rec_name = "ticket_id"
    _check_company_auto = True
    _procedural = {
        "state": "draft",
        "confirmed_at": False,
        "confirmed_by_id": False,
        "on_the_spot": False,
        "slip_id": False,
        "consent_at": False,
        "consent_how": False,
        "consent_noted_by_id": False,
        "reported_at": False,
        "reported_by_id": False,
        "return_reason": False,
    }

    state = fields.Selection(
        [
            ("draft", "Unconfirmed"),
            ("asked", "With the Unit"),
            ("reported", "Reported by the Unit"),
            ("confirmed", "Confirmed"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        default="draft",
        readonly=True,
    )
    mode = fields.Selection(
        [
            ("in_person", "In person"),
            ("phone", "By telephone"),
            ("impossible", "Impossible: anonymous, no way to reach them"),
        ],
        required=True,
        default="phone",
    )
    given_at = fields.Datetime(string="Told At", required=True, default=fields.Datetime.now)
    given_by_id = fields.Many2one(
        "res.users", string="Told By", required=True, default=lambda self: self.env.user
    )
    on_the_spot = fields.Boolean(
        readonly=True, help="Answered face to face in the room, in the same visit (五(二)2)."
    )
    content = fields.Text(string="What Was Told")
    result = fields.Text(string="Result on the Spot", help="What was done about it at once.")
    called_number = fields.Char(string="Number Called")
    callee = fields.Char(string="Who Answered", help="And how their identity was verified.")
    recording_ids = fields.Many2many(
        "ir.attachment", "complaint_feedback_recording_rel", string="Recording of the Call"
    )
    signature = fields.Binary(string="Complainant's Signature", attachment=True, copy=False)
    signed_scan_ids = fields.Many2many(
        "ir.attachment", "complaint_feedback_signed_scan_rel", string="Signed Record (scan)"
    )
    satisfaction = fields.Selection(
        [
            ("5", "Very satisfied"),
            ("4", "Satisfied"),
            ("3", "Fairly satisfied"),
            ("2", "Dissatisfied"),
            ("1", "Very dissatisfied"),
        ],
        help="The five steps of the national rating.",
    )
    suggestion = fields.Text(
        string="Opinions and Suggestions", help="On the services of the hall (六)."
    )
    no_suggestion = fields.Boolean(string="Asked, Has No Suggestion")
    confirmed_at = fields.Datetime(readonly=True, copy=False)
    confirmed_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict", copy=False)

    _of_month = models.Index("(company_id, confirmed_at) WHERE state = 'confirmed'")

    @api.constrains("recording_ids")
    def _check_recordings(self):
        self.recording_ids._assert_recordings()

    @api.constrains("signature")
    def _check_signature(self):
        for feedback in self.with_context(bin_size=False):
            self.env["ir.attachment"]._assert_signature(feedback.signature)

    @api.constrains("signed_scan_ids")
    def _check_signed_scans(self):
        self.signed_scan_ids._assert_signed()

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse feedback on a complaint that has ended."""
        records = super().create(vals_list)
        records.ticket_id._assert_open_for_change()
        return records

    def write(self, vals):
        """Refuse changes of feedback that is on record."""
        if self._is_guarded():
            return super().write(vals)
        self._assert_draft()
        result = super().write(vals)
        self._assert_draft()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._assert_draft()

    def _assert_draft(self):
        if any(feedback.state != "draft" for feedback in self):
            raise UserError(
                self.env._("Feedback that is on record, or left to a unit, can't be changed.")
            )
        self.ticket_id._assert_open_for_change()

    def action_confirm(self):
        """Put feedback on record and report it to the complaint (五(三)).

        :raise UserError: naming what the mode still demands
        """
        self.check_access("write")
        self._assert_state("draft", "reported")
        for feedback in self:
            feedback._assert_replied()
            missing = feedback._missing_facts()
            if missing:
                raise UserError(
                    self.env._("The record of the feedback lacks: %s.", "、".join(missing))
                )
        self._guarded_write(
            {
                "state": "confirmed",
                "confirmed_at": fields.Datetime.now(),
                "confirmed_by_id": self.env.uid,
            }
        )
        self._end_delegation(self.env._("The feedback was confirmed."))
        self._recall_others()
        self.ticket_id._advance()

    def _recall_others(self):
        """Take the answer back from units that still have it: the complainant was told."""
        others = (self.ticket_id.feedback_ids - self).filtered(
            lambda one: one.state in ("asked", "reported")
        )
        if others:
            others.action_withdraw_delegation(self.env._("The complainant was told by others."))

    @api.model
    def _tell_on_spot(self, ticket, facts, scans):
        """Put on record that the complainant was answered in the room (五(二)2).

        :param scans: pairs of a file name and its bytes in base64: the signed record
        :raise UserError: naming what the record lacks
        """
        steps = dict(self._fields["satisfaction"]._description_selection(self.env))
        if facts["satisfaction"] and facts["satisfaction"] not in steps:
            raise UserError(self.env._("Satisfaction is one of: %s.", "、".join(steps)))
        facts = {name: _stripped(value) for name, value in facts.items()}
        feedback = self.create({**facts, "ticket_id": ticket.id, "mode": "in_person"})
        feedback._guarded_write({"on_the_spot": True})
        feedback.signed_scan_ids = feedback._attach(scans)
        feedback.action_confirm()

    def _assert_replied(self):
        if not self.on_the_spot and self.ticket_id.complaint_state != "replied":
            raise UserError(
                self.env._("Feedback comes after the unit's reply was accepted, and only once.")
            )

    def _missing_facts(self):
        """Name what the law asks of this mode: signature or call record, satisfaction, opinion."""
        if self.mode == "impossible":
            reachable = self.ticket_id.complainant_identity == "named"
            return [self.env._("an anonymous complainant")] if reachable else []
        demanded = ["content", "satisfaction"]
        demanded += ["result"] if self.on_the_spot else []
        if self.mode == "phone":
            # A unit need not tell the number, which it may not keep.
            demanded += ["callee"] if self.slip_id else ["called_number", "callee"]
        elif not self.signed_scan_ids:
            demanded += ["signed_scan_ids" if self.slip_id else "signature"]
        labels = [
            self._fields[name]._description_string(self.env) for name in demanded if not self[name]
        ]
        if not (self.suggestion or self.no_suggestion):
            labels.append(self._fields["suggestion"]._description_string(self.env))
        return labels


def _stripped(value):
    """Return a text without white space around it; other values as they are.

    >>> _stripped(" 好 "), _stripped(True)
    ('好', True)
    """
    return value.strip() if isinstance(value, str) else value
