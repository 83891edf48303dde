from odoo import api, fields, models

from ...models.hall.desk_accounts import ACCOUNT_STATES, ROLES, DeskAccounts, notice


class ComplaintAccountWizard(models.TransientModel):
    """Opens an account of the desk, or changes its roles, for a manager."""

    _name = "complaint.account.wizard"
    _description = "Account of the Desk"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    user_id = fields.Many2one(
        "res.users",
        string="Existing Account",
        help="Somebody of the centre who has an account already. Empty: a new one.",
    )
    name = fields.Char(string="Full Name")
    email = fields.Char(string="E-Mail", help="The login; the invitation goes there.")
    phone = fields.Char(string="Telephone")
    account_state = fields.Selection(
        ACCOUNT_STATES, string="Account", compute="_compute_account_state", compute_sudo=True
    )
    is_clerk = fields.Boolean(
        string="Clerk",
        compute="_compute_roles",
        store=True,
        readonly=False,
        help="Registers complaints, forwards them, gives feedback.",
    )
    is_manager = fields.Boolean(
        string="Manager",
        compute="_compute_roles",
        store=True,
        readonly=False,
        help="Also keeps windows, staff, representatives and limits, and reopens cases.",
    )
    is_leader = fields.Boolean(
        string="Leader in Charge",
        compute="_compute_roles",
        store=True,
        readonly=False,
        help="Reads every complaint, approves and instructs.",
    )
    is_director = fields.Boolean(
        string="Main Leader",
        compute="_compute_roles",
        store=True,
        readonly=False,
        help="Reads every complaint and consents to what leaves the centre.",
    )
    is_archivist = fields.Boolean(
        string="Archivist",
        compute="_compute_roles",
        store=True,
        readonly=False,
        help="Reads closed cases and keeps the dossiers.",
    )

    @api.depends("user_id")
    def _compute_roles(self):
        for dialog in self:
            given = DeskAccounts.roles(dialog.user_id) if dialog.user_id else ()
            for role in ROLES:
                dialog[f"is_{role}"] = role in given

    @api.depends("user_id")
    def _compute_account_state(self):
        for dialog in self:
            dialog.account_state = dialog.user_id.state

    def action_confirm(self):
        """Open the account with its roles, or change those of an existing one.

        :raise AccessError: for one's own account, and those of administrators and other centres
        :raise UserError: saying what is missing or in use; nothing is saved then
        """
        self.ensure_one()
        accounts = DeskAccounts(self.env, self.company_id)
        roles = [role for role in ROLES if self[f"is_{role}"]]
        if self.user_id:
            accounts.change_roles(self.user_id, roles)
            return notice("success", self.env._("Roles of %s changed", self.user_id.name))
        user = accounts.open_for_staff(self.name, self.email, self.phone, roles)
        return accounts.invite(user)

    def action_invite_again(self):
        """Send the invitation once more to who has never logged in."""
        self.ensure_one()
        accounts = DeskAccounts(self.env, self.company_id)
        accounts.assert_may_change(self.user_id)
        return accounts.invite(self.user_id)

    def action_close_account(self):
        """Take the account out of use.

        :raise UserError: where its user is in charge of open complaints
        """
        self.ensure_one()
        DeskAccounts(self.env, self.company_id).close(self.user_id)
        return notice("success", self.env._("%s can't log in any more.", self.user_id.name))
