"""A manager keeps the settings of the centre without being an administrator."""

from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import Form, new_test_user, tagged

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestSettings(ComplaintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.centre = cls.env.company
        cls.plain = new_test_user(cls.env, "kc_plain", "base.group_user")
        cls.abroad = cls.env["res.company"].create({"name": "修文县政务服务中心"})

    def save(self, user, **values):
        return call_kw(self.env(user=user)["complaint.settings"], "create", [values], {})

    def test_manager_opens_and_saves_the_page(self):
        self.assertFalse(self.manager.has_group("base.group_system"))
        self.centre.complaint_announcement = "您好"
        with Form(self.env["complaint.settings"].with_user(self.manager)) as form:
            self.assertEqual(form.complaint_announcement, "您好")
            form.complaint_phone = "0851-87222222"
            form.email = "desk@example.com"
            form.complaint_announcement = "您好，您的电话将被录音"
            form.complaint_day_end = "midnight"
            form.complaint_similar_percent = 33
            form.complaint_archive_days = 60
            form.complaint_board_red_count = 7
        self.assertEqual(form.record.execute()["tag"], "soft_reload")
        kept = self.centre
        self.assertEqual((kept.complaint_phone, kept.email), ("0851-87222222", "desk@example.com"))
        self.assertEqual(kept.complaint_announcement, "您好，您的电话将被录音")
        self.assertEqual((kept.complaint_day_end, kept.complaint_similar_percent), ("midnight", 33))
        self.assertEqual((kept.complaint_archive_days, kept.complaint_board_red_count), (60, 7))

    def test_manager_gets_no_further_right_to_companies(self):
        with self.assertRaises(AccessError):
            self.centre.with_user(self.manager).complaint_phone = "1"
        number = self.save(self.manager, complaint_phone="2")
        page = self.env["complaint.settings"].with_user(self.manager).browse(number)
        with self.assertRaises(AccessError):
            page.write({"complaint_phone": "3"})
        with self.assertRaises(ValueError):
            self.save(self.manager, name="another name")
        self.assertEqual(self.centre.complaint_phone, "2")

    def test_other_roles_and_other_centres_are_refused(self):
        before = self.centre.complaint_phone
        for user in (self.clerk, self.leader, self.director, self.archivist, self.plain, self.rep):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.save(user, complaint_phone="9")
        with self.assertRaises(AccessError):
            self.save(self.manager, company_id=self.abroad.id, complaint_phone="9")
        self.assertEqual(self.centre.complaint_phone, before)
        self.assertFalse(self.abroad.complaint_phone)

    def test_menu_shows_the_page_to_managers(self):
        menu = self.env.ref("kaiyang_complaint.complaint_menu_settings")
        for user, is_shown in ((self.manager, True), (self.clerk, False), (self.leader, False)):
            shown = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
            self.assertEqual(menu.id in shown, is_shown)
