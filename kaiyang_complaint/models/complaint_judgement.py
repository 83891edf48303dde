from odoo import api, fields, models

# What makes a complaint one that is upheld.
UPHELD = ("upheld", "partly")
# What the inquiry and the replies call responsible -> whose fault a finding says it is.
FAULTS = {"staff": "staff", "unit": "unit", "other": "other", "none": False}


class ComplaintJudgement(models.AbstractModel):
    """What came out of a complaint, respondent by respondent (七.1)."""

    _name = "complaint.judgement"
    _description = "Judgement of a Complaint"
    _inherit = ["complaint.case.reports"]

    finding_ids = fields.One2many("complaint.finding", "ticket_id", string="Findings")
    can_confirm_findings = fields.Boolean(compute="_compute_can_confirm_findings")

    @api.depends("finding_ids.state")
    def _compute_can_confirm_findings(self):
        for ticket in self:
            ticket.can_confirm_findings = "draft" in ticket.finding_ids.mapped("state")

    def _move_to(self, state, **facts):
        """Propose findings once a complaint was looked into, or settled on the spot."""
        result = super()._move_to(state, **facts)
        if state in ("replied", "fed_back"):
            self._propose_findings()
        return result

    def _propose_findings(self):
        """Draft a finding on each respondent that has none; those of a former round stand.

        A draft takes the place of what was overturned.
        """
        found = [
            ticket._proposal(respondent)
            for ticket in self.sudo()
            for respondent in ticket.respondent_ids
            if not ticket.is_outside_matter and not respondent.finding_ids._standing()
        ]
        self.env["complaint.finding"].sudo()._guarded().create(found)

    def _proposal(self, respondent):
        """Return the values of the finding that inquiry and replies suggest on a respondent."""
        said = self._findings()
        upheld = said["verdict"] in UPHELD
        fault = FAULTS.get(said["responsibility"] or "none")
        if fault == "staff" and not respondent.staff_id and not respondent.stated_name:
            fault = "window" if respondent.window_id else "unit"
        return {
            "ticket_id": self.id,
            "respondent_id": respondent.id,
            "conduct_id": len(self.conduct_ids) == 1 and self.conduct_ids.id,
            "facts": said["facts"],
            "conclusion": said["verdict"],
            "responsibility": "main" if upheld and fault else said["verdict"] and "none",
            "liable": upheld and fault,
            "is_breach": upheld and self._is_transfer_due(),
            "replaced_id": respondent.finding_ids.sorted("id")[-1:].id,
        }

    def action_confirm_findings(self):
        """Confirm all findings that wait for it.

        :raise UserError: naming what one of them lacks; nothing changes
        """
        self.check_access("write")
        drafts = self.finding_ids.filtered(lambda finding: finding.state == "draft")
        return drafts.action_confirm()
