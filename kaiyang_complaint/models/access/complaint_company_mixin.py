from odoo import api, fields, models
from odoo.exceptions import AccessError


class ComplaintCompanyMixin(models.AbstractModel):
    """A record of one centre, or of all of them: each centre changes what is its own.

    What holds for all centres, and what has no company at all, is changed by who works in all.
    """

    _name = "complaint.company.mixin"
    _description = "Record of a Centre"

    is_changeable = fields.Boolean(
        compute="_compute_is_changeable",
        help="Of a centre in which the user works; or of all, where they work in all.",
    )

    @api.depends(lambda self: ("company_id",) if "company_id" in self._fields else ())
    @api.depends_context("uid")
    def _compute_is_changeable(self):
        shared = self._of_all_centres()
        works_in_all = not shared or self._works_in_all_centres()
        for record in self:
            record.is_changeable = works_in_all or record not in shared

    @api.model_create_multi
    def create(self, vals_list):
        """Make records of centres of the user's own.

        :raise AccessError: for what would hold in a centre that the user does not work in
        """
        records = super().create(vals_list)
        records._assert_own_centres()
        return records

    def write(self, vals):
        """Change records; they can be moved only to a centre of the user.

        :raise AccessError: for what holds, or would hold, in a centre the user does not work in
        """
        self._assert_own_centres()
        result = super().write(vals)
        if "company_id" in vals:
            self.check_access("write")
            self._assert_own_centres()
        return result

    def unlink(self):
        """Delete the user's own records.

        :raise AccessError: for what holds in a centre that the user does not work in
        """
        self._assert_own_centres()
        return super().unlink()

    def _of_all_centres(self):
        """Return those of the records that hold for all centres."""
        if "company_id" not in self._fields:
            return self
        return self.filtered(lambda one: not one.company_id)

    def _assert_own_centres(self):
        if not self._of_all_centres() or self._works_in_all_centres():
            return
        if "company_id" not in self._fields:
            raise AccessError(
                self.env._("This holds for all centres: it is changed by who works in all of them.")
            )
        raise AccessError(
            self.env._(
                "This holds for all centres: it is changed by who works in all of them. Make "
                "one of your own centre instead."
            )
        )

    @api.model
    def _works_in_all_centres(self):
        return self.env.su or not self._centres() - self.env.user.company_ids

    @api.model
    def _centres(self):
        """Return the companies that have a complaint room."""
        rooms = self.env["helpdesk.ticket.team"].sudo().search([("is_complaint_room", "=", True)])
        return rooms.company_id

    @api.model
    def _centre_by_default(self):
        """Return whose a new record is that may hold for all: nobody's, or of the user's centre."""
        centre = self.env["res.company"] if self._works_in_all_centres() else self.env.company
        return centre.id
