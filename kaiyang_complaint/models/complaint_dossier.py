from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .complaint_retention_rule import RETENTIONS


class ComplaintDossier(models.Model):
    """The papers of a complaint as they go into the archive: one case, one dossier (八).

    A case that is reopened after that gets another volume (续卷).
    """

    _name = "complaint.dossier"
    _description = "Dossier"
    _inherit = [
        "complaint.dossier.compile",
        "complaint.dossier.paper",
        "complaint.dossier.archive",
        "complaint.dossier.keeping",
        "complaint.process",
        "complaint.signer.mixin",
    ]
    _signers = ("compiled_by_id", "checked_by_id")
    _order = "year desc, sequence desc, id desc"
    _rec_names_search = ["number", "name", "ticket_id.number"]
    _check_company_auto = True
    _procedural = {
        "state": "draft",
        "volume": 1,
        "year": 0,
        "sequence": 0,
        "number": False,
        "retention_rule_id": False,
        "compiled_by_id": False,
        "compiled_at": False,
        "checked_by_id": False,
        "archived_by_id": False,
        "archived_at": False,
        "archived_gaps": False,
        "gaps_reason": False,
        "attachment_id": False,
        "sha256": False,
        "box_id": False,
    }

    state = fields.Selection(
        [("draft", "Being Compiled"), ("archived", "Archived")],
        required=True,
        readonly=True,
        default="draft",
    )
    name = fields.Char(string="Dossier Title", required=True)
    volume = fields.Integer(
        readonly=True, default=1, help="A case that was reopened after archiving has several."
    )
    fonds_name = fields.Char(string="Fonds")
    category_name = fields.Char(string="Dossier Category")
    year = fields.Integer(readonly=True, help="The year in which the case was closed.")
    sequence = fields.Integer(string="Archive No.", readonly=True)
    number = fields.Char(string="Dossier No.", readonly=True, copy=False)
    retention = fields.Selection(RETENTIONS, required=True, default="y10")
    retention_rule_id = fields.Many2one(
        "complaint.retention.rule", readonly=True, ondelete="restrict"
    )
    retention_reason = fields.Char(
        string="Other Retention Because", help="Why it is kept otherwise than the rule says."
    )
    item_ids = fields.One2many("complaint.dossier.item", "dossier_id", string="Papers")
    date_from = fields.Date(compute="_compute_extent", store=True)
    date_to = fields.Date(compute="_compute_extent", store=True)
    item_count = fields.Integer(string="Papers in It", compute="_compute_extent", store=True)
    page_count = fields.Integer(string="Pages", compute="_compute_extent", store=True)
    note = fields.Text(string="About This Dossier", help="Printed on the reference sheet (备考表).")
    compiled_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    compiled_at = fields.Datetime(readonly=True)
    checked_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    archived_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    archived_at = fields.Datetime(readonly=True)
    gaps = fields.Text(string="Missing", compute="_compute_gaps", help="A line for each gap.")
    is_complete = fields.Boolean(
        string="Complete", compute="_compute_gaps", search="_search_is_complete"
    )
    archived_gaps = fields.Text(string="Missing When Archived", readonly=True)
    gaps_reason = fields.Text(string="Archived All the Same Because", readonly=True)
    attachment_id = fields.Many2one(
        "ir.attachment", string="Archived File", readonly=True, copy=False, ondelete="restrict"
    )
    sha256 = fields.Char(string="SHA-256", readonly=True, copy=False)

    case_state = fields.Selection(related="ticket_id.complaint_state", string="State of the Case")
    may_keep = fields.Boolean(related="ticket_id.may_archive")

    _one_in_preparation = models.UniqueIndex(
        "(ticket_id) WHERE state = 'draft'", "A dossier of this case is being prepared already."
    )
    _number_unique = models.UniqueIndex(
        "(company_id, number) WHERE number IS NOT NULL",
        "Another dossier already has this number.",
    )
    _by_year = models.Index("(year, sequence, id)")

    @api.depends("number", "name")
    def _compute_display_name(self):
        for dossier in self:
            dossier.display_name = " ".join(filter(None, (dossier.number, dossier.name)))

    @api.depends("item_ids.date", "item_ids.left_out", "item_ids.page_count")
    def _compute_extent(self):
        for dossier in self:
            items = dossier.item_ids.filtered(lambda item: not item.left_out)
            days = [day for day in items.mapped("date") if day]
            dossier.date_from = min(days, default=False)
            dossier.date_to = max(days, default=False)
            dossier.item_count = len(items)
            dossier.page_count = sum(items.mapped("page_count"))

    @api.depends("state", "archived_gaps", "ticket_id", "item_ids.mends", "item_ids.left_out")
    @api.depends_context("lang")
    def _compute_gaps(self):
        for dossier in self:
            archived = dossier.state == "archived"
            ticket = self.env["helpdesk.ticket"] if archived else dossier.ticket_id
            live = "\n".join(ticket._archive_gaps()) if ticket else ""
            dossier.gaps = dossier.archived_gaps if archived else live
            dossier.is_complete = not dossier.gaps

    @api.model
    def _search_is_complete(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return [
            "|",
            "&",
            ("state", "=", "archived"),
            ("archived_gaps", "=", False),
            "&",
            ("state", "=", "draft"),
            ("ticket_id.archive_gap_codes", "in", (False, "")),
        ]

    @api.constrains("retention", "retention_reason")
    def _check_retention(self):
        for dossier in self:
            rule = dossier.retention_rule_id
            reason = (dossier.retention_reason or "").strip()
            if rule and rule.retention != dossier.retention and not reason:
                raise ValidationError(
                    self.env._(
                        "“%s” says otherwise how long this dossier is kept: give the reason.",
                        rule.name,
                    )
                )

    # --- guards -----------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse dossiers that were not compiled from their case.

        :raise UserError: for everybody but the procedure
        """
        if not self._is_guarded():
            raise UserError(self.env._("A dossier is compiled on its case: use the button there."))
        return super().create(vals_list)

    def write(self, vals):
        """Change what is in preparation; what is archived stands as it is (八).

        :raise UserError: for an archived dossier, and for another complaint
        """
        if not self._is_guarded():
            self._assert_draft()
            if "ticket_id" in vals:
                raise UserError(self.env._("A dossier stays with its case."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._assert_draft()

    def _assert_draft(self):
        """Refuse changes of what is archived, whoever asks for them.

        :raise UserError: naming the way back
        """
        for dossier in self:
            if dossier.state != "draft":
                raise UserError(
                    self.env._(
                        "“%s” is archived: nobody changes it any more. A manager may reopen the "
                        "case; what comes then makes another volume.",
                        dossier.display_name,
                    )
                )
