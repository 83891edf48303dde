"""Which record of a case gives which paper of its dossier, and where it stands (forms.md G).

Results first, then handling, then the complaint itself: the table is in the order of the dossier.
A new process joins by one line. Titles are Chinese: they stand in the catalogue.
"""

from typing import NamedTuple


class File(NamedTuple):
    """Files of a record: where they hang, and what they are.

    ``author``, ``date``: paths from the record; without them the centre's, of when it was filed.
    """

    path: str
    label: str
    author: str = ""
    date: str = ""


class Paper(NamedTuple):
    """Documents of a kind of record: a printed form, a stored file, attached files.

    ``source``: path from the complaint to the records, none for the complaint itself; ``only``:
    what must stand at paths from them; ``report``: the form printed of each; ``kept``: or the file
    of it that was kept when it left the house. ``number``, ``author``, ``date``, ``about``: paths
    from the record; without an author it is the centre's; ``about`` tells papers of a title apart.
    """

    section: str
    source: str
    title: str
    date: str
    report: str = ""
    kept: str = ""
    only: dict = {}
    about: str = ""
    number: str = ""
    author: str = ""
    files: tuple = ()
    required: bool = False


LEFT = ("issued", "sent", "answered")
SLIPS = ("sent", "received", "replied", "accepted", "declined")
# Kinds of letters -> where they belong; what came of a case comes first.
LETTERS = {
    "answer": ("result", "答复书"),
    "referral": ("result", "转送函"),
    "transfer": ("result", "移送函"),
    "return": ("result", "退回函"),
    "report_request": ("result", "书面说明要求"),
    "county": ("result", "通报"),
    "other": ("handling", "函"),
    "extension": ("handling", "延期告知书"),
}
# Kinds of requests to leaders; referrals have their own sign-off sheet.
REQUESTS = {
    "instruction": "请示及批示",
    "meeting": "会商请示及批示",
    "extension": "延期请示及批示",
    "letter": "发文请示及批示",
}
TOLD = {"phone": "电话回复记录", "in_person": "当面回复记录", "impossible": "无法回复情况记录"}
# What a channel may choose of, and names in its own words.
FORMS = ("report_registration_phone", "report_registration_onsite", "report_registration_letter")


def _letters(section):
    return [
        Paper(
            *(section, "letter_ids", title, "issued_at"),
            kept="pdf_id",
            only={"kind": (kind,), "state": LEFT},
            about="subject",
            number="name",
            files=(
                File("enclosure_ids", "附件"),
                File("proof_ids", "寄送凭证"),
                File("answer_file_ids", "复函", "addressee", "answered_at"),
            ),
        )
        for kind, (place, title) in LETTERS.items()
        if place == section
    ]


RESULTS = [
    *(
        Paper(
            *("result", "feedback_ids", title, "given_at"),
            report="report_feedback_record",
            only={"state": ("confirmed",), "mode": (mode,)},
            author="given_by_id.name",
            files=(File("signed_scan_ids", "反馈签收单"), File("recording_ids", "回访录音")),
            required=True,
        )
        for mode, title in TOLD.items()
    ),
    *_letters("result"),
    Paper(
        *("result", "written_report_ids", "首席代表书面说明", "submitted_at"),
        kept="pdf_id",
        only={"state": ("accepted",)},
        about="window_id.number",
        author="unit_id.name",
        files=(File("attachment_ids", "书面说明附件", "unit_id.name", "submitted_at"),),
    ),
    Paper(
        *("result", "referral_ids", "转送函", "sent_at"),
        only={"state": ("sent", "answered")},
        files=(File("answer_file_ids", "承办单位复函", "authority_id.name", "answered_at"),),
    ),
    Paper(
        *("result", "investigation_ids", "调查报告", "concluded_at"),
        report="report_investigation",
        only={"state": ("concluded",)},
        author="concluded_by_id.name",
    ),
]
HANDLING = [
    Paper(
        *("handling", "slip_ids", "转办单（含回执）", "sent_at"),
        report="report_slip",
        only={"state": SLIPS},
        about="unit_id.name",
        number="name",
        files=(
            File("attachment_ids", "转办附件"),
            File("reply_ids.attachment_ids", "承办单位回复材料", "unit_id.name"),
            File("measure_ids.proof_ids", "整改佐证材料", "unit_id.name"),
        ),
    ),
    *(
        Paper(
            *("handling", "escalation_ids", title, "fired_at"),
            report="report_urging_note",
            only={"effect": (effect,)},
            about="slip_id.unit_id.name",
        )
        for effect, title in {"urging": "催办单", "supervision": "督办单"}.items()
    ),
    *(
        Paper(
            *("handling", "approval_ids", title, "decided_at"),
            report="report_approval",
            only={"kind": (kind,), "state": ("approved", "rejected")},
            author="decided_by_id.name",
        )
        for kind, title in REQUESTS.items()
    ),
    Paper(
        *("handling", "referral_ids", "投诉件转送阅批单", "created_at"),
        report="report_referral_sheet",
        only={"state": ("sent", "answered", "refused")},
        number="name",
    ),
    Paper(
        *("handling", "meeting_ids", "会商纪要", "held_at"),
        report="report_meeting_minutes",
        only={"state": ("held",)},
        files=(File("attachment_ids", "会商材料"),),
    ),
    Paper(
        *("handling", "extension_ids", "延期告知书", "approval_id.decided_at"),
        report="report_extension_notice",
        only={"state": ("granted",)},
    ),
    *_letters("handling"),
]
COMPLAINT = [
    Paper(
        *("complaint", "", "", "received_at"),
        report=report,
        only={"channel_id.registration_form": (report,)},
        about="channel_id.dossier_title",
        number="number",
        required=True,
        files=(
            File("signed_form_ids", "投诉人签字的登记表", "partner_name", "received_at"),
            File("recording_ids", "来电录音", "partner_name", "received_at"),
            File("letter_scan_ids", "来信", "partner_name", "received_at"),
        ),
    )
    for report in FORMS
]
PAPERS = (*RESULTS, *HANDLING, *COMPLAINT)
