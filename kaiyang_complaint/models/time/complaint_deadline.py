from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date, format_datetime, groupby


class ComplaintDeadline(models.Model):
    """One limit that runs, or ran: when it started, how long it is, how it was counted."""

    _name = "complaint.deadline"
    _description = "Deadline"
    _inherit = ["complaint.lock.mixin", "complaint.due.mixin"]
    _order = "due_at, id"
    _rec_name = "ticket_id"

    ticket_id = fields.Many2one("helpdesk.ticket", required=True, index=True, ondelete="cascade")
    slip_id = fields.Many2one("complaint.slip", index="btree_not_null", ondelete="cascade")
    report_id = fields.Many2one(
        "complaint.written.report",
        string="Written Report Asked For",
        index="btree_not_null",
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="ticket_id.company_id", store=True)
    # Acceptance has no limit here: a draft that is out of scope is erased with all it holds (四.2),
    # while limits stay on record. ``accept_by`` of the complaint says until when it may wait.
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
    trace = fields.Json(help="Every day of the limit: date, its number or 0, reason, occasion.")
    trace_html = fields.Html(
        string="Time Limit Calculation", compute="_compute_trace_html", sanitize=False
    )
    is_provisional = fields.Boolean(
        string="Provisional",
        help="The limit runs into a year whose schedule is not published yet.",
    )
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
    escalation_ids = fields.One2many("complaint.escalation", "deadline_id", string="Escalations")
    todo_ids = fields.One2many(
        "mail.activity", "complaint_deadline_id", string="To-dos", groups=fields.NO_ACCESS
    )

    _running_by_due = models.Index("(due_at) WHERE state = 'running'")

    @api.depends("trace", "due_at", "start_date", "is_provisional")
    @api.depends_context("lang")
    def _compute_trace_html(self):
        for deadline in self:
            deadline.trace_html = deadline.trace and self.env["ir.qweb"]._render(
                "kaiyang_complaint.deadline_trace", deadline._trace_values()
            )

    def _trace_values(self):
        """Return what the table of the counted days shows."""
        self.ensure_one()
        return {
            "start": self._day_in_words(self.start_date),
            "days": [
                {
                    **self._day_in_words(day),
                    "number": number,
                    "reason": self._reason_in_words(reason, name),
                    "announced": bool(name),
                }
                for day, number, reason, name in self.trace
            ],
            "due": format_datetime(
                self.env, self.due_at, tz=self.company_id.complaint_tz, dt_format="yyyy-MM-dd HH:mm"
            ),
            "provisional": self.is_provisional,
        }

    def _day_in_words(self, day):
        weekday = format_date(self.env, day, date_format="EEEE")
        return {"date": str(day), "weekday": weekday}

    def _reason_in_words(self, reason, name):
        """Return why a day counts or doesn't."""
        words = {
            "workday": self.env._("working day"),
            "makeup": self.env._("make-up working day"),
            "weekend": self.env._("weekend"),
            "off": self.env._("day off"),
        }
        return f"{words[reason]} ({name})" if name else words[reason]

    def _start(self, ticket, kind, limit_days, slip=None, start_date=None):
        """Start a limit and return it.

        :param limit_days: working days; the first day does not count
        :param start_date: the day it starts, today where left out
        """
        company = ticket.company_id
        start_date = start_date or company._complaint_today()
        return self.create(
            {
                "ticket_id": ticket.id,
                "slip_id": slip and slip.id,
                "kind": kind,
                "start_date": start_date,
                "limit_days": limit_days,
                **company._complaint_count(start_date, limit_days),
            }
        )

    @api.model
    def _restart(self, ticket, kind, limit_days, slip=None, start_date=None):
        """Start a limit as ``_start`` does; one of its kind that still runs gives way to it."""
        ticket.sudo().deadline_ids._running(kind, slip)._cancel()
        return self._start(ticket, kind, limit_days, slip, start_date)

    def _running(self, kind, slip=None):
        """Return the running limits of one kind among ``self``, those of a slip where given."""
        return self.filtered(
            lambda deadline: (
                deadline.state == "running"
                and deadline.kind == kind
                and (not slip or deadline.slip_id == slip)
            )
        )

    def _change_limit_days(self, kind, old_days, new_days):
        """Give the running limits of a kind another length; an extension is never shortened."""
        # An extension was granted up to a day that the complainant was told.
        extended = self.ticket_id.extension_ids.deadline_id
        running = self._running(kind).filtered(
            lambda deadline: (
                deadline.limit_days < new_days
                if deadline in extended
                else deadline.limit_days == old_days
            )
        )
        running.write({"limit_days": new_days})
        running._recount()

    @api.model
    def _start_reply(self, slip):
        """Start the limit of a unit that was asked: that of the policy, within that of the case."""
        ticket = slip.sudo().ticket_id
        start, days = self._within_case(ticket, ticket.policy_id.reply_days)
        return self._restart(ticket, "reply", days, slip, start)

    @api.model
    def _within_case(self, ticket, limit_days, start_date=None):
        """Return when the limit of a unit starts, and how long it is: never past its case.

        What is asked on the last day of its case, or later, is due that very day.
        """
        company, case = ticket.company_id, ticket._running("handling")[:1]
        today = company._complaint_today()
        start = start_date or today
        if not case:
            return start, limit_days
        calendar, end = company._complaint_calendar(), company._complaint_local(case.due_at).date()
        left = calendar.count(start, end)
        if left > 0:
            return start, min(limit_days, left)
        # A limit has at least one day: it counts from the working day before.
        return calendar.shift(max(end, today), -1), 1

    def _fit_replies(self, longer=0, policy_days=None):
        """Fit the running limits of units to that of their case, which may have moved.

        :param longer: working days that an extension gives them as well
        :param policy_days: their length by the policies before and now, where it is another
        :return: those that end at another moment now
        """
        ends = {one: one.due_at for one in self._running("reply")}
        for one in ends:
            days = one.limit_days + longer
            if policy_days:
                before, now = policy_days
                # What an extension made longer is never shortened.
                days = now if days <= before else max(days, now)
            start, days = self._within_case(one.ticket_id, days, one.start_date)
            one.write({"start_date": start, "limit_days": days})
        replies = self.browse().union(*ends)
        replies._recount()
        return replies.filtered(lambda one: one.due_at != ends[one])

    def _resume_replies(self):
        """Let the stopped limits of units run on, from their own start, within their case."""
        for one in self.filtered("stopped_at"):
            ticket = one.ticket_id
            days = max(one.limit_days, ticket.policy_id.reply_days)
            start, days = self._within_case(ticket, days, one.start_date)
            one.start_date = start
            one._resume(days)

    def _stop(self):
        """Stop the running limits among ``self``: met in time, or missed."""
        now = fields.Datetime.now()
        running = self.filtered(lambda deadline: deadline.state == "running")
        missed = running.filtered(lambda deadline: deadline.due_at < now)
        missed.write({"state": "missed", "stopped_at": now})
        (running - missed).write({"state": "met", "stopped_at": now})
        running._withdraw_todos()

    def _cancel(self):
        """End the running limits among ``self`` without judging them."""
        running = self.filtered(lambda deadline: deadline.state == "running")
        if running:
            running.write({"state": "cancelled", "stopped_at": fields.Datetime.now()})
            running._withdraw_todos()

    def _resume_last(self, kind):
        """Let the last limit of a kind run on that was stopped."""
        known = self.filtered(lambda one: one.kind == kind and one.state != "cancelled")
        last = known.sorted("id")[-1:]
        last._resume(last.limit_days)

    def _resume(self, limit_days):
        """Let the limits among ``self`` that were stopped run on: what stopped them was undone.

        :param limit_days: their length by the policy that applies now
        """
        stopped = self.filtered("stopped_at")
        # Its start stays: whatever stopped it too early gives nobody more time.
        stopped.write({"state": "running", "stopped_at": False, "limit_days": limit_days})
        stopped._recount()

    def _withdraw_todos(self):
        """Take back what escalation gave people to do about these limits.

        What is about no limit of its own, such as a leader's call, goes once none presses any more.
        """
        self.sudo().todo_ids.unlink()
        tickets = self.escalation_ids.ticket_id
        pressing = tickets.deadline_ids.filtered(
            lambda deadline: deadline.state == "running" and deadline.escalation_ids
        )
        (tickets - pressing.ticket_id).activity_unlink(["kaiyang_complaint.activity_deadline"])

    # --- recounting -------------------------------------------------------------------------

    @api.model
    def _recount_running(self, companies=None):
        """Recount every limit that runs; one that stopped keeps the count that applied.

        :param companies: the centres whose limits to recount; all where left out
        """
        domain = Domain("state", "=", "running")
        if companies is not None:
            domain &= Domain("company_id", "in", companies.ids)
        running = self.search(domain)
        running._recount()
        # A day that counts now may have brought a case nearer than the reply to its slip.
        running.filtered(
            lambda one: one.slip_id and one.ticket_id.due_at and one.due_at > one.ticket_id.due_at
        )._fit_replies()

    def _recount(self):
        """Count limits anew, all of one start and length at once, and note the dates that moved.

        To-dos about the former date go; the rules fire again for the new one (五(二)6).
        """
        moved = self.browse()
        # A calendar moves thousands of limits at once; those of one day and length end alike.
        alike = groupby(self, lambda one: (one.company_id, one.start_date, one.limit_days))
        for (company, start_date, limit_days), group in alike:
            deadlines = self.browse().concat(*group)
            values = company._complaint_count(start_date, limit_days)
            moved += deadlines.filtered(lambda one, due_at=values["due_at"]: one.due_at != due_at)
            changed = deadlines.filtered(lambda one, new=values: one._differs(new))
            changed.write(values)
        moved._note_moved()
        moved.sudo().todo_ids.unlink()

    def _differs(self, values):
        return any(self[name] != value for name, value in values.items())

    def _note_moved(self):
        """Leave a note on each complaint whose date moved."""
        labels = dict(self._fields["kind"]._description_selection(self.env))
        notes = {
            ticket.id: self.env._(
                "A limit was recounted. New end: %s.",
                "、".join(
                    f"{labels[one.kind]} {format_date(self.env, one._due_date())}" for one in mine
                ),
            )
            for ticket, mine in groupby(self, lambda one: one.ticket_id)
        }
        self.ticket_id._message_log_batch(bodies=notes)
