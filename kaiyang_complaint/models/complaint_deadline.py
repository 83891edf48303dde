from odoo import fields, models


class ComplaintDeadline(models.Model):
    """One limit that runs, or ran: when it started, how long it is, when it ended."""

    _name = "complaint.deadline"
    _description = "Deadline"
    _order = "due_at, id"

    ticket_id = fields.Many2one("helpdesk.ticket", required=True, index=True, ondelete="cascade")
    slip_id = fields.Many2one("complaint.slip", index="btree_not_null", ondelete="cascade")
    company_id = fields.Many2one(related="ticket_id.company_id", store=True)
    kind = fields.Selection(
        [
            ("handling", "Handling"),
            ("reply", "Unit's Reply"),
            ("feedback", "Feedback"),
            ("report", "Written Report"),
        ],
        required=True,
    )
    start_date = fields.Date(required=True, help="The day the limit starts; it does not count.")
    limit_days = fields.Integer(required=True, help="Length in working days.")
    due_at = fields.Datetime(required=True)
    stopped_at = fields.Datetime()
    state = fields.Selection(
        [
            ("running", "Running"),
            ("met", "Met"),
            ("missed", "Missed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="running",
    )

    _running_by_due = models.Index("(due_at) WHERE state = 'running'")

    def _start(self, ticket, kind, limit_days, slip=None):
        """Start a limit today and return it.

        :param limit_days: working days; today does not count
        """
        company = ticket.company_id
        start_date = company._complaint_today()
        return self.create(
            {
                "ticket_id": ticket.id,
                "slip_id": slip and slip.id,
                "kind": kind,
                "start_date": start_date,
                "limit_days": limit_days,
                "due_at": company._complaint_due_at(start_date, limit_days),
            }
        )

    def _stop(self):
        """Stop the running limits among ``self``: met in time, or missed."""
        now = fields.Datetime.now()
        running = self.filtered(lambda deadline: deadline.state == "running")
        missed = running.filtered(lambda deadline: deadline.due_at < now)
        missed.write({"state": "missed", "stopped_at": now})
        (running - missed).write({"state": "met", "stopped_at": now})

    def _cancel(self):
        """End the running limits among ``self`` without judging them."""
        running = self.filtered(lambda deadline: deadline.state == "running")
        running.write({"state": "cancelled", "stopped_at": fields.Datetime.now()})

    def _resume(self):
        """Let the limits among ``self`` that were stopped run on: what stopped them was undone."""
        self.filtered("stopped_at").write({"state": "running", "stopped_at": False})
