"""The page on which a complainant follows their complaint; nobody has to log in."""

import time

from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request, route

from ...models.case.complaint_tracking_attempt import MINUTES
from ...models.desk.public_progress import public_facts, tracked
from ...report.engine import paper
from ...report.intake.receipt import ReceiptSheet
from ...tools.submission_steps import plain
from ...tools.tracking_code import is_short, tidy_code, tidy_number
from .lean_page import fault_title, lean_page, read_day, see_other
from .received_files import MOST_FILES, attach, received_files
from .submission_words import moment

# Longer than any number or code, and short enough to be looked at.
TYPED = 40
LONGEST = 1000
FOLLOWED = "complaint_followed"
# As long the page can be opened again without the code: a telephone may be lent.
FOLLOWED_FOR = 30 * 60
TICKET, SUBMISSION, NOTICE = "helpdesk.ticket", "complaint.submission", "complaint.guidance.notice"
CALL_TIMES = ("morning", "noon", "afternoon")


class TrackingPage(http.Controller):
    """Number and code in; where it is, what the room wrote, and what one can still do."""

    @route(
        "/complaint/track",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def track_form(self, **_kw):
        """Show what was looked up a while ago, else the form."""
        record, number = self._followed()
        return self._answer(record, number) if record else self._form()

    @route(
        "/complaint/track",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def track(self, number="", code="", **_kw):
        """Look up what was sent or registered; one answer to everything that is wrong.

        A right code of today's length is answered however often others guessed; a short one, of
        an older complaint, only while few wrong codes were typed for its number. What was typed
        stays in the form. For wrong codes beyond the budget of the address and the number the
        status is 429.
        """
        # A forged form may send files in their place.
        number, code = tidy_number(number)[:TYPED], tidy_code(code)[:TYPED]
        attempts = request.env["complaint.tracking.attempt"]
        refused = is_short(code) and attempts._refuses_short(number)
        found = self._find(number, code)
        if found and not refused:
            until = int(time.time()) + FOLLOWED_FOR
            request.session[FOLLOWED] = [found._name, found.id, number, until]
            return see_other("/complaint/track")
        typed = {"number": number, "code": code}
        if attempts._count(request.httprequest.remote_addr, number):
            return self._form({"Retry-After": str(MINUTES * 60)}, status=429, is_late=True, **typed)
        return self._form(status=422, **typed)

    @route(
        "/complaint/track/<string:act>",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def act(self, act, **post):
        """Do what the complainant asks for on the page, and show it again."""
        record, number = self._followed()
        if act == "leave" or not record:
            request.session.pop(FOLLOWED, None)
            return see_other("/complaint/track")
        acts = {
            "add": self._add,
            "reply": self._reply,
            "call": self._call,
            "withdraw": self._withdraw,
        }
        faults = acts[act](record, post) if act in acts and self._may_write(record) else {}
        if faults:
            return self._answer(record, number, faults=faults, typed=post, status=422)
        return see_other("/complaint/track")

    @route(
        "/complaint/receipt",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def receipt(self, **_kw):
        """Return the receipt of what is followed, or was sent a moment ago, as PDF."""
        record = self._receipt_of()
        if not record:
            return see_other("/complaint/track")
        html = (
            request.env["ir.qweb"]
            .sudo()
            ._render("kaiyang_complaint.receipt_paper", {"sheets": [ReceiptSheet(record)]})
        )
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Disposition", content_disposition("投诉回执.pdf")),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        return request.make_response(paper.write_pdf(str(html)), headers)

    # --- looking up -------------------------------------------------------------------------------

    def _find(self, number, code):
        """Return the complaint, the submission or the word left under a number and its code."""
        env = request.env
        # All of them are asked, whatever the first says: the time it takes tells nothing.
        found = (
            tracked(env, number, code),
            env[SUBMISSION]._tracked(number, code),
            env[NOTICE]._told(number, code),
        )
        return next(filter(None, found), None)

    def _followed(self):
        """Return what the session may look at, and the number that was typed for it."""
        name, res_id, number, until = request.session.get(FOLLOWED) or ("", 0, "", 0)
        if until < time.time() or name not in (TICKET, SUBMISSION, NOTICE):
            return None, ""
        record = request.env[name].sudo().browse(res_id).exists()
        if name == SUBMISSION and record.state == "taken":
            record = record.ticket_id
        # What was refused since was deleted: the code is asked for once more.
        return record or None, number

    def _receipt_of(self):
        record, _number = self._followed()
        if record and record._name != NOTICE:
            return record if record.tracking_code else None
        form = request.env[SUBMISSION].sudo().browse(request.session.get("complaint_form") or ())
        form = form.exists()
        shown = time.time() - request.session.get("complaint_sent", 0) < FOLLOWED_FOR
        sent = form if form.state == "received" else form.ticket_id
        return sent if shown and sent.tracking_code else None

    # --- what the complainant does ----------------------------------------------------------------

    def _may_write(self, record):
        if record._name == TICKET:
            return request.env["complaint.citizen.message"]._is_open(record)
        return record._name == SUBMISSION and record.state == "received"

    def _add(self, record, post):
        """Add words and files."""
        return self._say(record, "addition", plain(post.get("more")), "more")

    def _reply(self, record, post):
        """Reply to what the room asked."""
        return self._say(record, "reply", plain(post.get("reply")), "reply")

    def _say(self, record, kind, text, field):
        files, refused = received_files(MOST_FILES)
        env = request.env
        if refused:
            return {"file": " ".join(refused)}
        if not text and not files:
            return {field: env._("Write a few words first.")}
        if len(text) > LONGEST:
            return {field: env._("At most 1000 characters; you wrote %s.", len(text))}
        if record._name == SUBMISSION:
            record._add(text, [])
            refused = attach(record, files) if files else []
            return {"file": " ".join(refused)} if refused else {}
        try:
            env["complaint.citizen.message"]._say(record, kind, text, files)
        except UserError as error:
            return {"file": str(error)}
        return {}

    def _call(self, record, post):
        """Ask to be called, once a day."""
        at = post.get("at") if post.get("at") in CALL_TIMES else "morning"
        messages = request.env["complaint.citizen.message"]
        if record._name == TICKET and messages._may_ask_for_call(record):
            messages._say(record, "call", call_time=at)
        return {}

    def _withdraw(self, record, post):
        """Withdraw it: what nobody took over is deleted, of a complaint the room is told."""
        if not post.get("sure"):
            return {"sure": request.env._("Tick that you are sure.")}
        if record._name == SUBMISSION:
            record._withdraw()
        else:
            said = record.citizen_message_ids.filtered(lambda one: one.kind == "withdrawal")
            if not said:
                request.env["complaint.citizen.message"]._say(record, "withdrawal")
        return {}

    # --- pages ------------------------------------------------------------------------------------

    def _form(self, headers=None, status=200, is_late=False, **typed):
        env, faults = request.env, {}
        if status != http.HTTPStatus.OK:
            faults = {
                "number": env._("Number or query code is wrong. Please compare both and try again.")
            }
        return lean_page(
            "track_page",
            request.env.company,
            status=status,
            headers=headers,
            title=env._("Where Is My Complaint?"),
            faults=faults,
            fault_title=env._("Nothing was found"),
            is_late=is_late,
            typed={"number": "", "code": ""} | typed,
        )

    def _answer(self, record, number, *, faults=None, typed=None, status=200):
        """Show what was found: a complaint, what was sent, or whom to turn to instead."""
        env = request.env
        shown = {
            TICKET: self._of_ticket,
            SUBMISSION: self._of_submission,
            NOTICE: self._of_notice,
        }[record._name](record)
        return lean_page(
            "track_notice" if record._name == NOTICE else "track_answer",
            record.company_id,
            status=status,
            number=number,
            faults=faults or {},
            fault_title=fault_title(env, faults),
            typed=typed or {},
            **shown,
        )

    def _of_ticket(self, ticket):
        env, company = request.env, ticket.company_id
        facts = public_facts(ticket)
        due = ticket.due_at and company._complaint_local(ticket.due_at)
        messages = ticket.citizen_message_ids
        steps = [
            (box["key"], box["label"], box["at"], box["status"])
            for band in facts["picture"]["bands"]
            for segment in band["segments"]
            for lane in segment
            for box in lane["boxes"]
        ]
        is_open = env["complaint.citizen.message"]._is_open(ticket)
        return {
            "title": facts["said"],
            "numbers": self._numbers(ticket.number, ticket.external_ref),
            "due": due and f"{read_day(env, due.date())} {due:%H:%M}",
            "is_overdue": bool(ticket.due_at) and ticket.due_status == "overdue",
            "steps": steps,
            "answers": self._told(messages, company),
            "question": messages._questions()[-1:].body if is_open else False,
            "is_open": is_open,
            "phone_end": (ticket.complainant_phone or "")[-4:],
            "may_call": is_open and env["complaint.citizen.message"]._may_ask_for_call(ticket),
            "call_times": self._call_times(messages),
            "may_withdraw": is_open and not messages.filtered(lambda m: m.kind == "withdrawal"),
        }

    def _of_submission(self, form):
        env, company = request.env, form.company_id
        is_open = form.state == "received"
        due = company._complaint_local(form.accept_by)
        return {
            "title": env._("Received: the complaint room will look at it")
            if is_open
            else env._("You withdrew it. What you wrote was deleted"),
            "numbers": self._numbers(form.number),
            "due": is_open and f"{read_day(env, due.date())} {due:%H:%M}",
            "is_overdue": False,
            "steps": [
                (
                    "came_in",
                    env._("We received it"),
                    moment(env, company, form.received_at),
                    "done",
                ),
                ("review", env._("The complaint room looks at it"), "", "current"),
            ]
            if is_open
            else [],
            "answers": [],
            "question": False,
            "is_open": is_open,
            "phone_end": "",
            "may_call": False,
            "call_times": [],
            "may_withdraw": is_open,
        }

    def _of_notice(self, notice):
        return {
            "title": request.env._("The service hall is not in charge of this"),
            "authority": notice.authority_id,
            "until": read_day(request.env, notice._until()),
        }

    def _numbers(self, *numbers):
        return [number for number in numbers if number and number != "/"]

    def _call_times(self, messages):
        choices = dict(messages._fields["call_time"]._description_selection(request.env))
        return list(choices.items())

    def _told(self, messages, company):
        """Return what room and complainant wrote to each other, the latest last."""
        labels = dict(messages._fields["kind"]._description_selection(request.env))
        return [
            {
                "by_room": bool(one.user_id),
                "is_result": one.kind == "answer",
                "label": labels[one.kind],
                "at": moment(request.env, company, one.sent_at),
                "text": one.body or "",
                "files": len(one.file_ids),
            }
            for one in messages
        ]
