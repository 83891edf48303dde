from collections import Counter

from ...tools import archive_checks
from ..case.helpdesk_ticket import CurrentRound

# Checks that find records, and name them.
NAMED = frozenset(
    {
        "slips",
        "measures",
        "approvals",
        "minutes",
        "referrals",
        "letters",
        "unissued",
        "findings",
        "drafts",
        "files",
        "glyphs",
    }
)
# One picture may show all characters.
COUNTED = NAMED - {"glyphs"}


class ArchiveGaps:
    """What keeps a closed case from being archived: each check, and the sentence that says so (八).

    :param ticket: the complaint, as the procedure reads it
    """

    def __init__(self, ticket):
        self.ticket, self.env = ticket, ticket.env
        # Code of ``archive_checks.CHECKS`` -> the check: true, or the records that fail.
        self.checks = {
            "feedback": self._feedback,
            "satisfaction": self._satisfaction,
            "signature": self._signature,
            "letter": self._letter,
            "recording": self._recording,
            "slips": self._slips,
            "measures": self._measures,
            "approvals": self._approvals,
            "minutes": self._minutes,
            "referrals": self._referrals,
            "letters": self._letters,
            "unissued": self._unissued,
            "findings": self._findings,
            "drafts": self._drafts,
            "files": self._files,
            "glyphs": self._glyphs,
        }

    def found(self):
        """Return the checks that the case does not pass, each with what it found."""
        kept = self.ticket.dossier_ids.item_ids.filtered(lambda item: not item.left_out)
        mended = Counter(kept.mapped("mends"))
        found = {code: check() for code, check in self.checks.items()}
        # A paper takes the place of one: two meetings without minutes take two.
        lacking = {code: len(gap) if code in COUNTED else bool(gap) for code, gap in found.items()}
        return {code: found[code] for code in found if lacking[code] > mended[code]}

    def sentences(self):
        """Return what keeps the case from being archived, in sentences that say what to do."""
        ticket = self.ticket
        if not ticket.complaint_state:
            return []
        if ticket.complaint_state not in ("closed", "archived"):
            return [self.env._("The case is under way: close it first.")]
        words = self._words()
        return [
            words[code] % {"which": code in NAMED and "、".join(map(self._label, gap))}
            for code, gap in self.found().items()
        ]

    def _label(self, record):
        """Name a record, and what it is; or a file, and why it can't be printed."""
        if isinstance(record, str):
            return f"{record} (U+{ord(record):04X})"
        if record._name == "complaint.dossier.item":
            return f"“{record.title}”（{record.print_fault}）"
        kind = self.env["ir.model"]._get(record._name).name
        return self.env._("%(kind)s “%(name)s”", kind=kind, name=record.display_name)

    def _words(self):
        """Return the text of each check: what is missing, and how to resolve it."""
        return {
            **self._words_of_files(),
            **self._words_of_acts(),
            **self._words_of_letters(),
            **self._words_of_printing(),
        }

    def _words_of_files(self):
        return {
            "signature": self.env._(
                "The complainant did not sign the form: add the signed form to the dossier."
            ),
            "letter": self.env._("The letter was not scanned: add its scan to the dossier."),
            "recording": self.env._(
                "The call was recorded, but the recording is missing: add it to the dossier."
            ),
            "minutes": self.env._(
                "Meetings without minutes: %(which)s. Add the minutes to the dossier."
            ),
        }

    def _words_of_acts(self):
        return {
            "feedback": self.env._(
                "No feedback to the complainant is on record: a manager reopens the case."
            ),
            "satisfaction": self.env._(
                "The complainant was not asked how satisfied they are: a manager reopens the case."
            ),
            "slips": self.env._(
                "Slips without an accepted reply: %(which)s. A manager reopens the case."
            ),
            "measures": self.env._(
                "Measures that the room has not checked: %(which)s. See that the unit reports "
                "them, and check them."
            ),
            "approvals": self.env._("Not decided yet: %(which)s. The leader decides it."),
            "referrals": self.env._(
                "Referrals without an answer: %(which)s. A manager reopens the case."
            ),
            "findings": self.env._(
                "Findings not confirmed yet: %(which)s. Confirm them on the complaint."
            ),
            "drafts": self.env._(
                "Begun and left behind: %(which)s. A manager reopens the case; finish or delete it."
            ),
        }

    def _words_of_letters(self):
        return {
            "letters": self.env._(
                "Not sent yet, or not answered: %(which)s. Put on record how it was sent, and what "
                "was answered."
            ),
            "unissued": self.env._(
                "Letters not issued yet: %(which)s. Issue them, or take them back and delete them."
            ),
        }

    def _words_of_printing(self):
        return {
            "files": self.env._(
                "Files that can't be printed: %(which)s. Add a printable copy, keep it as a file "
                "for a reason, or leave it out."
            ),
            "glyphs": self.env._(
                "Characters that no font has, printed as 〓: %(which)s. Add a picture of them to "
                "the dossier."
            ),
        }

    # --- the checks: true, or the records that fail -----------------------------------------------
    def _confirmed_feedback(self):
        return self.ticket.feedback_ids.filtered(lambda one: one.state == "confirmed")

    def _feedback(self):
        return not CurrentRound(self.ticket).feedback()

    def _satisfaction(self):
        asked = self._confirmed_feedback().filtered(lambda one: one.mode != "impossible")
        return any(not one.satisfaction for one in asked)

    def _signature(self):
        signed = self.ticket.complainant_signed_at or self.ticket.signed_form_ids
        return self.ticket.asks_for_signature and not signed

    def _letter(self):
        return self.ticket.is_letter and not self.ticket.letter_scan_ids

    def _recording(self):
        started = self.ticket.asks_for_recording and self.ticket.announced_at
        return started and not (self.ticket.recording_ids or self.ticket.no_recording_reason)

    def _slips(self):
        return self.ticket.slip_ids.filtered(
            lambda one: one.state in ("sent", "received", "replied")
        )

    def _measures(self):
        return self.ticket.slip_ids.measure_ids.filtered(lambda one: one.state != "checked")

    def _approvals(self):
        return self.ticket.approval_ids.filtered(lambda one: one.state == "pending")

    def _minutes(self):
        held = self.ticket.meeting_ids.filtered(lambda one: one.state == "held")
        return held.filtered(lambda one: not (one.minutes or "").strip())

    def _referrals(self):
        sent = self.ticket.referral_ids.filtered(lambda one: one.state == "sent")
        return sent.filtered(lambda one: not one.unit_answers_itself)

    def _letters(self):
        return self.ticket.letter_ids.filtered(
            lambda one: (
                one.state == "issued"
                or (one.state == "sent" and one.answer_by and not one.by_process)
            )
        )

    def _unissued(self):
        begun = ("draft", "requested", "approved")
        return self.ticket.letter_ids.filtered(lambda one: one.state in begun)

    def _findings(self):
        return self.ticket.finding_ids.filtered(lambda one: one.state == "draft")

    def _drafts(self):
        return [
            record
            for name, states in archive_checks.DRAFTS.items()
            for record in self.ticket[name]
            if record.state in states
        ]

    def _draft(self):
        return self.ticket.dossier_ids.filtered(lambda one: one.state == "draft")

    def _files(self):
        return self._draft().item_ids.filtered(
            lambda one: one.print_fault and not (one.left_out or one.kept_as_file_reason)
        )

    def _glyphs(self):
        return list(self._draft().missing_glyphs or "")
