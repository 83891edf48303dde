"""What is hidden can't be found, counted, exported or guessed at either (七.5)."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..access_common import STRANGERS, AccessCommon

# Words that identify the complainant or tell what they said.
SECRETS = ("王小明", "13812345678", "排队两小时")


@tagged("post_install", "-at_install")
class TestSearches(AccessCommon):
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
        with mute_logger("odoo.models", "odoo.addons.base.models.ir_rule", "py.warnings"):
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
            ("helpdesk.ticket", "team_id.ticket_ids.{}"),
            ("helpdesk.ticket", "duplicate_ids.{}"),
            ("res.users", "helpdesk_team_ids.ticket_ids.{}"),
            ("res.partner", "helpdesk_ticket_ids.{}"),
            ("complaint.slip", "ticket_id.{}"),
            ("complaint.slip", "deadline_ids.ticket_id.{}"),
            ("complaint.slip", "reply_ids.slip_id.ticket_id.{}"),
            ("complaint.slip.reply", "slip_id.ticket_id.{}"),
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
        self.assertIn("〔姓名〕", seen)
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
