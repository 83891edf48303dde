from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged

from ..common import GROUP
from .import_common import ImportCommon, a_row

LAMP = "路灯坏了三天，没有人修。"
WINDOW = "政务中心的窗口没有人。"


@tagged("post_install", "-at_install")
class TestImportUndo(ImportCommon):
    """What is taken can be chosen before, waits in a list of its own, and can be taken back."""

    def file(self, *marks):
        return self.csv_file([a_row(f"{mark}{place}") for mark in marks for place in range(3)])

    def tiles(self, user=None):
        team = self.env["helpdesk.ticket.team"].with_user(user or self.clerk)
        return {tile["key"]: tile["count"] for tile in team.complaint_tiles()["tiles"]}

    # --- before -------------------------------------------------------------------------------

    def test_c1_3_rows_are_chosen_before_they_are_taken(self):
        texts = [LAMP, WINDOW, LAMP, WINDOW, "ＡＢＣ"]
        rows = [a_row(f"K{place}", text) for place, text in enumerate(texts)]
        for row in rows:
            row[2] = "反映问题"
        record = self.upload(self.csv_file(rows))
        self.assertEqual((record.row_count, record.chosen_count), (5, 5))
        record.choice = "window"
        self.assertEqual(record.chosen_count, 2)
        self.assertIn("Not chosen", str(record.preview))
        record.write({"choice": "word", "words": "abc 路灯"})
        self.assertEqual((record.row_count, record.chosen_count), (5, 3))
        record.choice = "window"
        record.action_import()
        self.run_job()
        self.assertEqual((record.left_count, *self.counts(record)), (3, 2, 0, 0))
        self.assertEqual(record.progress, 100)
        self.assertEqual(
            self.registered("K0", "K1", "K2", "K3").mapped("external_ref"), ["K1", "K3"]
        )
        self.assertEqual(self.line(record, 2).reason, "Not chosen")

    # --- where they wait ------------------------------------------------------------------------

    def test_c1_3_imported_drafts_wait_in_a_list_of_their_own(self):
        before = self.tiles()
        record = self.take_in(self.file("K"))
        after = self.tiles()
        changed = {key for key in after if after[key] != before[key]}
        self.assertEqual(changed, {"imported"})
        self.assertEqual(after["imported"], before["imported"] + 3)
        drafts = record.line_ids.ticket_id
        self.assertEqual(drafts.import_id, record)
        action = record.action_open_drafts()
        self.assertEqual(self.tickets.search(action["domain"]), drafts.sorted())
        day = self.env["helpdesk.ticket.team"].with_user(self.clerk)
        opened = self.tickets.search(day.open_complaint_tile("imported")["domain"])
        self.assertLessEqual(drafts, opened)

    def test_c1_3_nobody_says_that_a_complaint_was_imported(self):
        record = self.take_in(self.file("K"))
        ticket = self.new_complaint().with_user(self.clerk)
        with self.assertRaises(UserError):
            call_kw(ticket, "write", [ticket.ids, {"import_id": record.id}], {})
        with self.assertRaises(UserError):
            call_kw(self.tickets, "create", [{"team_id": self.room.id, "import_id": record.id}], {})

    # --- after --------------------------------------------------------------------------------

    def test_c1_3_an_import_is_undone_and_can_be_made_again(self):
        content = self.file("K")
        other = self.take_in(self.file("L"))
        record = self.take_in(content)
        drafts = record.line_ids.ticket_id
        record.action_undo()
        self.assertFalse(drafts.exists())
        self.assertEqual((record.state, record.taken_count, record.undone_count), ("undone", 0, 3))
        self.assertEqual(len(other.line_ids.ticket_id), 3, "another import is left alone")
        with self.assertRaises(UserError):
            record.action_undo()
        again = self.take_in(content)
        self.assertEqual(self.counts(again), (3, 0, 0))

    def test_c1_3_an_import_whose_drafts_were_worked_on_is_not_undone(self):
        acts = {
            "changed": lambda draft: draft.write({"service_item": "抵押登记"}),
            "respondent": lambda draft: draft.write(
                {"respondent_ids": [(0, 0, {"stated_name": "李某"})]}
            ),
            "accepted": lambda draft: draft.sudo()._procedure_write(
                {"complaint_state": "accepted"}
            ),
            "said": lambda draft: draft.message_post(body="已电话核实", message_type="comment"),
            "planned": lambda draft: draft.activity_schedule(
                "mail.mail_activity_data_todo", user_id=self.clerk.id
            ),
            "filed": lambda draft: self.env["ir.attachment"].create(
                {"name": "a.txt", "raw": b"a", "res_model": draft._name, "res_id": draft.id}
            ),
            "deleted": lambda draft: draft.sudo().unlink(),
        }
        for place, (name, act) in enumerate(acts.items()):
            record = self.take_in(self.file(f"{name}{place}"))
            drafts = record.line_ids.ticket_id
            act(drafts[1])
            with self.subTest(name), self.assertRaisesRegex(UserError, "1 drafts .* row 3"):
                record.action_undo()
            self.assertEqual(record.state, "done")
            self.assertTrue(drafts[0].exists())

    def test_c1_3_only_who_imported_or_a_manager_undoes(self):
        colleague = new_test_user(self.env, "kc_undo_colleague", GROUP + "clerk")
        record = self.take_in(self.file("K"))
        for user in (colleague, self.leader, self.archivist, self.rep):
            with self.subTest(user.login), self.assertRaises(AccessError):
                call_kw(record.with_user(user), "action_undo", [record.ids], {})
        record.with_user(self.manager).action_undo()
        self.assertEqual(record.state, "undone")

    def test_c1_3_what_is_not_done_is_not_undone(self):
        record = self.upload(self.file("K"))
        with self.assertRaises(UserError):
            record.action_undo()
