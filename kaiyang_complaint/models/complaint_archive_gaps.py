from collections import Counter

from odoo import api, fields, models

from ..tools import archive_checks

# Checks that find records, and name them.
NAMED = frozenset(
    {"slips", "approvals", "minutes", "referrals", "letters", "unissued", "findings", "drafts"}
)


class ComplaintArchiveGaps(models.AbstractModel):
    """What a closed case lacks before it can be archived (八)."""

    _name = "complaint.archive.gaps"
    _description = "Gaps of a Case"

    archive_gap_codes = fields.Char(
        compute="_compute_archive_gap_codes",
        store=True,
        help="Checks that a closed case does not pass, for searching.",
    )

    @api.depends(
        "complaint_state",
        "dossier_ids.item_ids.mends",
        "dossier_ids.item_ids.left_out",
        *archive_checks.reads(),
    )
    def _compute_archive_gap_codes(self):
        for ticket in self:
            closed = ticket.complaint_state == "closed"
            ticket.archive_gap_codes = ",".join(ticket._gaps_found()) if closed else False

    def _gaps_found(self):
        """Return the checks that the case does not pass, each with what it found."""
        kept = self.dossier_ids.item_ids.filtered(lambda item: not item.left_out)
        mended = Counter(kept.mapped("mends"))
        found = {code: getattr(self, f"_gap_{code}")() for code in archive_checks.CHECKS}
        # A paper takes the place of one: two meetings without minutes take two.
        lacking = {code: len(gap) if code in NAMED else bool(gap) for code, gap in found.items()}
        return {code: found[code] for code in found if lacking[code] > mended[code]}

    def _archive_gaps(self):
        """Return what keeps the case from being archived, in sentences that say what to do."""
        self.ensure_one()
        ticket = self.sudo()
        if not ticket.complaint_state:
            return []
        if ticket.complaint_state not in ("closed", "archived"):
            return [self.env._("The case is under way: close it first.")]
        words = self._gap_words()
        return [
            words[code] % {"which": code in NAMED and "、".join(map(self._gap_label, gap))}
            for code, gap in ticket._gaps_found().items()
        ]

    def _gap_label(self, record):
        """Name a record, and what it is."""
        kind = self.env["ir.model"]._get(record._name).name
        return self.env._("%(kind)s “%(name)s”", kind=kind, name=record.display_name)

    def _gap_words(self):
        """Return the sentence of each check: what is missing, and what mends it."""
        return {**self._words_of_files(), **self._words_of_acts(), **self._words_of_letters()}

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

    # --- the checks: true, or the records that fail -----------------------------------------------

    def _told(self):
        return self.feedback_ids.filtered(lambda one: one.state == "confirmed")

    def _gap_feedback(self):
        return not self._feedback_of_round()

    def _gap_satisfaction(self):
        asked = self._told().filtered(lambda one: one.mode != "impossible")
        return any(not one.satisfaction for one in asked)

    def _gap_signature(self):
        signed = self.complainant_signed_at or self.signed_form_ids
        return self.channel_code == "onsite" and not signed

    def _gap_letter(self):
        return self.channel_code == "letter" and not self.letter_scan_ids

    def _gap_recording(self):
        started = self.channel_code == "phone" and self.announced_at
        return started and not (self.recording_ids or self.no_recording_reason)

    def _gap_slips(self):
        return self.slip_ids.filtered(lambda one: one.state in ("sent", "received", "replied"))

    def _gap_approvals(self):
        return self.approval_ids.filtered(lambda one: one.state == "pending")

    def _gap_minutes(self):
        held = self.meeting_ids.filtered(lambda one: one.state == "held")
        return held.filtered(lambda one: not (one.minutes or "").strip())

    def _gap_referrals(self):
        sent = self.referral_ids.filtered(lambda one: one.state == "sent")
        return sent.filtered(lambda one: not one.unit_answers_itself)

    def _gap_letters(self):
        return self.letter_ids.filtered(
            lambda one: (
                one.state == "issued"
                or (one.state == "sent" and one.answer_by and not one.by_process)
            )
        )

    def _gap_unissued(self):
        begun = ("draft", "requested", "approved")
        return self.letter_ids.filtered(lambda one: one.state in begun)

    def _gap_findings(self):
        return self.finding_ids.filtered(lambda one: one.state == "draft")

    def _gap_drafts(self):
        return [
            record
            for name, states in archive_checks.DRAFTS.items()
            for record in self[name]
            if record.state in states
        ]
