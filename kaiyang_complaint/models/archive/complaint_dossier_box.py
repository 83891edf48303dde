from odoo import api, fields, models
from odoo.exceptions import UserError

from .complaint_retention_rule import RETENTIONS


class ComplaintDossierBox(models.Model):
    """A box of the archive: dossiers of one year that are kept equally long (八)."""

    _name = "complaint.dossier.box"
    _description = "Archive Box"
    _order = "year desc, retention, number desc"
    _rec_names_search = ["year", "number"]
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    year = fields.Integer(required=True, default=lambda self: self._last_year())
    retention = fields.Selection(RETENTIONS, required=True, default="y10")
    number = fields.Integer(
        string="Box No.",
        required=True,
        compute="_compute_number",
        store=True,
        readonly=False,
        precompute=True,
    )
    place = fields.Char(string="Kept At", help="Room, shelf, row.")
    dossier_ids = fields.One2many("complaint.dossier", "box_id", readonly=True)
    fonds_code = fields.Char(related="company_id.complaint_fonds_code")
    dossier_count = fields.Integer(string="Dossiers in It", compute="_compute_content")
    page_count = fields.Integer(string="Pages", compute="_compute_content")
    sequence_from = fields.Integer(string="From No.", compute="_compute_content")
    sequence_to = fields.Integer(string="To No.", compute="_compute_content")

    _number_unique = models.UniqueIndex(
        "(company_id, year, retention, number)",
        "There is a box with this number of the year and retention already.",
    )
    _number_positive = models.Constraint("CHECK (number > 0)", "Boxes are counted from 1.")

    def _last_year(self):
        return self.env.company._complaint_today().year - 1

    @api.depends("year", "retention")
    def _compute_number(self):
        """Propose the number after the last of the year."""
        for box in self:
            alike = [(name, "=", box[name]) for name in ("year", "retention")]
            alike.append(("company_id", "=", box.company_id.id))
            last = self.search([*alike, ("id", "!=", box._origin.id)], order="number desc", limit=1)
            box.number = last.number + 1

    @api.depends("year", "retention", "number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["retention"]._description_selection(self.env))
        for box in self:
            kept = labels.get(box.retention, "")
            box.display_name = f"{box.year} · {kept} · {box.number}"

    @api.depends("dossier_ids.sequence", "dossier_ids.page_count")
    def _compute_content(self):
        found = (
            self.env["complaint.dossier"]
            .sudo()
            ._read_group(
                [("box_id", "in", self.ids)],
                ["box_id"],
                ["__count", "page_count:sum", "sequence:min", "sequence:max"],
            )
        )
        content = {box.id: figures for box, *figures in found}
        for box in self:
            figures = content.get(box.id, (0, 0, 0, 0))
            box.dossier_count, box.page_count, box.sequence_from, box.sequence_to = figures

    def write(self, vals):
        """Keep the year and the retention of a box in which dossiers are.

        :raise UserError: where they would no longer fit
        """
        if {"year", "retention", "number", "company_id"} & vals.keys():
            self._assert_empty()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_empty(self):
        self._assert_empty()

    def _assert_empty(self):
        # What the user may not read is in the box all the same.
        dossiers = self.env["complaint.dossier"].sudo()
        filled = dossiers.search([("box_id", "in", self.ids)], limit=1).box_id
        if filled:
            raise UserError(
                self.env._("There are dossiers in box %s: take them out first.", filled.number)
            )

    def action_open_dossiers(self):
        """Show what is in the box."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "kaiyang_complaint.complaint_dossier_action"
        )
        return action | {"domain": [("box_id", "in", self.ids)], "path": False}
