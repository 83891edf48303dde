from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..report.letter_sheet import LetterSheet, paragraphs_of
from ..tools import letter_kinds
from ..tools.letter_kinds import KINDS

ADDRESSEES = [
    ("complainant", "Complainant"),
    ("unit", "Window Unit"),
    ("authority", "Other Authority"),
    ("free", "Others"),
]
TEMPLATE = "kaiyang_complaint.letter_body_%s"


class ComplaintLetterContent(models.AbstractModel):
    """What a letter says, to whom, on what it rests: made from facts, worded by the room."""

    _name = "complaint.letter.content"
    _description = "Content of a Letter"

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
        string="Cases It Rests On",
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

    @api.depends("ticket_id")
    def _compute_kinds_offered(self):
        by_hand = [code for code, kind in KINDS.items() if kind.states]
        for letter in self:
            ticket = letter.ticket_id
            offered = ticket._letter_kinds() if ticket else by_hand
            letter.kinds_offered = list({*offered, letter.kind} - {False})

    @api.depends("ticket_id")
    def _compute_company_id(self):
        for letter in self:
            case = letter.ticket_id or letter.ticket_ids[:1]
            letter.company_id = case.company_id or letter.company_id or self.env.company

    @api.depends("kind", "ticket_id")
    def _compute_party(self):
        """Take the party from the main case, where the kind of letter is about one."""
        for letter in self:
            ticket, about = letter.ticket_id, letter._of_kind().about
            staff = ticket.respondent_ids.staff_id
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
        """Let the text follow the facts, until somebody wrote it in their own words."""
        for letter in self:
            untouched = not letter.body or letter.body == letter.composed
            letter.composed = letter._composed() if letter._of_kind().states else letter.composed
            letter.body = letter.composed if untouched else letter.body

    def action_compose(self):
        """Write the text anew from the facts; what was written by hand is gone."""
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

    def _is_about_complaint(self, name):
        return name == "ticket_ids" or super()._is_about_complaint(name)
