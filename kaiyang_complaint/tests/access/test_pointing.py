"""What names a record by model and id opens no case."""

import itertools
import re
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ...models.access import base
from ...tools.pointers import NO_POINTERS, POINTERS, is_of_desk
from .forgery_common import QUIET
from .pointing_common import TODO, PointingCommon

RECORD_FIELD = re.compile(
    r"(^|_)(res_ids?|record_ids?|active_ids?|object_ids?|document_ids?|doc_ids?|res_domain)(_|$)"
)
TYPES = ("integer", "char", "text", "json")


@tagged("post_install", "-at_install")
class TestRefusalsLeaveNothing(PointingCommon):
    """After a refusal the cache holds nothing that the user may not read."""

    def test_u7_5_no_composer_tells_of_a_case(self):
        composers, template = self.env["mail.compose.message"], self.template()
        # As superuser, as the user, and either in one form.
        names, others = ("subject", "body"), ("email_from", "reply_to", "lang", "attachment_ids")
        specs = [{name: {} for name in fields} for fields in (names, others, names + others)]
        context = {"active_model": self.hidden._name, "active_ids": self.hidden.ids}
        values = {
            "model": self.hidden._name,
            "res_ids": str(self.hidden.ids),
            "composition_mode": "comment",
        }
        for user in self.strangers:
            for chosen in (template.id, False):
                for on in (True, False):
                    with self.subTest(user=user.login, template=chosen, dev=on):
                        form = {**values, "template_id": chosen}
                        bare = {"template_id": chosen, "composition_mode": "comment"}
                        parent = {**bare, "parent_id": self.note.id}
                        with self.developer_mode(on):
                            calls = itertools.product(
                                ((form, {}), (parent, {}), (bare, context)),
                                ([], ["template_id"]),
                                specs,
                            )
                            for (given, about), changed, spec in calls:
                                call = (composers, "onchange", given, changed, spec)
                                self.assert_silent(self.tried(*call, user=user, context=about))

    def test_u7_5_cache_is_empty_after_a_refusal(self):
        for user in self.strangers:
            for on in (True, False):
                for name, records in self.parts().items():
                    with self.subTest(user=user.login, dev=on, model=name):
                        self.env.invalidate_all()
                        mine = records.with_user(user).with_context(
                            allowed_company_ids=user.company_ids.ids
                        )
                        with mute_logger(*QUIET), self.developer_mode(on):
                            self.assertFalse(mine.has_access("read"))
                            self.assert_forgotten(user)
                            for operation in ("read", "write"):
                                with self.assertRaises(AccessError):
                                    mine.check_access(operation)
                                self.assert_forgotten(user)
                            with self.assertRaises(AccessError):
                                mine[:1].mapped("display_name")
                            self.assert_forgotten(user)

    def assert_forgotten(self, user):
        """No field of the hidden case is in the cache, whatever record was asked for."""
        env = self.env(user=user)
        for name, records in self.parts_known().items():
            for field in env[name]._fields.values():
                if field.name != "id":
                    cached = set(field._get_cache(env)) & set(records)
                    self.assertFalse(cached, f"{name}.{field.name}")

    def parts_known(self):
        """Return the ids of the hidden case's records, by model, without reading them."""
        cls = type(self)
        if "part_ids" not in cls.__dict__:
            cls.part_ids = {name: records.ids for name, records in self.parts().items()}
        return cls.part_ids

    def test_u7_5_who_may_read_reads_on(self):
        ticket = self.ticket.with_user(self.leader)
        self.assertTrue(ticket.name)
        self.assertFalse(ticket.has_access("write"))
        cached = ticket._fields["name"]._get_cache(ticket.env)
        self.assertIn(ticket.id, cached)

    def test_u7_5_refusal_suggests_the_company_where_it_helps(self):
        company = self.foreign_clerk.company_id
        self.clerk.company_ids += company
        there = {"allowed_company_ids": company.ids}
        mine = self.ticket.with_user(self.clerk).with_context(**there)
        with self.assertRaises(AccessError) as refused, mute_logger(*QUIET):
            mine.check_access("read")
        own = self.ticket.company_id.id
        self.assertEqual(refused.exception.context["suggested_company"]["id"], own)

    @mute_logger("odoo.addons.mail.models.mail_thread")  # notifies nobody, and says so
    def test_u7_5_no_method_tells_of_a_case_before_it_refuses(self):
        for user in self.strangers:
            for name, records in self.parts().items():
                for method in self.public_methods(name):
                    with self.subTest(user=user.login, model=name, method=method):
                        told = self.tried(records[:1], method, user=user, errors=(Exception,))
                        self.assert_silent(told)

    def public_methods(self, name):
        """Return the methods of ours that anybody may call on a record without saying more."""
        cls = type(self.env[name])
        return [
            method
            for method in dir(cls)
            if not method.startswith("_")
            and callable(getattr(cls, method, None))
            and "kaiyang_complaint" in (getattr(getattr(cls, method), "__module__", "") or "")
            and method not in ("create", "write", "unlink", "copy")
        ]


