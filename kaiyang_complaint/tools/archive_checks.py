"""What a case must have before it is archived: the one table of checks (八).

A check reads some fields of a complaint; ``ArchiveGaps`` has its method and its words.
What a later process leaves open joins by one line here, one method and one sentence there.
"""

# What a complaint has of each process -> the states in which that is begun and left behind.
DRAFTS = {
    "slip_ids": ("draft",),
    "feedback_ids": ("draft", "asked", "reported"),
    "extension_ids": ("draft", "requested"),
    "meeting_ids": ("draft", "requested", "approved", "convened"),
    "investigation_ids": ("draft",),
    "referral_ids": ("draft", "requested", "approved"),
}
# Code -> what the check reads, from the complaint on.
CHECKS = {
    "feedback": ("feedback_ids.state", "feedback_ids.confirmed_at"),
    "satisfaction": ("feedback_ids.state", "feedback_ids.satisfaction"),
    "signature": ("channel_id.asks_for_signature", "complainant_signed_at", "signed_form_ids"),
    "letter": ("channel_id.is_letter", "letter_scan_ids"),
    "recording": (
        "channel_id.asks_for_recording",
        "announced_at",
        "no_recording_reason",
        "recording_ids",
    ),
    "slips": ("slip_ids.state",),
    "measures": ("slip_ids.measure_ids.state",),
    "approvals": ("approval_ids.state",),
    "minutes": ("meeting_ids.state", "meeting_ids.minutes"),
    "referrals": ("referral_ids.state", "referral_ids.unit_answers_itself"),
    "letters": ("letter_ids.state", "letter_ids.answer_by"),
    "unissued": ("letter_ids.state",),
    "findings": ("finding_ids.state",),
    "drafts": tuple(f"{name}.state" for name in DRAFTS),
    "files": (
        "dossier_ids.state",
        "dossier_ids.item_ids.print_fault",
        "dossier_ids.item_ids.kept_as_file_reason",
    ),
    "glyphs": ("dossier_ids.state", "dossier_ids.missing_glyphs"),
}
# What a paper that the archivist adds can make good.
MENDABLE = [
    ("signature", "The form that the complainant signed"),
    ("letter", "The scan of the letter"),
    ("recording", "The recording of the call"),
    ("minutes", "The minutes of the meeting"),
    ("files", "A printable copy of a file"),
    ("glyphs", "A picture of the characters that no font has"),
]


def reads():
    """List all that the checks read.

    >>> "slip_ids.state" in reads(), len(reads()) == len(set(reads()))
    (True, True)
    """
    return sorted({path for paths in CHECKS.values() for path in paths})
