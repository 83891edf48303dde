from odoo import models

from ..tools.flow import ENDS

ROUND_ENDS = ENDS | {"fed_back"}


class ComplaintRest(models.AbstractModel):
    """A complaint that is archived rests: nothing of it waits for anybody any more."""

    _name = "complaint.rest"
    _description = "Rest of Archived Complaints"
    _inherit = ["complaint.frozen"]
    _case_path = ""

    def _before_move(self, state):
        """End what must not outlast a round of handling, and leave nothing open when archiving.

        A contact that was lent to a unit would otherwise be open again once a case is reopened.
        """
        ended = self.filtered(lambda one: ROUND_ENDS & {state, one.complaint_state})
        ended.slip_ids._revoke_contact(self.env._("The round of handling has ended."))
        if state == "archived":
            self._put_to_rest()

    def _put_to_rest(self):
        """Take back to-dos and messages to be sent later: nobody could do or say them any more."""
        family = self.env["complaint.narrowing"]._family(self.sudo())
        # A letter that rests on several cases is part of its main one.
        family["complaint.letter"] = self.sudo().letter_ids
        for name, records in family.items():
            about = [("res_id", "in", records.ids)]
            self.env["mail.activity"].sudo().search([("res_model", "=", name), *about]).unlink()
            later = self.env["mail.scheduled.message"].sudo()
            later.search([("model", "=", name), *about]).unlink()
