from odoo.tests import tagged

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestAspects(ComplaintCommon):
    """Complaints are counted by the 14 items and by the six aspects (三)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.items = cls.env["helpdesk.ticket.category"].search(
            [("conduct_number", ">", 0)], order="conduct_number"
        )

    def conduct(self, *numbers):
        return self.items.filtered(lambda item: item.conduct_number in numbers).ids

    def counts(self, field, tickets):
        self.env.flush_all()
        groups = (
            self.env["helpdesk.ticket"]
            .with_user(self.leader)
            .formatted_read_group([("id", "in", tickets.ids)], [field], ["__count"])
        )
        return {group[field] and group[field][1]: group["__count"] for group in groups}

    def test_c3_fourteen_items_and_six_aspects(self):
        self.assertEqual(self.items.mapped("conduct_number"), list(range(1, 15)))
        self.assertTrue(all(item.aspect_id and item.conduct_text for item in self.items))
        self.assertEqual(
            self.env["complaint.aspect"].search([]).mapped("name"),
            ["服务态度", "服务质量", "办事效率", "业务能力", "工作作风", "廉洁自律"],
        )

    def test_c3_a_complaint_counts_once_under_each(self):
        tickets = self.new_complaint(conduct_ids=self.conduct(7, 8, 13))
        tickets += self.new_complaint(conduct_ids=self.conduct(8)) + self.new_complaint()
        names = dict(zip(range(1, 15), self.items.mapped("display_name"), strict=True))
        self.assertEqual(
            self.counts("conduct_ids", tickets), {names[7]: 1, names[8]: 2, names[13]: 1, False: 1}
        )
        self.assertEqual(
            self.counts("aspect_ids", tickets), {"服务态度": 2, "工作作风": 1, False: 1}
        )

    def test_c3_aspects_follow_the_items(self):
        ticket = self.new_complaint(conduct_ids=self.conduct(2))
        attitude = self.env.ref("kaiyang_complaint.aspect_attitude")
        tickets = self.env["helpdesk.ticket"].with_user(self.leader)
        domain = [("aspect_ids", "=", attitude.id), ("id", "=", ticket.id)]
        self.env.flush_all()
        self.assertFalse(tickets.search(domain))
        ticket.conduct_ids = self.conduct(2, 8)
        self.env.flush_all()
        self.assertTrue(tickets.search(domain))
        self.items[1].aspect_id = attitude
        self.assertEqual(ticket.aspect_ids, attitude)

    def test_c3_other_tickets_have_no_aspect(self):
        team = self.env["helpdesk.ticket.team"].create({"name": "IT"})
        ticket = self.env["helpdesk.ticket"].with_user(self.outsider)
        ticket = ticket.create({"name": "x", "description": "<p>x</p>", "team_id": team.id})
        self.assertFalse(ticket.sudo().aspect_ids)
