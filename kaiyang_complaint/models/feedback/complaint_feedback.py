from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from ...tools.codes import (
    ACTIVITY_CALL_BACK,
    ACTIVITY_UNIT_ANSWERED,
    CONSENT_WAYS,
    REPORTED_FEEDBACK,
)
from ...tools.wording import phone_key, says_nothing
from ..access.clean_input import clean_datetime, clean_text, clean_values
from ..access.notices import in_language_of
from ..access.readers import Readers
from ..access.record_files import attach
from ..case.helpdesk_ticket import CurrentRound
from ..case.on_duty import OnDuty


def _stripped(value):
    """Return a text without white space around it; other values as they are.

    >>> _stripped(" 好 "), _stripped(True)
    ('好', True)
    """
    return value.strip() if isinstance(value, str) else value


# The last two of the five steps.
DISSATISFIED = ("1", "2")
# What has to say something: “none” is no answer to who was told what.
WORDS = frozenset({"callee", "content"})


class ComplaintFeedback(models.Model):
    """How the complainant was told the result, and what they say to it (五(三), 六)."""

    _name = "complaint.feedback"
    _description = "Feedback to the Complainant"
    _inherit = ["complaint.case.part.mixin", "complaint.signer.mixin"]
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

    _signers = ("given_by_id", "confirmed_by_id")
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
    given_at = fields.Datetime(string="Feedback Date", required=True, default=fields.Datetime.now)
    given_by_id = fields.Many2one(
        "res.users", string="Feedback By", required=True, default=lambda self: self.env.user
    )
    on_the_spot = fields.Boolean(
        readonly=True, help="Answered face to face in the room, in the same visit (五(二)2)."
    )
    content = fields.Text(string="Feedback Text")
    result = fields.Text(string="Result on the Spot", help="Immediate measures.")
    called_number = fields.Char(string="Number Called")
    callee = fields.Char(string="Answered By", help="And how their identity was verified.")
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
    was_asked = fields.Boolean(
        string="Complainant Was Asked",
        compute="_compute_was_asked",
        store=True,
        help="Somebody was reached who could say how satisfied they are: only then satisfaction "
        "counts.",
    )
    is_unreachable = fields.Boolean(
        compute="_compute_is_unreachable",
        help="An anonymous complainant who left no telephone: nobody can be called.",
    )
    suggestion = fields.Text(
        string="Opinions and Suggestions", help="On the services of the hall (六)."
    )
    no_suggestion = fields.Boolean(string="Asked, Has No Suggestion")
    confirmed_at = fields.Datetime(readonly=True, copy=False)
    confirmed_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict", copy=False)
    slip_id = fields.Many2one(
        "complaint.slip",
        string="Answered by the Unit of",
        readonly=True,
        index="btree_not_null",
        copy=False,
        check_company=True,
    )
    consent_at = fields.Datetime(string="Complainant Agreed At", readonly=True, copy=False)
    consent_how = fields.Selection(CONSENT_WAYS, string="Agreed", readonly=True, copy=False)
    consent_noted_by_id = fields.Many2one(
        "res.users", string="Agreement Noted By", readonly=True, copy=False
    )
    reported_at = fields.Datetime(readonly=True, copy=False)
    reported_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict", copy=False)
    return_reason = fields.Text(string="Returned Because", readonly=True, copy=False)

    _of_month = models.Index("(company_id, confirmed_at) WHERE state = 'confirmed'")
    _one_delegation = models.UniqueIndex(
        "(slip_id) WHERE state IN ('asked', 'reported')",
        "The unit of this slip has been asked to answer already.",
    )

    @api.depends("mode", "slip_id", "called_number", "callee")
    def _compute_was_asked(self):
        for feedback in self:
            # A unit that answers need not tell the number, which it may not keep.
            called = feedback.slip_id or phone_key(feedback.called_number)
            by_phone = called and not says_nothing(feedback.callee)
            reached = {"in_person": True, "phone": bool(by_phone)}
            feedback.was_asked = reached.get(feedback.mode, False)

    @api.depends("ticket_id.complainant_identity", "ticket_id.complainant_phone")
    def _compute_is_unreachable(self):
        for feedback in self:
            ticket = feedback.ticket_id.sudo()
            anonymous = ticket.complainant_identity == "anonymous"
            feedback.is_unreachable = anonymous and not phone_key(ticket.complainant_phone)

    @api.onchange("mode", "ticket_id")
    def _onchange_mode(self):
        """Ask nobody how satisfied they are who can't be reached."""
        if self.is_unreachable and self.mode == "phone":
            self.mode = "impossible"
        if self.mode == "impossible":
            self.satisfaction = False

    @api.model
    def _open(self, ticket):
        """Return the action that opens the dialog in which a clerk tells the complainant."""
        view = self.env.ref("kaiyang_complaint.complaint_feedback_view_form_dialog")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Feedback to the Complainant"),
            "res_model": self._name,
            "views": [(view.id, "form")],
            "target": "new",
            "context": {"default_ticket_id": ticket.id, "complaint_answered": True},
        }

    @api.model
    def default_get(self, names):
        """Start the dialog with what is on record: whom to call, and what the unit answered."""
        defaults = super().default_get(names)
        ticket = self.env["helpdesk.ticket"].browse(defaults.get("ticket_id"))
        if ticket and self.env.context.get("complaint_answered"):
            ticket.check_access("read")
            answered = {
                "mode": "in_person" if ticket.is_visit else "phone",
                "called_number": ticket.complainant_phone,
                "content": self._text_of_replies(ticket),
            }
            defaults |= {name: value for name, value in answered.items() if name in names}
        return defaults

    @api.model
    def _text_of_replies(self, ticket):
        """Return what units answered, as a draft of what the complainant is told."""
        slips = CurrentRound(ticket).slips().filtered(lambda slip: slip.state == "accepted")
        lines = []
        for slip in slips:
            reply = slip._last_reply()
            given = {
                self.env._("Established: %s"): reply.facts,
                self.env._("Result: %s"): reply.result,
                self.env._("Measures: %s"): reply.measures,
            }
            several = f"{slip.unit_id.name} " if len(slips) > 1 else ""
            lines += [several + label % text for label, text in given.items() if text]
        return "\n".join(lines)

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
        if self._by_procedure():
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
            feedback._assert_asked()
            missing = feedback._missing_facts()
            if missing:
                raise UserError(
                    self.env._("The record of the feedback lacks: %s.", "、".join(missing))
                )
        self._procedure_write(
            {
                "state": "confirmed",
                "confirmed_at": fields.Datetime.now(),
                "confirmed_by_id": self.env.uid,
            }
        )
        # Before the case moves on: its contact must not stay open behind a case that has its
        # answer.
        self._end_delegation(self.env._("The feedback was confirmed."))
        self._recall_others()
        self.ticket_id._advance()

    def _recall_others(self):
        """Take the answer back from units that still have it: the complainant was told."""
        others = (self.ticket_id.feedback_ids - self).filtered(
            lambda one: one.state in ("asked", "reported")
        )
        if others:
            others.action_withdraw_delegation(
                self.env._("The complainant was already notified through another channel.")
            )

    @api.model
    def _create_on_spot(self, ticket, facts, scans):
        """Record that the complainant was answered in the room (五(二)2).

        :param scans: pairs of a file name and its bytes in base64: the signed record
        :raise UserError: naming what the record lacks
        """
        steps = dict(self._fields["satisfaction"]._description_selection(self.env))
        if facts["satisfaction"] and facts["satisfaction"] not in steps:
            raise UserError(self.env._("Satisfaction is one of: %s.", "、".join(steps)))
        facts = {name: _stripped(value) for name, value in facts.items()}
        feedback = self.create({**facts, "ticket_id": ticket.id, "mode": "in_person"})
        feedback._procedure_write({"on_the_spot": True})
        feedback.signed_scan_ids = attach(feedback, scans)
        feedback.action_confirm()

    def _assert_replied(self):
        # On the spot no unit replies in writing: its people stand in the room.
        if not self.on_the_spot and self.ticket_id.complaint_state != "replied":
            raise UserError(
                self.env._("Feedback comes after the unit's reply was accepted, and only once.")
            )

    def _assert_asked(self):
        """Refuse an answer of somebody who was not asked, and one that is yet to be given.

        :raise UserError: saying what is wrong
        """
        if self.given_at > fields.Datetime.now():
            raise UserError(self.env._("The feedback can't have been given in the future."))
        if self.mode == "phone" and self.is_unreachable and not self.slip_id:
            raise UserError(
                self.env._(
                    "The complainant is anonymous and left no telephone: nobody can have been "
                    "called. Choose “Impossible”; where they called back, note their number on "
                    "the complaint first."
                )
            )
        if self.satisfaction and not self.was_asked and self.mode == "impossible":
            raise UserError(
                self.env._("Nobody was reached, so nobody said how satisfied they are: clear it.")
            )

    def _missing_facts(self):
        """Name what the law asks of this mode: signature or call record, satisfaction, opinion."""
        # 四.5: an anonymous complaint costs nothing but the feedback; a named one is never without.
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
            self._fields[name]._description_string(self.env)
            for name in demanded
            if not self[name]
            or (name == "called_number" and not phone_key(self[name]))
            or (name in WORDS and says_nothing(self[name]))
        ]
        if not (self.suggestion or self.no_suggestion):
            labels.append(self._fields["suggestion"]._description_string(self.env))
        return labels

    # --- delegated feedback (五(三)) --------------------------------------------------------------

    def _delegate(self, slip, consent):
        """Put the consent on record and ask the unit of a slip to answer."""
        feedback = self.create({"ticket_id": slip.ticket_id.id})
        feedback._procedure_write(
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
        reason = clean_text(self.env, reason)
        if not reason:
            return self.env["complaint.reason.wizard"]._open(self, "action_withdraw_delegation")
        for slip in self.slip_id:
            slip._notify_representative(
                lambda slip: slip.env._("Slip %s: the complaint room answers itself", slip.name),
                "kaiyang_complaint.slip_notice_withdrawn",
            )
        self._withdraw(reason)
        return True

    def _withdraw(self, reason):
        """End delegations that run, for whatever reason the procedure gives."""
        running = self.sudo().filtered(lambda one: one.state in ("asked", "reported"))
        if running:
            running._procedure_write({"state": "withdrawn", "return_reason": reason})
            running._end_delegation(reason)

    def _withdraw_for_restriction(self):
        """Take answers back from units, because the complaint was restricted."""
        # Without a notice: the unit is not to learn that the complaint was restricted.
        self._withdraw(self.env._("Recalled by the complaint room."))

    def action_return_report(self, reason=None):
        """Return a unit's report: it has to be completed. Without a reason, ask for it.

        :raise UserError: where the unit reported nothing
        """
        self.check_access("write")
        self._assert_state("reported")
        reason = clean_text(self.env, reason)
        if not reason:
            return self.env["complaint.reason.wizard"]._open(self, "action_return_report")
        for feedback in self:
            shown = feedback.ticket_id._scrubbed(reason)
            feedback._procedure_write({"state": "asked", "return_reason": shown})
            feedback.slip_id._notify_representative(
                lambda slip: slip.env._("Slip %s: your report was returned", slip.name),
                "kaiyang_complaint.slip_notice_report_returned",
                reason=shown,
            )
        self.ticket_id.activity_feedback([ACTIVITY_UNIT_ANSWERED])
        return True

    def _end_delegation(self, reason):
        """Close what a delegation opened: the contact, and the to-do it made."""
        delegated = self.filtered("slip_id")
        delegated.slip_id._revoke_contact(reason)
        delegated.ticket_id.activity_feedback([ACTIVITY_UNIT_ANSWERED])

    # --- the unit -------------------------------------------------------------------------------

    def _report(self, values):
        """Record how a unit answered the complainant, with the files it sent.

        :raise UserError: naming what the mode still demands; nothing is kept then
        """
        given = clean_values(self.env, values)
        facts = {name: clean_text(self.env, given.get(name)) or False for name in REPORTED_FEEDBACK}
        self._assert_offered(facts)
        given_at = self._past(clean_datetime(self.env, values.get("given_at")))
        self._procedure_write(
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
        # Checked after everything was taken down: files count as well. A refusal undoes all of it.
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
        files = attach(self, attachments)
        name = "signed_scan_ids" if self.mode == "in_person" else "recording_ids"
        self._procedure_write({name: [Command.link(file.id) for file in files]})

    # --- guards ---------------------------------------------------------------------------------

    def _assert_state(self, *states):
        """Refuse an act on feedback in another state, or of a complaint that has ended."""
        result = super()._assert_state(*states)
        # Feedback has its own states, but none of them outlives its case.
        self.ticket_id._assert_open_for_change()
        return result

    # --- call-back --------------------------------------------------------------------------------

    def _ask_call_back(self):
        """Give the manager a to-do for each complaint whose complainant is not satisfied.

        A manager who may not read the case is left out: of restricted ones a leader calls.
        """
        for feedback in self.sudo().filtered(lambda one: one._is_dissatisfied()):
            ticket, company = feedback.ticket_id, feedback.company_id
            caller = feedback._who_calls_back()
            words = in_language_of(feedback, caller).env
            steps = dict(feedback._fields["satisfaction"]._description_selection(words))
            ticket.activity_schedule(
                ACTIVITY_CALL_BACK,
                date_deadline=company._complaint_calendar().shift(company._complaint_today(), 1),
                user_id=caller.id,
                summary=words._("Call back: %s", steps[feedback.satisfaction]),
                note=plaintext2html(feedback.suggestion or feedback.content or ""),
            )

    def _is_dissatisfied(self):
        told = self.state == "confirmed" and self.was_asked
        return told and self.satisfaction in DISSATISFIED

    def _who_calls_back(self):
        """Return the manager of the room who may read the case; else a leader, else its clerk."""
        ticket = self.ticket_id
        people = self.env["complaint.escalation.rule"]._people
        managers = people("manager", self.company_id)
        asked = managers & ticket.team_id.user_ids, managers, people("leader", self.company_id)
        asked_ids = self.env["res.users"].union(*asked).partner_id.ids
        readers = Readers(ticket).allowed(asked_ids)[ticket.id]
        for users in asked:
            able = users.filtered(lambda user: user.partner_id.id in readers)
            if able:
                return able[0]
        return OnDuty(ticket).clerk() or self.confirmed_by_id
