from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...tools.codes import TICKET
from ...tools.phrases import chosen

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

# Acts whose reasons are often the same: which standard phrases are offered for them.
PHRASES = {
    ("complaint.approval", "action_approve"): "instruction",
    ("complaint.approval", "action_reject"): "instruction",
    ("complaint.feedback", "action_return_report"): "return",
    ("complaint.measure", "action_return"): "return",
    ("complaint.written.report", "action_return"): "return",
    ("complaint.slip", "action_urge"): "urge",
    ("helpdesk.ticket", "action_supervise"): "urge",
    ("helpdesk.ticket", "action_urge"): "urge",
}
# Whose standard reasons are put on record, for figures.
COUNTED = ("complaint.slip", "action_return_reply")


class ComplaintReasonWizard(models.TransientModel):
    """Asks for the reason of an act and calls the act with it."""

    _name = "complaint.reason.wizard"
    _description = "Reason of an Act"

    res_model = fields.Char(required=True)
    res_ids = fields.Json(required=True)
    verb = fields.Char(string="Action", required=True)
    reason = fields.Text(
        string="Reason Given",
        compute="_compute_reason",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    phrase_kind = fields.Char(compute="_compute_phrase_kind")
    is_counted = fields.Boolean(compute="_compute_phrase_kind")
    phrase_ids = fields.Many2many(
        "complaint.phrase",
        string="Standard Reasons",
        domain=[("kind", "=", "return")],
        help="Each stands in the text on a line of its own, and is counted for the unit.",
    )
    # A number alone: who may not read the complaint learns nothing of it.
    ticket_number = fields.Integer(compute="_compute_ticket_number")

    @api.depends("res_model", "verb")
    def _compute_phrase_kind(self):
        for wizard in self:
            act = (wizard.res_model, wizard.verb)
            wizard.phrase_kind = PHRASES.get(act)
            wizard.is_counted = act == COUNTED

    @api.depends("res_model", "res_ids")
    def _compute_ticket_number(self):
        for wizard in self:
            wizard.ticket_number = wizard._ticket().id

    @api.depends("phrase_ids")
    def _compute_reason(self):
        """Write the standard reasons that are chosen before what was typed."""
        for wizard in self:
            if not wizard.is_counted:
                continue
            ticket = wizard._ticket()
            company = ticket.company_id or self.env.company
            every = self.env["complaint.phrase"]._of_kind("return", company)
            texts = dict(zip(every, every._filled(ticket), strict=True))
            picked = [text for phrase, text in texts.items() if phrase in wizard.phrase_ids._origin]
            wizard.reason = chosen(wizard.reason, picked, texts.values())

    def _ticket(self):
        """Return the complaint that a single record is, or is of; only if the user may read it."""
        ticket = self.env[TICKET]
        if (self.res_model, self.verb) != COUNTED and not self.phrase_kind:
            return ticket
        if isinstance(self.res_ids, list) and len(self.res_ids) == 1:
            record = self.env[self.res_model].browse(self.res_ids).exists()
            if record.has_access("read"):
                known = record if self.res_model == TICKET else ticket
                ticket = record.ticket_id if "ticket_id" in record._fields else known
        return ticket if ticket.has_access("read") else ticket.browse()

    @api.model
    def _open(self, records, verb, title=None):
        """Return the action that opens the dialog for some records."""
        return {
            "type": "ir.actions.act_window",
            "name": title or self._titles()[records._name][verb],
            "res_model": self._name,
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_res_model": records._name,
                "default_res_ids": records.ids,
                "default_verb": verb,
            },
        }

    @api.model
    def _titles(self):
        """Say in the title of the dialog what the act does: model -> act -> title.

        Acts that give a title themselves are not among them.
        """
        return {
            "complaint.approval": {"action_reject": self.env._("Reject the Request: Reason")},
            "complaint.bar": {
                "action_lift": self.env._("Lift the Bar: Reason"),
                "action_restore": self.env._("Restore the Bar: Reason"),
            },
            "complaint.board": {"action_withdraw": self.env._("Withdraw the Board: Reason")},
            "complaint.board.entry": {
                "action_leave_out": self.env._("Leave Off the Board: Reason"),
                "action_withdraw": self.env._("Take Down from the Board: Reason"),
            },
            "complaint.common.issue": {"action_dismiss": self.env._("No Common Issue: Reason")},
            "complaint.dossier.item": {
                "action_leave_out": self.env._("Leave Out of the Dossier: Reason")
            },
            "complaint.finding": {"action_overturn": self.env._("Overturn the Finding: Reason")},
            "complaint.investigation": {
                "action_reopen": self.env._("Reopen the Investigation: Reason")
            },
            "complaint.letter": {"action_cancel": self.env._("Cancel the Letter: Reason")},
            "helpdesk.ticket": {
                "action_reopen": self.env._("Reopen the Case: Reason"),
                "action_restrict": self.env._("Restrict Access: Reason"),
                "action_lift_restriction": self.env._("Lift the Restriction: Reason"),
            },
            **self._titles_for_units(),
        }

    @api.model
    def _titles_for_units(self):
        """Name the acts whose reason a unit reads, or gives."""
        return {
            "complaint.feedback": {
                "action_return_report": self.env._("Return the Unit's Report: What Is Missing"),
                "action_withdraw_delegation": self.env._(
                    "Withdraw the Answer from the Unit: Reason"
                ),
            },
            "complaint.measure": {
                "action_return": self.env._("Return the Measure to the Unit: What Is Missing")
            },
            "complaint.slip": {
                "action_decline": self.env._("The Unit Declines the Slip: Reason"),
                "action_return_reply": self.env._("Return the Reply for Rework: What Is Missing"),
            },
            "complaint.written.report": {
                "action_return": self.env._("Return the Written Report: What Is Missing"),
                "action_withdraw": self.env._("Withdraw the Request for a Report: Reason"),
            },
        }

    def action_confirm(self):
        """Perform the act. Its own checks and the user's own rights decide."""
        self.ensure_one()
        if self.verb not in VERBS.get(self.res_model, ()):
            raise AccessError(self.env._("This act takes no reason."))
        records = self.env[self.res_model].browse(self.res_ids)
        given = [self.phrase_ids.ids] if self.is_counted else []
        result = getattr(records, self.verb)(self.reason, *given)
        return result if isinstance(result, dict) else {"type": "ir.actions.act_window_close"}
