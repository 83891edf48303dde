from odoo import api, fields, models
from odoo.tools.misc import clean_context


class ComplaintDossierBoxing(models.TransientModel):
    """Asks into which box dossiers are put."""

    _name = "complaint.dossier.boxing"
    _description = "Put Dossiers into a Box"

    dossier_ids = fields.Many2many("complaint.dossier", required=True, readonly=True)
    company_id = fields.Many2one("res.company", compute="_compute_kind")
    year = fields.Integer(compute="_compute_kind")
    retention = fields.Char(compute="_compute_kind")
    is_new = fields.Boolean(string="Begin a New Box")
    box_id = fields.Many2one(
        "complaint.dossier.box",
        compute="_compute_box_id",
        store=True,
        readonly=False,
        domain="[('company_id', '=', company_id), ('year', '=', year), "
        "('retention', '=', retention)]",
    )

    @api.depends("dossier_ids")
    def _compute_kind(self):
        for wizard in self:
            first = wizard.dossier_ids[:1]
            wizard.company_id = first.company_id
            wizard.year, wizard.retention = first.year, first.retention

    @api.depends("dossier_ids")
    def _compute_box_id(self):
        """Propose the box that was begun last."""
        for wizard in self:
            alike = [(name, "=", value) for name, value in wizard._kind().items()]
            wizard.box_id = wizard.box_id.search(alike, order="number desc", limit=1)

    def _kind(self):
        return {
            "company_id": self.company_id.id,
            "year": self.year,
            "retention": self.retention,
        }

    def action_put(self):
        """Put the dossiers into the box, or into a new one where none is chosen.

        :raise UserError: where they don't belong into it
        """
        self.ensure_one()
        box = self.box_id
        if self.is_new or not box:
            # The defaults of this dialog are none of the box.
            box = box.with_env(self.env(context=clean_context(self.env.context))).create(
                self._kind()
            )
        self.dossier_ids._put_into(box)
        return {"type": "ir.actions.act_window_close"}