@tagged("post_install", "-at_install")
class TestPointing(PointingCommon):
    """What names a record by model and id."""

    def test_u7_5_every_model_that_points_is_known(self):
        for name, model in self.env.registry.items():
            if not model._abstract and name not in POINTERS and name not in NO_POINTERS:
                for field in model._fields.values():
                    points = field.type in ("many2one_reference", "reference") or (
                        field.type in TYPES and RECORD_FIELD.search(field.name)
                    )
                    self.assertFalse(points, f"{name}.{field.name} may name a case: classify it")

    def test_u7_5_fields_that_point_are_there(self):
        for name in POINTERS.keys() & set(self.env.registry):
            for pointer in POINTERS[name]:
                self.assertLessEqual(pointer.fields, set(self.env[name]._fields), name)

    def test_u7_5_what_is_left_to_administrators_is(self):
        for name, reason in NO_POINTERS.items():
            if "administrators" in reason and name in self.env:
                for user in self.strangers + self.manager + self.clerk:
                    model = self.env[name].with_user(user)
                    self.assertFalse(model.has_access("create"), name)
                    self.assertFalse(model.has_access("write"), name)

    def pair(self, name, record, pointer):
        """Return the values by which a record of a model names another one."""
        model = self.env[name]
        if not pointer.model:
            return {pointer.record: f"{record._name},{record.id}"}
        of_ids = model._fields[pointer.record].type in ("char", "text")
        values = {
            pointer.model: record._name,
            pointer.record: str(record.ids) if of_ids else record.id,
        }
        if pointer.model_record:
            values[pointer.model_record] = self.env["ir.model"]._get_id(record._name)
        return values

    def pointing(self, record):
        """Yield the models of the registry that point, with values by which they name a record."""
        needed = self.needed()
        for name in sorted(POINTERS.keys() & set(self.env.registry)):
            for pointer in POINTERS[name]:
                yield name, pointer, needed.get(name, {}) | self.pair(name, record, pointer)

    def needed(self):
        """Return what the models ask for before they take anything."""
        partner, model = self.plain.partner_id, self.env["ir.model"]._get_id("helpdesk.ticket")
        sms = self.env["sms.template"].create({"name": "x", "body": "x", "model_id": model})
        action = self.env["ir.actions.act_window"].search([], limit=1)
        return {
            "calendar.event": {
                "name": "x",
                "start": "2030-01-01 01:00:00",
                "stop": "2030-01-01 02:00:00",
            },
            "complaint.reason.wizard": {"verb": "action_reopen", "reason": "x"},
            "ir.attachment": {"name": "x"},
            "ir.embedded.actions": {"action_id": action.id, "parent_action_id": action.id},
            "mail.compose.message": {"body": "x"},
            "mail.message": {"body": "x", "message_type": "user_notification"},
            "mail.scheduled.message": {
                "body": "x",
                "author_id": partner.id,
                "scheduled_date": "2099-01-01 00:00:00",
            },
            "mail.template.preview": {"mail_template_id": self.template().id},
            "snailmail.letter": {"partner_id": partner.id},
            "sms.composer": {"body": "x", "composition_mode": "comment"},
            "sms.template.preview": {"sms_template_id": sms.id},
        }

    def strangers_of(self, record):
        """Return all strangers for the case, some for what hangs on it: rules are the same."""
        return self.strangers if record == self.hidden else self.plain + self.colleague

    def test_u7_5_no_form_shows_what_it_names(self):
        parts = self.parts()
        findings = parts["complaint.finding"]
        for record in (self.hidden, self.letter, parts["complaint.slip"], findings[:1]):
            for name, pointer, values in self.pointing(record):
                model = self.env[name]
                spec = {field: {} for field in model._fields if field != "id"}
                partial = dict(values)
                if pointer.model_record:
                    partial.pop(pointer.model)
                defaults = {f"default_{field}": value for field, value in values.items()}
                for user in self.strangers_of(record):
                    with self.subTest(model=name, about=record._name, user=user.login):
                        for given, changed in (
                            (values, [*pointer.fields]),
                            (values, []),
                            (partial, []),
                        ):
                            call = (model, "onchange", given, changed, spec)
                            self.assert_silent(self.tried(*call, user=user))
                        call = (model, "onchange", {}, [], spec)
                        self.assert_silent(self.tried(*call, user=user, context=defaults))
                        call = (model, "default_get", [*model._fields])
                        self.assert_silent(self.tried(*call, user=user, context=defaults))

    def test_u7_5_form_of_an_own_todo_shows_no_case(self):
        for user in self.strangers:
            todo = self.own_todo(user)
            for values in ({"res_id": self.hidden.id}, self.about(self.hidden)):
                with self.subTest(user=user.login, values=values):
                    spec = {"res_name": {}, "display_name": {}}
                    told = self.tried(todo, "onchange", values, [*values], spec, user=user)
                    self.assert_silent(told)
                    told = self.tried(todo, "web_save", values, spec, user=user)
                    self.assert_silent(told)
            lines = {"activity_ids": [Command.create(self.about(self.hidden))]}
            spec = {"activity_ids": {"fields": {"res_name": {}}}}
            form = self.env["res.partner"]
            told = self.tried(form, "onchange", lines, [*lines], spec, user=user)
            self.assert_silent(told)

    def about(self, record):
        return {"res_id": record.id, "res_model_id": self.env["ir.model"]._get_id(record._name)}

    def own_todo(self, user, record=None):
        """Return a to-do of somebody about a record that is theirs."""
        todos = self.env["mail.activity"].with_user(user).sudo()
        values = {"user_id": user.id, "activity_type_id": self.env.ref(TODO).id}
        todo = todos.create({**values, **self.about(user.partner_id)})
        if record:
            todo.write(self.about(record))
        return todo.sudo(False)

    def test_u7_5_no_todo_is_moved_onto_a_case(self):
        for user in self.strangers:
            for record in (self.hidden, self.hidden.sudo().slip_ids.sudo(False), self.letter):
                todo = self.own_todo(user)
                with self.subTest(user=user.login, model=record._name):
                    call = (todo, "write", self.about(record))
                    self.assert_unheard(*call, user=user)
                    values = {**self.about(record), "user_id": user.id}
                    call = (todo.browse(), "create", values)
                    self.assert_unheard(*call, user=user)

    def assert_unheard(self, records, method, *args, user):
        """A call is refused, tells nothing, and adds nothing to the hidden case."""
        before = self.env["mail.message"].sudo().search_count([])
        with (
            self.assertRaises(UserError) as refused,
            mute_logger(*QUIET),
            self.env.cr.savepoint(),
        ):
            self.env.invalidate_all()
            self.rpc(records, method, *args, user=user)
        self.assert_silent(str(refused.exception))
        self.assertEqual(self.env["mail.message"].sudo().search_count([]), before)

    def test_u7_5_to_be_in_charge_of_a_todo_gives_no_right_to_the_case(self):
        for user in self.strangers:
            for record in (self.hidden, self.letter):
                todo = self.own_todo(user, record)
                with self.subTest(user=user.login, model=record._name):
                    mine = todo.with_user(user).with_context(active_test=False)
                    self.assertNotIn(todo, mine.search([]))
                    self.assert_silent(self.tried(todo, "read", ["res_name"], user=user))
                    for active in (True, False):
                        todo.sudo().active = active
                        self.assert_unheard(todo, "action_feedback", "x", user=user)
                        self.assert_unheard(todo, "action_feedback", user=user)
                        self.assert_unheard(todo, "write", {"summary": "x"}, user=user)

    def test_u7_5_no_file_of_a_case_leaves_with_a_todo(self):
        for user in self.strangers:
            todo = self.own_todo(user)
            with self.subTest(user=user.login):
                self.assert_unheard(todo, "action_feedback", "x", self.file.ids, user=user)
                link = {"attachment_ids": [Command.link(self.file.id)]}
                self.assert_unheard(todo, "write", link, user=user)

    def test_u7_5_nothing_is_created_that_names_a_case(self):
        for record in (self.hidden, self.letter):
            for name, _pointer, values in self.pointing(record):
                for user in self.strangers_of(record):
                    with self.subTest(model=name, about=record._name, user=user.login):
                        told = self.tried(self.env[name], "web_save", values, {}, user=user)
                        self.assert_silent(told)
                        self.assert_unheard(self.env[name], "create", values, user=user)

    def test_u7_5_no_mail_is_left_in_a_case(self):
        values = {"composition_mode": "mass_mail", "body": "x", "subject": "x"}
        values |= {"model": self.hidden._name, "email_from": "x@example.com"}
        context = {"active_model": self.hidden._name, "active_ids": self.hidden.ids}
        for user in self.strangers:
            with self.subTest(user=user.login):
                composer = self.env["mail.compose.message"].with_user(user).create(values)
                with self.assertRaises(AccessError), mute_logger(*QUIET):
                    self.rpc(composer, "action_send_mail", user=user, context=context)

    # --- what works as ever ----------------------------------------------------------------------

    def test_u7_5_clerk_works_with_own_cases(self):
        spec = {"res_name": {}, "res_model": {}}
        values = self.about(self.ticket)
        todos = self.env["mail.activity"]
        told = self.rpc(todos, "onchange", values, [], spec)["value"]
        self.assertEqual(told["res_name"], self.ticket.display_name)
        todo = self.own_todo(self.clerk)
        self.rpc(todo, "write", self.about(self.closed))
        self.rpc(todo, "action_feedback", "已回访")
        self.assertIn("已回访", self.closed.message_ids[0].body)
        made = self.own_todo(self.leader, self.ticket)
        self.assertIn(made, made.with_user(self.leader).search([]))
        self.rpc(made, "action_feedback", "已阅", user=self.leader)
        self.assertIn("已阅", self.ticket.message_ids[0].body)

    def test_u7_5_clerk_writes_about_own_case(self):
        composers, template = self.env["mail.compose.message"], self.template()
        values = {"model": self.ticket._name, "res_ids": str(self.ticket.ids)}
        form = {**values, "composition_mode": "comment", "template_id": template.id}
        told = self.rpc(composers, "onchange", form, [], {"subject": {}, "body": {}})["value"]
        self.assertEqual(told["subject"], f"{self.ticket.number} {self.ticket.name}")
        made = self.rpc(composers, "create", {**values, "body": "已联系", "subject": "x"})
        self.rpc(composers.browse(made), "action_send_mail")
        self.assertIn("已联系", self.ticket.message_ids[0].body)

    def test_u7_5_other_teams_and_records_are_as_without_us(self):
        """Odoo tells everybody the name of what a to-do is about, and moves own ones anywhere."""
        own = self.env["helpdesk.ticket"].create(
            {"name": "扫描仪", "description": "坏了", "team_id": self.team.id}
        )
        for record in (self.ordinary, own, self.env.company.partner_id):
            for user in (self.plain, self.outsider, self.foreign_clerk):
                with self.subTest(record=record._name, user=user.login):
                    call = (self.env["mail.activity"], "onchange", self.about(record), [])
                    told = self.rpc(*call, {"res_name": {}}, user=user)["value"]
                    self.assertEqual(told["res_name"], record.sudo().display_name)
                    todo = self.own_todo(user)
                    self.rpc(todo, "write", self.about(record), user=user)
                    self.assertIn(todo, todo.with_user(user).search([]))
                    self.rpc(todo, "action_feedback", "好", user=user)

    def test_u7_5_what_is_about_other_records_costs_no_query(self):
        for record in (self.env.company.partner_id, self.ordinary):
            for user in (self.plain, self.outsider):
                with self.subTest(record=record._name, user=user.login):
                    for _time in range(3):  # what the thread has, and the caches know, by then
                        self.queries(record, user)
                    with patch.object(base, "POINTERS", {}):
                        plain = self.queries(record, user)
                    self.assertLessEqual(self.queries(record, user), plain)

    def queries(self, record, user):
        """Count the queries of a to-do's life, and of its form."""
        todo = self.own_todo(user)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        todos = todo.browse()
        self.rpc(todos, "onchange", self.about(record), [], {"res_name": {}}, user=user)
        self.rpc(todo, "write", self.about(record), user=user)
        self.rpc(todos, "search_read", [["user_id", "=", user.id]], ["res_name"], user=user)
        self.rpc(todo, "action_feedback", "好", user=user)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_u7_5_nobody_sees_who_follows_a_case(self):
        followers = self.hidden.sudo().message_follower_ids.sudo(False)
        self.assertTrue(followers)
        for user in self.strangers:
            theirs = followers.with_user(user)
            with self.subTest(user=user.login), mute_logger(*QUIET):
                self.assertFalse(theirs.search([("id", "in", followers.ids)]))
                with self.assertRaises(AccessError):
                    theirs.read(["partner_id"])
        self.assertTrue(followers.with_user(self.clerk).read(["partner_id"]))

    def test_u7_5_entries_of_the_calendar_are_for_who_may_read_the_case(self):
        guest = new_test_user(self.env, "kc_guest", "base.group_user")
        event = self.env["calendar.event"].create(
            {
                "name": "密题甲",
                "start": "2026-05-12 02:00:00",
                "stop": "2026-05-12 03:00:00",
                "res_model_id": self.env["ir.model"]._get_id("helpdesk.ticket"),
                "res_id": self.hidden.id,
                "user_id": self.clerk.id,
                "partner_ids": [Command.set((self.clerk + guest).partner_id.ids)],
            }
        )
        for user in self.strangers:
            with self.subTest(user=user.login), mute_logger(*QUIET):
                theirs = event.with_user(user)
                self.assertFalse(theirs.search([("name", "=", "密题甲")]))
                with self.assertRaises(AccessError):
                    theirs.read(["name"])
                with self.assertRaises(AccessError):
                    theirs.write({"name": "x"})
        for user in (self.clerk, guest):
            self.assertEqual(event.with_user(user).search([("id", "=", event.id)]), event)
            self.assertEqual(event.with_user(user).name, "密题甲")

    def test_u7_5_messages_to_be_sent_later_are_for_who_may_read_the_case(self):
        later = (
            self.env["mail.scheduled.message"]
            .with_user(self.clerk)
            .create(
                {
                    "model": "helpdesk.ticket",
                    "res_id": self.hidden.id,
                    "author_id": self.clerk.partner_id.id,
                    "body": "密由丙",
                    "scheduled_date": "2030-01-01 00:00:00",
                }
            )
        )
        for user in self.strangers:
            with (
                self.subTest(user=user.login),
                mute_logger(*QUIET),
                self.assertRaises(AccessError),
            ):
                later.with_user(user).read(["body"])
        self.assertIn("密由丙", later.with_user(self.clerk).body)

    def test_u7_5_only_desk_models_are_looked_at(self):
        for name in ("res.partner", "project.task", "helpdesk.ticket.team", None):
            self.assertFalse(is_of_desk(name))
