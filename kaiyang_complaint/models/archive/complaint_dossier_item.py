from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools.archive_checks import MENDABLE
from ..access.clean_input import clean_text

SECTIONS = [
    ("result", "Results"),
    ("handling", "Handling"),
    ("complaint", "The Complaint"),
    ("other", "Other"),
]
# What of its documents decides whether a dossier is complete.
ITEM_FACTS = [
    f"item_ids.{name}" for name in ("mends", "left_out", "print_fault", "kept_as_file_reason")
]
# Of a file: somebody found out whether it can be printed.
LOOKED_AT = ("fine", "fault")


class ComplaintDossierItem(models.Model):
    """A paper in a dossier: printed from a record of the case, or a file as it came (GB/T 9705)."""

    _name = "complaint.dossier.item"
    _description = "Document in a Dossier"
    _inherit = ["complaint.lock.mixin", "complaint.procedure.mixin"]
    _case_path = "dossier_id"
    _order = "dossier_id, sequence, id"
    _rec_name = "title"
    _check_company_auto = True
    _procedural = {
        "report_id": False,
        "res_model": False,
        "res_id": False,
        "is_added": False,
        "is_required": False,
        "left_out": False,
        "left_out_reason": False,
        "kept_as_file_reason": False,
        "page_from": 0,
        "page_count": 0,
        "sha256": False,
    }

    dossier_id = fields.Many2one(
        "complaint.dossier", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(related="dossier_id.company_id", store=True)
    state = fields.Selection(related="dossier_id.state")
    sequence = fields.Integer(default=10)
    section = fields.Selection(SECTIONS, string="Kind of Document", required=True, default="other")
    title = fields.Char(string="Document Title", required=True, index="trigram")
    doc_number = fields.Char(string="Document No.")
    author = fields.Char()
    date = fields.Date()
    note = fields.Char(string="Remarks")
    report_id = fields.Many2one(
        "ir.actions.report", string="Printed As", readonly=True, ondelete="restrict"
    )
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)
    attachment_id = fields.Many2one(
        "ir.attachment", string="File", ondelete="restrict", index="btree_not_null"
    )
    mends = fields.Selection(
        MENDABLE,
        string="Takes the Place Of",
        help="Documents missing in the case and supplied here.",
    )
    is_added = fields.Boolean(readonly=True, help="Added by hand.")
    is_required = fields.Boolean(readonly=True, help="No dossier without it.")
    left_out = fields.Boolean(readonly=True)
    left_out_reason = fields.Char(string="Left Out Because", readonly=True)
    print_fault = fields.Char(
        string="Not Printable Because", compute="_compute_print_fault", store=True
    )
    kept_as_file_reason = fields.Char(string="Kept as a File Because", readonly=True)
    is_embedded = fields.Boolean(
        string="File Only",
        compute="_compute_is_embedded",
        store=True,
        help="It can't be printed: it is attached to the PDF as a file.",
    )
    file_only_reason = fields.Char(string="File Only Because", readonly=True)
    page_from = fields.Integer(string="Page", readonly=True)
    page_count = fields.Integer(string="Pages", readonly=True)
    sha256 = fields.Char(string="SHA-256", readonly=True)

    _paper_once = models.UniqueIndex(
        "(dossier_id, report_id, res_id) WHERE report_id IS NOT NULL",
        "This document is already in the dossier.",
    )
    _file_once = models.UniqueIndex(
        "(dossier_id, attachment_id) WHERE attachment_id IS NOT NULL",
        "This file is in the dossier already.",
    )

    @api.depends("attachment_id.complaint_print_fault")
    def _compute_print_fault(self):
        for item in self:
            file = item.attachment_id
            # A form may name any file: it says only what its user may read.
            told = isinstance(item.id, int) or file.sudo(False)._filtered_access("read")
            item.print_fault = bool(told) and file.complaint_print_fault

    @api.depends("attachment_id.mimetype")
    def _compute_is_embedded(self):
        for item in self:
            mimetype = item.sudo().attachment_id.mimetype or "application/pdf"
            item.is_embedded = not mimetype.startswith(("application/pdf", "image/"))

    @api.constrains("attachment_id", "dossier_id")
    def _check_attachment(self):
        """Accept files of the case and of the dossier itself only."""
        for item in self.filtered("attachment_id"):
            if not item._by_procedure() and not item.dossier_id._owns(item.attachment_id):
                raise ValidationError(
                    self.env._("Only files of the case itself belong into its dossier.")
                )

    # --- guards -----------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Add files by hand to dossiers in preparation; papers come by compiling.

        :raise UserError: for an archived dossier, and without a file
        """
        by_hand = not self._by_procedure()
        if by_hand and not all(vals.get("attachment_id") for vals in vals_list):
            raise UserError(self.env._("Choose the file that is to be added."))
        if by_hand:
            chosen = self.env.context.get("default_dossier_id")
            ids = {vals.get("dossier_id") or chosen for vals in vals_list} - {None}
            self.env["complaint.dossier"].sudo().browse(ids)._assert_draft()
        items = super().create(vals_list)
        if by_hand:
            dossiers = items.sudo().dossier_id
            dossiers._assert_draft()
            dossiers._forget_check()
            items._procedure_write({"is_added": True})
        return items

    def write(self, vals):
        """Word, sort and date what is in a dossier in preparation.

        :raise UserError: for an archived dossier, and for another file or dossier
        """
        if not self._by_procedure():
            self.dossier_id._assert_draft()
            if {"dossier_id", "attachment_id"} & vals.keys():
                raise UserError(
                    self.env._(
                        "A document can't be replaced in its dossier. Add the other file as well."
                    )
                )
            self.dossier_id._forget_check()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_added(self):
        self.dossier_id._assert_draft()
        self.dossier_id._forget_check()
        if not self._by_procedure() and not all(self.mapped("is_added")):
            raise UserError(
                self.env._("What belongs to the case is not deleted: leave it out, with a reason.")
            )

    # --- acts -------------------------------------------------------------------------------

    def action_leave_out(self, reason=None):
        """Leave papers out of their dossier. Without a reason, ask for it.

        :raise AccessError: where it is required, for anyone but a manager of the desk
        :raise UserError: for an archived dossier
        """
        self.check_access("write")
        self.dossier_id._assert_draft()
        manager = self.env.user.has_group("kaiyang_complaint.group_complaint_manager")
        if any(self.mapped("is_required")) and not manager:
            raise AccessError(
                self.env._("The registration form and the result stay in: only a manager decides.")
            )
        reason = clean_text(self.env, reason)
        if not reason:
            return self.env["complaint.reason.wizard"]._open(self, "action_leave_out")
        self._procedure_write({"left_out": True, "left_out_reason": reason})
        self.dossier_id._forget_check()
        return True

    def action_keep_as_file(self, reason=None):
        """Let files that can't be printed be in the dossier as files. Without a reason, ask for it.

        :raise UserError: for an archived dossier
        """
        self.check_access("write")
        self.dossier_id._assert_draft()
        reason = clean_text(self.env, reason)
        if not reason:
            title = self.env._("Keep as a File: Give the Reason")
            return self.env["complaint.reason.wizard"]._open(self, "action_keep_as_file", title)
        self._procedure_write({"kept_as_file_reason": reason})
        self.dossier_id._forget_check()
        return True

    def action_take_in(self):
        """Take papers in again that were left out.

        :raise UserError: for an archived dossier
        """
        self.check_access("write")
        self.dossier_id._assert_draft()
        self._procedure_write({"left_out": False, "left_out_reason": False})
        self.dossier_id._forget_check()

    def _look_at_files(self):
        """Find out which files can be printed, of those that nobody looked at."""
        files = self.filtered(lambda item: not item.left_out).attachment_id.sudo()
        files.filtered(lambda file: file.complaint_print_state not in LOOKED_AT)._check_printable()

    def action_remove(self):
        """Take out again, file and all, what was added by hand.

        :raise UserError: for an archived dossier, and for what belongs to the case
        """
        self.check_access("unlink")
        files = self.attachment_id.filtered(lambda file: file.res_model == "complaint.dossier")
        self.unlink()
        files.unlink()

    def action_open_file(self):
        """Open the paper, or the file, as it will be in the dossier."""
        self.ensure_one()
        self.check_access("read")
        if self.attachment_id:
            url = f"/web/content/{self.attachment_id.id}"
            return {"type": "ir.actions.act_url", "url": url, "target": "new"}
        record = self.env[self.res_model].browse(self.res_id)
        return self.report_id.report_action(record)
