from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.letter_kinds import KINDS
from .complaint_dispatched import DISPATCHED

# What says how a letter left: open between issuing and sending.
ON_SENDING = frozenset({"sent_how", "sent_note", "proof_ids"})
BESIDE_THE_LETTER = ("message_", "activity_")


class ComplaintLetter(models.Model):
    """A letter of the centre (函, 告知书, 通报): drafted, consented to, issued, sent, answered.

    Issued, it is frozen: its text, its enclosures and its very PDF stay as they are.
    """

    _name = "complaint.letter"
    _description = "Official Letter"
    _inherit = [
        "complaint.frozen",
        "complaint.letter.content",
        "complaint.letter.terms",
        "complaint.letter.paper",
        "complaint.letter.reports",
        "complaint.letter.verbs",
        "complaint.dispatched",
        "complaint.guarded",
        "complaint.discretion",
        "mail.activity.mixin",
    ]
    _order = "id desc"
    _rec_names_search = ["name", "subject", "addressee"]
    _check_company_auto = True
    _reference_path = "name"
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
            ("cancelled", "Cancelled"),
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
        if not self._is_guarded():
            letters._assert_written_by_hand()
        return letters

    def write(self, vals):
        """Change what nobody was asked to consent to yet.

        :raise UserError: afterwards
        """
        if not self._is_guarded():
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
        names = {name for name in vals if not name.startswith(BESIDE_THE_LETTER)}
        for letter in self:
            own = bool(KINDS[letter.kind].states)
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
                letter._guarded_write({"ticket_ids": [(4, letter.ticket_id.id)]})
