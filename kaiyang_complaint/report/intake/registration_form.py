from datetime import date
from typing import NamedTuple

from odoo import models

from ..engine.sheet import Sheet

CLASSES = (("general", "一般"), ("complex", "复杂"), ("major", "重大／涉及多个单位／责任不清"))
RESPONSIBILITIES = (("staff", "人员"), ("unit", "单位"), ("other", "其他"))
SATISFACTIONS = (
    ("5", "非常满意"),
    ("4", "满意"),
    ("3", "基本满意"),
    ("2", "不满意"),
    ("1", "非常不满意"),
)
ELEMENTS = (
    ("staff", "被投诉人员姓名"),
    ("window", "窗口号"),
    ("time", "具体办事时间"),
    ("matter", "办理事项"),
    ("reason", "投诉理由"),
)
FEEDBACK_MODES = (("in_person", "当面"), ("phone", "电话"), ("impossible", "无法反馈"))
KINDS = {
    "extension": "延期",
    "meeting": "会商",
    "instruction": "请示",
    "referral": "转送",
    "transfer": "移送",
    "letter": "发文",
}
TOLD_HOW = {
    "in_person": "当面告知",
    "phone": "电话告知",
    "message": "信息告知",
    "letter": "信函告知",
    "impossible": "匿名，无法告知",
}
CONCLUSIONS = (("upheld", "成立"), ("partly", "部分成立"), ("not_upheld", "不成立"))
LEVELS = (("window", "窗口"), ("unit", "窗口单位"), ("centre", "中心"))
MEDIATIONS = {
    "settled": "经调解，双方达成一致",
    "not_settled": "经调解，未达成一致",
    "declined_complainant": "投诉人不同意调解",
    "declined_respondents": "被投诉方不同意调解",
    "not_tried": "未进行调解",
}
WAIVERS = {
    "duty": "未提供被投诉人员姓名：窗口号和办事时间可确定当班人员。",
    "anonymous_letter": "匿名信函，未提供被投诉人员姓名。",
}
SHARES = {"main": "主要责任", "secondary": "次要责任", "none": "无责任"}
LIABLE = {"staff": "窗口人员", "window": "窗口", "unit": "单位", "other": "其他"}
OUTSIDE = "反映的内容与中心窗口工作人员无关。"


class Opinion(NamedTuple):
    """What somebody said to the joint assessment, and when."""

    opinion: str
    given_by: str
    given_on: date


