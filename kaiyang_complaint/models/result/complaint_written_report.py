import base64

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...tools.codes import BESIDE_THE_RECORD, STAFF_ONLY
from ...tools.written_reports import WAITING, WRITTEN, is_readable, months_from
from ..access.clean_input import clean_text
from ..access.notices import NOTICE_STATES, Notices, in_language_of, now_told
from ..access.record_files import attach
from ..case.on_duty import OnDuty, people_of

SUBMITTED = "kaiyang_complaint.activity_report_submitted"
REPORT = "kaiyang_complaint.report_written_report"
DEMANDED = ("causes", "measures", "measures_by", "unit_addressee", "to_unit_on")
DATES = ("measures_by", "to_unit_on")


class ComplaintWrittenReport(models.Model):
    """The report of a chief representative whose window was at fault in months running (七.3).

    It goes to two addressees, the centre and the representative's own unit, and counts once both
    have it. A representative reads what is asked, and nothing of the complaints.
    """

    _name = "complaint.written.report"
    _description = "Written Report"
    _inherit = [
        "complaint.procedure.mixin",
        "complaint.confidential.mixin",
        "complaint.due.mixin",
        "mail.activity.mixin",
        "complaint.signer.mixin",
    ]
    _order = "second_month desc, id desc"
    _check_company_auto = True
    _procedural = {
        "state": "draft",
        "letter_id": False,
        "asked_at": False,
        "submitted_at": False,
        "submitted_by_id": False,
        "return_reason": False,
        "received_at": False,
        "received_by_id": False,
        "pdf_id": False,
        "withdraw_reason": False,
        "told_at": False,
        "told_by_id": False,
    }

    _signers = ("representative_id", "submitted_by_id")
    _rec_names_search = ["window_id.number", "window_id.name", "unit_id.name"]
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    window_id = fields.Many2one(
        "complaint.window", required=True, readonly=True, index=True, check_company=True
    )
    unit_id = fields.Many2one(
        "complaint.window.unit",
        required=True,
        readonly=True,
        index=True,
        check_company=True,
        help="The unit that had the window in these months.",
    )
    representative_id = fields.Many2one(
        "complaint.representative",
        string="Chief Representative",
        readonly=True,
        index="btree_not_null",
        check_company=True,
        tracking=True,
    )
    conflicted_user_ids = fields.Many2many(
        "res.users",
        "complaint_written_report_barred_rel",
        string="Representatives Complained About",
        compute="_compute_conflicted_user_ids",
        store=True,
        compute_sudo=True,
        groups=STAFF_ONLY,
        help="Representatives who were themselves at fault: the report is not asked of them.",
    )
    notice_state = fields.Selection(
        NOTICE_STATES,
        string="Notice",
        compute="_compute_notice_state",
        search="_search_notice_state",
        compute_sudo=True,
        groups=STAFF_ONLY,
        help="Why the representative may not know of the request, as far as it is seen here.",
    )
    told_at = fields.Datetime(
        string="Told by Telephone", readonly=True, copy=False, groups=STAFF_ONLY
    )
    told_by_id = fields.Many2one("res.users", readonly=True, copy=False, groups=STAFF_ONLY)
    finding_ids = fields.Many2many(
        "complaint.finding",
        "complaint_written_report_finding_rel",
        "report_id",
        "finding_id",
        string="Findings",
        readonly=True,
        groups=STAFF_ONLY,
    )
    first_month = fields.Date(required=True, readonly=True)
    second_month = fields.Date(required=True, readonly=True)
    period = fields.Char(string="Months", compute="_compute_period")
    upheld_count = fields.Integer(
        string="Upheld Complaints", compute="_compute_of_findings", compute_sudo=True
    )
    conduct_names = fields.Char(
        string="Conduct Items Found", compute="_compute_of_findings", compute_sudo=True
    )
    letter_id = fields.Many2one(
        "complaint.letter",
        string="Letter That Asks",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups=STAFF_ONLY,
    )
    letter_state = fields.Selection(
        related="letter_id.state", string="State of the Letter", groups=STAFF_ONLY
    )
    needs_letter = fields.Boolean(compute="_compute_needs_letter", groups=STAFF_ONLY)
    state = fields.Selection(
        [
            ("draft", "Letter in Preparation"),
            ("asked", "With the Representative"),
            ("returned", "Back for Rework"),
            ("submitted", "To Check"),
            ("accepted", "On File"),
            ("refused", "Not Asked For"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        readonly=True,
        default="draft",
        tracking=True,
    )
    asked_at = fields.Datetime(readonly=True, copy=False)
    deadline_ids = fields.One2many(
        "complaint.deadline", "report_id", string="Deadlines", groups=STAFF_ONLY
    )
    due_at = fields.Datetime(
        string="Report Due", compute="_compute_due_at", store=True, compute_sudo=True
    )
    is_late = fields.Boolean(
        string="Submitted Late", compute="_compute_due_at", store=True, compute_sudo=True
    )
    causes = fields.Text(string="Causes of the Complaints")
    measures = fields.Text(string="Rectification Measures")
    measures_by = fields.Date(string="Rectified By")
    to_unit = fields.Boolean(
        string="Own Unit Has It", help="The report is submitted to the centre and to your unit."
    )
    unit_addressee = fields.Char(
        string="Addressee in the Own Unit", help="Who received it there: the office, the leader …"
    )
    to_unit_on = fields.Date(string="Given to the Own Unit On")
    attachment_ids = fields.One2many(
        "ir.attachment",
        "res_id",
        string="Attachments",
        domain=[("res_model", "=", "complaint.written.report"), ("res_field", "=", False)],
    )
    submitted_at = fields.Datetime(string="To the Centre At", readonly=True, copy=False)
    submitted_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict", copy=False)
    return_reason = fields.Text(string="Returned Because", readonly=True, copy=False)
    received_at = fields.Datetime(string="Filed On", readonly=True, copy=False)
    received_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict", copy=False)
    pdf_id = fields.Many2one(
        "ir.attachment", string="Report as Received", readonly=True, copy=False, groups=STAFF_ONLY
    )
    withdraw_reason = fields.Text(string="Withdrawn Because", readonly=True, copy=False)

    # By its last month alone: several runs may share a month, but each ends with its own.
    _once_a_pair = models.UniqueIndex(
        "(window_id, unit_id, second_month) WHERE state != 'withdrawn'",
        "The report on these months is asked for already.",
    )
    _waiting = models.Index("(unit_id, due_at) WHERE state IN ('asked', 'returned')")
    _to_do = models.Index("(company_id, state) WHERE state IN ('draft', 'submitted')")

    @api.depends("window_id", "first_month", "second_month")
    def _compute_display_name(self):
        for report in self:
            report.display_name = f"{report.sudo().window_id.display_name or ''} {report.period}"

    @api.depends("first_month", "second_month")
    def _compute_period(self):
        for report in self:
            months = filter(None, (report.first_month, report.second_month))
            report.period = " – ".join(f"{month:%Y-%m}" for month in months)

    @api.depends("finding_ids.is_counted", "finding_ids.conduct_id")
    def _compute_of_findings(self):
        for report in self:
            counted = report.finding_ids.filtered("is_counted")
            report.upheld_count = len(counted.ticket_id)
            report.conduct_names = "；".join(counted.conduct_id.sorted().mapped("name"))

    @api.depends("unit_id.representative_ids.staff_id", "finding_ids.staff_id")
    def _compute_conflicted_user_ids(self):
        for report in self:
            accused = report.finding_ids.staff_id
            report.conflicted_user_ids = report.unit_id.representative_ids.filtered(
                lambda person, accused=accused: person.staff_id in accused
            ).user_id

    @api.depends("state", "letter_id.state")
    def _compute_needs_letter(self):
        for report in self:
            gone = report.letter_id.state in (False, "refused", "cancelled")
            report.needs_letter = gone and report.state in ("draft", "refused")

    @api.depends("deadline_ids.due_at", "deadline_ids.state")
    def _compute_due_at(self):
        for report in self:
            counted = report.deadline_ids.filtered(lambda one: one.state != "cancelled")
            report.due_at = max(counted.mapped("due_at"), default=False)
            report.is_late = "missed" in counted.mapped("state")

    # --- guards -----------------------------------------------------------------------------

    def write(self, vals):
        """Take down what came on paper, while the report is asked for.

        :raise UserError: at any other time, and for what the findings say
        """
        if not self._by_procedure():
            names = {name for name in vals if not name.startswith(BESIDE_THE_RECORD)}
            # What came on paper is typed in by the desk; the months and parties are those of
            # findings.
            fixed = names - {*WRITTEN, "attachment_ids"}
            if fixed:
                raise UserError(self.env._("The request follows from the findings."))
            if names:
                self._assert_state(*WAITING)
        return super().write(vals)

    def _status(self, left, now):
        """Review only what is still pending."""
        return super()._status(left, now) if self.state in WAITING else False

    def _cases(self):
        """Return the complaints that the report rests on."""
        return self.sudo().finding_ids.ticket_id

    def _scrubbed(self, text):
        """Return a text without anybody who complained."""
        for ticket in self._cases():
            text = ticket._scrubbed(text)
        return text

    # --- request ----------------------------------------------------------------------------------

    def action_draft_letter(self):
        """Draw up the letter that asks, where there is none or it will never leave.

        :raise UserError: where one is under way, or no report is to be asked for
        """
        self.check_access("write")
        if any(not report.needs_letter for report in self):
            raise UserError(self.env._("The letter that asks for this report is under way."))
        self._draft_letters()
        return self.action_open_letter()

    def action_open_letter(self):
        """Open the letter that asks."""
        self.ensure_one()
        return self.letter_id.get_formview_action()

    def _draft_letters(self):
        """Draw up the letters that ask; the leader in charge has yet to consent to them."""
        letters = self.env["complaint.letter"].sudo()
        letters = letters.create([report._letter_values() for report in self.sudo()])
        for report, letter in zip(self.sudo(), letters, strict=True):
            report._procedure_write({"letter_id": letter.id, "state": "draft"})
        letters.action_compose()

    def _letter_values(self):
        """Return the values of the letter: it belongs to the last case that is still open to it."""
        cases = self._standing_findings().ticket_id.sorted("accepted_at")
        still_open = cases.filtered(lambda case: case.complaint_state != "archived")
        return {
            "kind": "report_request",
            "ticket_id": still_open[-1:].id,
            "ticket_ids": [Command.set(cases.ids)],
            "window_id": self.window_id.id,
            "unit_id": self.unit_id.id,
            "answer_by": self._asked_until(),
        }

    def _asked_until(self):
        """Return the last day of the report, were it asked for today."""
        company = self.company_id
        # The letter is printed before the limit starts; it names the day as counted today.
        counted = company._complaint_count(
            company._complaint_today(), company.complaint_report_days
        )
        return company._complaint_local(counted["due_at"]).date()

    def _end_letter(self, reason):
        """Let a letter that has not left lapse, and wait no longer for the answer to one that has.

        It is no change of its cases: one of them may be archived.
        """
        letter = self.sudo().letter_id._unlocked()
        if letter.state == "requested":
            letter.approval_id.action_withdraw()
        if letter.state in ("draft", "approved", "issued"):
            letter._mark_cancelled(reason)
        elif letter.state == "sent":
            letter._mark_answered(reason, fields.Datetime.now(), letter.answer_file_ids.browse())

    def _answer_letter(self):
        """Mark the letter answered, by the report and what came with it."""
        report = self.sudo()
        letter = report.letter_id._unlocked()
        if letter.state == "sent":
            said = f"{report.causes}\n{report.measures}"
            files = report.pdf_id + report.attachment_ids
            letter._mark_answered(said, report.submitted_at, files)

    # --- asked, and of whom -----------------------------------------------------------------------

    def _ask(self):
        """Ask for reports whose letter left: the limit runs from today."""
        for report in self.sudo().filtered(lambda one: one.state == "draft"):
            # Chosen when the letter leaves: the office may have passed on since it was drawn up.
            representative = report._in_office()[:1]
            report._procedure_write(
                {
                    "state": "asked",
                    "asked_at": fields.Datetime.now(),
                    "representative_id": representative.id,
                    "unit_addressee": report.unit_addressee or report.unit_id.name,
                }
            )
            report._start_clock()
            report._notify_asked()

    def _start_clock(self):
        """Let the limit of the report run, on its last case.

        It is no change of that case, which may be archived.
        """
        cases = self._cases().sorted("accepted_at")
        deadlines = self.env["complaint.deadline"].sudo()._unlocked()
        deadline = deadlines._start(cases[-1:], "report", self.company_id.complaint_report_days)
        deadline.report_id = self

    def _notify_asked(self):
        """Notify the representative of the request, or the desk that none is active."""
        if self.representative_id:
            self._notify(
                lambda report: report.env._("Written report asked for: %s", report.display_name),
                "kaiyang_complaint.report_notice_asked",
            )
        else:
            self._tell_desk(
                lambda report: report.env._(
                    "No representative of %s is in office who was not at fault: the letter went "
                    "on paper only.",
                    report.unit_id.name,
                )
            )

    @api.depends("state", "representative_id", "unit_id", "told_at")
    def _compute_notice_state(self):
        waiting = self.filtered(lambda report: report.state in WAITING)
        people = {report: (report._addressee().user_id, report.told_at) for report in waiting}
        states = Notices(waiting).states(people)
        for report in self:
            report.notice_state = states.get(report)

    @api.model
    def _search_notice_state(self, operator, value):
        of_centres = Domain("company_id", "in", self.env.companies.ids)
        waiting = self.sudo().search(of_centres & Domain("state", "in", list(WAITING)))
        return Notices(waiting).search(operator, value)

    def action_note_call(self):
        """Record that the representative was told by telephone, now.

        :raise UserError: where no report is waited for
        """
        self.check_access("write")
        self._assert_state(*WAITING)
        self._procedure_write(now_told(self.env))

    def _in_office(self):
        """Return the representatives who may be asked now, the chief representative first."""
        report = self.sudo()
        people = report.unit_id.representative_ids._in_office()
        return people.filtered(lambda person: person.user_id not in report.conflicted_user_ids)

    def _addressee(self):
        """Return who is notified about a report: its representative, or another active one."""
        in_office = self._in_office()
        # Whom it was asked of answers, as long as in office.
        return (self.sudo().representative_id & in_office) or in_office[:1]

    def _urgeable(self):
        """Return the reports that are waited for, where someone may be told."""
        return self.filtered(lambda one: one.state in WAITING and one._addressee())

    def _readdress(self):
        """Pass reports on whose representative left office, or was at fault as it turns out."""
        for report in self.sudo().filtered(lambda one: one.state in WAITING):
            if report.representative_id not in report._in_office():
                successor = report._in_office()[:1]
                report._procedure_write({"representative_id": successor.id, "told_at": False})
                report._notify_asked()

    def _notify(self, subject, template, **values):
        """Write to the representative; the message names window and months, nobody else.

        :param subject: a function that returns it for the report in the language of the reader
        """
        self.ensure_one()
        person = self._addressee()
        if person:
            report = in_language_of(self.sudo(), person.user_id)
            Notices(report).send(person.user_id, subject(report), template, report=report, **values)

    def _tell_desk(self, note):
        """Create an activity for the sender of the letter about the unit's action.

        A manager gets it where the sender left the desk.

        :param note: a function that returns it for the report in the language of the reader
        """
        self.ensure_one()
        letter = self.sudo().letter_id
        clerk = letter.sent_by_id or letter.create_uid
        if not OnDuty.holds_office(clerk):
            clerk = people_of(self.env, "manager", self.company_id)[:1] or clerk
        report = in_language_of(self.sudo(), clerk)
        report.activity_schedule(SUBMITTED, user_id=clerk.id, summary=note(report))

    # --- asked for no longer ----------------------------------------------------------------------

    def _withdraw(self, reason):
        """Cancel requests for reports and notify the representative."""
        for report in self.sudo():
            asked = report.state in WAITING
            report._procedure_write({"state": "withdrawn", "withdraw_reason": reason})
            report.deadline_ids._unlocked()._cancel()
            report._end_letter(reason)
            report.activity_unlink([SUBMITTED])
            # Who was never asked hears nothing of it.
            if asked and report._addressee():
                report._notify(
                    lambda report: report.env._(
                        "Written report no longer asked for: %s", report.display_name
                    ),
                    "kaiyang_complaint.report_notice_withdrawn",
                )

    def _redraft(self):
        """Draft the request again: one of its findings is no longer valid."""
        for report in self.sudo():
            report._end_letter(self.env._("A related finding is no longer valid."))
        self._draft_letters()

    def _standing_findings(self):
        """Return the findings of reports that count, and that the unit may hear of."""
        return self.sudo().finding_ids.filtered(
            lambda one: one.is_counted and not one.ticket_id.is_restricted
        )

    # --- months running ---------------------------------------------------------------------------

    def _found(self, wanted):
        """Have reports asked for: their letters are drawn up.

        :param dict wanted: the months, each with window and unit, and their findings
        """
        values = [self._prepare_report_values(run, findings) for run, findings in wanted.items()]
        reports = self.sudo().browse(self.sudo()._with_procedure().create(values).ids)
        for report in reports:
            report._procedure_write({"representative_id": report._in_office()[:1].id})
        reports._draft_letters()

    def _prepare_report_values(self, run, findings):
        (window, unit, first), *_between, (_window, _unit, last) = run
        return {
            "company_id": window.company_id.id,
            "window_id": window.id,
            "unit_id": unit.id,
            "first_month": first,
            "second_month": last,
            "finding_ids": [Command.set(findings.ids)],
        }

    def _last_month_key(self):
        return self.window_id, self.unit_id, self.second_month

    def _months(self):
        """Return the months that the report is about."""
        return months_from(self.first_month, self.second_month)

    def _join(self, findings):
        """Add findings of the same months, as long as the letter says nothing yet."""
        new = findings - self.finding_ids
        letter = self.letter_id
        # What is before the leader, or left, keeps its words: more findings change no letter.
        if new and self.state == "draft" and letter.state == "draft":
            self._procedure_write({"finding_ids": [Command.link(one.id) for one in new]})
            letter.ticket_ids |= new.ticket_id
            letter.action_compose()

    def _still_holds(self):
        """Return whether something counts against the window in each of the months as before."""
        months = self._months()
        found = (
            self.env["complaint.finding"]
            .sudo()
            .search(
                Domain("is_counted", "=", True)
                & Domain("window_id", "=", self.window_id.id)
                & Domain("unit_id", "=", self.unit_id.id)
                & Domain("accepted_month", "in", months)
            )
        )
        return set(found._asking().mapped("accepted_month")) == set(months)

    # --- actions ----------------------------------------------------------------------------------

    def action_save_draft(self, values):
        """Keep what is written so far; nothing is sent.

        :param dict values: ``causes``, ``measures``, ``measures_by``, ``to_unit``,
            ``unit_addressee``, ``to_unit_on``, as far as there are any; ``attachments``: pairs of
            a file name and its bytes in base64; ``removed``: ids of files to take out again
        :raise AccessError: for others than the unit's representatives in office and the desk
        :raise UserError: where the report is not asked for, or a value can't be read
        """
        self.ensure_one()
        self._assert_author()
        self._assert_state(*WAITING)
        if not is_readable(values):
            raise UserError(self.env._("What was written can't be read. Nothing was sent."))
        report = self.sudo()
        report._procedure_write(report._written(values))
        report._loose_files().filtered(
            lambda file: file.id in (values.get("removed") or [])
        ).unlink()
        attach(report, values.get("attachments") or [])
        return True

    def action_submit(self, values=None):
        """Submit the report to the centre, once the own unit has it as well (七.3).

        :param dict values: as for ``action_save_draft``
        :raise AccessError: for others than the unit's representatives in office and the desk
        :raise UserError: naming what is missing; nothing changes
        """
        for one in self:
            one.action_save_draft(values or {})
            report = one.sudo()
            report._assert_complete()
            report.attachment_ids._freeze()
            report._procedure_write(
                {
                    "state": "submitted",
                    "submitted_at": fields.Datetime.now(),
                    "submitted_by_id": self.env.uid,
                    "return_reason": False,
                }
            )
            report.deadline_ids._unlocked()._stop()
            report._tell_desk(
                lambda report: report.env._("Written report received: %s", report.display_name)
            )
        return True

    def _written(self, values):
        """Return user input prepared for storage.

        :raise UserError: naming a date that is none
        """
        written = {name: values[name] for name in WRITTEN if name in values}
        readers = dict.fromkeys(DATES, self._day_of) | {"to_unit": bool}
        return {name: readers.get(name, self._text_of)(value) for name, value in written.items()}

    def _text_of(self, typed):
        return str(typed or "").strip() or False

    def _day_of(self, typed):
        try:
            return fields.Date.to_date(typed or False)
        except ValueError as error:
            raise UserError(self.env._("Invalid date: “%s”. Nothing was sent.", typed)) from error

    def _assert_complete(self):
        """Demand causes, measures, their end, and both addressees.

        :raise UserError: naming what is missing
        """
        missing = [
            self._fields[name]._description_string(self.env) for name in DEMANDED if not self[name]
        ]
        if missing:
            raise UserError(
                self.env._("The report lacks: %s. Nothing was sent.", "、".join(missing))
            )
        if not self.to_unit:
            raise UserError(
                self.env._(
                    "The report goes to the centre and to your own unit: give it to your unit, "
                    "tick that you did, and send it again. Nothing was sent."
                )
            )
        if self.to_unit_on > self.company_id._complaint_today():
            raise UserError(
                self.env._("Your own unit can't have the report on a day that is to come.")
            )

    def _assert_author(self):
        """Let the unit's representatives in office write, and the desk what came on paper.

        :raise AccessError: for everybody else
        """
        self.check_access("read")
        if self.env.user.has_group("kaiyang_complaint.group_complaint_clerk"):
            self.check_access("write")
            return
        for report in self.sudo():
            if self.env.user not in report._in_office().user_id:
                raise AccessError(self.env._("This report is asked of another unit."))

    # --- the desk -------------------------------------------------------------------------------

    def action_accept(self):
        """Put reports on file: the letter that asked is answered with the paper (七.3)."""
        self.check_access("write")
        self._assert_state("submitted")
        for report in self:
            report._keep_paper()
            report._procedure_write(
                {
                    "state": "accepted",
                    "received_at": fields.Datetime.now(),
                    "received_by_id": self.env.uid,
                }
            )
            report._answer_letter()
        self.activity_feedback([SUBMITTED])
        return True

    def action_return(self, reason=None):
        """Return reports for rework; the limit runs on. Without a reason, ask for it."""
        self.check_access("write")
        self._assert_state("submitted")
        reason = clean_text(self.env, reason)
        if not reason:
            return self.env["complaint.reason.wizard"]._open(self, "action_return")
        for report in self:
            shown = report._scrubbed(reason)
            report._procedure_write({"state": "returned", "return_reason": shown})
            deadlines = report.sudo().deadline_ids._unlocked()
            deadlines._resume(report.company_id.complaint_report_days)
            report._notify(
                lambda report: report.env._("Written report returned: %s", report.display_name),
                "kaiyang_complaint.report_notice_returned",
            )
        self.activity_feedback([SUBMITTED])
        return True

    def action_withdraw(self, reason=None):
        """Ask for reports no longer. Without a reason, ask for it.

        :raise AccessError: for anyone but the manager
        """
        self.check_access("write")
        if not self.env.user.has_group("kaiyang_complaint.group_complaint_manager"):
            raise AccessError(self.env._("A manager decides that a report is asked for no longer."))
        self._assert_state("draft", *WAITING)
        reason = clean_text(self.env, reason)
        if not reason:
            return self.env["complaint.reason.wizard"]._open(self, "action_withdraw")
        self._withdraw(self._scrubbed_of_each(reason))
        return True

    def _scrubbed_of_each(self, text):
        for report in self:
            text = report._scrubbed(text)
        return text

    def _keep_paper(self):
        """Render the report and freeze its PDF with the letter: it stays as it was received."""
        self.ensure_one()
        reports = self.env["ir.actions.report"].sudo()
        (content,) = reports._pre_render_qweb_pdf(REPORT, res_ids=self.ids)[0].values()
        raw = base64.b64encode(content["stream"].getvalue())
        letter = self.sudo().letter_id._unlocked()
        pdf = attach(letter, [(f"书面说明 {self.display_name}.pdf", raw)])
        pdf._freeze()
        self._procedure_write({"pdf_id": pdf.id})

    def _frozen_paper(self, report):
        """Return the attachment that a report prints instead of rendering again."""
        pdf = self.sudo().pdf_id
        return pdf if report == self.env.ref(REPORT) else pdf.browse()

    def _note_printed(self):
        """Have nothing to note: who prints a report that is on file changes nothing."""

    def _loose_files(self):
        """Return the files that may still be taken out: what was submitted once stays."""
        return self.attachment_ids.filtered(lambda file: not file.complaint_frozen)

    def _files_for_unit(self):
        """Return the files of the unit, which its representatives may open.

        :raise AccessError: where the user may not read the report
        """
        self.check_access("read")
        report = self.sudo()
        noted = report.message_ids.filtered(
            lambda message: message.is_internal or message.subtype_id.internal
        ).attachment_ids
        return report.attachment_ids - noted

    def _letter_paper(self):
        """Return the letter that asks, for its addressee; nothing before it was issued.

        :raise AccessError: where the user may not read the report
        """
        self.check_access("read")
        return self.sudo().letter_id.pdf_id
