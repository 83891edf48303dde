"""The online form: complaints of citizens without an account, step by step (一.3, 二)."""

import time
from datetime import timedelta

from odoo import http
from odoo.http import request, route

from ...models.case.complaint_tracking_attempt import MINUTES
from ...tools import proof_of_work, qr_code, submission_steps
from ...tools.import_fields import window_key
from . import submission_words as words
from .lean_page import fault_title, lean_page, read_day, see_other
from .received_files import MOST_FILES, attach, received_files

FORM, WINDOW, CENTRE, SENT = (f"complaint_{name}" for name in ("form", "window", "centre", "sent"))
# How long the page with number and code can be opened again: a telephone may be lent.
SHOWN_FOR = 30 * 60
ORDER = ("window", *submission_steps.STEPS)


class SubmissionPages(http.Controller):
    """The steps of the form; what was written stands in a submission that the session names."""

    @route(
        "/complaint/new", type="http", auth="public", methods=["GET"], website=True, sitemap=False
    )
    def start(self, w="", c="", **_kw):
        """Begin, or go on; the placard at a window brings its number along.

        :param w: number of the window
        :param c: id of the centre, where a server has several
        """
        if c.isdecimal():
            request.session[CENTRE] = int(c)
        company = self._company()
        if not company.complaint_online:
            return self._closed(company)
        window = w and self._windows(company).get(window_key(w[:20]))
        form = self._form()
        if window:
            request.session[WINDOW] = window
            if form:
                form.write({"window_id": window, "unit_id": False})
        placed = window or form.window_id or form.unit_id or request.session.get(WINDOW)
        return see_other(f"/complaint/new/{'1' if placed else 'window'}")

    @route(
        "/complaint/new/<string:step>",
        type="http",
        auth="public",
        methods=["GET", "POST"],
        website=True,
        sitemap=False,
        # Checked here: a page that was open for long keeps what was typed.
        csrf=False,
    )
    def step(self, step, **post):
        """Show a step, or take in what was written; any other address leads to the start."""
        company = self._company()
        if not company.complaint_online:
            return self._closed(company)
        is_post = request.httprequest.method == "POST"
        act = {
            ("done", False): self._done,
            ("send", True): self._send,
            ("discard", True): self._discard,
        }.get((step, is_post))
        if act:
            return act(company, post)
        if step not in ORDER or (step != "window" and not self._place(company)):
            return see_other("/complaint/new")
        return self._take(step, company, post) if is_post else self._show(step, company, post)

    # --- the form of the session ------------------------------------------------------------------

    def _company(self):
        """Return the centre: that of the address, else the one whose page it is."""
        centre = request.session.get(CENTRE)
        rooms = request.env["helpdesk.ticket.team"].sudo()
        domain = [("is_complaint_room", "=", True), ("company_id", "=", centre)]
        company = centre and rooms.search(domain, limit=1).company_id
        return company or request.env.company.sudo()

    def _form(self, states=("filling",)):
        """Return the submission of the session while it is in one of some states, or none."""
        forms = request.env["complaint.submission"].sudo()
        form = forms.browse(request.session.get(FORM) or ()).exists()
        return form if form.state in states else forms

    def _begin(self, company):
        """Return the submission of the session, else a new one; none beyond the limits."""
        form = self._form()
        if form:
            return form
        attempts = request.env["complaint.tracking.attempt"].sudo()
        if not attempts._may_begin(request.httprequest.remote_addr):
            return form
        place = self._place(company)
        values = {"company_id": company.id, "window_id": place and place[0].id}
        form = form.create(values)
        request.session[FORM] = form.id
        return form

    def _place(self, company):
        """Return the window and the unit that the form is about."""
        form = self._form()
        window = form.window_id
        if not form:
            windows = request.env["complaint.window"].sudo()
            domain = [("id", "=", request.session.get(WINDOW)), ("company_id", "=", company.id)]
            window = windows.search(domain)
        unit = window.unit_id or form.unit_id
        return (window, unit) if unit else ()

    def _windows(self, company):
        """Return the ids of a centre's windows by the key of their number."""
        windows = request.env["complaint.window"].sudo()
        found = windows.search_fetch([("company_id", "=", company.id)], ["number"])
        return {window_key(window.number): window.id for window in found}

    # --- taking in --------------------------------------------------------------------------------

    def _take(self, step, company, post):
        """Take in a step, and go on; or show it again with all that is to be mended."""
        if not request.validate_csrf(post.get("csrf_token")):
            faults = {step: self._stale()}
            return self._show(step, company, post, typed=self._typed_of(post), faults=faults)
        values, faults = self._read(step, company, post)
        form = self._form() if faults else self._begin(company)
        if not (faults or form):
            return self._too_many(company)
        problems = {fault.field: words.fault_words(request.env, fault) for fault in faults}
        if step == "3":
            problems = self._take_files(form, post)
        elif not problems and values:
            form.write(values)
        if problems:
            typed = self._typed_of(post)
            return self._show(step, company, post, typed=typed, faults=problems, status=422)
        if step == "3" and post.get("go") != "next":
            return see_other("/complaint/new/3")
        after = ORDER[min(ORDER.index(step) + 1, len(ORDER) - 1)]
        return see_other(f"/complaint/new/{'5' if post.get('to') == '5' else after}")

    def _read(self, step, company, post):
        """Return the values of a step, and its faults."""
        if step == "window":
            units = request.env["complaint.window.unit"].sudo()
            known = units.search([("company_id", "=", company.id)]).ids
            return submission_steps.read_window(post, self._windows(company), set(known))
        if step == "1":
            return submission_steps.read_time(post, *self._days(company))
        if step == "2":
            known = {kind.conduct_number: kind.id for kind in self._kinds(company)}
            chosen = request.httprequest.form.getlist("kind")
            return submission_steps.read_story(post, chosen, known)
        return submission_steps.read_contact(post) if step == "4" else ({}, [])

    def _take_files(self, form, post):
        """Add and delete files; return what is to be mended."""
        if (post.get("drop") or "").isdecimal():
            dropped = form._files().filtered(lambda file: file.id == int(post["drop"]))
            dropped.unlink()
        files, refused = received_files(MOST_FILES - len(form._files()))
        refused += attach(form, files) if files else []
        return {"file": " ".join(refused)} if refused else {}

    def _typed_of(self, post):
        return post | {"kind": request.httprequest.form.getlist("kind")}

    def _stale(self):
        return request.env._(
            "This page was open for long. Nothing is lost: please press the button again."
        )

    # --- showing ----------------------------------------------------------------------------------

    def _show(self, step, company, args, *, typed=None, faults=None, status=200):
        """Return the page of a step.

        :param typed: what was typed and is shown again; else what stands in the submission
        :param faults: what is to be mended, by field
        """
        form, env, faults = self._form(), request.env, faults or {}
        if step == "5" and (not form or form._open_steps()):
            lacking = form._open_steps()[0] if form else "1"
            return see_other(f"/complaint/new/{lacking}")
        number = submission_steps.STEPS.index(step) + 1 if step != "window" else 1
        place = ORDER.index(step)
        to = "5" if args.get("to") == "5" else ""
        back = f"/complaint/new/{'5' if to else ORDER[place - 1]}" if place else ""
        return lean_page(
            f"public_form_{step}",
            company,
            status=status,
            title=words.step_titles(env)[step],
            step=number,
            steps=range(1, len(submission_steps.STEPS) + 1),
            step_label=env._(
                "Step %(number)s of %(all)s", number=number, all=len(submission_steps.STEPS)
            ),
            back=back,
            to=to,
            form=form,
            typed=typed if typed is not None else self._typed(form, company),
            faults=faults,
            fault_title=fault_title(env, faults),
            **self._offer(step, company, form),
        )

    def _offer(self, step, company, form):
        """Return what a step offers to choose from."""
        env = request.env
        if step == "window":
            own = [("company_id", "=", company.id)]
            return {
                "windows": env["complaint.window"].sudo().search(own),
                "units": env["complaint.window.unit"].sudo().search(own),
            }
        if step == "1":
            today, previous = self._days(company)
            window, unit = self._place(company)
            days = [
                ("today", env._("Today"), read_day(env, today)),
                ("prev", env._("The working day before"), read_day(env, previous)),
            ]
            return {
                "days": days,
                "today": today.isoformat(),
                "window": window,
                "unit": unit,
                "half_hours": submission_steps.HALF_HOURS,
            }
        if step == "2":
            kinds = self._kinds(company)
            grouped = kinds.grouped(lambda kind: kind.public_group or "")
            return {"kinds": list(grouped.items())}
        if step == "3":
            return {"attached": form._files(), "delete_label": env._("Delete")}
        if step == "4":
            return {"manners": words.labels(env, "how"), "call_times": words.labels(env, "when")}
        return {
            "review": words.review(form),
            "same": form._same_before(),
            "change_label": env._("Change"),
        }

    def _typed(self, form, company):
        """Return what stands in a submission as its inputs show it."""
        today, previous = self._days(company)
        day = form.service_day
        known = {today: "today", previous: "prev"}
        return {
            "window": form.window_id.number,
            "unit": str(form.unit_id.id or ""),
            "day": known.get(day, "other" if day else ""),
            "date": day.isoformat() if day and day not in known else "",
            "time": form.service_time,
            "item": form.service_item,
            "who": form.respondent,
            "staff": form.staff_text,
            "text": form.description,
            "wish": form.wish,
            "kind": [str(kind.conduct_number) for kind in form.conduct_ids],
            "id": form.complainant_identity,
            "pname": form.partner_name,
            "mobile": form.complainant_phone,
            "how": form.manner or "call",
            "when": form.call_time or "any",
            "direct": form.allows_unit,
        }

    def _days(self, company):
        """Return today and the working day before it."""
        today, calendar = company._complaint_today(), company._complaint_calendar()
        return today, calendar.shift(today - timedelta(days=1), 0)

    def _kinds(self, company):
        kinds = request.env["helpdesk.ticket.category"].sudo()
        domain = [("conduct_number", ">", 0), ("company_id", "in", (company.id, False))]
        return kinds.search(domain, order="conduct_number")

    # --- sending ----------------------------------------------------------------------------------

    def _send(self, company, post):
        """Send the form once; sent again, it shows the same receipt."""
        form = self._form(("filling", "received", "taken"))
        if not form:
            return see_other("/complaint/new")
        if form.state != "filling":
            return see_other("/complaint/new/done")
        if form._open_steps():
            return see_other("/complaint/new/5")
        reason = self._doubt(form, post)
        if reason:
            return self._show("5", company, {}, faults={"send": reason}, status=422)
        attempts = request.env["complaint.tracking.attempt"].sudo()
        if not attempts._may_send(request.httprequest.remote_addr, form._phone_key()):
            return self._too_many(company)
        form._send()
        request.session[SENT] = time.time()
        return see_other("/complaint/new/done")

    def _doubt(self, form, post):
        """Return why a form looks as if no person had sent it, or nothing."""
        if not request.validate_csrf(post.get("csrf_token")):
            return self._stale()
        proven = proof_of_work.is_proof(form._challenge(), post.get("proof") or "")
        if post.get("homepage") or not proof_of_work.waited_enough(form._seconds_open(), proven):
            return request.env._(
                "That was very fast. Please read it through once more and send it then."
            )
        return ""

    def _discard(self, _company, post):
        """Delete what was written, at the wish of who wrote it."""
        if request.validate_csrf(post.get("csrf_token")):
            self._form().unlink()
            request.session.pop(FORM, None)
            request.session.pop(WINDOW, None)
        return see_other("/complaint/track")

    def _done(self, company, _post):
        """Show number and code, for a while."""
        form = self._form(("received", "taken"))
        if not form or time.time() - request.session.get(SENT, 0) > SHOWN_FOR:
            return see_other("/complaint/track")
        env = request.env
        code = form.tracking_code or form.ticket_id.tracking_code
        link = company._complaint_link(f"track#{form.number}/{code}")
        return lean_page(
            "public_form_done",
            company,
            title=env._("Your complaint was received"),
            received=words.moment(env, company, form.received_at),
            number=form.number,
            code=code,
            qr=qr_code.draw(link, env._("QR code to follow the complaint")),
            upcoming=words.upcoming(form, company),
        )

    def _too_many(self, company):
        env = request.env
        return lean_page(
            "public_form_closed",
            company,
            status=429,
            headers={"Retry-After": str(MINUTES * 60)},
            title=env._("Too many at this moment"),
            reason=env._("Nothing is lost. Please try again in 15 minutes, or call us."),
        )

    def _closed(self, company):
        env = request.env
        return lean_page(
            "public_form_closed",
            company,
            status=404,
            title=env._("No online form here"),
            reason=env._("Please call the complaint room, or come to the hall."),
        )
