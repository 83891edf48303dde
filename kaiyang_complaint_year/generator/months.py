from dateutil.relativedelta import relativedelta
from odoo.fields import Domain

TO_APPROVE = "同意，按程序公布。"
FALLEN = "复核监控和系统日志，当时为全省系统中断，责任不在当事人，原结论依据不足，予以撤销。"


class Months:
    """What the end of a month brings: its assessment and its board; one finding that falls.

    :param people: the ``People``
    :param clock: the ``StoryClock``
    :param tickets: the complaints that were told of: index -> id
    :param until: the wall time at which the story ends
    """

    def __init__(self, people, clock, tickets, until):
        self.people, self.clock, self.tickets = people, clock, tickets
        self.env, self.open_month = people.env, until.date().replace(day=1)

    def _month(self):
        return self.clock.today().replace(day=1) - relativedelta(months=1)

    def _of_month(self, name, role):
        """Return what a role has of the month that is over."""
        records = self.env[name].search([("month", "=", self._month())], limit=1)
        return records.with_env(self.people.acting(role))

    def assess(self):
        """Compute the month and put it before the leader."""
        assessment = self._of_month("complaint.assessment", "manager")
        if not assessment:
            assessment = assessment.create({"month": self._month()})
        assessment.action_compute()
        assessment.action_submit()

    def approve(self):
        """Let the leader approve the month."""
        self._of_month("complaint.assessment", "leader").approval_id.action_approve(TO_APPROVE)

    def publish(self):
        """Publish the month, and open the present one."""
        self._of_month("complaint.assessment", "manager").action_publish()
        self.env["complaint.assessment"]._open_months(self.people.users["manager"].company_id)

    # --- the board --------------------------------------------------------------------------

    def propose(self):
        """Propose the board of the month, and put it before the leader where anybody is on it."""
        boards = self.people.acting("manager")["complaint.board"]
        board = boards.create({"month": self._month()})
        board.action_propose()
        if board.entry_ids:
            board.action_submit()
        else:
            board.unlink()

    def agree(self):
        """Let the leader approve the board."""
        self._of_month("complaint.board", "leader").approval_id.action_approve(TO_APPROVE)

    def show(self):
        """Show the board in the hall."""
        self._of_month("complaint.board", "manager").action_show()

    # --- what falls -------------------------------------------------------------------------

    def overturn(self):
        """Overturn one finding of the third-last whole month, which nobody else rests on."""
        if self._month() != self.open_month - relativedelta(months=2):
            return
        findings = self.env["complaint.finding"].search(self._fallible(), order="confirmed_at")
        alone = [one for one in findings if len(findings.filtered(self._same(one))) == 1]
        for finding in alone[:1]:
            finding.with_env(self.people.acting("manager")).action_overturn(FALLEN)

    def _fallible(self):
        month = self._month() - relativedelta(months=1)
        own = Domain("ticket_id", "in", list(self.tickets.values()))
        return own & Domain("is_counted", "=", True) & Domain("confirmed_month", "=", month)

    def _same(self, finding):
        return lambda other: other.window_id == finding.window_id
