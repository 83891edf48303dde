"""Who may do what with which record, and what nobody finds who may not see it (design §5)."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import GROUP, ComplaintCommon

OPERATIONS = {"r": "read", "w": "write", "c": "create", "u": "unlink"}
STRANGERS = ("outsider", "plain", "portal", "public", "foreign_clerk")
# Record -> role -> what it may do; who isn't named may do nothing.
RIGHTS = {
    "ticket": {
        "clerk": "rwc",
        "colleague": "rwc",
        "manager": "rwcu",
        "leader": "r",
        "director": "r",
    },
    "restricted": {"clerk": "rwc", "leader": "r", "director": "r"},
    "closed": {
        "clerk": "rwc",
        "colleague": "rwc",
        "manager": "rwcu",
        "leader": "r",
        "director": "r",
        "archivist": "r",
    },
    "respondent": {
        "clerk": "rwcu",
        "colleague": "rwcu",
        "manager": "rwcu",
        "leader": "r",
        "director": "r",
    },
    "hidden_respondent": {"clerk": "rwcu", "leader": "r", "director": "r"},
    "slip": {
        "clerk": "rwcu",
        "colleague": "rwcu",
        "manager": "rwcu",
        "leader": "r",
        "director": "r",
        "rep": "r",
    },
    "reply": {
        "clerk": "rw",
        "colleague": "rw",
        "manager": "rw",
        "leader": "r",
        "director": "r",
        "archivist": "r",
        "rep": "r",
    },
    "feedback": {
        "clerk": "rwcu",
        "colleague": "rwcu",
        "manager": "rwcu",
        "leader": "r",
        "director": "r",
        "archivist": "r",
    },
    "deadline": {"clerk": "r", "colleague": "r", "manager": "r", "leader": "r", "director": "r"},
    "hidden_deadline": {"clerk": "r", "leader": "r", "director": "r"},
    **dict.fromkeys(
        ("unit", "window", "staff", "representative"),
        {
            "clerk": "r",
            "colleague": "r",
            "manager": "rwcu",
            "leader": "r",
            "director": "r",
            "archivist": "r",
        },
    ),
    "policy": {
        "clerk": "r",
        "colleague": "r",
        "manager": "rwcu",
        "leader": "r",
        "director": "r",
        "archivist": "r",
        "foreign_clerk": "r",
    },
}
# Words that identify the complainant or tell what they said.
SECRETS = ("王小明", "13812345678", "排队两小时")


class AccessCommon(ComplaintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = new_test_user(cls.env, "kc_colleague", GROUP + "clerk")
        cls.plain = new_test_user(cls.env, "kc_plain", "base.group_user")
        cls.portal = new_test_user(cls.env, "kc_portal", "base.group_portal")
        cls.public = cls.env.ref("base.public_user")
        abroad = cls.env["res.company"].create({"name": "修文县政务服务中心"})
        cls.foreign_clerk = new_test_user(
            cls.env,
            "kc_foreign",
            f"{GROUP}clerk,helpdesk_mgmt.group_helpdesk_manager",
            company_id=abroad.id,
            company_ids=[Command.set(abroad.ids)],
        )
        cls.room.user_ids += cls.colleague
        cls._create_cases()

    @classmethod
    def _create_cases(cls):
        cls.ticket = cls.accepted()
        cls.restricted = cls.accepted(conduct_ids=cls.env.ref("kaiyang_complaint.conduct_04").ids)
        cls.closed = cls.closed()
        cls.respondent, cls.hidden_respondent = (
            cls.ticket.respondent_ids,
            cls.restricted.respondent_ids,
        )
        cls.slip, cls.feedback = cls.ticket.slip_ids, cls.closed.feedback_ids
        cls.reply = cls.closed.slip_ids.reply_ids
        cls.deadline = cls.ticket.deadline_ids[0]
        cls.hidden_deadline = cls.restricted.deadline_ids[0]
        cls.policy = cls.env.ref("kaiyang_complaint.policy_general")

    @classmethod
    def people(cls):
        """Return all who may log in, and who may not, by the name of their role."""
        names = {role for rights in RIGHTS.values() for role in rights}
        return {name: getattr(cls, name) for name in (*names, "archivist", "other_rep", *STRANGERS)}


@tagged("post_install", "-at_install")
class TestRights(AccessCommon):
    def test_matrix(self):
        for name, rights in RIGHTS.items():
            record = getattr(self, name).sudo(False)
            for role, user in self.people().items():
                held = "".join(
                    letter
                    for letter, operation in OPERATIONS.items()
                    if record.with_user(user).has_access(operation)
                )
                with self.subTest(record=name, role=role):
                    self.assertEqual(held, rights.get(role, ""))

    def test_no_model_of_ours_is_open_to_strangers(self):
        """A new model must name who may use it; representatives have their slips alone."""
        ours = [
            model
            for name, model in self.env.items()
            if name.startswith("complaint.") and not model._abstract
        ]
        opened = {"rep": {"complaint.slip", "complaint.slip.reply"}}
        for role in ("outsider", "plain", "portal", "public", "rep"):
            for model in ours:
                with self.subTest(role=role, model=model._name):
                    may = model.with_user(getattr(self, role)).has_access("read")
                    self.assertEqual(may, model._name in opened.get(role, ()))

    def test_followers_and_contacts_see_no_complaint(self):
        """The helpdesk's rules for followers and contacts are OR-ed with ours."""
        ticket = self.ticket.sudo()
        ticket.partner_id = self.portal.partner_id
        follower = {"res_model": "helpdesk.ticket", "res_id": ticket.id}
        self.env["mail.followers"].create(
            [
                {**follower, "partner_id": user.partner_id.id}
                for user in (self.portal, self.plain, self.outsider)
            ]
        )
        for user in (self.portal, self.plain, self.outsider):
            with self.subTest(user=user.login):
                self.assertFalse(self.ticket.with_user(user).has_access("read"))

    def test_ordinary_tickets_are_left_alone(self):
        team = self.env["helpdesk.ticket.team"].create({"name": "信息服务台"})
        ticket = (
            self.env["helpdesk.ticket"]
            .with_user(self.outsider)
            .create({"name": "打印机", "description": "卡纸", "team_id": team.id})
        )
        ticket.write({"name": "打印机卡纸", "number": "X-1", "due_at": "2026-01-01 00:00:00"})
        ticket.unlink()

    def test_representative_out_of_office_loses_the_slip(self):
        slip = self.slip.with_user(self.rep)
        self.assertTrue(slip.has_access("read"))
        self.representative.active = False
        self.assertFalse(slip.has_access("read"))

    def test_accused_representative_never_gets_the_slip(self):
        """They get neither the slip nor its reply; with nobody else, the centre keeps it."""
        self.representative.staff_id = self.staff
        ticket = self.accepted()
        self.assertFalse(ticket.representative_id)
        self.assertEqual(ticket.complaint_state, "accepted")
        self.assertFalse(self.slip.with_user(self.rep).has_access("read"))
        self.assertFalse(self.reply.with_user(self.rep).has_access("read"))


