from odoo import models
from odoo.tools import plaintext2html

CALL_BACK = "kaiyang_complaint.activity_call_back"
# The last two of the five steps.
DISSATISFIED = ("1", "2")


class ComplaintCallBack(models.AbstractModel):
    """Whoever is dissatisfied with the result is called back: the manager hears what is missing."""

    _name = "complaint.call.back"
    _description = "Call-Back after Feedback"

    def _ask_call_back(self):
        """Give the manager a to-do for each complaint whose complainant is not satisfied.

        A manager who may not read the case is left out: of restricted ones a leader calls.
        """
        for feedback in self.sudo().filtered(lambda one: one._is_dissatisfied()):
            ticket, company = feedback.ticket_id, feedback.company_id
            steps = dict(feedback._fields["satisfaction"]._description_selection(self.env))
            ticket.activity_schedule(
                CALL_BACK,
                date_deadline=company._complaint_calendar().shift(company._complaint_today(), 1),
                user_id=feedback._who_calls_back().id,
                summary=self.env._("Call back: %s", steps[feedback.satisfaction]),
                note=plaintext2html(feedback.suggestion or feedback.content or ""),
            )

    def _is_dissatisfied(self):
        return self.state == "confirmed" and self.satisfaction in DISSATISFIED

    def _who_calls_back(self):
        """Return the manager of the room who may read the case; else a leader, else its clerk."""
        ticket = self.ticket_id
        people = self.env["complaint.escalation.rule"]._people
        managers = people("manager", self.company_id)
        asked = managers & ticket.team_id.user_ids, managers, people("leader", self.company_id)
        readers = ticket._confidants(self.env["res.users"].union(*asked).partner_id.ids)[ticket.id]
        for users in asked:
            able = users.filtered(lambda user: user.partner_id.id in readers)
            if able:
                return able[0]
        return ticket.user_id or self.confirmed_by_id
