import hmac
import re
from unittest.mock import patch

from freezegun import freeze_time
from odoo import fields, http
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import OperationalError

from ...models.case import complaint_tracking_attempt as complaint_tracking
from ...models.desk.public_progress import tracked
from ...tools import tracking_code
from ..at_once import AtOnceCase
from ..common import ComplaintCommon
from ..handling.test_portal import PortalCase

# Tells the administrator of a spent budget.
GUESSING = complaint_tracking._logger.name
WRONG = "ABC-DEF-234-KMN"
SECRETS = ("王小明", "13812345678", "排队两小时", "李晓梅", "不动产", "kc_clerk", "kc_rep")


@tagged("post_install", "-at_install")
class TestTrackingCode(ComplaintCommon):
    def test_x1_acceptance_draws_a_code_that_nobody_guesses(self):
        draft = self.new_complaint()
        self.assertFalse(draft.tracking_code)
        codes = {self.accepted().tracking_code for _one in range(5)}
        self.assertEqual(len(codes), 5)
        for code in codes:
            self.assertRegex(code, r"^([2-9A-HJKMNP-Z]{3}-){3}[2-9A-HJKMNP-Z]{3}$")
        # A right code is always answered: a year at a thousand tries a second must be hopeless.
        tries = 1000 * 3600 * 24 * 366
        self.assertLess(tries / len(tracking_code.ALPHABET) ** tracking_code.LENGTH, 1e-7)

    def test_x1_the_code_stays_and_is_not_copied(self):
        ticket = self.closed()
        code = ticket.tracking_code
        ticket.with_user(self.manager).action_reopen("投诉人补充材料")
        self.assertEqual(ticket.tracking_code, code)
        self.assertFalse(ticket._with_procedure().copy().tracking_code)
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
        """Whatever is asked for, one query and at least one comparison."""
        ticket = self.accepted()
        self.env.flush_all()
        asked = [(ticket.number, "AAA-AAA-AAA"), ("2026-9999", "AAA-AAA-AAA"), ("/", "")]
        for number, code in asked:
            self.env.invalidate_all()
            with (
                patch.object(hmac, "compare_digest", wraps=hmac.compare_digest) as compare,
                self.assertQueryCount(1),
            ):
                self.assertFalse(tracked(self.env, number, code))
            self.assertTrue(compare.called)
        self.assertEqual(tracked(self.env, ticket.number, ticket.tracking_code), ticket)


class TrackingCase(PortalCase):
    def ask(self, number, code, **headers):
        data = {"number": number, "code": code, "csrf_token": http.Request.csrf_token(self)}
        return self.url_open("/complaint/track", data=data, headers=headers)

    def answer(self, ticket):
        return self.ask(ticket.number, ticket.sudo().tracking_code)

    def guess(self, ticket, count):
        """Return the statuses of wrong codes for a complaint."""
        return [self.ask(ticket.number, WRONG).status_code for _guess in range(count)]

    def count(self, tries, address="", number=""):
        """Have the database say that so many wrong codes came before now."""
        attempts = self.env["complaint.tracking.attempt"].sudo()
        keys = [address and attempts._address_key(address), number and attempts._number_key(number)]
        window = attempts._window()
        rows = [{"key": key, "since": window, "tries": tries} for key in keys if key]
        attempts.create(rows)
        self.env.flush_all()

    def setUp(self):
        super().setUp()
        self.enterContext(mute_logger(GUESSING))
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
            (restricted.number, WRONG),
            ("2026-9999", WRONG),
            (draft.number, ""),
            (str(draft.id), WRONG),
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

    def test_x1_what_was_typed_stays_in_the_form(self):
        ticket = self.accepted()
        ticket.sudo().company_id.complaint_phone = "0851-12345"
        page = self.ask(ticket.number, WRONG).text
        self.assertIn(f'value="{ticket.number}"', page)
        self.assertIn(f'value="{WRONG}"', page)
        self.assertIn('href="tel:0851-12345"', page)

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


