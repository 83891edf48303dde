from odoo import api, models
from odoo.exceptions import AccessError


class ComplaintCentre(models.AbstractModel):
    """A record of one centre, or of all of them: each centre changes what is its own.

    What holds for all centres is changed by who works in all of them.
    """

    _name = "complaint.centre"
    _description = "Record of a Centre"

    @api.model_create_multi
    def create(self, vals_list):
        """Make records of centres of one's own.

        :raise AccessError: for what would hold in a centre that the user does not work in
        """
        records = super().create(vals_list)
        records._assert_own_centres()
        return records

    def write(self, vals):
        """Change records, and hand them to no centre but one's own.

        :raise AccessError: for what holds, or would hold, in a centre the user does not work in
        """
        self._assert_own_centres()
        result = super().write(vals)
        if "company_id" in vals:
            self.check_access("write")
            self._assert_own_centres()
        return result

    def unlink(self):
        """Delete what is one's own.

        :raise AccessError: for what holds in a centre that the user does not work in
        """
        self._assert_own_centres()
        return super().unlink()

    def _of_all_centres(self):
        """Return those of the records that hold for all centres."""
        return self.filtered(lambda one: not one.company_id)

    def _assert_own_centres(self):
        if self.env.su or not self._of_all_centres():
            return
        rooms = self.env["helpdesk.ticket.team"].sudo().search([("is_complaint_room", "=", True)])
        if rooms.company_id - self.env.user.company_ids:
            raise AccessError(
                self.env._(
                    "This holds for all centres: it is changed by who works in all of them. Make "
                    "one of your own centre instead."
                )
            )
