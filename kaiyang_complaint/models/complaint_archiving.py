from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import flow


class ComplaintArchiving(models.AbstractModel):
    """How a closed complaint becomes a dossier of the archive (八)."""

    _name = "complaint.archiving"
    _description = "Archiving of a Complaint"
    _inherit = ["complaint.archive.gaps", "complaint.archive.due"]

    dossier_ids = fields.One2many("complaint.dossier", "ticket_id", string="Dossiers")
    dossier_id = fields.Many2one(
        "complaint.dossier",
        compute="_compute_dossier_id",
        store=True,
        index="btree_not_null",
        help="The one in preparation, or the one archived last.",
    )

    dossier_state = fields.Selection(related="dossier_id.state", string="State of the Dossier")
    may_archive = fields.Boolean(
        compute="_compute_may_archive", help="Whether the user keeps the dossier of this case."
    )

    @api.depends("is_restricted", "user_id")
    @api.depends_context("uid")
    def _compute_may_archive(self):
        kept = self.filtered_domain(self.env.user.complaint_archive_scope())
        for ticket in self:
            ticket.may_archive = ticket in kept

    @api.depends("dossier_ids.volume")
    def _compute_dossier_id(self):
        for ticket in self:
            ticket.dossier_id = ticket.dossier_ids.sorted("volume")[-1:]

    def action_open_dossier(self):
        """Open the dossier of a case; one that is closed gets it compiled where it has none.

        :raise AccessError: where there is none, for anyone who does not keep dossiers
        :raise UserError: where there is none and the case is not closed
        """
        self.ensure_one()
        self.check_access("read")
        dossier = self.dossier_id
        may_begin = self.may_archive or not dossier
        if self.complaint_state == "closed" and dossier.state != "draft" and may_begin:
            dossier = self._compile_dossier()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Dossier"),
            "res_model": "complaint.dossier",
            "res_id": dossier.id,
            "views": [(False, "form")],
        }

    def _compile_dossier(self):
        """Return the dossier of a closed case in preparation, compiled from what the case has.

        :raise AccessError: for anyone who does not keep it
        :raise UserError: where the case is not closed
        """
        self.ensure_one()
        self.check_access("read")
        if "archive_dossier" not in flow.open_verbs(self.complaint_state or ""):
            raise UserError(self._illegal_move("archived"))
        dossier = self.env["complaint.dossier"]._for_case(self)
        if not dossier.compiled_at:
            dossier.action_compile()
        return dossier

    def action_archive_dossier(self, reason=None):
        """Archive closed cases: compile, check, number, print, freeze (八).

        :param reason: why a manager archives what is incomplete
        :raise AccessError: for anyone who does not keep the dossiers of these cases
        :raise UserError: where a case is not closed, or lacks something: naming it
        """
        dossiers = self.env["complaint.dossier"]
        for ticket in self:
            dossiers |= ticket._compile_dossier()
        return dossiers.action_archive(reason)