@tagged("post_install", "-at_install")
class TestTrackingBudget(TrackingCase):
    """Guessing has a budget per number and per address; a right code passes always."""

    def test_x1_wrong_codes_beyond_the_budget_are_told_so(self):
        ticket = self.accepted()
        limit = complaint_tracking.GUESSES
        self.assertEqual(self.guess(ticket, limit + 2), [422] * limit + [429, 429])
        self.assertTrue(self.ask(ticket.number, WRONG).headers["Retry-After"])

    def test_x1_a_right_code_passes_behind_an_address_that_guesses(self):
        """Ten wrong codes locked out everybody behind one address, right code or not."""
        ticket, other = self.accepted(), self.accepted()
        self.count(5000, address="127.0.0.1", number=ticket.number)
        self.assertEqual(self.guess(ticket, 1), [429])
        self.assertEqual(self.answer(ticket).status_code, 200)
        self.assertEqual(self.answer(other).status_code, 200)

    def test_x1_the_budget_is_per_address_and_per_number(self):
        ticket, other = self.accepted(), self.accepted()
        self.count(complaint_tracking.GUESSES, address="192.0.2.1", number=ticket.number)
        self.assertEqual(self.guess(ticket, 1), [429], "the number's is spent by others")
        self.assertEqual(self.guess(other, 1), [422])
        self.count(complaint_tracking.GUESSES, number=other.number + "x")
        attempts = self.env["complaint.tracking.attempt"]
        self.assertTrue(attempts._count("192.0.2.1", "2026-1"), "the address has spent its own")
        self.assertFalse(attempts._count("192.0.2.2", "2026-1"))

    def test_x1_a_window_ends(self):
        attempts = self.env["complaint.tracking.attempt"]
        with freeze_time("2026-11-29 08:07:00"), self.assertLogs(GUESSING, "WARNING") as logs:
            tries = [attempts._count("192.0.2.1", "1") for _try in range(11)]
            self.assertEqual(tries, [False] * 10 + [True])
        self.assertEqual(len(logs.output), 1, "the administrator is told once")
        with freeze_time("2026-11-29 08:14:59"):
            self.assertTrue(attempts._count("192.0.2.1", "2"))
        with freeze_time("2026-11-29 08:15:00"):
            self.assertFalse(attempts._count("192.0.2.1", "3"))

    def test_x1_a_household_is_one_address(self):
        attempts = self.env["complaint.tracking.attempt"]
        for host in range(complaint_tracking.GUESSES):
            self.assertFalse(attempts._count(f"2001:db8:1:2::{host + 1}", str(host)))
        self.assertTrue(attempts._count("2001:db8:1:2:ffff::1", "x"))
        self.assertFalse(attempts._count("2001:db8:1:3::1", "y"))

    def test_x1_what_is_kept_names_nobody(self):
        attempts = self.env["complaint.tracking.attempt"]
        ticket = self.accepted()
        attempts._count("192.0.2.77", ticket.number)
        self.env.cr.execute("SELECT string_agg(row::text, ' ') FROM complaint_tracking_attempt row")
        (kept,) = self.env.cr.fetchone()
        for clear in ("192.0.2.77", ticket.number):
            self.assertNotIn(clear, kept)

    def test_x1_old_windows_are_forgotten(self):
        attempts = self.env["complaint.tracking.attempt"]
        with freeze_time("2026-11-27 08:00:00"):
            attempts._count("192.0.2.1", "1")
        attempts._count("192.0.2.1", "1")
        attempts._gc_attempts()
        windows = attempts.sudo().search([]).mapped("since")
        self.assertTrue(windows)
        self.assertGreater(min(windows), fields.Datetime.now() - complaint_tracking.KEPT)

    def test_x1_a_short_code_of_an_old_case_works_within_its_numbers_budget(self):
        """Codes of nine characters can be guessed within reach of a number that never tires."""
        ticket = self.accepted()
        ticket.sudo()._procedure_write({"tracking_code": "AB2-CD3-EF4"})
        self.count(complaint_tracking.SHORT_GUESSES, address="127.0.0.1", number=ticket.number)
        self.assertEqual(self.answer(ticket).status_code, 200, "the address counts for nothing")
        self.guess(ticket, 1)
        answer = self.answer(ticket)
        self.assertEqual(answer.status_code, 429)
        self.assertNotIn("o_flow", re.sub(r"(?s)<head>.*</head>", "", answer.text))
        self.assertIn("until tomorrow", answer.text)

    def test_x1_right_answers_are_not_counted(self):
        ticket = self.accepted()
        for _visit in range(complaint_tracking.GUESSES + 1):
            self.assertEqual(self.answer(ticket).status_code, 200)
        self.assertFalse(self.env["complaint.tracking.attempt"].sudo().search_count([]))


@tagged("post_install", "-at_install")
class TestTrackingAtOnce(AtOnceCase):
    """Forty tries at once are counted as forty, in rows that are committed."""

    def setUp(self):
        super().setUp()
        self.enterContext(mute_logger(GUESSING))
        self.address = f"at once {self.id()}"
        self.addCleanup(self._forget)

    def _forget(self):
        with self.database.cursor() as cr:
            cr.execute("DELETE FROM complaint_tracking_attempt")

    def test_x1_tries_at_once_are_counted_exactly(self):
        def count(env, index):
            # One address, and each a number of their own. Nobody is told to try again.
            try:
                return env["complaint.tracking.attempt"]._count(self.address, f"at once {index}")
            except OperationalError as error:
                return error

        with freeze_time("2026-11-29 08:07:00", tick=True):
            spent = self.at_once(count, 20)
        self.assertEqual(spent.count(False), complaint_tracking.GUESSES)
        self.assertEqual(spent.count(True), 20 - complaint_tracking.GUESSES)
        with self.database.cursor() as cr:  # nothing of it is in this process alone
            cr.execute("SELECT max(tries) FROM complaint_tracking_attempt")
            self.assertEqual(cr.fetchone(), (20,))
