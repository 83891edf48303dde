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
    """Nobody follows a complaint who may not read it, nor sees who follows it."""

    _name = "mail.followers"
    _inherit = ["complaint.pointing.mixin", "complaint.beside", "mail.followers"]

    def _add_followers(self, res_model, res_ids, partner_ids, subtypes, **kwargs):
        """Keep those who may not read a complaint from following it, whoever brings them along.

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
