from odoo.tests import tagged

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestSearchKey(ComplaintCommon):
    """A clerk finds a window, a person, an item by what they type first."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.windows = cls.env["complaint.window"].create(
            [
                {"number": "Y07", "name": "电费业务", "unit_id": cls.unit.id},
                {"number": "X17", "name": "发票业务", "unit_id": cls.other_unit.id},
                {"number": "Y70", "name": "养老认证", "unit_id": cls.other_unit.id},
            ]
        )

    def offered(self, model, typed, among):
        """Return what is offered to the clerk for what was typed, the first first."""
        records = self.env[model].with_user(self.clerk)
        found = records.name_search(typed, [("id", "in", among.ids)], limit=8)
        return records.browse(record_id for record_id, _name in found).sudo()

    def test_c2_window_is_found_by_its_number_in_any_writing(self):
        seven, seventeen, seventy = self.windows
        for typed in ("Y07", "y7", "Y7", "Ｙ０７", "7", "07", "7号", "y7号窗口"):
            found = self.offered("complaint.window", typed, self.windows)
            self.assertEqual(found[:1], seven, typed)
        self.assertEqual(self.offered("complaint.window", "70", self.windows)[:1], seventy)
        self.assertEqual(self.offered("complaint.window", "X1", self.windows), seventeen)

    def test_c2_window_is_found_by_name_unit_pinyin_and_initials(self):
        seven = self.windows[0]
        for typed in ("电费", "dianfei", "dian fei", "dfyw", "Y07 电费", "budongchan", "bdcdj"):
            found = self.offered("complaint.window", typed, self.windows)
            self.assertEqual(found, seven, typed)
        self.assertFalse(self.offered("complaint.window", "dianti", self.windows))

    def test_c2_key_follows_the_name_of_window_and_unit(self):
        self.windows[0].name = "用水报装"
        self.unit.name = "水务局"
        for typed in ("ysbz", "swj"):
            found = self.offered("complaint.window", typed, self.windows)
            self.assertEqual(found, self.windows[0], typed)
        self.assertFalse(self.offered("complaint.window", "bdcdj", self.windows))

    def test_c2_staff_and_units_are_found_by_pinyin_and_badge(self):
        people = self.staff + self.other_staff
        for typed in ("lixiaomei", "lxm", "晓梅", "T012", "t12", "12"):
            found = self.offered("complaint.window.staff", typed, people)
            self.assertEqual(found, self.staff, typed)
        units = self.unit + self.other_unit
        self.assertEqual(self.offered("complaint.window.unit", "gaj", units), self.other_unit)

    def test_c3_conduct_is_found_by_number_word_and_pinyin(self):
        items = self.env["helpdesk.ticket.category"].search([("conduct_number", ">", 0)])
        eighth = items.filtered(lambda item: item.conduct_number == 8)
        for typed in ("8", "08", "８", "粗暴", "taidu", "tdcb", "作风生硬", "争吵"):
            found = self.offered("helpdesk.ticket.category", typed, items)
            self.assertEqual(found[:1], eighth, typed)
        self.assertEqual(eighth.display_name, "8 态度粗暴、与群众争吵")
        self.assertEqual(self.offered("helpdesk.ticket.category", "1", items)[:1].conduct_number, 1)

    def test_a_category_of_another_helpdesk_keeps_its_name(self):
        category = self.env["helpdesk.ticket.category"].create({"name": "Printer"})
        self.assertEqual(category.display_name, "Printer")
        self.assertEqual(self.offered("helpdesk.ticket.category", "printer", category), category)
