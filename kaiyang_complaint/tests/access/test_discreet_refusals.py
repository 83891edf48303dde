from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..common import GROUP
from ..letter.letter_common import LetterCommon

QUIET = ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")


@tagged("post_install", "-at_install")
class TestDiscreetRefusals(LetterCommon):
    """Who may not read a case learns nothing of it by being refused (七.5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = new_test_user(cls.env, "kc_colleague", GROUP + "clerk")

    def setUp(self):
        super().setUp()
        self.hidden = self.upheld[0]
        self.letter_of_it = self.letter(ticket_id=self.hidden.id, subject="关于王小明投诉的函")
        self.hidden.sudo().write({"is_discipline_matter": True})

    @mute_logger(*QUIET)
    def test_u7_5_developer_mode_names_no_hidden_record(self):
        users = type(self.env["res.users"])
        has_group = users.has_group

        def in_developer_mode(user, group):
            return group == "base.group_no_one" or has_group(user, group)

        for record in (self.hidden, self.hidden.slip_ids, self.letter_of_it):
            with (
                self.subTest(model=record._name),
                patch.object(users, "has_group", in_developer_mode),
                self.assertRaises(AccessError) as refusal,
            ):
                record.with_user(self.colleague).check_access("read")
            for name in (record.display_name, self.hidden.number):
                self.assertNotIn(name, str(refusal.exception))

    @mute_logger(*QUIET)
    def test_u7_5_no_dialog_opens_about_a_hidden_record(self):
        with self.assertRaises(AccessError):
            dialogs = self.env["complaint.answer.wizard"].with_user(self.colleague)
            dialogs.create({"letter_id": self.letter_of_it.id, "answer": "x"})
        with self.assertRaises(AccessError):
            dialogs = self.env["complaint.settlement.wizard"].with_user(self.colleague)
            facts = {"content": "x", "result": "x", "satisfaction": "4"}
            dialogs.create({"ticket_id": self.hidden.id, **facts})
        self.hidden.sudo()._procedure_write({"complaint_state": "closed"})
        dossier = self.hidden.with_user(self.clerk)._compile_dossier()
        values = {"title": "x", "file": b"eA=="}
        dialogs = self.env["complaint.dossier.add"]
        for user in (self.archivist, self.colleague):
            with self.assertRaises(AccessError):
                dialogs.with_user(user).create({"dossier_id": dossier.id, **values})
            with self.assertRaises(AccessError):
                own = self.dossier_of_another().with_user(user)
                dialog = dialogs.with_user(user).create({"dossier_id": own.id, **values})
                dialog.dossier_id = dossier
        dialogs.with_user(self.clerk).create({"dossier_id": dossier.id, **values})

    def dossier_of_another(self):
        """Return a dossier that is open to everybody who archives."""
        self.upheld[2].sudo()._procedure_write({"complaint_state": "closed"})
        return self.upheld[2].with_user(self.archivist)._compile_dossier()
