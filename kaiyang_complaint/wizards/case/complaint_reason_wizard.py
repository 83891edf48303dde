from odoo import api, fields, models
from odoo.exceptions import AccessError

VERBS = {
    "complaint.approval": {"action_approve", "action_reject"},
    "complaint.bar": {"action_lift", "action_restore"},
    "complaint.board": {"action_withdraw"},
    "complaint.board.entry": {"action_leave_out", "action_withdraw"},
    "complaint.common.issue": {"action_dismiss"},
    "complaint.dossier": {"action_file", "action_note"},
    "complaint.dossier.batch": {"action_start"},
    "complaint.dossier.item": {"action_keep_as_file", "action_leave_out"},
    "complaint.dossier.loan": {"action_return"},
    "complaint.feedback": {"action_return_report", "action_withdraw_delegation"},
    "complaint.finding": {"action_overturn"},
    "complaint.investigation": {"action_reopen"},
    "complaint.letter": {"action_cancel"},
    "complaint.measure": {"action_return"},
    "complaint.meeting": {"action_cancel"},
    "complaint.written.report": {"action_return", "action_withdraw"},
    "helpdesk.ticket": {
        "action_ask_leader",
        "action_delete_draft",
        "action_lift_restriction",
        "action_reconsider",
        "action_reopen",
        "action_restrict",
        "action_supervise",
        "action_urge",
    },
    "complaint.slip": {
        "action_decline",
        "action_note_call",
        "action_release_contact",
        "action_return_reply",
        "action_urge",
    },
}


class ComplaintReasonWizard(models.TransientModel):
    """Asks for the reason of an act and calls the act with it."""

    _name = "complaint.reason.wizard"
    _description = "Reason of an Act"

    res_model = fields.Char(required=True)
    res_ids = fields.Json(required=True)
    verb = fields.Char(string="Action", required=True)
    reason = fields.Text(string="Reason Given", required=True)

    @api.model
    def _open(self, records, verb, title=None):
        """Return the action that opens the dialog for some records."""
        return {
            "type": "ir.actions.act_window",
            "name": title or self.env._("Give the Reason"),
            "res_model": self._name,
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_res_model": records._name,
                "default_res_ids": records.ids,
                "default_verb": verb,
            },
        }

    def action_confirm(self):
        """Perform the act. Its own checks and the user's own rights decide."""
        self.ensure_one()
        if self.verb not in VERBS.get(self.res_model, ()):
            raise AccessError(self.env._("This act takes no reason."))
        records = self.env[self.res_model].browse(self.res_ids)
        result = getattr(records, self.verb)(self.reason)
        return result if isinstance(result, dict) else {"type": "ir.actions.act_window_close"}
