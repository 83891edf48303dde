from odoo import models
from odoo.tools import SQL, plaintext2html

from .complaint_frozen import ARCHIVED
from .complaint_judgement import UPHELD

BREACH = "kaiyang_complaint.activity_breach"


class ComplaintFindingConsequences(models.AbstractModel):
    """What follows from a finding, each called by an automation of its own (七.3, 七.4, 七.5)."""

    _name = "complaint.finding.consequences"
    _description = "Consequences of a Finding"

    def _queue_up(self):
        """Let whoever confirms or overturns findings on the same people at this moment be next.

        Counting them otherwise misses what the other is about to say.
        """
        for model in (self.staff_id, self.window_id):
            if model:
                table, ids = SQL.identifier(model._table), tuple(sorted(model.ids))
                self.env.cr.execute(
                    SQL("UPDATE %s SET write_date = write_date WHERE id IN %s", table, ids)
                )

    # --- the facts ----------------------------------------------------------------------------

    def _overturned(self):
        """Return the findings that no longer stand, as their consequences read them."""
        return self.sudo().filtered(lambda one: one.state == "overturned")

    def _breaches(self):
        """Return the findings that say a breach of discipline, as their consequences read them."""
        return self.sudo().filtered(
            lambda one: one.state == "confirmed" and one.is_breach and one.conclusion in UPHELD
        )

    # --- bars ---------------------------------------------------------------------------------

    def _bar_from_awards(self):
        """Bar staff and windows from the titles of the month, and of the year (七.3, 七.4)."""
        self.env["complaint.bar"]._impose(self)

    def _lift_bars(self):
        """Lift the bars of overturned findings, with the reason why they were overturned."""
        for reason, findings in self._overturned().grouped("overturn_reason").items():
            bars = self.env["complaint.bar"].sudo().search([("finding_id", "in", findings.ids)])
            bars._end(self.env._("The finding was overturned: %s", reason))

    # --- breaches of discipline ---------------------------------------------------------------

    def _propose_transfer(self):
        """Restrict cases with a breach of discipline at once, and ask for their transfer (七.5).

        What is archived stays as it is: nobody confirms a finding on it before it is reopened.
        """
        cases = self._breaches().ticket_id._thawed()
        cases = cases.filtered(lambda case: case.complaint_state not in ARCHIVED)
        fresh = cases.filtered(lambda case: not case.is_restricted)
        fresh._guarded_write({"is_discipline_matter": True})
        cases._advance()
        text = self.env._(
            "A breach of discipline was found: the case is restricted. Conclude the room's own "
            "investigation and transfer it to discipline inspection (七.5); a case that has ended "
            "is reopened first."
        )
        owed = cases.filtered(lambda case: case._owes_transfer())
        self._give_to_do(BREACH, {case: case.user_id or self._leaders(case) for case in owed}, text)

    def _leaders(self, record):
        people = self.env["complaint.escalation.audience"]
        return people._people("leader", record.company_id)

    def _managers(self, record):
        return self.env["complaint.escalation.audience"]._people("manager", record.company_id)

    def _give_to_do(self, activity, users, text):
        """Give people a to-do on records of one model, as far as they may read these.

        :param users: ``{record: users}``
        """
        if not users:
            return
        model = next(iter(users))._name
        common = {
            "activity_type_id": self.env.ref(activity).id,
            "note": plaintext2html(text),
            "res_model_id": self.env["ir.model"]._get_id(model),
            "automated": True,
        }
        values = [
            {**common, "res_id": record.id, "user_id": user.id}
            for record, people in self._who_may_read(users).items()
            for user in people
        ]
        activities = self.env["mail.activity"].sudo()
        activities.with_context(mail_activity_quick_update=True).create(values)

    def _who_may_read(self, users):
        """Leave, of the users named for each record, those who may read it."""
        records = next(iter(users)).sudo().union(*users)
        people = self.env["res.users"].union(*users.values())
        allowed = records._confidants(people.partner_id.ids)
        return {
            record: named.filtered(
                lambda one, record=record: one.partner_id.id in allowed[record.id]
            )
            for record, named in users.items()
        }
