from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .dossier_common import DossierCommon


@tagged("post_install", "-at_install")
class TestChecker(DossierCommon):
    """Who checks a dossier (检查人) is another person than who compiled it (立卷人)."""

    def test_a8_the_compiler_is_asked_why_nobody_else_checked(self):
        dossier = self.dossier(self.closed())
        with self.assertRaisesRegex(UserError, "another person"):
            dossier.action_check()
        with self.papers_left_blank():
            asked = dossier.action_file()
            self.assertEqual(asked["res_model"], "complaint.reason.wizard")
            self.assertEqual(dossier.state, "draft")
            wizard = self.env[asked["res_model"]].with_user(self.archivist)
            wizard = wizard.with_context(**asked["context"])
            wizard.create({"reason": "本中心只有一名档案员"}).action_confirm()
        self.assertEqual((dossier.state, dossier.checked_by_id.id), ("archived", False))
        self.assertEqual(dossier.unchecked_reason, "本中心只有一名档案员")
        self.assertFalse(dossier.gaps_reason)

    def test_a8_another_person_checks_and_the_compiler_archives(self):
        dossier = self.dossier(self.closed())
        dossier.with_user(self.manager).action_check()
        with self.papers_left_blank():
            dossier.action_file()
        self.assertEqual(dossier.state, "archived")
        self.assertEqual(dossier.compiled_by_id, self.archivist)
        self.assertEqual(dossier.checked_by_id, self.manager)
        self.assertTrue(dossier.checked_at)

    def test_a8_who_archives_what_another_compiled_has_checked_it(self):
        dossier = self.dossier(self.closed())
        with self.papers_left_blank():
            dossier.with_user(self.manager).action_file()
        self.assertEqual(dossier.checked_by_id, self.manager)

    def test_a8_what_changed_since_is_checked_again(self):
        dossier = self.dossier(self.closed())
        for change in (
            lambda: dossier._add_file("补充.pdf", "JVBERi0xLjc=", {"title": "补充"}),
            lambda: dossier.item_ids[-1].write({"title": "改名"}),
            dossier.action_compile,
        ):
            dossier.with_user(self.manager).action_check()
            self.assertTrue(dossier.checked_by_id)
            change()
            self.assertFalse(dossier.checked_by_id)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_a8_nobody_checks_who_keeps_no_dossiers(self):
        dossier = self.dossier(self.closed())
        for user in (self.clerk, self.leader, self.rep, self.outsider):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                dossier.with_user(user).action_check()
        with self.assertRaisesRegex(UserError, "set by the procedure"):
            dossier.write({"checked_by_id": self.manager.id})
