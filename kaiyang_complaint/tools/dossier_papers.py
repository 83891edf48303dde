"""Which record of a case gives which paper of its dossier, and where it stands (forms.md G).

Results first, then handling, then the complaint itself: the table is in the order of the dossier.
A new process joins by one line. Titles are Chinese: they stand in the catalogue.
"""

from typing import NamedTuple


class File(NamedTuple):
    """Files of a record: where they hang, what they are, who is behind them (a path)."""

    path: str
    label: str
    author: str = ""


class Paper(NamedTuple):
    """What a kind of record gives: a printed form, its files, or both.

    ``source``: path from the complaint to the records; ``only``: what their fields must hold;
    ``number``, ``author``, ``date``: paths from the record. Without an author it is the centre's.
    """

    section: str
    source: str
    title: str
    date: str
    report: str = ""
    only: dict = {}
    number: str = ""
    author: str = ""
    files: tuple = ()
    required: bool = False


TICKET = {"number": "number", "required": True, "date": "received_at"}
ORAL = (
    File("signed_form_ids", "投诉人签字的登记表", "partner_name"),
    File("recording_ids", "来电录音", "partner_name"),
    File("letter_scan_ids", "来信", "partner_name"),
)
TOLD = (File("signed_scan_ids", "反馈签收单"), File("recording_ids", "回访录音"))
CONFIRMED = {
    "date": "given_at",
    "files": TOLD,
    "required": True,
    "report": "report_feedback_record",
}

PAPERS = (
    # --- results ---
    Paper(
        "result",
        "investigation_ids",
        "调查报告",
        "concluded_at",
        report="report_investigation",
        only={"state": ("concluded",)},
        author="concluded_by_id.name",
    ),
    Paper(
        "result",
        "feedback_ids",
        "电话回复记录",
        author="given_by_id.name",
        **CONFIRMED,
        only={"state": ("confirmed",), "mode": ("phone",)},
    ),
    Paper(
        "result",
        "feedback_ids",
        "当面回复记录",
        author="given_by_id.name",
        **CONFIRMED,
        only={"state": ("confirmed",), "mode": ("in_person", "impossible")},
    ),
    Paper(
        "result",
        "referral_ids",
        "转办函",
        "sent_at",
        report="report_referral",
        only={"state": ("sent", "answered"), "kind": ("outside",)},
        number="name",
        files=(File("answer_file_ids", "承办单位复函", "authority_id.name"),),
    ),
    Paper(
        "result",
        "referral_ids",
        "移送函",
        "sent_at",
        report="report_referral",
        only={"state": ("sent", "answered"), "kind": ("discipline",)},
        number="name",
        files=(File("answer_file_ids", "承办单位复函", "authority_id.name"),),
    ),
    # --- handling ---
    Paper(
        "handling",
        "slip_ids",
        "转办单（含回执）",
        "sent_at",
        report="report_slip",
        only={"state": ("sent", "received", "replied", "accepted", "declined")},
        number="name",
        files=(
            File("attachment_ids", "转办附件"),
            File("reply_ids.attachment_ids", "承办单位回复材料", "unit_id.name"),
        ),
    ),
    Paper(
        "handling",
        "escalation_ids",
        "催办单",
        "fired_at",
        report="report_urging_note",
        only={"effect": ("urging",)},
    ),
    Paper(
        "handling",
        "escalation_ids",
        "督办单",
        "fired_at",
        report="report_urging_note",
        only={"effect": ("supervision",)},
    ),
    Paper(
        "handling",
        "approval_ids",
        "请示及批示",
        "decided_at",
        report="report_approval",
        only={"state": ("approved", "rejected")},
        author="decided_by_id.name",
    ),
    Paper(
        "handling",
        "referral_ids",
        "投诉件转办阅批单",
        "created_at",
        report="report_referral_sheet",
        only={"state": ("sent", "answered")},
    ),
    Paper(
        "handling",
        "meeting_ids",
        "会商纪要",
        "held_at",
        report="report_meeting_minutes",
        only={"state": ("held",)},
        files=(File("attachment_ids", "会商材料"),),
    ),
    Paper(
        "handling",
        "extension_ids",
        "延期告知书",
        "approval_id.decided_at",
        report="report_extension_notice",
        only={"state": ("granted",)},
    ),
    # --- the complaint itself ---
    Paper(
        "complaint",
        "",
        "电话投诉举报登记表",
        report="report_registration_phone",
        **TICKET,
        only={"channel_code": ("phone",)},
        files=ORAL,
    ),
    Paper(
        "complaint",
        "",
        "现场投诉举报登记表",
        report="report_registration_onsite",
        **TICKET,
        only={"channel_code": ("onsite",)},
        files=ORAL,
    ),
    Paper(
        "complaint",
        "",
        "信函/网上投诉处理单",
        report="report_registration_letter",
        **TICKET,
        only={"channel_code": ("letter", "web")},
        files=ORAL,
    ),
)
