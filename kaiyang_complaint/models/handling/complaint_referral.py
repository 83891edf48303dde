from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import html2plaintext

from ...report.letter.letter_sheet import paragraphs_of
from ...report.letter.referral_letter import ReferralSheet
from ...tools.reported_speech import reported_text
from ..access.record_files import attach
from ..case.helpdesk_ticket import CurrentRound
from ..case.refused_move import refused_move
from ..letter.complaint_dispatch_mixin import DISPATCHED
from .helpdesk_ticket import KINDS

APPROVAL_KINDS = {"outside": "referral", "discipline": "transfer"}
SUBJECTS = {"outside": "关于转请阅处“%s”有关事项的函", "discipline": "关于移送群众投诉件的函"}
CLAUSES = {"outside": "五(二)4", "discipline": "七.5"}
REQUIRED = ("authority_id", "subject", "matter", "summary", "basis")
# What is still open once the leader signed off: how it goes out.
ON_SENDING = frozenset({"sent_how", "sent_note"})
LETTERS = {"outside": "referral", "discipline": "transfer"}
BODIES = {
    "outside": "kaiyang_complaint.referral_outside",
    "discipline": "kaiyang_complaint.referral_discipline",
}


class ComplaintReferral(models.Model):
    """What the centre hands to an outside unit once the leader signed it off (五(二)4, 七.5).

    What the leader signed off is what leaves: from the request on the text stands still.
    """

    _name = "complaint.referral"
    _description = "Referral"
    _inherit = ["complaint.dispatch.mixin", "complaint.case.part.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _procedural = {
        "name": False,
        "state": "draft",
        "approval_id": False,
        "letter_id": False,
        **DISPATCHED,
    }

    name = fields.Char(string="Letter No.", readonly=True, copy=False)
    kind = fields.Selection(KINDS, required=True, default="outside")
    state = fields.Selection(
        [
            ("draft", "In Preparation"),
            ("requested", "Waiting for Sign-off"),
            ("approved", "To Dispatch"),
            ("sent", "Dispatched"),
            ("answered", "Answered"),
            ("refused", "Refused"),
        ],
        required=True,
        readonly=True,
        default="draft",
    )
    created_at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    approval_id = fields.Many2one("complaint.approval", readonly=True, copy=False)
    instruction = fields.Text(related="approval_id.instruction")
    answer_file_ids = fields.One2many(
        "ir.attachment",
        "res_id",
        string="Files of the Answer",
        domain=[("res_model", "=", "complaint.referral"), ("res_field", "=", False)],
    )
    authority_id = fields.Many2one(
        "complaint.authority", string="Addressee", check_company=True, ondelete="restrict"
    )
    subject = fields.Char(compute="_compute_wording", store=True, readonly=False, precompute=True)
    basis = fields.Text(
        compute="_compute_wording",
        store=True,
        readonly=False,
        precompute=True,
        help="Legal basis, as cited in the letter.",
    )
    matter = fields.Text(
        string="Content of the Complaint",
        compute="_compute_texts",
        store=True,
        readonly=False,
        precompute=True,
    )
    summary = fields.Text(
        string="Summary of the Inquiry",
        compute="_compute_texts",
        store=True,
        readonly=False,
        precompute=True,
        help="Findings of the complaint room's own inquiry.",
    )
    names_complainant = fields.Boolean(
        string="Disclose the Complainant's Name",
        compute="_compute_names_complainant",
        store=True,
        readonly=False,
        precompute=True,
    )
    consent = fields.Char(
        string="Complainant's Consent",
        help="When and how the complainant agreed that their name goes along.",
    )
    enclosure_ids = fields.Many2many(
        "ir.attachment",
        "complaint_referral_enclosure_rel",
        string="Enclosures",
        domain="[('res_model', '=', 'helpdesk.ticket'), ('res_id', '=', ticket_id)]",
        help="Files of the complaint. They go as they are: mind who is named in them.",
    )
    unit_answers_itself = fields.Boolean(
        string="The Unit Answers the Complainant Itself",
        compute="_compute_unit_answers_itself",
        store=True,
        readonly=False,
        precompute=True,
        help="No answer is waited for: once the referral is sent, the complainant is told so.",
    )
    answer_by = fields.Date(string="Answer Asked For By")
    letter_id = fields.Many2one(
        "complaint.letter", string="Letter as Issued", readonly=True, copy=False
    )

    _name_unique = models.UniqueIndex(
        "(company_id, name) WHERE name IS NOT NULL", "Another letter already has this number."
    )
    _under_way = models.Index("(state, company_id) WHERE state IN ('approved', 'sent')")

    @api.depends("name", "ticket_id")
    def _compute_display_name(self):
        for referral in self:
            number = referral.ticket_id.number or ""
            referral.display_name = referral.name or self.env._("Referral of %s", number)

    def _slip_state(self):
        """Return in the words of a slip how far the referral is."""
        # A unit that answers the complainant itself owes the room nothing more: sent is done.
        if self.state == "sent" and self.unit_answers_itself:
            return "accepted"
        return {"answered": "accepted", "refused": "declined"}.get(self.state, "received")

    # --- guards -----------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Prepare referrals of complaints that are under way; they leave by verbs.

        :raise UserError: where a complaint is not, or the values skip the procedure
        """
        now = fields.Datetime.now()
        referrals = super().create([{**vals, "created_at": now} for vals in vals_list])
        for referral in referrals:
            referral._assert_under_way()
        referrals.ticket_id._advance()
        return referrals

    def write(self, vals):
        """Change what was not asked for yet.

        :raise UserError: afterwards, and for another complaint
        """
        if not self._by_procedure():
            self._assert_changeable(vals)
        return super().write(vals)

    def unlink(self):
        """Delete drafts; what has a number stays on record."""
        tickets = self.ticket_id
        result = super().unlink()
        tickets._advance()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._assert_state("draft")
        if any(self.mapped("name")):
            raise UserError(self.env._("A letter that has a number stays on record."))

    # --- the way out ------------------------------------------------------------------------

    def action_request(self):
        """Put referrals before the leader in charge for sign-off (五(二)4).

        :raise UserError: where the room's inquiry is not concluded, the complaint is none that is
            referred, or the letter lacks something
        """
        self.check_access("write")
        self._assert_state("draft")
        for referral in self:
            referral._assert_may_leave()
            referral._assert_complete()
            # Masked before it is asked for: the leader reads what will leave.
            referral._procedure_write({"state": "requested", **referral._scrubbed_texts()})
            referral._procedure_write({"approval_id": referral._ask_leader().id})
            referral.ticket_id._message_log(body=self.env._("Sign-off of a referral asked for."))
        self.ticket_id._advance()

    def _ask_leader(self):
        """Describe the letter as text: leaders decide from a list."""
        lines = [
            self.env._("Addressee: %s", self.authority_id.name),
            f"{self._fields['matter']._description_string(self.env)}: {self.matter}",
            f"{self._fields['summary']._description_string(self.env)}: {self.summary}",
        ]
        kind = APPROVAL_KINDS[self.kind]
        return self.env["complaint.approval"]._ask(self, kind, "\n".join(lines))

    def _approval_decided(self, approval):
        """Take what the leader decided; a letter signed off gets its number."""
        self.ensure_one()
        if approval.state == "withdrawn":
            self._procedure_write({"state": "draft"})
        elif approval.state == "rejected":
            self._procedure_write({"state": "refused"})
            self.ticket_id._message_log(body=self.env._("The referral was refused."))
        else:
            self._procedure_write({"state": "approved"})
            self._issue_letter()
            note = self.env._("Referral %s was signed off.", self.name)
            self.ticket_id._message_log(body=note)
        self.ticket_id._advance()

    def action_withdraw(self):
        """Take referrals back that did not leave yet; they need a sign-off again.

        :raise UserError: where a referral left, or was never asked for
        """
        self.check_access("write")
        self._assert_state("requested", "approved")
        for referral in self:
            if referral.state == "requested":
                referral.approval_id.action_withdraw()
            else:
                referral._cancel_letter()
                referral._procedure_write({"state": "draft", "approval_id": False})
        self.ticket_id._advance()

    def action_send(self):
        """Record that referrals left, and how. From now on they stand as they are.

        :raise UserError: where a referral was not signed off, or must not leave any more
        """
        self.check_access("write")
        self._assert_state("approved")
        self._assert_sent_how()
        for referral in self:
            referral._assert_may_leave()
            sent = {"sent_at": fields.Datetime.now(), "sent_by_id": self.env.uid}
            referral._procedure_write({"state": "sent", **sent})
            referral._send_letter()
            referral._log_contact()
            note = self.env._(
                "Referral %(no)s was sent to %(to)s.",
                no=referral.name,
                to=referral.authority_id.name,
            )
            referral.ticket_id._message_log(body=note)
        self.ticket_id._advance()

    def _log_contact(self):
        """Record that the complainant's contact was disclosed, to whom and why."""
        if self.names_complainant:
            reason = f"{self.authority_id.name}: {self.consent or self.basis}"
            self.env["complaint.access.log"]._log(self, "refer", reason)

    def action_record_answer(self, values):
        """Put the answer of the unit on record.

        :param dict values: ``answer``, ``answered_at``, optionally ``attachments``: pairs of a file
            name and its bytes in base64
        :raise UserError: where the referral is not with the unit, or the answer lacks something
        """
        self.ensure_one()
        self.check_access("write")
        self._assert_state("sent")
        self._assert_reply(values)
        self.ticket_id._assert_open_for_change()
        self._procedure_write(
            {
                "state": "answered",
                "answer": values["answer"].strip(),
                "answered_at": values["answered_at"],
                "answer_recorded_by_id": self.env.uid,
            }
        )
        files = attach(self, values.get("attachments") or [])
        self.letter_id.sudo()._mark_answered(self.answer, self.answered_at, files)
        self.ticket_id._advance()

    # --- content ----------------------------------------------------------------------------------

    @api.depends("kind", "ticket_id")
    def _compute_wording(self):
        for referral in self:
            ticket, subject = referral.ticket_id, SUBJECTS[referral.kind or "outside"]
            topic = ticket and ticket._scrubbed(ticket.service_item or ticket.name)
            referral.subject = subject % topic if "%s" in subject else subject
            centre = ticket.company_id or self.env.company
            referral.basis = centre._complaint_quotation(CLAUSES[referral.kind or "outside"])

    @api.depends("ticket_id")
    def _compute_texts(self):
        for referral in self:
            ticket = referral.ticket_id
            said = ticket and ticket._scrubbed(html2plaintext(ticket.description or ""))
            referral.matter = reported_text(said)
            referral.summary = ticket and ticket._scrubbed(self._found_by_inquiry(ticket))

    def _found_by_inquiry(self, ticket):
        """Return in words what the room's last inquiry found."""
        last = CurrentRound(ticket).concluded().sorted("id")[-1:]
        found = (last.respondent_facts, last.evidence, last.cause, last.measures)
        return "\n".join(text.strip() for text in found if text)

    @api.depends("kind", "ticket_id")
    def _compute_names_complainant(self):
        """Let discipline inspection have the complaint as it came (七.5), others without a name."""
        for referral in self:
            # Discipline inspection needs whom to ask; any other unit gets the name by consent
            # alone.
            named = referral.ticket_id.complainant_identity == "named"
            referral.names_complainant = named and referral.kind == "discipline"

    @api.depends("kind")
    def _compute_unit_answers_itself(self):
        for referral in self:
            referral.unit_answers_itself = referral.kind == "discipline"

    @api.constrains("enclosure_ids", "ticket_id")
    def _check_enclosures(self):
        for referral in self:
            own = ("helpdesk.ticket", referral.ticket_id.id)
            for file in referral.sudo().enclosure_ids:
                if (file.res_model, file.res_id) != own:
                    raise ValidationError(
                        self.env._("Only files of the complaint itself can be enclosed.")
                    )

    @api.model
    def _kind_owed(self, ticket):
        """Return the kind of referral that the concluded inquiry asks for and that nobody made."""
        present = CurrentRound(ticket)
        # What is a draft, or was refused, is still owed.
        made = present.referrals().filtered(lambda one: one.state not in ("draft", "refused"))
        # A breach goes to discipline inspection first, whatever else the case is about.
        breach = ticket.is_restricted and self._is_transfer_due(ticket)
        if breach and "discipline" not in made.mapped("kind"):
            return "discipline"
        owed = ticket.is_outside_matter and present.concluded() and not made
        return "outside" if owed else False

    @api.model
    def _is_transfer_due(self, ticket):
        """Return whether the last inquiry, or a finding after it, verified a breach (七.5)."""
        last = CurrentRound(ticket).concluded().sorted("id")[-1:]
        return last.is_transfer_due or bool(last and ticket._owes_transfer())

    @api.model
    def _open(self, ticket):
        """Return the form of the referral that is due on a complaint.

        One that was refused is the model of the next.

        :raise UserError: where none is due
        """
        kind = ticket.referral_due
        if not kind:
            raise UserError(
                self.env._("Nothing to refer: conclude the complaint room's own inquiry first.")
            )
        made = CurrentRound(ticket).referrals().filtered(lambda one: one.kind == kind).sorted("id")
        title = dict(self._fields["kind"]._description_selection(self.env))[kind]
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": self._name,
            "res_id": made.filtered(lambda one: one.state == "draft")[:1].id,
            "views": [(False, "form")],
            "context": {"default_kind": kind, **made[-1:]._defaults_of_next(ticket)},
        }

    def _defaults_of_next(self, ticket):
        """Return what the next attempt starts with: the complaint, and the content of this one."""
        company = ticket.company_id
        due = ticket.due_at and company._complaint_local(ticket.due_at).date()
        # A day that is over is no day to ask an answer for.
        ahead = due and due > company._complaint_today() and due
        defaults = {"ticket_id": ticket.id, "answer_by": ahead}
        if self:
            names = ("subject", "basis", "matter", "summary", "names_complainant", "consent")
            defaults.update({name: self[name] for name in names})
            defaults["authority_id"] = self.authority_id.id
        return {f"default_{name}": value for name, value in defaults.items()}

    # --- what a referral needs --------------------------------------------------------------------

    def _assert_changeable(self, vals):
        """Hold the text still from the request on: what was signed off is what leaves."""
        for referral in self:
            referral.ticket_id._assert_open_for_change()
            moved = vals.get("ticket_id", referral.ticket_id.id) != referral.ticket_id.id
            if moved or "created_at" in vals:
                raise UserError(self.env._("A referral stays with its complaint."))
            sending = referral.state == "approved" and not vals.keys() - ON_SENDING
            if referral.state != "draft" and not sending:
                raise UserError(
                    self.env._(
                        "What was put before the leader can't be changed. Take it back first, "
                        "as long as it has not left."
                    )
                )

    def _assert_under_way(self):
        """Refuse referrals before acceptance, and once the complaint has its answer."""
        ticket = self.ticket_id
        if ticket.complaint_state not in ("accepted", "handling"):
            raise UserError(refused_move(ticket, "handling"))

    def _assert_may_leave(self):
        """Demand the room's own inquiry, and a complaint of the kind that is handed on."""
        self._assert_under_way()
        if not CurrentRound(self.ticket_id).concluded():
            raise UserError(
                self.env._("Conclude the complaint room's own investigation before referring.")
            )
        if self.kind == "outside":
            self._assert_outside()
        else:
            self._assert_discipline()

    def _assert_outside(self):
        if not self.ticket_id.is_outside_matter:
            raise UserError(
                self.env._(
                    "Only what is not about window staff is referred: tick it on the complaint, "
                    "or forward the complaint to the unit by a slip."
                )
            )
        if self.ticket_id.is_restricted and self.authority_id:
            self._assert_discipline_body()

    def _assert_discipline(self):
        # What a leader signed off leaves, also where the restriction was lifted since.
        if not (self.ticket_id.is_restricted or self.ticket_id.restriction_lifted_at):
            raise UserError(
                self.env._("Only a restricted complaint is transferred to discipline inspection.")
            )
        if not self._is_transfer_due(self.ticket_id):
            raise UserError(
                self.env._(
                    "It is transferred once the investigation has verified a breach of "
                    "discipline: conclude it with that finding first."
                )
            )
        if self.authority_id:
            self._assert_discipline_body()

    def _assert_discipline_body(self):
        if not self.authority_id.is_discipline_body:
            raise UserError(
                self.env._(
                    "A restricted complaint goes to a discipline inspection body only; %s is none.",
                    self.authority_id.name,
                )
            )

    def _assert_complete(self):
        """Demand what the letter needs, and the complainant's word before they are named."""
        missing = [
            self._fields[name]._description_string(self.env)
            for name in (*REQUIRED, *(["consent"] if self._needs_consent() else []))
            if not self[name] or (isinstance(self[name], str) and not self[name].strip())
        ]
        if missing:
            raise UserError(self.env._("The referral lacks: %s.", "、".join(missing)))
        named = self.ticket_id.complainant_identity == "named"
        if self.names_complainant and not named:
            raise UserError(self.env._("The complaint is anonymous: there is no name to disclose."))
        alone = self.kind == "outside" and self.unit_answers_itself
        if alone and named and not self.names_complainant:
            raise UserError(
                self.env._(
                    "A unit that answers the complainant itself has to know who they are: "
                    "the name goes along, if the complainant agreed."
                )
            )

    def _needs_consent(self):
        """Return whether the complainant is asked before their name goes along.

        Discipline inspection gets the complaint as it came (七.5), unless its author asked for
        confidentiality.
        """
        kept = self.kind == "outside" or self.ticket_id.is_confidential
        return self.names_complainant and kept

    def _scrubbed_texts(self):
        """Return the texts of the letter without the complainant, whoever wrote them in."""
        if self.names_complainant:
            return {}
        names = ("subject", "matter", "summary")
        return {name: self.ticket_id._scrubbed(self[name]) for name in names}

    # --- letter -----------------------------------------------------------------------------------

    def _issue_letter(self, **facts):
        """Issue the letter under the referral's number, or under the next one of its series."""
        self.ensure_one()
        letter = self.env["complaint.letter"].sudo()._with_procedure().create(self._letter_values())
        letter._issue(number=self.name, **facts)
        self._procedure_write({"letter_id": letter.id, "name": letter.name})

    def _letter_values(self):
        values = {"sheet": ReferralSheet(self), "record": self, "ticket": self.ticket_id}
        body = self.env["ir.qweb"]._render(BODIES[self.kind], values)
        return {
            "kind": LETTERS[self.kind],
            "ticket_id": self.ticket_id.id,
            "addressee_kind": "authority",
            "authority_id": self.authority_id.id,
            "addressee": self.authority_id.name,
            "address": self.authority_id.address,
            "subject": self.subject,
            "body": "\n".join(paragraphs_of(body)),
            "enclosure_ids": [(6, 0, self.enclosure_ids.ids)],
            "answer_by": not self.unit_answers_itself and self.answer_by,
            "approval_id": self.approval_id.id,
        }

    def _cancel_letter(self):
        """Cancel the letter of a referral that was taken back; its number waits for the next."""
        self.letter_id.sudo()._mark_cancelled(self.env._("Taken back before it was sent."))
        self._procedure_write({"letter_id": False})

    def _send_letter(self):
        """Record of the letter how, when and by whom it was sent."""
        self.letter_id.sudo()._mark_sent(
            sent_how=self.sent_how,
            sent_note=self.sent_note,
            sent_at=self.sent_at,
            sent_by_id=self.sent_by_id.id,
        )

    def _frozen_paper(self, report):
        """Return the attachment that a report prints instead of rendering again."""
        letter = self.env.ref("kaiyang_complaint.report_referral")
        return self.letter_id.pdf_id if report == letter else self.letter_id.pdf_id.browse()

    def _note_printed(self):
        self.letter_id._note_printed()
