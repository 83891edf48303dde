import hmac
import re
from unittest.mock import patch

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models import complaint_tracking
from ..tools import tracking_code
from .common import ComplaintCommon
from .test_portal import PortalCase

SECRETS = ("王小明", "13812345678", "排队两小时", "李晓梅", "不动产", "kc_clerk", "kc_rep")


@tagged("post_install", "-at_install")
class TestTrackingCode(ComplaintCommon):
    def test_x1_acceptance_draws_a_code_that_nobody_guesses(self):
        draft = self.new_complaint()
        self.assertFalse(draft.tracking_code)
        codes = {self.accepted().tracking_code for _one in range(5)}
        self.assertEqual(len(codes), 5)
        for code in codes:
            self.assertRegex(code, r"^([2-9A-HJKMNP-Z]{3}-){2}[2-9A-HJKMNP-Z]{3}$")
        self.assertGreater(len(tracking_code.ALPHABET) ** tracking_code.LENGTH, 2**40)

    def test_x1_the_code_stays_and_is_not_copied(self):
        ticket = self.closed()
        code = ticket.tracking_code
        ticket.with_user(self.manager).action_reopen("投诉人补充材料")
        self.assertEqual(ticket.tracking_code, code)
        self.assertFalse(ticket.copy().tracking_code)
        with self.assertRaises(UserError):
            ticket.write({"tracking_code": "AAA-AAA-AAA"})

    def test_x1_the_code_is_for_the_desk_alone(self):
        ticket = self.accepted()
        for user in (self.rep, self.outsider):
            tickets = self.env["helpdesk.ticket"].with_user(user)
            self.assertNotIn("tracking_code", tickets.fields_get())
            with self.assertRaises(AccessError):
                ticket.with_user(user).read(["tracking_code"])
            with self.assertRaises(AccessError):
                tickets.search([("tracking_code", "=", ticket.tracking_code)])

        self.env.ref("base.group_allow_export").user_ids += self.outsider
        with self.assertRaises(AccessError):
            ticket.with_user(self.outsider).export_data(["tracking_code"])

    def test_x1_codes_are_compared_in_constant_time(self):
        """Whatever is asked for, one search and at least one comparison."""
        tickets, ticket = self.env["helpdesk.ticket"], self.accepted()
        asked = [(ticket.number, "AAA-AAA-AAA"), ("2026-9999", "AAA-AAA-AAA"), ("/", "")]
        for number, code in asked:
            with (
                patch.object(hmac, "compare_digest", wraps=hmac.compare_digest) as compare,
                self.assertQueryCount(1),
            ):
                self.assertFalse(tickets._tracked(number, code))
            self.assertTrue(compare.called)
        self.assertEqual(tickets._tracked(ticket.number, ticket.tracking_code), ticket)

    def test_x1_a_household_is_one_address(self):
        guesses = self.env["complaint.tracking.guess"]
        for host in range(complaint_tracking.GUESSES):
            guesses._note(f"2001:db8:1:2::{host + 1}")
        self.assertTrue(guesses._is_too_much("2001:db8:1:2:ffff::1"))
        self.assertFalse(guesses._is_too_much("2001:db8:1:3::1"))
        self.assertNotIn("2001", guesses.sudo().search([], limit=1).address)


class TrackingCase(PortalCase):
    def ask(self, number, code, **headers):
        data = {"number": number, "code": code, "csrf_token": http.Request.csrf_token(self)}
        return self.url_open("/complaint/track", data=data, headers=headers)

    def answer(self, ticket):
        return self.ask(ticket.number, ticket.sudo().tracking_code)

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)


