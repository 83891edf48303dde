from odoo import Command, fields, models
from odoo.exceptions import UserError

CONSENT = [
    ("in_person", "In person"),
    ("phone", "By telephone"),
    ("message", "By message"),
    ("letter", "By letter"),
]
# What a unit reports; the rest of the record is the room's.
REPORTED = ("mode", "content", "callee", "satisfaction", "suggestion")
UNIT_ANSWERED = "kaiyang_complaint.activity_unit_answered"


class ComplaintFeedbackDelegation(models.AbstractModel):
    """Feedback that a unit gives itself, with the complainant's consent (五(三))."""

    _name = "complaint.feedback.delegation"
    _description = "Delegated Feedback"

    slip_id = fields.Many2one(
        "complaint.slip",
        string="Answered by the Unit of",
        readonly=True,
        index="btree_not_null",
        copy=False,
        check_company=True,
    )
    consent_at = fields.Datetime(string="Complainant Agreed At", readonly=True, copy=False)
    consent_how = fields.Selection(CONSENT, string="Agreed", readonly=True, copy=False)
    consent_noted_by_id = fields.Many2one(
        "res.users", string="Agreement Noted By", readonly=True, copy=False
    )
    reported_at = fields.Datetime(readonly=True, copy=False)
    reported_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict", copy=False)
    return_reason = fields.Text(string="Returned Because", readonly=True, copy=False)
    _one_delegation = models.UniqueIndex(
        "(slip_id) WHERE state IN ('asked', 'reported')",
        "The unit of this slip has been asked to answer already.",
    )

    # --- the desk -------------------------------------------------------------------------------

    def _delegate(self, slip, consent):
        """Put the consent on record and ask the unit of a slip to answer."""
        feedback = self.create({"ticket_id": slip.ticket_id.id})
        feedback._guarded_write(
            {
                "state": "asked",
                "slip_id": slip.id,
                "consent_noted_by_id": self.env.uid,
                **consent,
            }
        )
        return feedback

    def action_withdraw_delegation(self, reason=None):
        """Take the answer to the complainant back from the unit. Without a reason, ask for it.

        :raise UserError: where no unit has it
        """
        self.check_access("write")
        self._assert_state("asked", "reported")
        reason = self._said(reason)
        if not reason:
            return self.env["complaint.reason.wizard"]._open(self, "action_withdraw_delegation")
        for slip in self.slip_id:
            slip._notify_representative(
                self.env._("Slip %s: the complaint room answers itself", slip.name),
                "kaiyang_complaint.slip_notice_withdrawn",
            )
        self._withdraw(reason)
        return True

    def _withdraw(self, reason):
        """End delegations that run, for whatever reason the procedure gives."""
        running = self.sudo().filtered(lambda one: one.state in ("asked", "reported"))
        if running:
            running._guarded_write({"state": "withdrawn", "return_reason": reason})
            running._end_delegation(reason)

    def _narrow(self):
        """Take answers back from units, because the complaint was restricted."""
        self._withdraw(self.env._("Recalled by the complaint room."))

    def action_return_report(self, reason=None):
        """Return a unit's report: it has to be completed. Without a reason, ask for it.

        :raise UserError: where the unit reported nothing
        """
        self.check_access("write")
        self._assert_state("reported")
        reason = self._said(reason)
        if not reason:
            return self.env["complaint.reason.wizard"]._open(self, "action_return_report")
        for feedback in self:
            shown = feedback.ticket_id._scrubbed(reason)
            feedback._guarded_write({"state": "asked", "return_reason": shown})
            feedback.slip_id._notify_representative(
                self.env._("Slip %s: your report was returned", feedback.slip_id.name),
                "kaiyang_complaint.slip_notice_report_returned",
                reason=shown,
            )
        self.ticket_id.activity_feedback([UNIT_ANSWERED])
        return True

    def _end_delegation(self, reason):
        """Close what a delegation opened: the contact, and the to-do it made."""
        delegated = self.filtered("slip_id")
        delegated.slip_id._revoke_contact(reason)
        delegated.ticket_id.activity_feedback([UNIT_ANSWERED])

    # --- the unit -------------------------------------------------------------------------------

    def _report(self, values):
        """Put on record how a unit answered the complainant, with the files it sent.

        :raise UserError: naming what the mode still demands; nothing is kept then
        """
        facts = {name: self._said(self._given(values).get(name)) or False for name in REPORTED}
        self._assert_offered(facts)
        given_at = self._past(self._moment(values.get("given_at")))
        self._guarded_write(
            {
                **facts,
                "no_suggestion": bool(values.get("no_suggestion")),
                "given_at": given_at,
                "given_by_id": self.env.uid,
                "state": "reported",
                "reported_at": fields.Datetime.now(),
                "reported_by_id": self.env.uid,
            }
        )
        self._attach_report(values.get("attachments") or [])
        missing = self._missing_facts()
        if missing:
            raise UserError(
                self.env._("The report lacks: %s. Nothing was sent.", "、".join(missing))
            )

    def _assert_offered(self, facts):
        """Refuse choices that the form does not offer.

        :raise UserError: naming the field
        """
        offered = {
            "mode": {"in_person", "phone"},
            "satisfaction": {False, *dict(self._fields["satisfaction"].selection)},
        }
        for name, choices in offered.items():
            if facts[name] not in choices:
                label = self._fields[name]._description_string(self.env)
                raise UserError(self.env._("The report lacks: %s. Nothing was sent.", label))

    def _past(self, moment):
        """Return when an answer was given: now, where nobody says.

        :raise UserError: where it lies ahead
        """
        now = fields.Datetime.now()
        if moment and moment > now:
            raise UserError(self.env._("The time of the answer lies ahead. Nothing was sent."))
        return moment or now

    def _attach_report(self, attachments):
        """Keep the files of a report: the signed record, or the recording of the call."""
        files = self._attach(attachments)
        name = "signed_scan_ids" if self.mode == "in_person" else "recording_ids"
        self._guarded_write({name: [Command.link(file.id) for file in files]})

    # --- guards ---------------------------------------------------------------------------------

    def _assert_state(self, *states):
        """Refuse an act on feedback in another state, or of a complaint that has ended."""
        result = super()._assert_state(*states)
        self.ticket_id._assert_open_for_change()
        return result
