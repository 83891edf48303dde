import base64

from odoo.addons.spreadsheet.utils.validate_data import (
    fields_in_spreadsheet,
    menus_xml_ids_in_spreadsheet,
)
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import file_open
from odoo.tools.translate import extract_spreadsheet_terms

from ..common import ComplaintCommon
from . import dashboard_common as dashboard


@tagged("post_install", "-at_install")
class TestDashboard(ComplaintCommon):
    """The leader's dashboard: every figure rests on something, and leads to its cases."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.data = dashboard.load()
        cls.dashboard = cls.env.ref("kaiyang_complaint.dashboard_complaint")

    def sources(self):
        return [*self.data["pivots"].values(), *dashboard.charts(self.data)]

    def test_c3_every_figure_rests_on_fields_that_exist(self):
        for model, names in fields_in_spreadsheet(self.data).items():
            known = self.env[model]._fields
            self.assertLessEqual({name.split(":")[0] for name in names}, known.keys())

    def test_c3_every_filter_reaches_every_figure(self):
        filters = {one["id"]: one for one in self.data["globalFilters"]}
        fields = self.env["complaint.analysis"]._fields
        for source in self.sources():
            matching = source["fieldMatching"]
            self.assertEqual(matching.keys() | {"period"}, filters.keys())
            for name, one in matching.items():
                field = fields[one["chain"]]
                self.assertEqual(one["type"], field.type)
                self.assertEqual(filters[name].get("modelName"), field.comodel_name)

    def test_c3_every_figure_leads_to_its_cases(self):
        for source in self.sources():
            action = self.env.ref(source["actionXmlId"])
            self.assertEqual(action.res_model, "complaint.analysis")
        menus = self.data["chartOdooMenusReferences"]
        self.assertEqual({one["chartId"] for one in dashboard.figures(self.data)}, menus.keys())
        for menu in menus_xml_ids_in_spreadsheet(self.data):
            self.assertTrue(self.env.ref(menu).action)

    def test_c3_questions_are_answered_on_nothing_and_on_cases(self):
        today = self.env.company._complaint_today()
        calls = list(dashboard.questions(self.data, today))
        rows = self.env["complaint.analysis"].with_user(self.leader)
        before = self.answer(rows, calls[0])[0][0]["__count"]
        self.accepted()
        for call in calls:
            with self.subTest(call[0]):
                self.assertIsInstance(self.answer(rows, call), list)
        self.assertEqual(self.answer(rows, calls[0])[0][0]["__count"], before + 1)
        nothing = rows.with_user(self.archivist)
        for call in calls:
            with self.subTest(call[0]):
                self.assertIsInstance(self.answer(nothing, call), list)

    def answer(self, rows, call):
        _name, method, args = call
        return getattr(rows, method)(*args)

    def test_c3_for_clerks_and_leaders_alone(self):
        menu = self.env.ref("kaiyang_complaint.complaint_menu_dashboard")
        people = ("clerk", "manager", "leader", "director", "archivist", "outsider")
        boards = self.env["spreadsheet.dashboard"]
        ours = [("id", "=", self.dashboard.id)]
        users = {name: getattr(self, name) for name in people}
        may = {name: bool(boards.with_user(user).search(ours)) for name, user in users.items()}
        shown = {
            name: menu.id in self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
            for name, user in users.items()
        }
        self.assertEqual(may, shown)
        self.assertEqual(
            [name for name, seen in may.items() if not seen], ["archivist", "outsider"]
        )

    def test_c3_a_table_has_a_row_for_every_kind_of_conduct(self):
        """And for the complaints that name none, and for some kinds of the centre's own."""
        kinds = self.env["helpdesk.ticket.category"].search_count([("conduct_number", ">", 0)])
        rows = [
            text
            for sheet in self.data["sheets"]
            for text in sheet["cells"].values()
            if text.startswith('=PIVOT.HEADER(9,"#conduct_ids"')
        ]
        self.assertEqual(len(set(rows)), len(rows))
        self.assertGreater(len(rows), kinds + 1)

    def test_c3_it_is_shared_with_nobody_on_the_internet(self):
        shares = self.env["spreadsheet.dashboard.share"].with_user(self.leader)
        sheet = {"spreadsheet_binary_data": base64.b64encode(b"{}")}
        with self.assertRaisesRegex(UserError, "monthly report"):
            shares.create({"dashboard_id": self.dashboard.id, **sheet})
        with self.assertRaisesRegex(UserError, "monthly report"):
            shares.with_context(default_dashboard_id=self.dashboard.id).create(sheet)

    def test_c3_its_words_are_translated(self):
        with file_open(dashboard.FILE) as file:
            terms = {
                term for _line, _name, term, _notes in extract_spreadsheet_terms(file, [], [], {})
            }
        for figure in dashboard.figures(self.data):
            self.assertIn(figure["title"]["text"], terms)
        texts = [text for sheet in self.data["sheets"] for text in sheet["cells"].values()]
        for text in texts:
            self.assertRegex(text, r"^=(_t\(|PIVOT|IF(ERROR)?\(PIVOT)")
