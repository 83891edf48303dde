"""The database is asked in a way that an index answers: what is stored doesn't count."""

from lxml import etree
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ...models.desk.desk_overview import DeskOverview
from ..common import ComplaintCommon
from .plans_common import multiply, planned

STORED = 6_000
BIG = ("helpdesk_ticket", "complaint_respondent", "complaint_slip", "complaint_finding")
ROLES = ("clerk", "manager", "leader", "director", "archivist")
AS_LISTED = "complainant_identity desc, due_at, accept_by, id desc"


@tagged("post_install", "-at_install")
class TestPlans(ComplaintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.store(cls.closed())
        for table in BIG:
            cls.env.cr.execute(f"ANALYZE {table}")
        # As a server has it: the tables of a test fit into memory.
        cls.env.cr.execute("SET LOCAL random_page_cost = 1.1")
        cls.env.invalidate_all()
        with planned(cls.env) as plans:
            cls.env.cr.execute("SELECT id FROM helpdesk_ticket")
        cls.scan_cost = plans[0].cost
        arch = cls.env.ref("kaiyang_complaint.complaint_view_search").get_combined_arch()
        cls.search_bar = etree.fromstring(arch)

    @classmethod
    def store(cls, case):
        """Store copies of a complaint and of what hangs on it, a tenth of them in its centre."""
        other = cls.env["res.company"].create({"name": "另一中心"})
        for role in ROLES:
            getattr(cls, role).sudo().company_ids = cls.env.company
        cls.env.flush_all()
        centre = f"CASE WHEN n % 10 = 0 THEN model.company_id ELSE {other.id} END"
        multiply(
            case.sudo(),
            f"generate_series(1, {STORED}) AS n",
            number="'PLAN-' || n",
            tracking_code="'PLAN-' || n",
            external_ref="'PLAN-' || n",
            complaint_state="'archived'",
            company_id=centre,
            is_restricted="n % 100 = 0",
            partner_name="chr(20000 + n % 5000) || chr(21000 + n % 4999) || chr(22000 + n % 4993)",
            complainant_phone="'139' || (10000000 + n * 7919)::text",
            complainant_phone_key="'139' || (10000000 + n * 7919)::text",
            complainant_id_number="'52012119' || (1000000000 + n * 7919)::text",
            reason_text="repeat(chr(20000 + n % 5000) || chr(21000 + n % 4999), 20)",
            received_at="model.received_at - n * interval '1 hour'",
            due_at="NULL",
        )
        stored = "(SELECT id, company_id FROM helpdesk_ticket WHERE number LIKE 'PLAN-%') AS one"
        links = {"ticket_id": "one.id", "company_id": "one.company_id"}
        for records in (case.respondent_ids, case.slip_ids):
            multiply(records.sudo()[:1], stored, **links)
        multiply(
            case.finding_ids.sudo()[:1],
            f"{stored} JOIN complaint_respondent AS person ON person.ticket_id = one.id",
            respondent_id="person.id",
            **links,
        )

    def typed(self, field, value):
        """Return the domain of what is typed into the search bar for a field."""
        (node,) = self.search_bar.xpath(f"//field[@name='{field}']")
        return safe_eval(node.get("filter_domain"), {"self": value})

    def ticked(self, name):
        """Return the domain of a filter of the search bar."""
        (node,) = self.search_bar.xpath(f"//filter[@name='{name}']")
        return safe_eval(node.get("domain"), {"uid": self.clerk.id})

    def assert_looked_up(self, act, user=None):
        """Check that an act of a user scans none of the tables that grow, nor costs as much."""
        env = self.env(user=user or self.clerk, su=False)
        with planned(env) as plans:
            act(env)
        self.assertTrue(plans)
        scanning = [str(one) for one in plans if one.scans(BIG) or one.cost > self.scan_cost]
        self.assertFalse(scanning, "\n\n".join(scanning))

    def listed(self, *domain):
        """Return the act of opening the list with some domain."""

        def act(env):
            tickets, ours = env["helpdesk.ticket"], [("is_complaint", "=", True), *domain]
            tickets.search(ours, order=AS_LISTED, limit=80)
            tickets.search_count(ours, limit=1000)

        return act

    def test_my_day_of_each_role(self):
        for role in ROLES:
            with self.subTest(role=role):
                self.assert_looked_up(lambda env: DeskOverview(env).tiles(), getattr(self, role))

    def test_list_and_board_of_what_is_open(self):
        for user in (self.clerk, self.leader):
            self.assert_looked_up(self.listed(*self.ticked("open")), user)
            self.assert_looked_up(
                lambda env: env["helpdesk.ticket"]._read_group(
                    [("is_complaint", "=", True), *self.ticked("open")], ["stage_id"], ["__count"]
                ),
                user,
            )
        names = ("drafts", "to_look_through", "to_feed_back", "overdue", "due_today")
        for name in (*names, "answered", "to_close", "no_clerk"):
            with self.subTest(filter=name):
                self.assert_looked_up(self.listed(*self.ticked(name)))

    def test_the_first_page_of_all(self):
        self.assert_looked_up(
            lambda env: env["helpdesk.ticket"].search(
                [("is_complaint", "=", True)], order=AS_LISTED, limit=80
            )
        )

    def test_what_is_typed_into_the_search_bar(self):
        name = f"{chr(20007)}{chr(21007)}"
        for field, value in (
            ("number", "PLAN-4711"),
            ("partner_name", name),
            ("partner_name", f"{name}{chr(22007)}"),
            ("partner_name", "13910007919"),
            ("respondent_ids", "胖大姐"),
            ("description", chr(20007) + chr(21007) + chr(20007) + chr(21007)),
        ):
            with self.subTest(field=field, value=value):
                self.assert_looked_up(self.listed(*self.typed(field, value)))
        self.assert_looked_up(lambda env: env["helpdesk.ticket"].name_search("PLAN-4711"))

    def test_what_is_typed_into_the_one_box(self):
        name = f"{chr(20007)}{chr(21007)}"
        for value in (
            *("PLAN-4711", "4711", "13910007919", "139 1000 7919", "52012119900101123X"),
            *(name, f"{name}{chr(22007)}", chr(20007), name * 2, "胖大姐", "没有", "11", "X-0777"),
        ):
            with self.subTest(value=value):
                self.assert_looked_up(self.listed(("case_search", "ilike", value)))
                self.assert_looked_up(lambda env, v=value: DeskOverview(env).find(v, 8))

    def test_lists_of_letters_reports_and_requests(self):
        for user in (self.clerk, self.manager, self.leader):
            for model in ("complaint.letter", "complaint.written.report", "complaint.approval"):
                with self.subTest(user=user.login, model=model):
                    self.assert_looked_up(lambda env, m=model: env[m].search([], limit=80), user)
        self.assert_looked_up(
            lambda env: env["complaint.letter"].search([], limit=80), self.archivist
        )

    def test_what_is_to_archive(self):
        def act(env):
            tickets = env["helpdesk.ticket"]
            closed = [("is_complaint", "=", True), ("complaint_state", "=", "closed")]
            tickets.search(closed, order="closed_date", limit=80)
            tickets.search_count([("archive_is_overdue", "=", True)])

        self.assert_looked_up(act, self.archivist)

    def test_activities_of_other_teams(self):
        self.assert_looked_up(lambda env: env["mail.activity"].search([], limit=80), self.outsider)

    def test_a_plan_that_scans_is_noticed(self):
        with self.assertRaises(AssertionError):
            self.assert_looked_up(
                lambda env: env["helpdesk.ticket"].search_count([("description", "like", "没有")])
            )
        with self.assertRaises(AssertionError):
            self.assert_looked_up(
                lambda env: env["helpdesk.ticket"].search_count(
                    [("finding_ids", "not any", [("state", "=", "draft")])]
                )
            )
