from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.codes import CONSENT_WAYS, REPORTED_FEEDBACK
from ..access.clean_input import clean_datetime, clean_text, clean_values

SHOWN = ("state", "return_reason", "given_at", "no_suggestion", "consent_at", *REPORTED_FEEDBACK)


class ComplaintSlip(models.Model):
    """A slip whose unit answers the complainant itself (五(三))."""

    _inherit = "complaint.slip"

    feedback_ids = fields.One2many(
        "complaint.feedback",
        "slip_id",
        string="Delegated Feedback",
        groups="kaiyang_complaint.group_complaint_user",
    )
    awaits_feedback = fields.Boolean(
        string="Unit Answers the Complainant",
        compute="_compute_awaits_feedback",
        store=True,
        compute_sudo=True,
    )

    # Whom a notice may not have reached.
    _waiting = models.Index(
        "(company_id) WHERE awaits_feedback IS TRUE OR state IN ('sent', 'received')"
    )

    _awaiting_feedback = models.Index("(unit_id) WHERE awaits_feedback")

    # --- delegated feedback (五(三)) --------------------------------------------------------------

    @api.depends("feedback_ids.state")
    def _compute_awaits_feedback(self):
        for slip in self:
            slip.awaits_feedback = "asked" in slip.feedback_ids.mapped("state")

    # --- the desk -------------------------------------------------------------------------------

    def action_delegate_feedback(self, values=None):
        """Let the unit tell the complainant the result itself. Without values, ask for them.

        :param dict values: ``consent_at`` and ``consent_how`` (``in_person|phone|message|letter``)
            of the complainant's consent, and ``release_contact``
        :raise UserError: without consent, where the unit's reply is not accepted, or the
            complainant must not be known to the unit
        """
        self.ensure_one()
        self.check_access("write")
        self._assert_delegable()
        if values is None:
            return self._ask_consent()
        consent = self._consent(values)
        self.env["complaint.feedback"]._delegate(self, consent)
        if values.get("release_contact") and not self.contact_released_at:
            clause = self.company_id._complaint_citation("五(三)")
            self.action_release_contact(
                self.env._("The unit answers the complainant (%s).", clause)
            )
        self._notify_representative(
            lambda slip: slip.env._("Slip %s: please answer the complainant", slip.name),
            "kaiyang_complaint.slip_notice_delegated",
        )
        return True

    def _assert_delegable(self):
        """Refuse to leave the answer to a unit that has not done its part, or must not know."""
        self._assert_state("accepted")
        if self.ticket_id.complaint_state != "replied":
            raise UserError(
                self.env._("Feedback can be given once every unit's reply is accepted.")
            )
        self._assert_contact_open()
        self._assert_reachable()
        if {"asked", "reported"} & set(self.feedback_ids.mapped("state")):
            raise UserError(self.env._("The unit has been asked to answer already."))

    def _consent(self, values):
        consent = {
            name: clean_values(self.env, values).get(name) for name in ("consent_at", "consent_how")
        }
        if not consent["consent_at"] or clean_text(self.env, consent["consent_how"]) not in dict(
            CONSENT_WAYS
        ):
            raise UserError(
                self.env._("A unit answers with the complainant's consent: note when and how.")
            )
        if clean_datetime(self.env, consent["consent_at"]) > fields.Datetime.now():
            raise UserError(self.env._("The complainant agrees before the unit is asked."))
        return consent

    def _ask_consent(self):
        title = self.env._("Let the Unit Answer")
        return self.env["complaint.delegate.wizard"]._ask(title, slip_id=self.id)

    # --- the unit -------------------------------------------------------------------------------

    def action_report_feedback(self, values):
        """Report how the unit answered the complainant (五(三)).

        :param dict values: ``mode`` (``in_person|phone``), ``content``, ``satisfaction``,
            ``suggestion`` or ``no_suggestion``; by telephone ``callee``; in person the signed
            record among ``attachments``: pairs of a file name and its bytes in base64
        :raise AccessError: for others than the unit and the desk
        :raise UserError: where the unit was not asked, or the mode demands more
        """
        self.ensure_one()
        self._assert_addressee()
        slip = self.sudo()
        asked = slip.feedback_ids.filtered(lambda one: one.state == "asked")
        if not asked or slip.ticket_id.complaint_state != "replied":
            raise UserError(self.env._("Your unit is not asked to answer the complainant."))
        asked._report(values)
        slip._tell_desk(
            lambda slip: slip.env._("The unit of slip %s answered the complainant.", slip.name)
        )

    def _delegated(self):
        """Return what the unit may know of the answer it was asked to give, or nothing.

        :raise AccessError: where the user may not read the slip
        """
        self.check_access("read")
        last = self.sudo().feedback_ids.sorted("id")[-1:]
        if not last or last.state == "withdrawn":
            return {}
        due = last.ticket_id._running("feedback")[:1].due_at
        return {**{name: last[name] for name in SHOWN}, "due_at": due}

    def _contact_is_open(self):
        """Return whether the unit may ask for the contact.

        :raise AccessError: where the user may not read the slip
        """
        self.check_access("read")
        slip = self.sudo()
        return bool(slip.contact_released_at) and not slip._contact_obstacle()

    def _end_delegation(self, reason):
        """Take back the delegated feedback of a slip that the unit does not hold any more."""
        result = super()._end_delegation(reason)
        self.feedback_ids._withdraw(reason)
        return result
