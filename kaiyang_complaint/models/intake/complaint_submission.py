import hmac
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from odoo import Command, api, fields, models, tools
from odoo.exceptions import AccessError, UserError
from odoo.tools import plaintext2html
from odoo.tools.misc import clean_context

from ...tools import submission_steps, tracking_code
from ...tools.codes import STAFF_ONLY
from ...tools.wording import comparable, phone_key

CLERK = "kaiyang_complaint.group_complaint_clerk"
FILLED_WITHIN = timedelta(hours=24)
# As long is told that somebody withdrew, and whom to turn to instead of the room (四.2).
TOLD_FOR = timedelta(days=30)
REPEATED_WITHIN = timedelta(days=7)
# What leaves the submission once it is a complaint, or withdrawn: it is kept in one place only.
CONTENT = (
    *("window_id", "unit_id", "service_day", "service_time", "service_item", "respondent"),
    *("staff_text", "description", "wish", "conduct_ids", "complainant_identity", "partner_name"),
    *("complainant_phone", "manner", "call_time", "allows_unit", "tracking_code"),
)


class ComplaintSubmission(models.Model):
    """What a citizen writes into the online form: a complaint to be, until the room takes it over.

    It is written by the pages alone. The room reads it once it was sent, and does one of two
    things: takes it over as a draft, which it then contacts first like any of the website
    (五(一)4), or says that it is out of scope, and nothing is left but authority and day (四.2).
    """

    _name = "complaint.submission"
    _description = "Online Submission"
    _order = "received_at, id"
    _rec_name = "number"
    _check_company_auto = True

    number = fields.Char(
        string="Receipt No.", readonly=True, index="btree_not_null", help="Given when it was sent."
    )
    tracking_code = fields.Char(string="Query Code", readonly=True, groups=STAFF_ONLY)
    state = fields.Selection(
        [
            ("filling", "Being Filled In"),
            ("received", "To Take Over"),
            ("taken", "Taken Over"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        readonly=True,
        default="filling",
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    started_at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    received_at = fields.Datetime(string="Received", readonly=True)
    accept_by = fields.Datetime(
        string="Accepted or Refused By",
        readonly=True,
        help="One working day after it was sent: by then it is accepted or refused (四.1).",
    )
    window_id = fields.Many2one("complaint.window", readonly=True, check_company=True)
    unit_id = fields.Many2one("complaint.window.unit", readonly=True, check_company=True)
    service_day = fields.Date(string="Day of Service", readonly=True)
    service_time = fields.Char(string="Time", readonly=True, help="As far as it is remembered.")
    service_item = fields.Char(string="Matter", readonly=True)
    respondent = fields.Selection(
        [("staff", "Somebody at the Window"), ("window", "The Window")],
        string="About",
        readonly=True,
    )
    staff_text = fields.Char(string="Name or Description", readonly=True)
    description = fields.Text(string="What Happened", readonly=True)
    wish = fields.Char(string="Wanted", readonly=True)
    conduct_ids = fields.Many2many(
        "helpdesk.ticket.category",
        "complaint_submission_conduct_rel",
        "submission_id",
        "category_id",
        readonly=True,
    )
    is_restricted = fields.Boolean(
        string="Restricted", compute="_compute_is_restricted", store=True
    )
    complainant_identity = fields.Selection(
        [("named", "Named"), ("anonymous", "Anonymous")], string="Identity", readonly=True
    )
    partner_name = fields.Char(string="Full Name", readonly=True)
    complainant_phone = fields.Char(string="Telephone", readonly=True)
    manner = fields.Selection(
        [("call", "By a phone call"), ("message", "By text message")],
        string="Wants to Be Told By",
        readonly=True,
    )
    call_time = fields.Selection(
        [
            ("any", "Office Hours"),
            ("morning", "9–12"),
            ("noon", "12–14"),
            ("afternoon", "14–17"),
        ],
        string="Suitable Time for a Call",
        readonly=True,
    )
    allows_unit = fields.Boolean(
        string="The Unit May Contact Them",
        readonly=True,
        help="Consent to an answer by the unit itself (五(三)).",
    )
    file_ids = fields.One2many(
        "ir.attachment",
        "res_id",
        string="Files",
        domain=[("res_model", "=", "complaint.submission")],
        readonly=True,
    )
    text_digest = fields.Char(
        readonly=True, index="btree_not_null", help="Recognises the same text; can't be read back."
    )
    repeats_count = fields.Integer(
        string="Same Text Before",
        readonly=True,
        help="How often the same text was sent in the week before.",
    )
    ticket_id = fields.Many2one(
        "helpdesk.ticket",
        string="Complaint",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
    )

    _number_unique = models.UniqueIndex(
        "(number) WHERE number IS NOT NULL", "Another submission already has this number."
    )
    _by_state = models.Index("(company_id, state)")

    @api.depends("conduct_ids.is_discipline_matter")
    def _compute_is_restricted(self):
        for submission in self:
            submission.is_restricted = any(submission.conduct_ids.mapped("is_discipline_matter"))

    # --- while it is filled in --------------------------------------------------------------------

    def _open_steps(self):
        """Return the steps of the form that still lack something."""
        self.ensure_one()
        return submission_steps.open_steps({name: self[name] for name in CONTENT})

    def _challenge(self):
        """Return what a browser proves its work for; each form has its own."""
        self.ensure_one()
        return tools.hmac(self.env(su=True), "complaint-submission", f"{self.id} {self.started_at}")

    def _seconds_open(self):
        return (fields.Datetime.now() - self.started_at).total_seconds()

    def _digest_of_text(self):
        text = comparable(self.service_item, self.description)
        return tools.hmac(self.env(su=True), "complaint-submission-text", text)

    def _same_before(self):
        """Return what was sent with the same words in the week before, the latest first."""
        self.ensure_one()
        return self.search(
            [
                ("text_digest", "=", self._digest_of_text()),
                ("company_id", "=", self.company_id.id),
                ("received_at", ">", fields.Datetime.now() - REPEATED_WITHIN),
                ("id", "!=", self.id),
            ],
            order="received_at desc",
        )

    def _send(self):
        """Give a form its number and its code, once; from now on the room sees it.

        :raise UserError: where a step lacks something
        """
        self.ensure_one()
        # Where it is sent twice at once, the database lets one of them try again.
        if self.state != "filling":
            return
        if self._open_steps():
            raise UserError(self.env._("The form is not complete yet."))
        company, now = self.company_id, fields.Datetime.now()
        today = company._complaint_today()
        numbers = self.env["ir.sequence"].with_company(company)
        self.write(
            {
                "state": "received",
                "received_at": now,
                "accept_by": company._complaint_due_at(today, company.complaint_accept_days),
                "repeats_count": len(self._same_before()),
                "text_digest": self._digest_of_text(),
                "tracking_code": tracking_code.draw(),
                "number": numbers.next_by_code(self._name, sequence_date=today),
            }
        )

    def _add(self, text, files):
        """Add what the complainant sends after it, while nobody has taken it over."""
        self.ensure_one()
        at = self.company_id._complaint_local(fields.Datetime.now())
        if text:
            self.description = f"{self.description}\n\n{at:%Y-%m-%d %H:%M} 补充：\n{text}"
        self._attach(files)

    def _attach(self, files):
        """Keep files with the form.

        :param files: pairs of a name and the content
        :raise UserError: naming one of a kind that is not taken
        """
        self.env["ir.attachment"].create(
            [
                {"name": name, "raw": content, "res_model": self._name, "res_id": self.id}
                for name, content in files
            ]
        )

    def _withdraw(self):
        """Delete what was sent, at the wish of who sent it; the number says so for a month."""
        self.filtered(lambda one: one.state == "received")._empty("withdrawn")

    def _empty(self, state, keeps_code=True):
        """Keep number and fate of submissions, and nothing of what was written."""
        for submission in self:
            code = submission.tracking_code
            values = {**dict.fromkeys(CONTENT, False), "conduct_ids": [Command.clear()]}
            submission.write({**values, "state": state, "tracking_code": keeps_code and code})
            submission._files().unlink()

    def _files(self):
        """Return the files that hang on submissions now."""
        hanging = [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        return self.env["ir.attachment"].sudo().search(hanging, order="id")

    # --- what the room does -----------------------------------------------------------------------

    def action_take_over(self):
        """Take submissions over as drafts of the website, in the charge of the user (五(一)4).

        :return: the action that opens the drafts
        :raise AccessError: for anyone but a clerk who may read them
        :raise UserError: for what was taken over or withdrawn before
        """
        tickets = self._take_over()
        action = self.env["ir.actions.act_window"]._for_xml_id("kaiyang_complaint.complaint_action")
        if len(tickets) == 1:
            return {**action, "res_id": tickets.id, "views": [(False, "form")], "path": False}
        return {**action, "domain": [("id", "in", tickets.ids)], "path": False}

    def action_refuse_out_of_scope(self, authority_id=None, hint=None):
        """Turn away what the room is not competent for: deleted, and counted without names (四.2).

        For a month the page tells who asks with number and code whom to turn to. Without an answer
        to where that is, ask for it.

        :param authority_id: the ``complaint.authority`` in charge, False where none is known
        :param hint: words for the note that is printed now; they are kept nowhere
        :raise AccessError: for anyone but a clerk who may read them
        :raise UserError: for what was taken over or withdrawn before
        """
        if authority_id is None and not hint:
            self._assert_waiting()
            return self.env["complaint.refusal.wizard"]._open_for(self)
        return self._take_over().action_refuse_out_of_scope(authority_id or False, hint)

    def _assert_waiting(self):
        """Refuse an act on what one may not read, or what is not waiting any more.

        :raise AccessError: for anyone but a clerk who may read them
        :raise UserError: naming what was taken over or withdrawn
        """
        self.check_access("read")
        if not self.env.user.has_group(CLERK):
            raise AccessError(self.env._("Only clerks of the complaint desk take complaints over."))
        done = self.filtered(lambda one: one.state != "received")
        if done:
            raise UserError(
                self.env._("%s was taken over or withdrawn before.", done[0].number or "")
            )

    def _take_over(self):
        """Turn submissions into drafts; what was written stands in these from now on."""
        self._assert_waiting()
        # The dialog's defaults are none of the draft's.
        tickets = self.env(context=clean_context(self.env.context))["helpdesk.ticket"]
        for submission in self.sudo():
            company = submission.company_id
            values = submission._ticket_values()
            # With the user's own rights: it is their draft.
            ticket = tickets.with_company(company).create(values)
            # Said already, and kept on acceptance.
            ticket.sudo()._procedure_write({"tracking_code": submission.tracking_code})
            owner = {"res_model": ticket._name, "res_id": ticket.id}
            submission._files()._unlocked().write(owner)
            ticket._message_log(body=plaintext2html(submission._wishes()))
            submission._empty("taken", keeps_code=False)
            submission.ticket_id = ticket
            tickets |= ticket.sudo(False)
        return tickets

    def _ticket_values(self):
        """Return the values of the draft that takes the place of a submission."""
        self.ensure_one()
        room = self.env["helpdesk.ticket.team"].with_company(self.company_id)._complaint_room()
        local = submission_steps.wall_time(self.service_day, self.service_time)
        zone = ZoneInfo(self.company_id.complaint_tz)
        moment = local and local.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None)
        staff = self._staff_named()
        named = self.staff_text and not staff
        # Who can't name anybody names window and time: they tell whose duty it was.
        on_duty = self.window_id and moment and not self.staff_text
        return {
            "team_id": room.id,
            "channel_id": self.env.ref("kaiyang_complaint.channel_web").id,
            "external_ref": self.number,
            "user_id": self.env.uid,
            "received_at": self.received_at,
            "name": self.service_item,
            "service_item": self.service_item,
            "service_datetime": moment or False,
            "window_id": self.window_id.id,
            "window_unit_id": (self.window_id.unit_id or self.unit_id).id,
            "description": plaintext2html(self._words(moment)),
            "conduct_ids": [Command.set(self.conduct_ids.ids)],
            "complainant_identity": self.complainant_identity,
            "partner_name": self.partner_name,
            "complainant_phone": self.complainant_phone,
            "staff_waiver": "duty" if on_duty else False,
            "respondent_ids": [Command.create({"staff_id": staff.id})]
            if staff
            else [Command.create({"stated_name": self.staff_text})]
            if named
            else [],
        }

    def _staff_named(self):
        """Return who is named, by badge or by name, where that is one person; else nobody."""
        staff = self.env["complaint.window.staff"]
        if not self.staff_text:
            return staff
        named = ("|", ("employee_no", "=", self.staff_text), ("name", "=", self.staff_text))
        found = staff.search([("company_id", "=", self.company_id.id), *named], limit=2)
        return found if len(found) == 1 else staff

    def _words(self, moment):
        """Return what is complained about, with what has no field of its own."""
        words = [self.description]
        if self.wish:
            words.append(f"希望：{self.wish}")
        if not moment:
            day = self.service_day
            words.append(f"办事日期：{day.year}年{day.month}月{day.day}日，几点记不清。")
        return "\n\n".join(words)

    def _wishes(self):
        """Return in a line what the chatter tells of a draft that was taken over."""
        labels = [
            dict(self._fields[name]._description_selection(self.env)).get(self[name])
            for name in ("manner", "call_time")
        ]
        consent = (
            self.env._("the unit may contact them")
            if self.allows_unit
            else self.env._("only the room may contact them")
        )
        told = "、".join(filter(None, [*labels, consent if self.manner else ""]))
        said = self.env._("Taken over from the online form, %s.", self.number)
        return f"{said} {told}".strip()

    # --- following it -----------------------------------------------------------------------------

    @api.model
    def _tracked(self, number, code):
        """Return what was sent under a number and a code, while it is no complaint yet; or none.

        :param number: a tidy number
        :param code: a tidy code
        """
        found = self.sudo().search_fetch(
            [("number", "=", number), ("tracking_code", "!=", False)], ["tracking_code", "state"]
        )
        right = hmac.compare_digest((found.tracking_code or "???").encode(), code.encode())
        return found if right else found.browse()

    @api.autovacuum
    def _gc_submissions(self):
        """Delete what nobody sent within a day, and the numbers of what was withdrawn long ago."""
        now = fields.Datetime.now()
        self.sudo().search(
            [
                *("|", "&", ("state", "=", "filling"), ("started_at", "<", now - FILLED_WITHIN)),
                *("&", ("state", "=", "withdrawn"), ("write_date", "<", now - TOLD_FOR)),
            ]
        ).unlink()

    def _phone_key(self):
        return phone_key(self.complainant_phone)
