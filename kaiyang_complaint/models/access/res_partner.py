from odoo import SUPERUSER_ID, models
from odoo.exceptions import UserError

# Who somebody is on paper, and where notices reach them.
CENTRES_DATA = frozenset({"name", "email", "phone"})


class ResPartner(models.Model):
    """Name and address of a representative in office are kept by the centre."""

    _inherit = "res.partner"

    def write(self, vals):
        """Only the centre renames a representative or changes their address.

        :raise UserError: naming one
        """
        if CENTRES_DATA & vals.keys():
            self._assert_kept_by_user(vals)
        return super().write(vals)

    def _assert_kept_by_user(self, vals):
        user = self.env.user
        if user.id == SUPERUSER_ID or user.has_group("base.group_erp_manager"):
            return
        changed = self.sudo().filtered(
            lambda person: any(
                (person[name] or "") != (vals[name] or "") for name in CENTRES_DATA & vals.keys()
            )
        )
        people = changed._representatives(with_company=user.share)
        strange = people.filtered(lambda one: not one.with_user(user).has_access("write"))
        if strange:
            raise UserError(
                self.env._(
                    "%s is a representative: name, e-mail and telephone are kept by the service "
                    "centre. Ask its complaint room to change them.",
                    strange[0].user_id.name,
                )
            )

    def _representatives(self, with_company=False):
        """Return the representatives in office whose contacts these are.

        :param with_company: or whose employer they are, which a portal user renames on the way
        """
        path = "user_id.partner_id"
        domain = [(path, "in", self.ids)]
        if with_company:
            domain = ["|", *domain, (f"{path}.commercial_partner_id", "in", self.ids)]
        return self.env["complaint.representative"].sudo().search(domain if self else [(0, "=", 1)])
