import base64
import hashlib
import json

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ...exceptions import busy
from ...report.letter.letter_sheet import LetterSheet, paragraphs_of
from ...tools import letter_kinds
from ...tools.codes import ACTIVITY_RETURN, BESIDE_THE_RECORD
from ...tools.letter_kinds import KINDS
from ...tools.masking import exposed
from ...tools.wording import shortened
from ..access.clean_input import clean_text
from ..access.complaint_procedure_mixin import GUARD
from ..access.record_files import attach
from ..intake.known_identifiers import known_identifiers
from .complaint_dispatch_mixin import DISPATCHED

# What says how a letter left: open between issuing and sending.
ON_SENDING = frozenset({"sent_how", "sent_note", "proof_ids"})
ADDRESSEES = [
    ("complainant", "Complainant"),
    ("unit", "Window Unit"),
    ("authority", "Other Authority"),
    ("free", "Others"),
]
TEMPLATE = "kaiyang_complaint.letter_body_%s"
REQUIRED = ("subject", "addressee", "body")
WORDING = ("subject", "addressee", "address", "copy_to", "body")
REPORT = "kaiyang_complaint.report_letter"
# How much of a letter its request tells.
TOLD = 120
ANSWER_DUE = "kaiyang_complaint.activity_letter_answer"


class ComplaintLetter(models.Model):
    """A letter of the centre (函, 告知书, 通报): drafted, consented to, issued, sent, answered.

    Issued, it is frozen: its text, its enclosures and its very PDF stay as they are.
    """

    _name = "complaint.letter"
    _description = "Official Letter"
    _inherit = [
        "complaint.lock.mixin",
        "complaint.approval.mixin",
        "complaint.dispatch.mixin",
        "complaint.procedure.mixin",
        "complaint.confidential.mixin",
        "mail.activity.mixin",
    ]
    _order = "id desc"
    _check_company_auto = True
    _names_complaints = ("ticket_ids",)
    _procedural = {
        "name": False,
        "state": "draft",
        "approval_id": False,
        "consented": False,
        "issued_at": False,
        "issued_by_id": False,
        "pdf_id": False,
        "sha256": False,
        "printed_at": False,
        "printed_by_id": False,
        **DISPATCHED,
        "answer_file_ids": False,
        "cancel_reason": False,
    }

    _rec_names_search = ["name", "subject", "addressee"]
    _reference_path = "name"
    name = fields.Char(string="Letter No.", readonly=True, copy=False)
    state = fields.Selection(
        [
            ("draft", "In Preparation"),
            ("requested", "Waiting for Consent"),
            ("approved", "To Issue"),
            ("issued", "To Dispatch"),
            ("sent", "Dispatched"),
            ("answered", "Answered"),
            ("refused", "Refused"),
            ("cancelled", "Voided"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    consented = fields.Char(
        readonly=True, copy=False, help="By what the letter put before a leader is recognised."
    )
    approval_role = fields.Char(compute="_compute_traits")
    about = fields.Char(compute="_compute_traits")
    by_process = fields.Boolean(compute="_compute_traits")
    issued_at = fields.Datetime(readonly=True, copy=False)
    issued_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict", copy=False)
    pdf_id = fields.Many2one("ir.attachment", string="Letter as Issued", readonly=True, copy=False)
    sha256 = fields.Char(string="SHA-256", readonly=True, copy=False)
    printed_at = fields.Datetime(string="First Printed At", readonly=True, copy=False)
    printed_by_id = fields.Many2one(
        "res.users", string="First Printed By", readonly=True, ondelete="restrict", copy=False
    )
    proof_ids = fields.Many2many(
        "ir.attachment", "complaint_letter_proof_rel", string="Files of the Proof", copy=False
    )
    answer_file_ids = fields.Many2many(
        "ir.attachment",
        "complaint_letter_answer_rel",
        string="Files of the Answer",
        readonly=True,
        copy=False,
    )
    answer_status = fields.Selection(
        [("waiting", "Waiting for an Answer"), ("overdue", "Answer Overdue")],
        compute="_compute_answer_status",
        search="_search_answer_status",
    )
    cancel_reason = fields.Text(string="Cancelled Because", readonly=True, copy=False)
    kind = fields.Selection(letter_kinds.LABELS, required=True, default="other")
    kinds_offered = fields.Json(compute="_compute_kinds_offered")
    ticket_id = fields.Many2one(
        "helpdesk.ticket",
        string="Main Case",
        index=True,
        ondelete="cascade",
        check_company=True,
        domain="[('is_complaint', '=', True)]",
        help="The case whose dossier the letter belongs to.",
    )
    ticket_ids = fields.Many2many(
        "helpdesk.ticket",
        "complaint_letter_case_rel",
        "letter_id",
        "ticket_id",
        string="Related Complaints",
        compute="_compute_ticket_ids",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
        domain="[('is_complaint', '=', True), ('complaint_state', '!=', 'draft')]",
        help="What the letter rests on. Whoever may not read one of them doesn't see the letter.",
    )
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        required=True,
        index=True,
    )
    window_id = fields.Many2one(
        "complaint.window",
        compute="_compute_party",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
    )
    staff_id = fields.Many2one(
        "complaint.window.staff",
        string="Staff Member",
        compute="_compute_party",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
    )
    addressee_kind = fields.Selection(
        ADDRESSEES,
        string="Goes To",
        required=True,
        compute="_compute_addressee_kind",
        store=True,
        readonly=False,
        precompute=True,
    )
    unit_id = fields.Many2one(
        "complaint.window.unit",
        compute="_compute_unit_id",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
    )
    authority_id = fields.Many2one("complaint.authority", check_company=True)
    addressee = fields.Char(
        compute="_compute_addressee", store=True, readonly=False, precompute=True
    )
    address = fields.Char(
        string="Postal Address",
        compute="_compute_addressee",
        store=True,
        readonly=False,
        precompute=True,
    )
    copy_to = fields.Char(compute="_compute_addressee", store=True, readonly=False, precompute=True)
    subject = fields.Char(compute="_compute_subject", store=True, readonly=False, precompute=True)
    body = fields.Text(
        string="Text",
        compute="_compute_body",
        store=True,
        readonly=False,
        precompute=True,
        help="A paragraph a line. It follows the facts until you change it.",
    )
    composed = fields.Text(
        compute="_compute_body",
        store=True,
        readonly=False,
        precompute=True,
        help="The text as the facts made it.",
    )
    enclosure_ids = fields.Many2many(
        "ir.attachment",
        "complaint_letter_enclosure_rel",
        string="Enclosures",
        copy=False,
        help="Copies of them are frozen with the letter.",
    )
    answer_by = fields.Date(string="Answer Asked For By", copy=False)

    # What was taken back keeps its number, and lends it to the letter that replaces it.
    _name_unique = models.UniqueIndex(
        "(company_id, name) WHERE name IS NOT NULL AND state != 'cancelled'",
        "Another letter already has this number.",
    )
    _under_way = models.Index("(state, company_id) WHERE state IN ('requested', 'issued', 'sent')")
    _of_year = models.Index("(company_id, issued_at) WHERE issued_at IS NOT NULL")
    _of_staff = models.Index("(staff_id) WHERE staff_id IS NOT NULL")

    @api.depends("name", "subject", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for letter in self:
            words = (letter.name, letter.subject or kinds.get(letter.kind))
            letter.display_name = " ".join(filter(None, words))

    @api.depends("kind")
    def _compute_traits(self):
        for letter in self:
            kind = letter._of_kind()
            letter.approval_role, letter.about = kind.approval, kind.about
            letter.by_process = not kind.states

    # --- guards -----------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Prepare letters; those that belong to a process are made by it.

        :raise UserError: where the values skip the procedure, or a case is archived
        """
        letters = super().create(vals_list)
        letters._include_main_case()
        if not self._by_procedure():
            letters._assert_written_by_hand()
        return letters

    def write(self, vals):
        """Change a letter not submitted for approval yet.

        :raise UserError: afterwards
        """
        if not self._by_procedure():
            self._assert_changeable(vals)
        result = super().write(vals)
        if {"ticket_id", "ticket_ids"} & vals.keys():
            self._include_main_case()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._assert_state("draft")

    def _assert_changeable(self, vals):
        """Hold the letter still from the request on: what was consented to is what leaves."""
        names = {name for name in vals if not name.startswith(BESIDE_THE_RECORD)}
        for letter in self:
            own = bool(KINDS[letter.kind].states)
            # Between issuing and sending, only how it leaves is still to be written down.
            sending = own and letter.state == "issued" and not names - ON_SENDING
            if names and letter.state != "draft" and not sending:
                raise UserError(
                    self.env._(
                        "“%s” stands as it is. Take it back first, as long as it is not issued; "
                        "afterwards it can only be cancelled.",
                        letter.display_name,
                    )
                )
        if "kind" in vals:
            self._assert_written_by_hand(vals["kind"])

    def _include_main_case(self):
        """Let the main case be among the cases: who may read a letter follows from these."""
        for letter in self:
            if letter.ticket_id and letter.ticket_id not in letter.ticket_ids:
                letter._procedure_write({"ticket_ids": [(4, letter.ticket_id.id)]})

    # --- content ----------------------------------------------------------------------------------

    @api.depends("ticket_id")
    def _compute_kinds_offered(self):
        by_hand = [code for code, kind in KINDS.items() if kind.states]
        for letter in self:
            ticket = letter.ticket_id
            offered = self._kinds_for(ticket) if ticket else by_hand
            letter.kinds_offered = list({*offered, letter.kind} - {False})

    @api.model
    def _kinds_for(self, ticket):
        """Return the kinds of letters that apply to a complaint in its current state."""
        return letter_kinds.offered(ticket.complaint_state, self._facts_of(ticket))

    @api.model
    def _facts_of(self, ticket):
        """Return what letters on a complaint may be about; later chapters add to it."""
        granted = "granted" in ticket.extension_ids.mapped("state")
        return {"extension"} if granted else set()

    @api.depends("ticket_id")
    def _compute_company_id(self):
        for letter in self:
            # A letter to the county may rest on cases without having a main one.
            case = letter.ticket_id or letter.ticket_ids[:1]
            letter.company_id = case.company_id or letter.company_id or self.env.company

    @api.depends("kind", "ticket_id")
    def _compute_party(self):
        """Take the party from the main case, where the kind of letter is about one."""
        for letter in self:
            ticket, about = letter.ticket_id, letter._of_kind().about
            staff = ticket.respondent_ids.staff_id
            # Of several people complained about, a person has to say whom the letter is about.
            known = staff if len(staff) == 1 and about == "staff" else letter.staff_id
            letter.staff_id = about == "staff" and known
            letter.window_id = about == "window" and (ticket.window_id or letter.window_id)

    @api.depends("kind", "ticket_id", "staff_id", "window_id")
    def _compute_ticket_ids(self):
        """Propose the cases: the main one, and those of the year that were upheld as well."""
        for letter in self:
            alike = letter._upheld_alike() if letter._of_kind().about else letter.ticket_id
            letter.ticket_ids = alike | letter.ticket_id

    @api.depends("kind")
    def _compute_addressee_kind(self):
        for letter in self:
            letter.addressee_kind = letter._of_kind().to

    @api.depends("kind", "staff_id", "window_id", "ticket_id")
    def _compute_unit_id(self):
        for letter in self:
            unit = letter.staff_id.unit_id or letter.window_id.unit_id
            wanted = letter.addressee_kind == "unit" or letter._of_kind().to == "unit"
            letter.unit_id = wanted and (unit or letter.ticket_id.window_unit_id or letter.unit_id)

    @api.depends("kind", "addressee_kind", "unit_id", "authority_id", "ticket_id")
    def _compute_addressee(self):
        """Address the letter; what another kind had put there, such as who complained, goes."""
        for letter in self:
            facts, kind = letter._words(), letter._of_kind()
            pattern = letter_kinds.addressee_pattern(
                letter.kind or "other", letter.addressee_kind or "free"
            )
            typed = {name: letter[name] for name in ("addressee", "copy_to")}
            # What equals a fact was put there by another kind, not typed: it goes with that kind.
            kept = {name: text not in facts.values() and text for name, text in typed.items()}
            letter.addressee = pattern.format_map(facts) or kept["addressee"]
            letter.copy_to = kind.copy_to.format_map(facts) or kept["copy_to"]
            letter.address = {
                "complainant": letter.ticket_id.complainant_address,
                "authority": letter.authority_id.address,
            }.get(letter.addressee_kind)

    @api.depends("kind", "staff_id", "window_id")
    def _compute_subject(self):
        for letter in self:
            letter.subject = letter._of_kind().subject.format_map(letter._words())

    @api.depends("kind", "ticket_id", "ticket_ids", "staff_id", "window_id", "answer_by")
    def _compute_body(self):
        """Update the text from the facts until it is edited manually."""
        for letter in self:
            # The text as the facts made it is kept beside, to tell what was changed by hand.
            untouched = not letter.body or letter.body == letter.composed
            letter.composed = letter._composed() if letter._of_kind().states else letter.composed
            letter.body = letter.composed if untouched else letter.body

    def action_compose(self):
        """Write the text again from the facts; what was written by hand is gone."""
        self.check_access("write")
        for letter in self:
            letter.body = letter.composed = letter._composed()

    @api.constrains("enclosure_ids", "ticket_ids")
    def _check_enclosures(self):
        for letter in self:
            cases = {("helpdesk.ticket", ticket_id) for ticket_id in letter.ticket_ids.ids}
            own = cases | {(letter._name, letter.id)}
            for file in letter.sudo().enclosure_ids:
                if file.res_id and (file.res_model, file.res_id) not in own:
                    raise ValidationError(
                        self.env._("Only files of its own cases can be enclosed with a letter.")
                    )

    def _of_kind(self):
        return KINDS[self.kind or "other"]

    def _words(self):
        """Return the facts that fill in the patterns of a kind."""
        ticket = self.ticket_id
        named = ticket.complainant_identity == "named"
        number = self.window_id.number
        return {
            "complainant": (named and ticket.partner_name) or "投诉人",
            "unit": self.unit_id.name or "",
            "authority": self.authority_id.name or "",
            "staff": self.staff_id.name or "",
            "window": f"{number}号窗口" if number else "窗口",
        }

    def _composed(self):
        """Return the text of the letter as its facts make it, a paragraph a line."""
        values = {"sheet": LetterSheet(self), "letter": self, "ticket": self.ticket_id}
        html = self.env["ir.qweb"]._render(TEMPLATE % (self.kind or "other"), values)
        return "\n".join(paragraphs_of(html))

    # --- what the regulation demands (七.3, 七.6) -------------------------------------------------

    def _party(self):
        """Return the party of a letter, as findings name it."""
        if self._of_kind().about == "staff":
            return {"staff_id": self.staff_id}
        return {"window_id": self.window_id, "unit_id": self.window_id.unit_id}

    # --- what is demanded -------------------------------------------------------------------

    def _assert_written_by_hand(self, kind=None):
        """Refuse letters that only their own process makes, and new ones on an archived case."""
        for code in {kind} if kind else set(self.mapped("kind")):
            if not KINDS[code].states:
                raise UserError(
                    self.env._(
                        "This kind of letter comes of its own process: “Refer” on a complaint, "
                        "the publication of an assessment or a board."
                    )
                )
        archived = self.ticket_id.filtered(lambda case: case.complaint_state == "archived")
        if archived:
            raise UserError(
                self.env._(
                    "%s is archived: nothing is added to it. Name it among the cases that the "
                    "letter rests on instead.",
                    archived[0].display_name,
                )
            )

    def _assert_ready(self):
        """Refuse an incomplete letter, or one with forbidden content."""
        missing = [
            self._fields[name]._description_string(self.env)
            for name in REQUIRED
            if not (self[name] or "").strip()
        ]
        if missing:
            raise UserError(self.env._("The letter lacks: %s.", "、".join(missing)))
        self._assert_kind_ready()
        if KINDS[self.kind].unnamed:
            self._assert_unnamed()

    def _assert_kind_ready(self):
        """Refuse a letter whose kind demands what the cases lack; later chapters add kinds."""
        if self.kind == "refusal":
            self._assert_refusal()
        elif self.kind == "extension":
            self._assert_extension()
        elif self.kind == "county":
            self._assert_county()

    def _upheld_alike(self):
        """Return the cases upheld against the party of the letter; results know them."""
        return self.env["helpdesk.ticket"]

    def _assert_unnamed(self):
        """Refuse a letter to others that identifies a complainant (七.3).

        :raise UserError: naming it
        """
        files = self.sudo().enclosure_ids
        texts = (self.subject, self.addressee, self.address, self.copy_to, self.body)
        said = "；".join(filter(None, (*texts, *files.mapped("name"))))
        # Only what is on record counts: what is recognised by its shape alone, such as the
        # telephone number of an office, would refuse every letter.
        found = exposed(said, known_identifiers(self.ticket_ids), recorded=True)
        if found:
            raise UserError(
                self.env._(
                    "A letter of this kind must not identify the complainant. Remove: %s.",
                    "、".join(found),
                )
            )
        if "helpdesk.ticket" in files.mapped("res_model"):
            raise UserError(
                self.env._(
                    "Files of a complaint may tell who complained: they are not enclosed with a "
                    "letter of this kind."
                )
            )

    def _assert_refusal(self):
        if self.ticket_id.complaint_state != "invalid":
            clause = self.company_id._complaint_citation("四.3")
            raise UserError(
                self.env._("Only an invalid complaint is refused in writing (%s).", clause)
            )

    def _assert_extension(self):
        if "granted" not in self.ticket_id.extension_ids.mapped("state"):
            raise UserError(self.env._("A notice tells the new date of an extension granted."))

    def _assert_county(self):
        if not self.ticket_ids:
            clause = self.company_id._complaint_citation("七.6")
            raise UserError(self.env._("Choose the cases whose results are reported (%s).", clause))

    # --- printed form -----------------------------------------------------------------------------

    def _paper_name(self):
        """Return the name of the file that is printed."""
        title = KINDS[self.kind].title
        void = "（作废）" if self.state == "cancelled" else ""
        return f"{title} {self.name}{void}" if self.name else f"{title}（草稿）"

    def _keep_paper(self, report, record):
        """Render the letter, or what its process prints as the letter, and freeze the PDF."""
        self.ensure_one()
        reports = self.env["ir.actions.report"].sudo()
        (content,) = reports._pre_render_qweb_pdf(report, res_ids=record.ids)[0].values()
        raw = content["stream"].getvalue()
        pdf = attach(self.sudo(), [(f"{self.name}.pdf", base64.b64encode(raw))])
        pdf._freeze()
        self._procedure_write({"pdf_id": pdf.id, "sha256": hashlib.sha256(raw).hexdigest()})

    def _digest(self):
        """Return the fingerprint of the letter: its texts and its enclosures."""
        self.ensure_one()
        files = self.sudo().enclosure_ids.sorted("id")
        # The checksum, not the id: the content of a file may be replaced where it hangs.
        enclosed = [(file.name, file.checksum, file.url or "") for file in files]
        cases = sorted(self.sudo().ticket_ids.ids)
        content = [[self[name] or "" for name in WORDING], cases, enclosed]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()

    def _assert_as_consented(self):
        """Refuse to let leave what a leader did not see: an enclosure may change by itself.

        :raise UserError: naming the way back
        """
        if self.consented and self.consented != self._digest():
            raise UserError(
                self.env._(
                    "“%s” is not what was consented to: an enclosure or a case of it changed. Take "
                    "it back and ask again.",
                    self.display_name,
                )
            )

    def _freeze_enclosures(self):
        """Replace what is enclosed by copies that nobody changes; what they came from lives on."""
        copies = self.env["ir.attachment"].sudo()
        # Copies: the files themselves stay as changeable as their case is.
        for file in self.sudo().enclosure_ids:
            own = {"res_model": self._name, "res_id": self.id, "name": file.name}
            copies |= file.with_context(complaint_guard=GUARD).copy(own)
        copies._freeze()
        self._procedure_write({"enclosure_ids": [(6, 0, copies.ids)]})

    def _frozen_paper(self, report):
        """Return the attachment that a report prints instead of rendering again.

        A cancelled letter is printed as such; its PDF stays on file as it left the printer.
        """
        is_valid = report == self.env.ref(REPORT) and self.state != "cancelled"
        return self.pdf_id if is_valid else self.pdf_id.browse()

    def _note_printed(self):
        """Record who printed an issued letter first, and when."""
        fresh = self.sudo().filtered(lambda letter: letter.state == "issued")
        fresh = fresh.filtered(lambda letter: not letter.printed_at)
        # A letter on an archived case may still be printed.
        fresh = fresh._unlocked()
        fresh._procedure_write({"printed_at": fields.Datetime.now(), "printed_by_id": self.env.uid})

    # --- actions ----------------------------------------------------------------------------------

    def action_request(self):
        """Put letters before the leader whose consent their kind takes (七.3, 七.6).

        :raise UserError: where a letter lacks something, says what it must not, or takes no consent
        """
        self.check_access("write")
        self._assert_state("draft")
        for letter in self:
            role = KINDS[letter.kind].approval
            if not role:
                raise UserError(self.env._("This letter takes no consent: issue it."))
            letter._assert_ready()
            # The digest is taken before the leader sees it: whatever is changed afterwards differs.
            letter._procedure_write({"state": "requested", "consented": letter._digest()})
            approval = self.env["complaint.approval"]._ask(
                letter, "letter", letter._request_text(), role=role
            )
            letter._procedure_write({"approval_id": approval.id})
        self.sudo().activity_unlink([ACTIVITY_RETURN])

    def _request_text(self):
        """Put into a few lines what is asked: leaders decide from a list, and open the letter."""
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        lines = [
            self.env._(
                "Matter: issue “%(subject)s” (%(kind)s)",
                subject=self.subject,
                kind=kinds[self.kind],
            ),
            self.env._("Addressee: %s", self.addressee),
        ]
        if self.ticket_ids:
            cases = "、".join(self.ticket_ids.sorted("number").mapped("display_name"))
            lines.append(self.env._("Cases: %s", shortened(cases, TOLD)))
        lines.append(self.env._("Proposal: issue the letter as drafted; its text is attached."))
        return "\n".join(lines)

    def _approval_decided(self, approval):
        """Take what the leader decided: the letter may be issued, or never will."""
        self.ensure_one()
        states = {"approved": "approved", "rejected": "refused", "withdrawn": "draft"}
        self._procedure_write({"state": states[approval.state]})
        self._message_log(body=approval.instruction or self._state_label())

    def _state_label(self):
        return dict(self._fields["state"]._description_selection(self.env))[self.state]

    def action_withdraw(self):
        """Take letters back that are not issued yet; they need their consent again.

        :raise UserError: where a letter is issued, or was never asked for
        """
        self._take_back("requested", consented=False)

    def action_instruct(self):
        """Consent to letters with a written instruction: ask for it."""
        return self._to_decide().action_instruct()

    # --- the way out ------------------------------------------------------------------------

    def action_issue(self):
        """Issue letters: number of the year, frozen text, PDF kept for good.

        :raise UserError: where a letter still takes consent, lacks something, or says what it
            must not; nothing was issued then, and no number is lost
        """
        self.check_access("write")
        for letter in self.sorted("id"):
            letter._assert_state("approved" if KINDS[letter.kind].approval else "draft")
            letter._assert_as_consented()
            # Once more, though the request checked it: the cases may have changed meanwhile.
            letter._assert_ready()
            letter._issue()

    def _issue(self, number=None, paper=None, **facts):
        """Give a letter its number and freeze it.

        :param paper: what is printed instead of the letter's own form: the name of a report, and
            the record of the process that it prints
        """
        series = self.env["ir.sequence"]._letter_series(self.company_id, self.kind)
        if not number:
            # Gapless: an issue that fails gives the number back. A letter that replaces one taken
            # back is given that one's number.
            with busy(self.env):
                number = series.next_by_id(sequence_date=self.company_id._complaint_today())
        self._procedure_write(
            {
                "name": number,
                "state": "issued",
                "issued_at": fields.Datetime.now(),
                "issued_by_id": self.env.uid,
                **facts,
            }
        )
        self._freeze_enclosures()
        self._keep_paper(*paper or (REPORT, self))
        if KINDS[self.kind].states:
            self._note_on_cases(self.env._("%s was issued.", self.display_name))

    def action_send(self):
        """Record that letters left, and how.

        :raise UserError: where it was not said how, or a letter is not issued
        """
        self._assert_own_procedure()
        self.check_access("write")
        self._assert_state("issued")
        self._assert_sent_how()
        for letter in self:
            letter.sudo().proof_ids._freeze()
            letter._mark_sent()
            note = self.env._("%(no)s was sent to %(to)s.", no=letter.name, to=letter.addressee)
            letter._note_on_cases(note)

    def _mark_sent(self, **facts):
        """Record that a letter left; the clerk is reminded of an answer that is asked for."""
        self._procedure_write(
            {
                "state": "sent",
                "sent_at": fields.Datetime.now(),
                "sent_by_id": self.env.uid,
                **facts,
            }
        )
        if self.answer_by:
            self.activity_schedule(ANSWER_DUE, self.answer_by, user_id=self.sent_by_id.id)

    def action_record_answer(self, values):
        """Put the answer to a letter on record.

        :param dict values: ``answer``, ``answered_at``, optionally ``attachments``: pairs of a file
            name and its bytes in base64
        :raise UserError: where the letter was not sent, or the answer lacks something
        """
        self.ensure_one()
        self._assert_own_procedure()
        self.check_access("write")
        self._assert_state("sent")
        self._assert_reply(values)
        files = attach(self, values.get("attachments") or [])
        self._mark_answered(
            answer=values["answer"].strip(), answered_at=values["answered_at"], files=files
        )

    def _mark_answered(self, answer, answered_at, files, by=None):
        """Record the answer to a letter, and end what reminded of it."""
        files._freeze()
        self._procedure_write(
            {
                "state": "answered",
                "answer": answer,
                "answered_at": answered_at,
                "answer_recorded_by_id": (by or self.env.user).id,
                "answer_file_ids": [(6, 0, files.ids)],
            }
        )
        self.sudo().activity_unlink([ANSWER_DUE])

    def action_cancel(self, reason=None):
        """Cancel letters that have not left; what has a number keeps it. Without a reason, ask.

        :raise UserError: where a letter left already, or is a draft that can be deleted
        """
        self._assert_own_procedure()
        self.check_access("write")
        self._assert_state("approved", "issued")
        reason = clean_text(self.env, reason)
        if not reason:
            return self.env["complaint.reason.wizard"]._open(self, "action_cancel")
        self._mark_cancelled(reason)
        return True

    def _mark_cancelled(self, reason):
        self._procedure_write({"state": "cancelled", "cancel_reason": reason})

    def _note_on_cases(self, text):
        for ticket in self.sudo().ticket_id:
            ticket._message_log(body=text, author_id=self.env.user.partner_id.id)

    def _assert_own_procedure(self):
        """Refuse acts on letters that their own process drives."""
        if any(not KINDS[kind].states for kind in self.mapped("kind")):
            raise UserError(
                self.env._("This letter follows its own process: act where it was made.")
            )

    # --- answers ----------------------------------------------------------------------------

    @api.depends("state", "answer_by")
    def _compute_answer_status(self):
        for letter in self:
            today = (letter.company_id or self.env.company)._complaint_today()
            awaited = letter.state == "sent" and letter.answer_by
            late = awaited and letter.answer_by < today
            letter.answer_status = awaited and ("overdue" if late else "waiting")

    @api.model
    def _search_answer_status(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env.company._complaint_today()
        awaited = Domain("state", "=", "sent") & Domain("answer_by", "!=", False)
        domains = {
            "overdue": awaited & Domain("answer_by", "<", today),
            "waiting": awaited & Domain("answer_by", ">=", today),
            False: ~awaited,
        }
        return Domain.OR(domains[status] for status in value)

    def action_open_process(self):
        """Open what the letter was made by: the referral, the assessment.

        :raise AccessError: where the user may not read it
        """
        self.ensure_one()
        process = self.env[KINDS[self.kind].process or "complaint.referral"]
        made_by = process.search([("letter_id", "=", self.id)], limit=1)
        if not made_by:
            raise AccessError(self.env._("This letter has no process that you may read."))
        return made_by.get_formview_action()
