from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.flow import ENDS
from .on_duty import OnDuty


class ResUsers(models.Model):
    """Whoever is in charge of open complaints hands them over before they leave the desk."""

    _inherit = "res.users"

    def write(self, vals):
        """Refuse to take account or role from who is in charge of open complaints.

        :raise UserError: saying who hands them over, and where
        """
        leaving = "active" in vals or "group_ids" in vals
        in_charge = self._in_charge() if leaving else self.browse()
        in_office = in_charge.filtered(lambda user: OnDuty.holds_office(user.sudo()))
        result = super().write(vals)
        in_office.filtered(lambda user: not OnDuty.holds_office(user.sudo()))._refuse_to_leave()
        return result

    def unlink(self):
        """Refuse to delete who is in charge of open complaints.

        :raise UserError: saying who hands them over, and where
        """
        self._in_charge()._refuse_to_leave()
        return super().unlink()

    def _open_complaints(self):
        """Return the domain of the open complaints these users are in charge of."""
        return (
            Domain("is_complaint", "=", True)
            & Domain("complaint_state", "not in", [*ENDS, False])
            & Domain("user_id", "in", self.ids)
        )

    def _in_charge(self):
        """Return those of the users who are in charge of an open complaint, whoever asks."""
        tickets = self.env["helpdesk.ticket"].sudo().with_context(active_test=False)
        users = tickets._read_group(self._open_complaints(), ["user_id"])
        return self.browse([user.id for (user,) in users])

    def _refuse_to_leave(self):
        # Neither how many nor which: who keeps accounts need not know of restricted ones.
        if self:
            raise UserError(
                self.env._(
                    "%s is in charge of open complaints. A manager of the complaint desk hands "
                    "them to another clerk first: Complaint Desk, Cases, Hand Over a Clerk's Work. "
                    "Those that are restricted are handed over there by a leader.",
                    self[0].name,
                )
            )
