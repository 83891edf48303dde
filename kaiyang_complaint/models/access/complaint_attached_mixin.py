from odoo import models

from ...tools.flow import ENDS
from .complaint_lock_mixin import case_models


class ComplaintAttachedMixin(models.AbstractModel):
    """Records attached to a record of a case by model and id: messages, files, activities."""

    _name = "complaint.attached.mixin"
    _description = "Case-related Record"
    _inherit = ["complaint.lock.mixin"]

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
    _inherit = ["complaint.pointing.mixin", "complaint.attached.mixin", "mail.activity"]


class MailScheduledMessage(models.Model):
    """Scheduled messages about a case."""

    _name = "mail.scheduled.message"
    _inherit = ["complaint.pointing.mixin", "complaint.attached.mixin", "mail.scheduled.message"]
    _points_by = ("model", "res_id")


class MailTrackingValue(models.Model):
    """What a message says was changed in a case."""

    _name = "mail.tracking.value"
    _inherit = ["complaint.lock.mixin", "mail.tracking.value"]
    _case_path = "mail_message_id"
    _sealed_in = ENDS


class MailMessageReaction(models.Model):
    """How someone took what was said about a case."""

    _name = "mail.message.reaction"
    _inherit = ["complaint.lock.mixin", "mail.message.reaction"]
    _case_path = "message_id"
