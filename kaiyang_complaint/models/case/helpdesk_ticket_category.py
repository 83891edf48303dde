from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.codes import STAFF_ONLY
from ..access.access_revocation import AccessRevocation


class HelpdeskTicketCategory(models.Model):
    """A category may be one of the kinds of conduct one can complain of (三)."""

    _name = "helpdesk.ticket.category"
    _inherit = [
        "complaint.search.key.mixin",
        "complaint.company.mixin",
        "helpdesk.ticket.category",
    ]
    _search_key_names = ("conduct_number", "name")
    _search_key_words = ("conduct_text", "public_label", "public_example")

    conduct_number = fields.Integer(
        help="Number of the conduct item in the regulation (三); 0 for other categories.",
    )
    conduct_text = fields.Text(
        string="Text of the Regulation", help="The item word for word; the name is its short form."
    )
    aspect_id = fields.Many2one(
        "complaint.aspect",
        index="btree_not_null",
        groups=STAFF_ONLY,
        help="Aspect of the conduct item (三).",
    )
    is_discipline_matter = fields.Boolean(
        string="Discipline Matter",
        help="A complaint under this item is restricted: it never goes to the unit concerned.",
    )

    public_group = fields.Char(
        string="Heading for Citizens", help="Under which the online form shows the item."
    )
    public_label = fields.Char(
        string="In Everyday Words", help="How the online form calls the item for citizens."
    )
    public_example = fields.Char(string="Example", help="What it is like, in a few words.")

    @api.depends("conduct_number")
    def _compute_display_name(self):
        """Show a conduct item by the number it has in the regulation (三)."""
        result = super()._compute_display_name()
        for category in self.filtered("conduct_number"):
            category.display_name = f"{category.conduct_number} {category.display_name or ''}"
        return result

    def _of_all_centres(self):
        return super()._of_all_centres().filtered("conduct_number")

    def write(self, vals):
        """Restrict access immediately to complaints that a change of the items restricts (七.5).

        :raise UserError: where it would lift restrictions: each takes a reason of its own
        """
        if "is_discipline_matter" not in vals:
            return super().write(vals)
        tickets = self.env["helpdesk.ticket"].sudo().with_context(active_test=False)
        tickets = tickets.search([("conduct_ids", "in", self.ids), ("is_complaint", "=", True)])
        restricted = tickets.filtered("is_restricted")
        result = super().write(vals)
        if any(not ticket.is_restricted for ticket in restricted):
            raise UserError(
                self.env._(
                    "Complaints are restricted by this item. Lift the restriction of each first: "
                    "that takes a reason."
                )
            )
        narrowed = tickets.filtered("is_restricted") - restricted
        AccessRevocation(self.env).revoke(narrowed)
        self.env["complaint.case.event"]._record((one, "restricted") for one in narrowed)
        return result
