from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import plaintext2html

from ...tools.codes import STAFF_ONLY
from ..access.notices import in_language_of
from ..case.on_duty import OnDuty
from .element_labels import element_labels

REMINDER = "kaiyang_complaint.activity_missing_elements"

ANSWER_DAYS = 1
ELEMENT_WORDS = {
    "staff": "被投诉人员的姓名或工号（不知道的，请描述其特征）",
    "window": "窗口号",
    "time": "具体办事时间",
    "matter": "办理的事项",
    "reason": "投诉的理由",
}


class ComplaintContact(models.Model):
    """When, how and about what someone of the desk contacted the complainant, or tried to.

    A contact is a fact: what was noted is not rewritten, another one is noted.
    """

    _name = "complaint.contact"
    _description = "Contact with the Complainant"
    _inherit = ["complaint.case.part.mixin", "complaint.signer.mixin"]
    _signers = ("contacted_by_id",)
    _order = "contacted_at desc, id desc"
    _rec_name = "ticket_id"
    _check_company_auto = True
    _procedural = {"asked_elements": False, "is_waiting": False}

    purpose = fields.Selection(
        [("first", "First Contact"), ("missing", "Asked for what is missing")],
        required=True,
        default="first",
    )
    contacted_at = fields.Datetime(required=True, default=fields.Datetime.now)
    contacted_by_id = fields.Many2one(
        "res.users",
        required=True,
        domain=[("share", "=", False)],
        default=lambda self: self.env.user,
    )
    how = fields.Selection(
        [
            ("phone", "By telephone"),
            ("message", "By message"),
            ("mail", "By mail"),
            ("in_person", "In person"),
            ("impossible", "Impossible: no way to reach them"),
        ],
        required=True,
        string="Manner",
        default="phone",
    )
    is_reached = fields.Boolean(
        string="Reached",
        compute="_compute_is_reached",
        store=True,
        readonly=False,
        precompute=True,
    )
    note = fields.Text(
        string="Contact Notes", help="Or, where nobody was reached, what was tried and how it went."
    )
    complainant_phone = fields.Char(related="ticket_id.complainant_phone", groups=STAFF_ONLY)
    asked_elements = fields.Char(
        readonly=True, help="Codes of the elements that were missing when they were asked for."
    )
    asked_label = fields.Char(string="Elements Asked For", compute="_compute_asked_label")
    words = fields.Text(string="Suggested Wording", compute="_compute_words")
    answer_by = fields.Date(
        string="Answer Until",
        compute="_compute_answer_by",
        store=True,
        readonly=False,
        precompute=True,
        help="The clerk in charge is reminded on that day.",
    )
    is_waiting = fields.Boolean(string="Waiting", readonly=True)
    is_late = fields.Boolean(compute="_compute_is_late")

    _open_question = models.UniqueIndex(
        "(ticket_id) WHERE is_waiting", "The complainant was asked a moment ago; look again."
    )

    @api.depends("how")
    def _compute_is_reached(self):
        for contact in self:
            contact.is_reached = contact.how != "impossible"

    @api.depends("asked_elements", "ticket_id.missing_elements")
    @api.depends_context("lang")
    def _compute_asked_label(self):
        labels = element_labels(self.env)
        for contact in self:
            contact.asked_label = "、".join(labels[code] for code in contact._asked())

    @api.depends("purpose", "answer_by", "ticket_id")
    def _compute_words(self):
        for contact in self:
            contact.words = contact.purpose == "missing" and contact._words()

    @api.depends("purpose", "ticket_id")
    def _compute_answer_by(self):
        for contact in self:
            centre = contact.company_id or self.env.company
            today, calendar = centre._complaint_today(), centre._complaint_calendar()
            asks = contact.purpose == "missing"
            contact.answer_by = asks and calendar.add(today, ANSWER_DAYS)

    @api.depends("is_waiting", "answer_by")
    def _compute_is_late(self):
        for contact in self:
            today = contact.company_id._complaint_today() if contact.answer_by else None
            contact.is_late = bool(contact.is_waiting and today and contact.answer_by < today)

    @api.constrains("contacted_at", "how", "is_reached", "note", "purpose", "answer_by")
    def _check_facts(self):
        for contact in self:
            fault = contact._fault()
            if fault:
                raise ValidationError(fault)

    def _fault(self):
        """Return what is wrong with what was noted, or nothing."""
        if self.contacted_at > fields.Datetime.now():
            return self.env._("A contact is noted once it took place, not before.")
        # Only who left no way to be reached is never called.
        if self.how == "impossible" and self.complainant_phone:
            return self.env._("A telephone number is on record: try it, and note how that went.")
        if not self.is_reached and self.how != "impossible" and not (self.note or "").strip():
            return self.env._("Not reached: record the attempts and their outcome.")
        if self.purpose == "missing" and not self.answer_by:
            return self.env._("Enter the due date of the answer.")
        return ""

    @api.model_create_multi
    def create(self, vals_list):
        """Note contacts; where something was asked for, remember what, and remind the clerk.

        :raise UserError: where the complaint has ended, or nothing is missing
        """
        contacts = super().create(vals_list)
        contacts.ticket_id._assert_open_for_change()
        contacts.filtered(lambda contact: contact.purpose == "missing")._await_answer()
        return contacts

    @api.model
    def _open(self, ticket, purpose, title):
        """Return the dialog in which a contact with the complainant is noted.

        :param purpose: a value of ``purpose``
        """
        ticket.ensure_one()
        ticket.check_access("write")
        ticket._assert_open_for_change()
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": self._name,
            "view_mode": "form",
            "target": "new",
            "context": {"default_ticket_id": ticket.id, "default_purpose": purpose},
        }

    @api.model
    def _assert_askable(self, tickets):
        """Refuse to ask about what lacks nothing, or is no draft any more."""
        for ticket in tickets:
            if ticket.complaint_state != "draft" or not ticket.missing_elements:
                raise UserError(
                    self.env._("%s lacks nothing that could be asked for.", ticket.display_name)
                )

    def _settle(self):
        """Close requests for elements that were received or are no longer required."""
        # Any of what was asked for may still be missing: then the question stays open.
        settled = self.filtered(lambda question: not question._still_missing())
        if settled:
            settled._procedure_write({"is_waiting": False})
            settled.ticket_id.activity_feedback([REMINDER])

    def _await_answer(self):
        """Wait for what was asked for; the question takes the place of an earlier one."""
        tickets = self.ticket_id
        self._assert_askable(tickets)
        earlier = tickets.contact_ids.filtered("is_waiting").sudo()
        earlier._procedure_write({"is_waiting": False})
        tickets.activity_unlink([REMINDER])
        # Kept as codes: what is missing later tells which of them came in.
        for contact in self.sudo():
            missing = contact.ticket_id.missing_elements
            contact._procedure_write({"asked_elements": missing, "is_waiting": True})
        self.env["mail.activity"].create([contact._reminder() for contact in self])
        for contact in self:
            contact.ticket_id._message_log(
                body=self.env._("Asked the complainant for: %s.", contact.asked_label)
            )

    def _reminder(self):
        """Return the to-do of the clerk in charge on the day of the answer."""
        ticket = self.ticket_id
        clerk = OnDuty(ticket).clerk() or self.env.user
        return {
            "res_model_id": self.env["ir.model"]._get_id(ticket._name),
            "res_id": ticket.id,
            "activity_type_id": self.env.ref(REMINDER).id,
            "automated": True,
            "user_id": clerk.id,
            "date_deadline": self.answer_by,
            "summary": in_language_of(self, clerk).asked_label,
            "note": plaintext2html(self.words),
        }

    def _in_a_line(self):
        """Return when the complainant was asked for what, and until when they may answer."""
        return self.env._(
            "Asked on %(time)s for: %(elements)s. The answer is awaited until %(day)s.",
            time=f"{self.company_id._complaint_local(self.contacted_at):%Y-%m-%d %H:%M}",
            elements=self.asked_label,
            day=self.answer_by,
        )

    def _asked(self):
        """Return the codes of what was asked for; of a new question, of what is missing now."""
        codes = self.asked_elements or (not self._origin and self.ticket_id.missing_elements) or ""
        return [code for code in codes.split(",") if code and self.purpose == "missing"]

    def _still_missing(self):
        """Return which of the elements that were asked for the draft still lacks."""
        ticket = self.ticket_id
        missing = (ticket.missing_elements or "").split(",")
        return ticket.complaint_state == "draft" and set(self._asked()) & set(missing)

    def _words(self):
        """Return the question as text that can be read to the complainant, or sent."""
        company = self.company_id or self.env.company
        elements = "；".join(
            f"{place}. {ELEMENT_WORDS[code]}" for place, code in enumerate(self._asked(), 1)
        )
        until = f"请于{self.answer_by.month}月{self.answer_by.day}日前" if self.answer_by else "请"
        phone = f"，电话{company.complaint_phone}" if company.complaint_phone else ""
        return (
            f"您好，这里是{company._complaint_title()}投诉室。您的投诉我们已经收到，"
            f"为尽快受理，还需要您补充：{elements}。{until}告知我们{phone}。"
            "感谢您对政务服务工作的监督。"
        )
