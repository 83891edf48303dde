from odoo.fields import Domain
from odoo.tools import groupby

FEWEST = 4
MEDIA = "政务服务中心门户网站和微信公众号"
MEASURES = "统一该事项的材料样表和一次性告知单，张贴在窗口并同步到网上；高峰期增派帮办导办。"
METHOD = "由首席代表牵头，十个工作日内完成，投诉室每周抽查一次并通报。"
PUBLISHED = "针对群众反映较集中的问题，中心会同窗口单位研究了改进办法：" + MEASURES


class Issues:
    """The common issues of a season: what was frequent, studied, mended and made public.

    :param people: the ``People``
    :param clock: the ``StoryClock``
    :param tickets: the complaints that were told of: index -> id
    """

    def __init__(self, people, clock, tickets):
        self.people, self.clock, self.tickets = people, clock, tickets
        self.env = people.env

    def study(self):
        """Have studied what was most frequent of late, where it is not under study already."""
        issues = self.env["complaint.common.issue"]
        company = self.people.users["manager"].company_id
        own = Domain("id", "in", list(self.tickets.values()))
        found = self.env["helpdesk.ticket"].search(issues._counted(company) & own)
        known = {(one.conduct_id, one.unit_id) for one in issues.search([])}
        kinds = {
            kind: found.browse().union(*ones)
            for kind, ones in groupby(found, lambda one: (one.conduct_ids[:1], one.window_unit_id))
            if kind not in known and len(ones) >= FEWEST
        }
        if kinds:
            item, unit = max(kinds, key=lambda kind: len(kinds[kind]))
            self._propose(item, unit, kinds[item, unit])

    def _propose(self, item, unit, tickets):
        manager = self.people.acting("manager")
        issue = manager["complaint.common.issue"].create(
            {
                "conduct_id": item.id,
                "unit_id": unit.id,
                "ticket_ids": [(6, 0, tickets.ids)],
                "user_id": manager.uid,
            }
        )
        issue.action_study()

    def publish(self):
        """Make public what was studied the month before."""
        issues = self.env["complaint.common.issue"].search(
            [("state", "=", "studying"), ("ticket_ids", "in", list(self.tickets.values()))]
        )
        before = issues.filtered(
            lambda one: one.create_date.date().month != self.clock.today().month
        )
        for issue in before.with_env(self.people.acting("manager")):
            issue.write({"measures": MEASURES, "method": METHOD})
            issue.action_set_measures()
            issue.write({"medium": MEDIA, "published_text": PUBLISHED})
            issue.action_submit()
            issue.approval_id.with_env(self.people.acting("leader")).action_approve()
            issue.published_on = self.clock.today()
            issue.action_publish()
