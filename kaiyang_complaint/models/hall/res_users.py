from odoo import api, fields, models

from ...tools.codes import GROUP_PREFIX
from .desk_accounts import ACCOUNT_STATES, ROLES, DeskAccounts


class ResUsers(models.Model):
    """Whoever can't log in represents no unit; managers see who works at the desk."""

    _inherit = "res.users"

    complaint_roles = fields.Char(
        string="Roles at the Desk", compute="_compute_complaint_roles", compute_sudo=True
    )

    complaint_account_state = fields.Selection(
        ACCOUNT_STATES,
        string="Account",
        compute="_compute_complaint_account_state",
        compute_sudo=True,
    )

    @api.depends("state")
    def _compute_complaint_account_state(self):
        for user in self:
            user.complaint_account_state = user.state

    @api.depends("group_ids")
    def _compute_complaint_roles(self):
        names = {role: self.env.ref(GROUP_PREFIX + role).name for role in ROLES}
        for user in self:
            given = DeskAccounts.roles(user)
            user.complaint_roles = "、".join(names[role] for role in ROLES if role in given)

    def action_complaint_account(self):
        """Open the dialog in which a manager changes the roles of an account."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Account of %s", self.name),
            "res_model": "complaint.account.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_user_id": self.id},
        }

    def write(self, vals):
        """Pass on the slips of representatives whose account is archived, or given back."""
        result = super().write(vals)
        if "active" in vals:
            offices = self.env["complaint.representative"].sudo()
            offices.search([("user_id", "in", self.ids)]).unit_id._readdress_slips()
        return result
