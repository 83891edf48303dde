from odoo import models

from ...tools.flow import ENDS
from .complaint_frozen import case_models


class ComplaintBeside(models.AbstractModel):
    """What is kept beside a record of a case by its model and id: words, files, to-dos."""

    _name = "complaint.beside"
    _description = "Kept beside a Part of a Case"
    _inherit = ["complaint.frozen"]

    # The fields that name a record by its model and its id.
    _points_by = ("res_model", "res_id")

    def _cases(self):
        cases = self.env["helpdesk.ticket"].sudo()
        model_field, id_field = self._points_by
        parts = case_models(self.env)
        ours = self.sudo().filtered(lambda one: one[model_field] in parts and one[id_field])
        for model, pointing in ours.grouped(model_field).items():
            records = self.env[model].sudo().browse(pointing.mapped(id_field))
            cases |= records.exists()._cases()
        return cases

    def _case_links(self):
        return set(self._points_by)

    def _assert_readable(self):
        result = super()._assert_readable()
        self._assert_allowed(self._named(), "read")
        return result


class MailActivity(models.Model):
    """To-dos about a case: to be in charge of one gives no right to the case."""

    _name = "mail.activity"
    _inherit = ["complaint.pointing.mixin", "complaint.beside", "mail.activity"]


class MailScheduledMessage(models.Model):
    """Words about a case that are to be said later."""

    _name = "mail.scheduled.message"
    _inherit = ["complaint.pointing.mixin", "complaint.beside", "mail.scheduled.message"]
    _points_by = ("model", "res_id")


class MailTrackingValue(models.Model):
    """What a message says was changed in a case."""

    _name = "mail.tracking.value"
    _inherit = ["complaint.frozen", "mail.tracking.value"]
    _case_path = "mail_message_id"
    _sealed_in = ENDS


class MailMessageReaction(models.Model):
    """How somebody took what was said about a case."""

    _name = "mail.message.reaction"
    _inherit = ["complaint.frozen", "mail.message.reaction"]
    _case_path = "message_id"
