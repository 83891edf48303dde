from ..access.notices import Notices, in_language_of
from ..case.on_duty import OnDuty
from .declined_unit import DeclinedUnit

# A telephone call tells the representative of that time only.
NOT_TOLD = {"told_at": False, "told_by_id": False, "told_note": False}


class Reassignment:
    """A slip goes from its representative to another of the unit, or back to the centre (五(二)5).

    :param slip: the slip, with all rights
    """

    def __init__(self, slip):
        self.slip, self.env = slip, slip.env

    def is_well_addressed(self):
        """Say whether the representative is in office, and not complained about."""
        person = self.slip.representative_id
        in_office = self.slip.unit_id.representative_ids._in_office()
        return person in in_office and person.user_id not in self.slip.conflicted_user_ids

    def run(self):
        """Give the slip to the next representative, or to the centre where all are barred."""
        slip = self.slip
        # Asked anew: the respondents may be others than when the slip was sent.
        accused = slip.ticket_id.respondent_ids.staff_id
        successor = slip.unit_id._current_representative(accused)
        if successor:
            self.pass_to(successor)
        elif slip.unit_id.representative_ids._in_office():
            self._return_to_centre()
        elif slip.representative_id:
            self._leave_waiting()

    def pass_to(self, successor):
        """Give the slip to another representative of its unit; they and the desk are told."""
        slip, before = self.slip, self.slip.representative_id.user_id.name
        slip._revoke_contact(self.env._("The slip was reassigned to another representative."))
        slip._procedure_write({"representative_id": successor.id, **NOT_TOLD})
        slip._notify_representative(
            lambda one: one.env._("Complaint slip %s is yours now", one.name),
            "kaiyang_complaint.slip_notice_passed_on",
        )
        clerk = OnDuty(slip.ticket_id).clerk()
        if clerk:
            told = in_language_of(slip.sudo(), clerk)
            Notices(told).send(
                clerk,
                told.env._("Slip %s is with another representative", told.name),
                "kaiyang_complaint.slip_notice_desk_passed_on",
                slip=told,
                before=before,
            )

    def _return_to_centre(self):
        slip = self.slip
        reason = self.env._("Every representative of %s is complained about.", slip.unit_id.name)
        slip._end_delegation(reason)
        to_choose = DeclinedUnit(slip).to_choose()
        slip._recall(reason)
        slip._procedure_write(to_choose)
        slip._tell_desk(
            lambda one: one.env._(
                "Slip %s was returned: the representative is the subject of the complaint.",
                one.name,
            )
        )

    def _leave_waiting(self):
        self.slip._procedure_write({"representative_id": False, **NOT_TOLD})
        self.slip._tell_desk(
            lambda one: one.env._(
                "Nobody represents %(unit)s now: slip %(slip)s waits until someone does.",
                unit=one.unit_id.name,
                slip=one.name,
            )
        )
