from odoo import Command
from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...tools import flow
from .freeze_common import FreezeCommon

# A ledger: its rows are added, and never changed, whatever the state of the case.
LEDGERS = {"complaint.escalation"}


@tagged("post_install", "-at_install")
class TestFreeze(FreezeCommon):
    """After archiving nothing of the case can be changed by anyone (八)."""

    def as_verb(self, record):
        """Return a record as a verb holds it that a manager calls: in superuser mode, guarded."""
        record = record.with_user(self.manager).sudo()
        return record._with_procedure() if hasattr(record, "_with_procedure") else record

    def rpc(self, record, method, *args, user=None):
        model = self.env[record._name].with_user(user or self.manager)
        return call_kw(model, method, [*([record.ids] if record.ids else []), *args], {})

    def parts(self):
        """Yield one record of everything that hangs on a case: of the archived, of the other."""
        links = self.links()
        self.assertGreater(len(links), 14)
        for name, link in links.items():
            pair = [self.part(case, name, links)[:1] for case in (self.archived, self.running)]
            with self.subTest(model=name):
                self.assertTrue(all(pair), "the cases of this test lack one")
                yield link, *pair

    def test_a8_every_part_of_a_case_is_frozen_by_the_one_mechanism(self):
        parts = self.env.registry.descendants(["complaint.lock.mixin"], "_inherit")
        self.assertFalse(self.links().keys() - parts)

    def test_a8_no_part_of_an_archived_case_is_changed_by_any_verb(self):
        """Neither superuser mode nor the guard of a procedure opens it."""
        for _link, frozen, open_one in self.parts():
            name = self.plain_field(frozen)
            for record in map(self.as_verb, (frozen, open_one)):
                told = self.outcome(lambda one=record, name=name: one.write({name: one[name]}))
                if record == frozen:
                    self.assertTrue(told)
                elif record._name not in LEDGERS:
                    self.assertFalse(told)

    def test_a8_no_part_is_added_to_an_archived_case_or_taken_out_of_it(self):
        added, deleted = set(), set()
        for link, frozen, open_one in self.parts():
            model = self.as_verb(frozen)
            values = {**self.values(open_one), link: frozen[link].id}
            self.assertTrue(self.outcome(lambda m=model, values=values: m.create(values)))
            self.assertTrue(self.outcome(model.unlink))
            values[link] = open_one[link].id
            if not self.outcome(lambda m=model, values=values: m.create(values)):
                added.add(model._name)
            if not self.outcome(self.as_verb(open_one).unlink):
                deleted.add(model._name)
        self.assertGreater(len(added), 7)
        self.assertGreater(len(deleted), 10)

    def test_a8_a_manager_changes_nothing_over_rpc(self):
        written = set()
        for link, frozen, open_one in self.parts():
            name = self.plain_field(frozen)
            values = {**self.values(open_one), link: frozen[link].id}
            for method, *args in (("write", {name: frozen[name]}), ("unlink",), ("create", values)):
                record = frozen.browse() if method == "create" else frozen
                call = (record, method, *args)
                self.assertTrue(self.outcome(lambda call=call: self.rpc(*call)))
            call = (open_one, "write", {name: open_one[name]})
            if not self.outcome(lambda call=call: self.rpc(*call)):
                written.add(open_one._name)
        self.assertGreater(len(written), 4)

    def test_a8_no_field_of_the_complaint_is_changed(self):
        changed = set()
        for name, field in self.archived._fields.items():
            if field.type in ("one2many", "many2many"):
                value = [Command.clear()]
            elif name == "stage_id":
                value = self.running.stage_id.id
            else:
                value = self.archived.sudo()[name]
                value = field.convert_to_write(value, self.archived)
            told = self.outcome(lambda n=name, v=value: self.rpc(self.archived, "write", {n: v}))
            with self.subTest(field=name):
                self.assertTrue(told)
            if not self.outcome(lambda n=name, v=value: self.rpc(self.running, "write", {n: v})):
                changed.add(name)
        self.assertLessEqual({"color", "kanban_state", "tag_ids", "priority", "name"}, changed)

    def test_a8_no_verb_moves_it_but_the_reopening_of_a_manager(self):
        for name in flow.VERBS.keys() - {"reopen"}:
            self.outcome(lambda name=name: self.rpc(self.archived, f"action_{name}"))
            self.assertEqual(self.archived.complaint_state, "archived", name)
        self.rpc(self.archived, "action_reopen", "上级要求复核")
        self.assertEqual(self.archived.complaint_state, "accepted")
        self.archived.with_user(self.manager).message_post(body="复核")

    def test_a8_nothing_of_another_case_is_moved_into_it(self):
        for link, frozen, open_one in self.parts():
            model = self.as_verb(open_one)
            owner = frozen[link].id
            told = self.outcome(lambda m=model, link=link, owner=owner: m.write({link: owner}))
            self.assertTrue(told)

    def test_a8_jobs_of_the_system_are_not_stopped_by_it(self):
        case = self.archived.with_env(self.env)
        case.deadline_ids.write({"is_provisional": False})
        case.message_post(body="系统")

    def test_a8_archiving_leaves_nothing_to_do(self):
        case = self.replied().sudo()
        case.slip_ids.activity_schedule("mail.mail_activity_data_todo", user_id=self.clerk.id)
        case.activity_schedule("mail.mail_activity_data_todo", user_id=self.clerk.id)
        self.archive(case)
        self.assertFalse(case.activity_ids + case.slip_ids.activity_ids)

    def test_a8_who_loses_an_archived_case_loses_what_they_hold_of_it(self):
        conduct = self.env.ref("kaiyang_complaint.conduct_01")
        case = self.replied(conduct_ids=conduct.ids).sudo()
        case.message_subscribe(self.manager.partner_id.ids)
        self.archive(case)
        conduct.with_user(self.manager).is_discipline_matter = True
        self.assertTrue(case.is_restricted)
        self.assertNotIn(self.manager.partner_id, case.message_partner_ids)

    def test_f5_3_2_contact_lent_to_a_unit_ends_with_the_round(self):
        case = self.replied()
        slip = case.slip_ids
        slip.action_release_contact("当面答复")
        feedback = self.env["complaint.feedback"].with_user(self.clerk)
        feedback.create(self.feedback_values(case)).action_confirm()
        self.assertFalse(slip.contact_released_at)
        rows = self.env["complaint.access.log"].search([("slip_id", "=", slip.id)])
        self.assertEqual(rows.sorted("position").mapped("act"), ["release", "revoke"])
        self.clear(case)
        case.action_close()
        case.with_user(self.manager).action_reopen("复核")
        with self.assertRaises(AccessError), mute_logger("odoo.http"):
            slip.with_user(self.rep).action_show_contact("再次联系")
