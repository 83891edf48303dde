from odoo import models

from .complaint_slip_verbs import UNIT_ANSWERED

# The representative has something to do with it, or may get it back for rework.
WITH_UNIT = ("sent", "received", "replied")


class ComplaintSlipAddress(models.AbstractModel):
    """Who holds a slip, and how it is taken from people who must not hold it (四.6, 七.5)."""

    _name = "complaint.slip.address"
    _description = "Addressee of a Slip"

    def _with_unit(self):
        return self.filtered(lambda slip: slip.state in WITH_UNIT)

    # --- back to the centre ---------------------------------------------------------------------

    def _narrow(self):
        """Recall what is out, because the complaint was restricted: the unit is not told why."""
        self._recall(self.env._("Recalled by the complaint room."))
        self._revoke_contact(self.env._("The complaint was restricted."))

    def _recall(self, reason):
        """Take slips back from their units; the complaint is where it was before it went out."""
        slips = self.sudo()._with_unit()
        if not slips:
            return
        slips._revoke_contact(reason)
        slips._guarded_write({"state": "declined", "decline_reason": reason})
        slips.deadline_ids._cancel()
        slips.ticket_id.activity_unlink([UNIT_ANSWERED])
        slips.ticket_id._time_feedback()
        slips.ticket_id._advance()

    # --- to another representative --------------------------------------------------------------

    def _readdress(self):
        """Pass slips on whose representative left office, or is complained about by now.

        The next representative in office gets them, and is told. Where there is none who is not
        complained about, the slip goes back to the centre; where nobody is in office at all, it
        waits for who will be.
        """
        slips = self.sudo()
        held = slips._with_unit() | slips.filtered("awaits_feedback")
        orphans = held.filtered(lambda slip: not slip._is_well_addressed())
        if not orphans:
            return
        for slip in orphans:
            slip._pass_on()
        self.env["complaint.narrowing"]._close_thread(orphans)

    def _is_well_addressed(self):
        person = self.representative_id
        in_office = self.unit_id.representative_ids.filtered("active")
        return person in in_office and person.user_id not in self.barred_user_ids

    def _pass_on(self):
        """Give a slip to the next representative, or to the centre where all are barred."""
        accused = self.ticket_id.respondent_ids.staff_id
        successor = self.unit_id._current_representative(accused)
        if successor:
            self._revoke_contact(self.env._("The slip went to another representative."))
            self._guarded_write({"representative_id": successor.id})
            self._notify_representative(
                self.env._("Complaint slip %s is yours now", self.name),
                "kaiyang_complaint.slip_notice_passed_on",
            )
        elif self.unit_id.representative_ids.filtered("active"):
            reason = self.env._(
                "Every representative of %s is complained about.", self.unit_id.name
            )
            self.feedback_ids._withdraw(reason)
            self._recall(reason)
            self._tell_desk(
                self.env._("Slip %s came back: the representative is complained about.", self.name)
            )
