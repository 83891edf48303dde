from odoo import api, fields, models
from odoo.exceptions import UserError


class ComplaintDossierNote(models.Model):
    """What was noted on an archived volume: its reference sheet goes on with it (八, 备考表).

    The volume itself stays as it was archived. Notes are only added.
    """

    _name = "complaint.dossier.note"
    _description = "Note on an Archived Dossier"
    _inherit = ["complaint.procedure.mixin", "complaint.signer.mixin"]
    _signers = ("noted_by_id",)
    _order = "dossier_id, noted_at, id"
    _rec_name = "dossier_id"
    _check_company_auto = True
    _procedural = {"noted_at": False, "noted_by_id": False}

    dossier_id = fields.Many2one(
        "complaint.dossier",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(related="dossier_id.company_id", store=True, index=True)
    noted_at = fields.Datetime(string="Date", readonly=True)
    noted_by_id = fields.Many2one(
        "res.users",
        readonly=True,
        ondelete="restrict",
        help="Empty where the system noted it.",
    )
    text = fields.Text(string="Note", required=True, readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse notes that were not added on their dossier.

        :raise UserError: for everybody but the procedure
        """
        self._assert_by_procedure()
        return super().create(vals_list)

    def write(self, vals):
        """Refuse changes: what was noted stays on record.

        :raise UserError: for everybody but the procedure
        """
        self._assert_by_procedure()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A note on an archived dossier stays on record."))

    def _assert_by_procedure(self):
        if not self._by_procedure():
            raise UserError(
                self.env._(
                    "A note on an archived dossier is added by the button of the dossier, and "
                    "stays on record as it is."
                )
            )
