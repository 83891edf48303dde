from odoo.fields import Domain

# Days a representative takes to write a report; what is asked for late in the story stays open.
WRITING_DAYS = 3


class Letters:
    """The letters that findings bring about, a step a day: consent, issue, the report they ask for.

    :param people: the ``People``
    :param clock: the ``StoryClock``
    :param tickets: the complaints that were told of: index -> id
    :param until: the wall time at which the story ends
    """

    def __init__(self, people, clock, tickets, until):
        self.people, self.clock, self.tickets = people, clock, tickets
        self.env, self.open_month = people.env, until.date().replace(day=1)
        self.days = self.env["complaint.calendar.year"]._working_days()

    def perform(self):
        """Do what waits today, the last step first: nothing takes two steps a day."""
        self._file_reports()
        self._write_reports()
        self._issue_letters()
        self._decide()
        self._request()

    def _letters(self, state):
        about = Domain("ticket_id", "in", list(self.tickets.values()))
        kinds = Domain("kind", "in", ("report_request", "return"))
        return self.env["complaint.letter"].search(about & kinds & Domain("state", "=", state))

    def _request(self):
        letters = self._letters("draft").with_env(self.people.acting("manager"))
        letters.filtered(lambda one: not one.body).action_compose()
        letters.action_request()

    def _decide(self):
        for approval in self._letters("requested").approval_id:
            acting = approval.with_env(self.people.acting(approval.role))
            acting.action_approve("同意。请原单位认真对待。")

    def _issue_letters(self):
        letters = self._letters("approved").with_env(self.people.acting("manager"))
        letters.action_issue()
        letters.sent_how = "handed_over"
        letters.action_send()

    def _reports(self, *states):
        own = Domain("finding_ids.ticket_id", "in", list(self.tickets.values()))
        return self.env["complaint.written.report"].search(own & Domain("state", "in", states))

    def _write_reports(self):
        today = self.clock.today()
        for report in self._reports("asked").filtered("representative_id"):
            asked = report.company_id._complaint_local(report.asked_at).date()
            waits = report.second_month >= self.open_month
            if not waits and self.days.count(asked, today) >= WRITING_DAYS:
                author = self.people.acting(report.representative_id.user_id)
                report.with_env(author).action_submit(self._report_of(report, today))

    def _report_of(self, report, today):
        return {
            "causes": "两个月内同一窗口连续发生属实投诉，主要原因是岗前培训不足、高峰期人手紧张，"
            "一次性告知和文明用语要求没有落到每一个岗位，首席代表日常检查不够。",
            "measures": "一是全员重新学习服务规范并逐人测试；二是高峰期增派一名帮办；"
            "三是首席代表每日巡查窗口，每周通报；四是对当事人谈话提醒，按考核办法扣分。",
            "measures_by": str(self.days.add(today, 10)),
            "to_unit": True,
            "unit_addressee": f"{report.unit_id.name}办公室",
            "to_unit_on": str(today),
        }

    def _file_reports(self):
        submitted = self._reports("submitted").with_env(self.people.acting("manager"))
        submitted.action_accept()
