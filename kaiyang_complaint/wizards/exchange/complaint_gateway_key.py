from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.addons.base.models.res_users import check_identity
from odoo.exceptions import AccessError

SCOPE = "rpc"


class ComplaintGatewayKey(models.TransientModel):
    """Where an administrator makes, changes and withdraws the API key of the website (一.3).

    The key belongs to a portal user that is no person: the first key brings it into being.
    """

    _name = "complaint.gateway.key"
    _description = "Key of the Website's Interface"

    company_id = fields.Many2one(
        "res.company",
        string="Service Centre",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one("res.users", string="User of the Interface", compute="_compute_key")
    made_at = fields.Datetime(string="Key Made At", compute="_compute_key")
    valid_until = fields.Datetime(compute="_compute_key")
    duration = fields.Selection(
        [("90", "Three months"), ("365", "One year"), ("0", "Until it is withdrawn")],
        string="New Key Valid For",
        required=True,
        default="365",
    )

    @api.depends("company_id")
    def _compute_key(self):
        for wizard in self:
            user = wizard._interface_user()
            key = wizard._keys()[:1]
            wizard.user_id = user
            wizard.made_at = key.create_date
            wizard.valid_until = key.expiration_date

    def _interface_user(self):
        users = self.env["res.users"].sudo()
        return users.search(
            [
                ("share", "=", True),
                ("company_id", "=", self.company_id.id),
                ("all_group_ids", "in", self._groups()[1].ids),
            ],
            limit=1,
        )

    def _keys(self):
        # Not the field of the user: keys come into being behind its back.
        keys = self.env["res.users.apikeys"].sudo()
        return keys.search([("user_id", "in", self._interface_user().ids)])

    def _groups(self):
        """Return the type of the interface's user, and what it may do."""
        return self.env.ref("base.group_portal"), self.env.ref(
            "kaiyang_complaint.group_complaint_integration"
        )

    @check_identity
    def action_make(self):
        """Make a new key and show it, once; the one before it opens nothing any more.

        :raise AccessError: for anyone but an administrator
        """
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("API Key Ready"),
            "res_model": "res.users.apikeys.show",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_key": self._make_key()},
        }

    def action_withdraw(self):
        """Withdraw the key: the website registers nothing any more.

        :raise AccessError: for anyone but an administrator
        """
        self._assert_administrator()
        self._keys()._remove()
        return {"type": "ir.actions.act_window_close"}

    def _make_key(self):
        self._assert_administrator()
        user = self._interface_user() or self._create_user()
        self._keys()._remove()
        days = int(self.duration)
        until = fields.Datetime.now() + timedelta(days=days) if days else None
        keys = self.env["res.users.apikeys"].with_user(user).sudo()
        return keys._generate(SCOPE, self._description, until)

    def _create_user(self):
        """Create the user of the interface: of the portal, without a password or a mail address."""
        users = self.env["res.users"].sudo().with_context(no_reset_password=True)
        return users.create(
            {
                "name": self.env._("Website Interface"),
                "login": f"complaint-interface-{self.company_id.id}",
                "lang": self.env.user.lang,
                "company_id": self.company_id.id,
                "company_ids": [Command.set(self.company_id.ids)],
                "group_ids": [Command.set([group.id for group in self._groups()])],
            }
        )

    def _assert_administrator(self):
        self.ensure_one()
        if not self.env.is_system():
            raise AccessError(self.env._("Only an administrator may hand out the website's key."))
