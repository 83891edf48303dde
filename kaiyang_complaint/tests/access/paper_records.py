"""For each paper of the desk a record as it comes, and one that strains every box of the form."""

from odoo import Command, fields
from odoo.tools import plaintext2html

from ..archive.archive_common import ArchiveCommon
from ..handling.meeting_common import MeetingCommon
from .paper_common import PaperCommon

MARK = "龘"
SENTENCE = f"排队两小时无人受理，窗口人员没有一次性告知材料{MARK}。"
REASON = SENTENCE * (20000 // len(SENTENCE))
LONG = SENTENCE * 80
WORD = "A" * 300
UNIT = "某" * 60
KEPT = {"dossier_box", "dossier_loan", "dossier_notes"}
WITHOUT_CASE = {"guidance_note", "written_report", "assessment", "placard", *KEPT}


class PaperRecords(MeetingCommon, PaperCommon, ArchiveCommon):
    """One complaint with all its processes, and its double in extremes; nothing is printed yet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.normal = cls._records("一")

    @classmethod
    def _records(cls, which):
        """Return, by the name of the report, a record that it prints."""
        by_report = cls._by_report(which)
        findings = by_report["slip"].ticket_id.finding_ids
        results = {
            "written_report": cls._written_report(findings),
            "assessment": cls._assessment(findings),
        }
        by_report = {**by_report, **cls._kept(), **results}.items()
        return {name: record.with_env(cls.env) for name, record in by_report}

    @classmethod
    def _by_report(cls, which):
        told = cls.fed_back()
        authority = cls.env["complaint.authority"].create({"name": f"综合行政执法第{which}大队"})
        meeting = cls.held()
        invalid = cls.new_complaint("onsite")
        invalid.action_mark_invalid("经三次劝导仍无理取闹。", "unreasonable")
        referral = cls._referral(authority)
        return {
            "registration_phone": told,
            "registration_onsite": invalid,
            "registration_letter": cls.fed_back("letter"),
            "refusal_notice": invalid,
            "slip": told.slip_ids,
            "urging_note": cls._urged(told, told.slip_ids),
            "feedback_record": told.feedback_ids,
            "meeting_minutes": meeting,
            "meeting_sign_in": meeting,
            "placard": cls.window,
            "receipt": told,
            "approval": meeting.approval_id,
            "investigation": cls._inquiry(),
            "extension_notice": cls._extension(),
            "letter": referral.letter_id,
            "letter_register": referral.letter_id,
            "referral": referral,
            "referral_sheet": referral,
            "guidance_note": cls._guidance(authority),
        }

    @classmethod
    def _kept(cls):
        """Return the papers of a dossier in a box that is lent."""
        dossier = cls.in_archive()
        box = cls.env["complaint.dossier.box"].create({"year": dossier.year, "retention": "y30"})
        dossier.with_user(cls.archivist)._put_into(box)
        loan = {"dossier_id": dossier.id, "borrower": "王芳", "borrower_unit": "县委办"}
        loan = cls.env["complaint.dossier.loan"].create({**loan, "purpose": "工作查考"})
        dossier.with_user(cls.archivist).action_note("补充说明一份。")
        return {"dossier_box": box, "dossier_loan": loan, "dossier_notes": dossier}

    @classmethod
    def _urged(cls, ticket, slip):
        return cls.env["complaint.escalation"].create(
            {
                "ticket_id": ticket.id,
                "slip_id": slip.id,
                "deadline_id": slip.deadline_ids.id,
                "due_at": slip.due_at,
                "effect": "urging",
                "opinion": "请今日办结。",
                "made_by_id": cls.clerk.id,
                "user_ids": [Command.set((cls.clerk + cls.manager).ids)],
                "told_slip_ids": [Command.set(slip.ids)],
            }
        )

    @classmethod
    def _inquiry(cls):
        inquiry = cls.env["complaint.investigation"].create(
            {
                "ticket_id": cls.accepted("letter").id,
                "respondent_facts": "窗口人员称已口头告知。",
                "evidence": "监控显示未出具一次性告知单。",
                "mediation": "settled",
                "mediation_note": "双方达成一致。",
                "conclusion": "upheld",
                "responsibility": "staff",
                "cause": "业务不熟。",
                "measures": "批评教育，重新培训。",
                "opinion_ids": [
                    Command.create({"level": level, "opinion": "属实。", "given_by": "科长"})
                    for level in ("window", "unit", "centre")
                ],
            }
        )
        inquiry.action_conclude()
        return inquiry

    @classmethod
    def _extension(cls):
        extension = cls.env["complaint.extension"].create(
            {
                "ticket_id": cls.accepted("letter").id,
                "limit_days": 7,
                "reason": "因档案需向省局调取。",
                "told_at": fields.Datetime.now(),
                "complainant_answer": "表示理解",
            }
        )
        extension._procedure_write({"state": "granted"})
        return extension

    @classmethod
    def _referral(cls, authority):
        ticket = cls.accepted("letter", is_outside_matter=True, window_id=False, respondent_ids=[])
        referral = cls.env["complaint.referral"].create(
            {
                "ticket_id": ticket.id,
                "authority_id": authority.id,
                "summary": "经现场查看，路灯损坏属实。",
                "names_complainant": True,
                "consent": "电话同意",
            }
        )
        letter = cls.env["complaint.letter"].create(
            {
                "kind": "other",
                "ticket_id": ticket.id,
                "subject": "关于转请处理路灯损坏问题的函",
                "addressee": authority.name,
                "body": "请予阅处。\n特此函告。",
            }
        )
        number = f"转〔2026〕{referral.id}号"
        referral._procedure_write({"state": "sent", "name": number, "letter_id": letter.id})
        return referral

    @classmethod
    def _guidance(cls, authority):
        return cls.env["complaint.guidance.log"].create(
            {
                "company_id": cls.room.company_id.id,
                "date": fields.Date.today(),
                "authority_id": authority.id,
                "user_id": cls.clerk.id,
            }
        )

    @classmethod
    def _written_report(cls, findings):
        report = cls.env["complaint.written.report"]._with_procedure()
        return report.create(
            {
                "company_id": cls.window.company_id.id,
                "window_id": cls.window.id,
                "unit_id": cls.unit.id,
                "first_month": f"{1900 + findings.id % 100}-12-01",
                "second_month": f"{1901 + findings.id % 100}-01-01",
                "finding_ids": [Command.set(findings.ids)],
                "state": "submitted",
                "causes": "业务不熟。",
                "measures": "集中学习。",
                "measures_by": "2026-03-31",
                "to_unit": True,
                "unit_addressee": "局办公室",
                "to_unit_on": "2026-02-28",
                "submitted_at": fields.Datetime.now(),
                "submitted_by_id": cls.rep.id,
            }
        )

    @classmethod
    def _assessment(cls, findings):
        window = {"kind": "manual", "target": "window", "window_id": cls.window.id, "points": -1}
        staff = {"kind": "manual", "target": "staff", "staff_id": cls.staff.id, "points": -5}
        return cls.env["complaint.assessment"].create(
            {
                "company_id": cls.window.company_id.id,
                "month": f"{1900 + findings.id % 100}-12-01",
                "line_ids": [
                    Command.create({**values, "reason": "擅离岗位。"}) for values in (window, staff)
                ],
            }
        )

    # --- extremes -------------------------------------------------------------------------------

    @classmethod
    def _strained(cls, records):
        """Return the records with the longest names, words without a break, and long texts."""
        (cls.unit + cls.other_unit).write({"name": UNIT})
        cls.staff.name = "名" * 30
        cls._strain(records)
        cls._strain_tickets(records)
        records["approval"]._procedure_write({"request": LONG, "instruction": LONG})
        records["guidance_note"].authority_id.write(
            {"name": UNIT, "phone": WORD, "address": UNIT * 2, "responsibilities": LONG}
        )
        cls.env.flush_all()
        return records

    @classmethod
    def _strain(cls, records):
        """Fill what is free text on the records themselves."""
        texts = {
            "slip": ("summary", "room_opinion"),
            "feedback_record": ("content", "suggestion"),
            "meeting_minutes": ("analysis", "minutes"),
            "investigation": ("complainant_facts", "evidence", "cause", "measures"),
            "extension_notice": ("reason",),
            "referral_sheet": ("matter", "summary"),
            "letter": ("body",),
            "written_report": ("causes", "measures"),
            "refusal_notice": ("end_reason",),
        }
        for name, names in texts.items():
            records[name]._procedure_write(dict.fromkeys(names, LONG))
        records["slip"]._procedure_write({"summary": REASON})
        records["extension_notice"]._procedure_write({"reason": REASON})
        records["assessment"].line_ids.write({"reason": LONG})
        lent = dict.fromkeys(("borrower", "borrower_phone", "purpose"), WORD)
        records["dossier_loan"]._procedure_write({**lent, "borrower_unit": UNIT, "condition": LONG})
        records["dossier_notes"].with_user(cls.archivist).action_note(LONG)
        records["written_report"]._procedure_write({"unit_addressee": UNIT})
        records["letter"]._procedure_write({"subject": SENTENCE * 3, "addressee": UNIT})
        replies = records["slip"].reply_ids
        replies._procedure_write({"facts": LONG, "result": WORD, "measures": LONG})

    @classmethod
    def _strain_tickets(cls, records):
        tickets = cls.env["helpdesk.ticket"].browse()
        for name, record in records.items():
            if name not in WITHOUT_CASE:
                tickets |= record if record._name == tickets._name else record.ticket_id
        tickets._procedure_write(
            {
                "description": plaintext2html(LONG),
                "service_item": WORD,
                "partner_name": "欧" * 40,
                "complainant_address": UNIT * 3,
            }
        )
        longest = records["registration_phone"] + records["registration_letter"]
        longest._with_procedure().write({"description": plaintext2html(REASON)})
