from odoo import models


class MailActivity(models.Model):
    """To-dos about a case: to be in charge of one gives no right to the case.

    Odoo shows everybody what they are to do, under the name of the record, and posts in the name
    of a superuser that it was done.
    """

    _name = "mail.activity"
    _inherit = ["complaint.pointing.mixin", "complaint.beside", "mail.activity"]

    def _action_done(self, feedback=False, attachment_ids=None):
        """Post that a to-do was done where the user may read the record, with files they may open.

        :raise AccessError: for records, or files, of the desk that they may not read
        """
        if not self.env.su:
            files = self.env["ir.attachment"].browse(attachment_ids or [])
            for records in (self, files):
                self._assert_allowed(records._named(), "read")
        return super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