@tagged("post_install", "-at_install")
class TestSearches(AccessCommon):
    """What is hidden can't be found, counted, exported or guessed at either."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for ticket in (cls.ticket + cls.restricted + cls.closed).with_user(cls.clerk):
            ticket.message_post(body="王小明来电补充材料")
            ticket.activity_schedule("mail.mail_activity_data_todo", summary="回访王小明")
        exporters = cls.colleague + cls.manager + cls.archivist + cls.outsider + cls.foreign_clerk
        cls.env.ref("base.group_allow_export").user_ids += exporters
        cls.env["ir.attachment"].create(
            [
                {
                    "name": "王小明的材料.txt",
                    "raw": b"x",
                    "res_model": record._name,
                    "res_id": record.id,
                }
                for record in (cls.ticket, cls.restricted, cls.closed, cls.feedback)
            ]
        )
        cls.slip.with_user(cls.clerk).message_post(
            body="投诉人王小明要求保密", subtype_xmlid="mail.mt_note"
        )
        cls.env.flush_all()

    def found(self, user, model, method, *args):
        """Return what a person gets for a call, nothing where it is refused."""
        return self.found_in(self.env[model].with_user(user), method, *args)

    def found_in(self, records, method, *args):
        with mute_logger("odoo.models", "odoo.addons.base.models.ir_rule"):
            try:
                return getattr(records, method)(*args)
            except AccessError:
                return []

    def doors(self, tickets):
        """Yield model, method and arguments of each way of looking for complaints."""
        ours = [("id", "in", tickets.ids)]
        on_them = [("res_model", "=", "helpdesk.ticket"), ("res_id", "in", tickets.ids)]
        said = [("model", "=", "helpdesk.ticket"), ("res_id", "in", tickets.ids)]
        yield "helpdesk.ticket", "search", ours
        yield "helpdesk.ticket", "search_count", ours
        yield "helpdesk.ticket", "search_read", ours, ["partner_name", "description"]
        yield "helpdesk.ticket", "name_search", "", ours
        yield "helpdesk.ticket", "name_search", tickets[0].number
        yield "helpdesk.ticket", "read_group", ours, ["partner_name"], ["partner_name"]
        yield "helpdesk.ticket", "formatted_read_group", ours, ["partner_name"], ["__count"]
        for model in ("complaint.respondent", "complaint.feedback", "complaint.deadline"):
            yield model, "search", [("ticket_id", "in", tickets.ids)]
            yield model, "formatted_read_group", [("ticket_id", "in", tickets.ids)], ["ticket_id"]
        yield "complaint.slip", "search", [("ticket_id", "in", tickets.ids)]
        yield "complaint.slip.reply", "search", [("slip_id.ticket_id", "in", tickets.ids)]
        yield "mail.message", "search", said
        yield "mail.message", "search_count", said
        yield "mail.activity", "search", on_them
        yield "ir.attachment", "search", on_them
        yield "ir.attachment", "search_count", on_them
        yield "ir.attachment", "search", [("name", "=", "王小明的材料.txt"), *on_them]

    def assert_blind(self, user, tickets):
        """Check that no way of looking shows a person anything of some complaints."""
        for model, method, *args in self.doors(tickets):
            with self.subTest(user=user.login, model=model, method=method, args=args):
                self.assertFalse(self.found(user, model, method, *args))
        for method, *args in (("read", ["partner_name"]), ("export_data", ["partner_name"])):
            records = self.env["helpdesk.ticket"].with_user(user).browse(tickets.ids)
            with self.subTest(user=user.login, method=method), self.assertRaises(UserError):
                getattr(records, method)(*args)

    def test_leader_finds_complaints_by_every_door(self):
        """Were a door shut to everybody, finding nothing there would prove nothing."""
        for model, method, *args in self.doors(self.closed):
            if model not in ("mail.activity", "complaint.slip.reply"):
                with self.subTest(model=model, method=method, args=args):
                    self.assertTrue(self.found(self.leader, model, method, *args))

    def test_strangers_and_representatives_find_no_complaint(self):
        tickets = self.ticket + self.restricted + self.closed
        for role in (*STRANGERS, "other_rep"):
            self.assert_blind(getattr(self, role), tickets)

    def test_colleague_and_manager_find_no_restricted_case(self):
        for user in (self.colleague, self.manager):
            self.assert_blind(user, self.restricted)

    def test_archivist_finds_no_open_case(self):
        self.assert_blind(self.archivist, self.ticket + self.restricted)

    def test_nobody_guesses_the_complainant_by_a_detour(self):
        """A domain may cross relations: it must not tell by its result who complained."""
        detours = [
            ("helpdesk.ticket.team", "ticket_ids.{}"),
            ("helpdesk.ticket.channel", "complaint_ids.{}"),
            ("helpdesk.ticket", "team_id.ticket_ids.{}"),
            ("helpdesk.ticket", "duplicate_ids.{}"),
            ("res.users", "helpdesk_team_ids.ticket_ids.{}"),
            ("res.partner", "helpdesk_ticket_ids.{}"),
            ("complaint.slip", "ticket_id.{}"),
            ("complaint.slip", "deadline_ids.ticket_id.{}"),
            ("complaint.slip", "reply_ids.slip_id.ticket_id.{}"),
            ("complaint.slip.reply", "slip_id.ticket_id.{}"),
            ("complaint.window.unit", "window_ids.unit_id.name"),
        ]
        for role in (*STRANGERS, "rep", "other_rep"):
            user = getattr(self, role)
            for model, path in detours:
                if path.split(".")[0] not in self.env[model]._fields:
                    continue
                domain = [(path.format("partner_name"), "=", "王小明")]
                with self.subTest(role=role, model=model, path=path):
                    self.assertFalse(self.found(user, model, "search", domain))

    def test_representative_sees_the_slip_without_the_complainant(self):
        slip = self.slip.with_user(self.rep)
        values = [self.found_in(slip, "read", [name]) for name in slip.fields_get()]
        messages = self.found(
            self.rep, "mail.message", "search_read", [("model", "=", "complaint.slip")], ["body"]
        )
        files = self.found(
            self.rep, "ir.attachment", "search_read", [("res_id", "!=", 0)], ["name"]
        )
        seen = f"{values} {messages} {files}"
        self.assertIn("王**", seen)
        for secret in SECRETS[:2]:
            self.assertNotIn(secret, seen)
        for call in (
            lambda: slip.read(["ticket_id"]),
            lambda: slip.ticket_id,
            lambda: slip.search([], order="ticket_id"),
            lambda: slip.formatted_read_group([], ["ticket_id"], []),
            lambda: slip.export_data(["ticket_id/partner_name"]),
        ):
            with self.assertRaises(UserError):
                call()