class RegistrationSheet(Sheet):
    """A complaint as the regulation's registration forms show it (annex 2)."""

    classes = CLASSES
    responsibilities = RESPONSIBILITIES
    satisfactions = SATISFACTIONS
    conclusions = CONCLUSIONS
    levels = LEVELS
    elements = ELEMENTS
    feedback_modes = FEEDBACK_MODES

    @property
    def title(self):
        """What the channel calls the form; the blank one has its own title."""
        return self.record.channel_id.sudo().form_title

    @property
    def number(self):
        """The number that acceptance gave the complaint."""
        return self.record.number if self.record.accepted_at else ""

    @property
    def query_code(self):
        """The code with which the complainant asks how far the complaint is."""
        return self.record.tracking_code if self.record.accepted_at else ""

    @property
    def is_done(self):
        """Whether nothing more can happen to the complaint: what did not is not left to the pen."""
        return self.record.complaint_state in ("closed", "archived")

    @property
    def given_elements(self):
        """Which of the five elements were given (二)."""
        return self.record._given_elements() if self.record else set()

    @property
    def remarks(self):
        """What is on record beside the rows of the form."""
        if self.record.is_outside_matter:
            return OUTSIDE
        return WAIVERS.get(self.record._effective_waiver(), "") if self.record else ""

    @property
    def invalid_words(self):
        """Why the complaint was refused as invalid (四.3)."""
        return self.record._invalid_words() if self.record else ""

    @property
    def recording_names(self):
        """The files of the recording: nobody else's right to them follows from the form."""
        # Names only, read as superuser: who may print the form need not be allowed to listen.
        return "、".join(self.record.sudo().recording_ids.mapped("name"))

    @property
    def recording_length(self):
        """How long the recording is, in words."""
        minutes, seconds = divmod(self.record.recording_seconds, 60)
        return f"{minutes}分{seconds:02d}秒" if self.record.recording_seconds else ""

    @property
    def conduct_items(self):
        """The items of conduct of the regulation, in its order (三)."""
        return self.record.env["helpdesk.ticket.category"].search(
            [("conduct_number", ">", 0), ("company_id", "in", (self.company.id, False))],
            order="conduct_number",
        )

    def person(self, respondent):
        """Return name and badge number of a person complained about."""
        person = respondent.staff_id
        return "／".join(filter(None, (person.name or respondent.stated_name, person.employee_no)))

    @property
    def handling_limit(self):
        """The current limit of handling."""
        # Of a case that was reopened the last round's; a cancelled limit was replaced.
        limits = self.record.deadline_ids.filtered(
            lambda limit: limit.kind == "handling" and limit.state != "cancelled"
        )
        return limits.sorted("due_at")[-1:]

    @property
    def extensions(self):
        """The extensions granted to the current limit, the last one first."""
        limit = self.handling_limit
        # By the start of the limit: an extension keeps that of the limit it replaces, another round
        # has its own.
        return self.record.extension_ids.filtered(
            lambda one: one.state == "granted" and one.deadline_id.start_date == limit.start_date
        )

    @property
    def handling_due(self):
        """When the limit of handling ends, or ended before it was extended: that has its row."""
        return self._printed_limit().due_at

    @property
    def handling_note(self):
        """What stands behind that date while the schedule of its year is not published."""
        return "（暂定）" if self._printed_limit().is_provisional else ""

    def _printed_limit(self):
        return self.extensions[-1:].old_deadline_id or self.handling_limit

    @property
    def extension(self):
        """The extension granted last."""
        return self.extensions[:1]

    @property
    def told_how(self):
        """How the complainant was told of the extension."""
        return TOLD_HOW.get(self.extension.told_how, "")

    @property
    def approvals(self):
        """What the leader in charge decided, of one kind the last; every instruction counts."""
        decided = self.record.approval_ids.filtered(
            lambda one: one.role == "leader" and one.decided_at
        ).sorted(lambda one: (one.decided_at, one.id))
        # Asked twice, a request has its last decision; each instruction is an answer of its own.
        last = {one.id if one.kind == "instruction" else one.kind: one for one in decided}
        return decided.browse().union(*last.values()).sorted(lambda one: (one.decided_at, one.id))

    @property
    def approval(self):
        """What the leader in charge decided last."""
        return self.approvals[-1:]

    @property
    def instruction(self):
        """The leader's words; an approval without any says as much."""
        if self.approvals == self.approval:
            return self._words(self.approval)
        return "\n".join(
            f"【{KINDS.get(one.kind, '')}】{self._words(one)}　{one._name_of('decided_by_id')}　"
            f"{self.company._complaint_local(one.decided_at):%Y-%m-%d}"
            for one in self.approvals
        )

    def _words(self, approval):
        return approval.instruction or ("同意。" if approval.state == "approved" else "")

    @property
    def slips(self):
        """The slips that went to units and stayed there, the leading unit first."""
        sent = self.record.slip_ids.filtered(lambda slip: slip.state not in ("draft", "declined"))
        return sent.sorted(lambda slip: (not slip.is_lead, slip.id))

    def reply(self, slip):
        """Return the valid reply to a slip."""
        return slip.reply_ids.filtered(lambda reply: reply.state != "returned")[:1]

    def arrived(self, role):
        """Return who came to the room of those called, and when, a line each."""
        calls = self.record.call_ids.filtered(lambda call: call.role == role and call.arrived_at)
        return [
            f"{call.name}　{self.company._complaint_local(call.arrived_at):%-m月%-d日 %H:%M}到场"
            for call in calls.sorted("arrived_at")
        ]

    @property
    def inquiry(self):
        """The investigation concluded last."""
        concluded = self.record.investigation_ids.filtered(lambda one: one.state == "concluded")
        return concluded[:1]

    @property
    def mediation(self):
        """Whether mediation was tried, and what came of it."""
        return MEDIATIONS.get(self.inquiry.mediation, "")

    @property
    def judged(self):
        """Conclusion and responsibility: as confirmed, and until then as the inquiry has them."""
        inquiry = self.inquiry
        reported = {"verdict": inquiry.conclusion, "responsibility": inquiry.responsibility}
        return {**reported, **(self.record._outcome().judged() if self.record else {})}

    @property
    def standing_findings(self):
        """The findings that were confirmed and not overturned."""
        return self.record.finding_ids.filtered(lambda one: one.state == "confirmed").sorted("id")

    def found(self, finding):
        """Return in words what was found against one respondent, and what follows (七)."""
        words = [dict(CONCLUSIONS)[finding.conclusion]]
        if finding.conclusion != "not_upheld":
            words += [LIABLE[finding.liable], SHARES[finding.responsibility]]
        applied = "".join(self._applied(finding))
        return f"{finding.respondent_id.display_name}：{'，'.join(words)}。{applied}"

    def _applied(self, finding):
        if finding.is_counted:
            yield f"纳入{finding.confirmed_month:%Y年%-m月}考核通报，当月不得参加评比"
            yield "，年度内不得参加“优秀”评比。" if finding.liable == "staff" else "。"
        if finding.is_breach and finding.conclusion != "not_upheld":
            yield "转请纪检监察部门处理。"

    def opinions(self, level):
        """Return what one level said to the joint assessment, each as an ``Opinion``.

        What the room considered with the representative of a unit stands in the unit's row.
        """
        said = self.inquiry.opinion_ids.filtered(lambda opinion: opinion.level == level)
        rows = [Opinion(one.opinion, one.given_by, one.given_on) for one in said]
        return rows + (self._considered() if level == "unit" else [])

    def _considered(self):
        replies = self.record.slip_ids.reply_ids.filtered(lambda one: one.state == "accepted")
        return [
            Opinion(
                one.consideration or f"未会商，原因：{one.no_consideration_reason}",
                one.considered_with or one._name_of("considered_by_id"),
                self.company._complaint_local(one.considered_at or one.submitted_at).date(),
            )
            for one in replies.sorted("id")
            if one.consideration or one.no_consideration_reason
        ]

    @property
    def feedback(self):
        """The feedback on record: the last one confirmed."""
        return self.record.feedback_ids.filtered(lambda told: told.state == "confirmed")[:1]


class RegistrationForm(models.AbstractModel):
    """Values of the registration forms; without records, those of the blank form."""

    _name = "complaint.registration.form"
    _description = "Registration Form"
    _inherit = ["complaint.paper"]
    _paper_of = "helpdesk.ticket"
    _sheet_type = RegistrationSheet

    def _meant_for(self, records):
        return records.filtered(self._may_print)

    def _may_print(self, record):
        """Return whether a complaint came in the way that the form is for."""
        form = record.channel_id.sudo().registration_form
        return record.is_complaint and bool(form) and self._name.endswith(f".{form}")

    def _refusal(self):
        return self.env._(
            "This complaint came in another way than this form is for: print the form of its own."
        )


class RegistrationFormPhone(models.AbstractModel):
    """Form A: complaints by telephone (五(一)1)."""

    _name = "report.kaiyang_complaint.report_registration_phone"
    _description = "Registration Form: Telephone"
    _inherit = ["complaint.registration.form"]


class RegistrationFormOnsite(models.AbstractModel):
    """Form B: complaints in the room (五(一)2)."""

    _name = "report.kaiyang_complaint.report_registration_onsite"
    _description = "Registration Form: On-site"
    _inherit = ["complaint.registration.form"]
