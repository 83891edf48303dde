"""Standard phrases are offered with the facts of the case, and reasons of returns are counted."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.service.model import call_kw
from odoo.tests import Form, new_test_user, tagged

from ...tools.phrases import BLANK
from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestPhrases(ComplaintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.phrases = cls.env["complaint.phrase"]
        cls.phrases.search([]).active = False
        cls.opinion, cls.vague, cls.unproved = cls.phrases.create(
            [
                {"kind": "opinion", "name": "核实", "text": "请核实{窗口}的{人员}办理“{事项}”。"},
                {"kind": "return", "name": "措施不具体", "text": "整改措施不具体。"},
                {"kind": "return", "name": "缺少佐证", "text": "{单位}未附佐证材料。"},
            ]
        )
        cls.ticket = cls.accepted()
        cls.restricted = cls.accepted(conduct_ids=cls.env.ref("kaiyang_complaint.conduct_04").ids)

    def offered(self, user, kind, ticket=None):
        env = self.env(user=user)
        found = call_kw(env["complaint.phrase"], "offer", [kind, ticket and ticket.id], {})
        return [(phrase["name"], phrase["text"]) for phrase in found]

    def answered(self):
        """Return a slip whose unit has replied."""
        slip = self.accepted().slip_ids
        slip.with_user(self.rep).action_receive()
        slip.with_user(self.rep).action_reply(self.reply_values())
        return slip.with_user(self.clerk)

    def returning(self, slip):
        """Return the context in which the dialog asks why a reply is returned."""
        return slip.action_return_reply()["context"]

    # --- wordings ---------------------------------------------------------------------------------

    def test_phrase_is_filled_with_the_facts_of_the_case(self):
        said = f"请核实T12 不动产登记的{self.staff.name}办理“不动产转移登记”。"
        for user in (self.clerk, self.manager, self.leader):
            self.assertEqual(self.offered(user, "opinion", self.ticket), [("核实", said)])
        self.assertEqual(
            self.offered(self.clerk, "opinion"),
            [("核实", f"请核实{BLANK}的{BLANK}办理“{BLANK}”。")],
        )

    def test_f5_3_1_feedback_takes_over_what_the_accepted_reply_says(self):
        self.phrases.create({"kind": "feedback", "name": "答", "text": "经查：{查明}。{整改}。"})
        told = "经查：经查，情况属实。批评教育，重新培训。"
        self.assertEqual(self.offered(self.clerk, "feedback", self.replied()), [("答", told)])
        said = self.offered(self.clerk, "feedback", self.answered().ticket_id)
        self.assertEqual(said, [("答", f"经查：{BLANK}。{BLANK}。")], "not accepted yet")

    def test_place_that_no_case_fills_is_refused_with_those_that_are_known(self):
        with self.assertRaisesRegex(ValidationError, r"\{姓名\}.*\{窗口\}"):
            self.phrases.create({"kind": "opinion", "name": "x", "text": "请{姓名}来"})

    def test_shipped_phrases_are_chinese_and_fill(self):
        shipped = self.phrases.with_context(active_test=False).search(
            [("id", "not in", (self.opinion + self.vague + self.unproved).ids)]
        )
        kinds = dict(self.phrases._fields["kind"].selection)
        self.assertEqual(set(shipped.mapped("kind")), set(kinds))
        self.env.company.complaint_center_name = "开阳县政务服务中心"
        for text in shipped._filled(self.ticket):
            self.assertNotRegex(text, r"[{}A-Za-z]{2,}")

    def test_complainant_is_in_no_phrase(self):
        every = "".join(f"{{{name}}}" for name in self.opinion.places.strip("{}").split("} {"))
        self.opinion.text = every
        ((_name, text),) = self.offered(self.clerk, "opinion", self.ticket)
        self.assertIn("T12", text)
        for secret in (self.ticket.partner_name, self.ticket.complainant_phone):
            self.assertNotIn(secret, text)

    # --- who --------------------------------------------------------------------------------------

    def test_nothing_is_told_of_a_case_that_may_not_be_read(self):
        clerk = new_test_user(self.env, "kc_other_clerk", "kaiyang_complaint.group_complaint_clerk")
        for user, ticket in (
            (clerk, self.restricted),
            (self.archivist, self.ticket),
            (self.rep, self.ticket),
            (self.outsider, self.ticket),
        ):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.offered(user, "opinion", ticket)
        for given in ("1", [1], {"a": 1}, 1.5):
            with self.subTest(given=given), self.assertRaises(UserError):
                call_kw(
                    self.env(user=self.clerk)["complaint.phrase"], "offer", ["opinion", given], {}
                )

    def test_manager_keeps_the_phrases_and_others_read_them(self):
        for user, held in {
            self.manager: "rwcu",
            self.clerk: "r",
            self.leader: "r",
            self.archivist: "r",
            self.outsider: "",
            self.rep: "",
        }.items():
            with self.subTest(user=user.login):
                self.assertEqual(self.held(self.opinion, user), held)

    def test_phrases_of_another_centre_are_not_offered(self):
        abroad = self.env["res.company"].create({"name": "修文县政务服务中心"})
        self.opinion.company_id = abroad
        self.assertEqual(self.offered(self.clerk, "opinion", self.ticket), [])
        self.assertFalse(self.phrases.with_user(self.clerk).search([("kind", "=", "opinion")]))

    def test_desk_sees_no_example_phrase_of_odoo(self):
        responses = self.env["mail.canned.response"]
        example = responses.sudo().create({"source": "kc_hello", "substitution": "Hello"})
        example.group_ids = self.env.ref("base.group_user")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE mail_canned_response SET create_uid = 1 WHERE id = %s", [example.id]
        )
        self.env.invalidate_all()
        plain = new_test_user(self.env, "kc_plain", "base.group_user")
        named = [("source", "=", "kc_hello")]
        self.assertTrue(responses.with_user(plain).search_count(named))
        for user in (self.clerk, self.leader, self.archivist):
            self.assertFalse(responses.with_user(user).search_count(named))

    # --- reasons of returns -----------------------------------------------------------------------

    def test_h5_2_1_standard_reasons_stand_in_the_text_and_are_counted_for_the_unit(self):
        slip = self.answered()
        dialogs = self.env["complaint.reason.wizard"].with_user(self.clerk)
        with Form(dialogs.with_context(**self.returning(slip))) as form:
            form.reason = "请补充当日录音。"
            form.phrase_ids.add(self.unproved)
            form.phrase_ids.add(self.vague)
            said = f"整改措施不具体。\n{self.unit.name}未附佐证材料。\n请补充当日录音。"
            self.assertEqual(form.reason, said)
            form.phrase_ids.remove(self.vague.id)
            said = f"{self.unit.name}未附佐证材料。\n请补充当日录音。"
            self.assertEqual(form.reason, said)
        form.record.action_confirm()
        reply = slip.reply_ids
        self.assertEqual((reply.state, reply.return_reason), ("returned", said))
        counted = (
            self.env["complaint.slip.reply"]
            .with_user(self.manager)
            ._read_group(
                [("state", "=", "returned"), ("slip_id", "=", slip.id)],
                ["unit_id", "return_phrase_ids"],
                ["__count"],
            )
        )
        self.assertEqual(counted, [(self.unit, self.unproved, 1)])

    def test_h5_2_1_return_without_a_standard_reason_is_as_before(self):
        slip = self.answered()
        slip.action_return_reply("请重写。")
        self.assertEqual(slip.reply_ids.return_reason, "请重写。")
        self.assertFalse(slip.reply_ids.return_phrase_ids)

    def test_h5_2_1_only_standard_reasons_are_counted(self):
        slip = self.answered()
        with self.assertRaises(UserError):
            slip.action_return_reply("x", "all")
        slip.action_return_reply("x", [self.opinion.id, self.vague.id])
        self.assertEqual(slip.reply_ids.return_phrase_ids, self.vague)
        with self.assertRaises(AccessError):
            slip.reply_ids.with_user(self.rep).read(["return_phrase_ids"])

    def test_dialog_offers_the_phrases_of_its_act(self):
        slip = self.answered()
        dialogs = self.env["complaint.reason.wizard"].with_user(self.clerk)
        urging = self.ticket.with_user(self.clerk).action_urge()["context"]
        with Form(dialogs.with_context(**urging)) as form:
            self.assertEqual((form.phrase_kind, form.ticket_number), ("urge", self.ticket.id))
            form.reason = "请抓紧"
        with Form(dialogs.with_context(**self.returning(slip))) as form:
            self.assertFalse(form.phrase_kind)
            self.assertTrue(form.is_counted)
            form.reason = "x"

    def test_dialog_about_a_hidden_case_names_none(self):
        stranger = new_test_user(self.env, "kc_stranger", "kaiyang_complaint.group_complaint_clerk")
        dialog = self.env["complaint.reason.wizard"].with_user(stranger)
        given = {"verb": "action_urge", "reason": "x", "res_model": "helpdesk.ticket"}
        given["res_ids"] = self.restricted.ids
        for open_dialog in (dialog.new, dialog.create):
            with self.assertRaises(AccessError):
                open_dialog(given).read(["ticket_number"])
