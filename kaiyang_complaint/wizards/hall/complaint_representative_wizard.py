from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.mail import email_normalize

from ...models.hall.desk_accounts import DeskAccounts, notice


class ComplaintRepresentativeWizard(models.TransientModel):
    """Gives a unit a representative: person, account and invitation in one."""

    _name = "complaint.representative.wizard"
    _description = "New Representative"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    unit_id = fields.Many2one("complaint.window.unit", required=True, check_company=True)
    name = fields.Char(string="Full Name", required=True)
    email = fields.Char(
        string="E-Mail",
        required=True,
        help="The login; the invitation and the notices of slips go there.",
    )
    phone = fields.Char(string="Telephone")
    sequence = fields.Selection(
        [("1", "Chief representative"), ("2", "Second representative, stands in")],
        string="As",
        compute="_compute_sequence",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    staff_id = fields.Many2one(
        "complaint.window.staff",
        string="As Staff Member",
        check_company=True,
        help="Set where the representative also serves in the hall: slips that complain about "
        "this person go to the next representative.",
    )
    date_from = fields.Date(
        string="In Office Since", default=lambda self: self.env.company._complaint_today()
    )
    date_to = fields.Date(string="In Office Until")
    known_account = fields.Char(compute="_compute_known_account")

    @api.depends("unit_id")
    def _compute_sequence(self):
        for dialog in self:
            dialog.sequence = "2" if dialog.unit_id.representative_ids else "1"

    @api.depends("email", "company_id")
    def _compute_known_account(self):
        """Say early what the address belongs to."""
        for dialog in self:
            dialog.known_account = False
            address = email_normalize(dialog.email or "")
            if not address:
                continue
            accounts = DeskAccounts(self.env, dialog.company_id)
            try:
                known = accounts.representative_account(address)
            except UserError as error:
                dialog.known_account = str(error)
                continue
            if known:
                dialog.known_account = self.env._(
                    "%s represents a unit already, or did, with this account: it is used again, "
                    "with the name it has.",
                    known.name,
                )

    def action_confirm(self):
        """Open the account, put the representative in office and send the invitation.

        :raise UserError: saying what is wrong with name or address; nothing is saved then
        """
        self.ensure_one()
        accounts = DeskAccounts(self.env, self.unit_id.company_id)
        address = accounts.address(self.email)
        user = accounts.representative_account(address)
        if user:
            user.active = True
        else:
            user = accounts.open_for_representative(self.name, address, self.phone)
        self._put_in_office(user)
        if user.login_date:
            return notice("success", self.env._("%s is in office.", user.name))
        return accounts.invite(user)

    def _put_in_office(self, user):
        """Create the representative, with the rights of who asks."""
        offices = self.env["complaint.representative"]
        here = [("unit_id", "=", self.unit_id.id), ("user_id", "=", user.id)]
        values = {
            "sequence": int(self.sequence),
            "staff_id": self.staff_id.id,
            "date_from": self.date_from,
            "date_to": self.date_to,
            "active": True,
        }
        office = offices.with_context(active_test=False).search(here, limit=1)
        if office.active:
            raise UserError(self.env._("%s already represents this unit.", user.name))
        if office:
            office.write({**values, "away_from": False, "away_to": False})
        else:
            offices.create({**values, "unit_id": self.unit_id.id, "user_id": user.id})