@tagged("post_install", "-at_install")
class TestTrackingPage(TrackingCase):
    def test_x1_the_form_needs_no_login(self):
        page = self.url_open("/complaint/track")
        self.assertEqual(page.status_code, 200)
        self.assertIn("Query code", page.text)
        self.assertIn("no-store", page.headers["Cache-Control"])

    def test_x1_the_complainant_sees_the_path_and_nothing_else(self):
        ticket = self.accepted()
        answer = self.answer(ticket)
        self.assertEqual(answer.status_code, 200)
        self.assertIn(ticket.number, answer.text)
        self.assertIn('data-key="sign"', answer.text)
        self.assertIn('aria-current="step"', answer.text)
        self.assertIn("no-store", answer.headers["Cache-Control"])
        for secret in (*SECRETS, ticket.tracking_code):
            self.assertNotIn(secret, answer.text)

    def test_x1_every_state_has_its_answer(self):
        for ticket, key in ((self.replied(), "feedback"), (self.fed_back(), "close")):
            answer = self.answer(ticket)
            current = re.findall(r'data-key="(\w+)"\s+aria-current', answer.text)
            self.assertEqual(current, [key])
        closed = self.answer(self.closed()).text
        self.assertIn("settled and closed", closed)
        self.assertNotIn("aria-current", closed)

    def test_u7_5_a_restricted_case_shows_no_branch(self):
        ticket = self.accepted(is_discipline_matter=True)
        answer = self.answer(ticket).text
        self.assertIn('data-key="in_hand"', answer)
        for key in ("inquire", "sign_off", "transfer", "sign", "forward"):
            self.assertNotIn(f'data-key="{key}"', answer)

    def test_x1_codes_are_read_as_people_type_them(self):
        ticket = self.accepted()
        typed = ticket.tracking_code.replace("-", " ").lower()
        self.assertEqual(self.ask(f" {ticket.number} ", typed).status_code, 200)

    def test_x1_whatever_is_wrong_the_answer_is_the_same(self):
        ticket = self.accepted()
        restricted = self.accepted(is_discipline_matter=True)
        draft = self.new_complaint()
        wrong = [
            (ticket.number, restricted.sudo().tracking_code),
            (restricted.number, "ABC-DEF-234"),
            ("2026-9999", "ABC-DEF-234"),
            (draft.number, ""),
            (str(draft.id), "ABC-DEF-234"),
        ]
        answers = [self.ask(number, code) for number, code in wrong]
        self.assertEqual({answer.status_code for answer in answers}, {422})
        told = {
            re.sub(r'value="[^"]*"|csrf_token: "[^"]*"', "", answer.text).strip()
            for answer in answers
        }
        self.assertEqual(len(told), 1)

    def test_x1_what_no_form_sends_is_wrong_as_well(self):
        self.assertEqual(self.ask("\0", "\0").status_code, 422)
        token = {"csrf_token": http.Request.csrf_token(self)}
        forged = dict.fromkeys(("number", "code"), ("x.txt", b"x"))
        answer = self.url_open("/complaint/track", data=token, files=forged)
        self.assertEqual(answer.status_code, 422)

    def test_x1_guessing_has_to_wait(self):
        ticket = self.accepted()
        for _guess in range(complaint_tracking.GUESSES):
            self.assertEqual(self.ask(ticket.number, "ABC-DEF-234").status_code, 422)
        answer = self.answer(ticket)
        self.assertEqual(answer.status_code, 429)
        self.assertTrue(answer.headers["Retry-After"])
        self.assertNotIn(ticket.number, answer.text)
        self.env.cr.execute(
            "UPDATE complaint_tracking_guess SET create_date = create_date - interval '1 hour'"
        )
        self.assertEqual(self.answer(ticket).status_code, 200)

    def test_x1_right_answers_are_not_counted(self):
        ticket = self.accepted()
        for _visit in range(complaint_tracking.GUESSES + 1):
            self.assertEqual(self.answer(ticket).status_code, 200)

    def test_x1_a_forged_form_is_refused(self):
        ticket = self.accepted()
        data = {"number": ticket.number, "code": ticket.tracking_code}
        with self.assertLogs("odoo.http", "WARNING"):
            self.assertEqual(self.url_open("/complaint/track", data=data).status_code, 400)

    def test_x1_the_code_never_travels_in_an_address(self):
        ticket = self.accepted()
        page = self.url_open(
            f"/complaint/track?number={ticket.number}&code={ticket.tracking_code}"
        ).text
        self.assertNotIn("o_flow", re.sub(r"(?s)<head>.*</head>", "", page))

    def test_x1_the_slip_page_shows_the_path(self):
        slip = self.accepted().slip_ids
        self.login(self.rep)
        page = self.url_open(f"/my/complaints/{slip.id}").text
        self.assertIn('data-key="sign"', page)
        self.assertIn("Your unit", page)
