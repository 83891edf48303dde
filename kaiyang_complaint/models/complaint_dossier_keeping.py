from odoo import fields, models
from odoo.exceptions import UserError


class ComplaintDossierKeeping(models.AbstractModel):
    """Where the paper of an archived dossier is: in which box, in whose hands (八)."""

    _name = "complaint.dossier.keeping"
    _description = "Keeping of a Dossier"
    _inherit = ["complaint.process"]

    unit_id = fields.Many2one(related="ticket_id.window_unit_id", store=True, index=True)
    box_id = fields.Many2one(
        "complaint.dossier.box",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    loan_ids = fields.One2many("complaint.dossier.loan", "dossier_id", string="Loans")

    def action_put_into_box(self):
        """Ask for the box into which archived dossiers are put.

        :raise UserError: where they don't belong into one box
        """
        self._assert_boxable()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Put into a Box"),
            "res_model": "complaint.dossier.boxing",
            "view_mode": "form",
            "target": "new",
            "context": {"default_dossier_ids": self.ids},
        }

    def _put_into(self, box):
        """Put dossiers into a box, or take them out of theirs.

        Where the paper stands is no part of the case: an archived one may be moved.

        :raise AccessError: for those who keep no dossiers
        :raise UserError: where they don't belong into this box
        """
        self.check_access("write")
        self._assert_boxable()
        if box and any((one.year, one.retention) != (box.year, box.retention) for one in self):
            raise UserError(
                self.env._("A box holds dossiers of one year that are kept equally long.")
            )
        self._thawed()._guarded_write({"box_id": box.id})

    def _assert_boxable(self):
        if any(dossier.state != "archived" for dossier in self):
            raise UserError(self.env._("Only what is archived goes into a box."))
        if len({(one.company_id, one.year, one.retention) for one in self}) > 1:
            raise UserError(
                self.env._("A box holds dossiers of one year that are kept equally long.")
            )

    def action_lend(self):
        """Open a new loan of a dossier."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Lend"),
            "res_model": "complaint.dossier.loan",
            "views": [(False, "form")],
            "context": {"default_dossier_id": self.id},
        }

    def _assert_original_in(self):
        """Refuse to lend an original that is out, naming who has it."""
        out = self.env["complaint.dossier.loan"].search(
            [
                ("dossier_id", "in", self.ids),
                ("kind", "=", "original"),
                ("returned_at", "=", False),
            ],
            limit=1,
        )
        if out:
            raise UserError(
                self.env._(
                    "The original of %(dossier)s is with %(borrower)s (%(unit)s).",
                    dossier=out.dossier_id.number,
                    borrower=out.borrower,
                    unit=out.borrower_unit,
                )
            )
