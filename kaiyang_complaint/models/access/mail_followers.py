from odoo import models

from .readers import Readers

CONFIDENTIAL = (
    "helpdesk.ticket",
    "complaint.slip",
    "complaint.approval",
    "complaint.assessment",
    "complaint.board",
    "complaint.bar",
    "complaint.call",
    "complaint.common.issue",
    "complaint.letter",
    "complaint.written.report",
)


class MailFollowers(models.Model):
    """Followers of a complaint must be allowed to read it, and so must those who see them."""

    _name = "mail.followers"
    _inherit = ["complaint.pointing.mixin", "complaint.attached.mixin", "mail.followers"]

    def _add_followers(self, res_model, res_ids, partner_ids, subtypes, **kwargs):
        """Refuse followers who may not read a complaint, whoever adds them.

        Every way to follow leads through here, such as following the team or being in charge.
        """
        new, updated = super()._add_followers(res_model, res_ids, partner_ids, subtypes, **kwargs)
        if res_model in CONFIDENTIAL:
            allowed = Readers(self.env[res_model].browse(new)).allowed(partner_ids)
            new = {
                res_id: [vals for vals in vals_list if vals["partner_id"] in allowed[res_id]]
                for res_id, vals_list in new.items()
            }
        return new, updated
