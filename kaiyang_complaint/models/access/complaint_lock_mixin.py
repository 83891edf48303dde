from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.codes import TICKET
from ...tools.flow import ENDS

ARCHIVED = frozenset({"archived"})
# Only code can put this object into the context: a caller over RPC can't.
THAW = object()
# What the page itself writes when somebody only looks: which file of a record is shown first.
SHOWN_FIRST = frozenset({"message_main_attachment_id"})


class ComplaintLockMixin(models.AbstractModel):
    """A part of a case: once the case is archived nobody changes it (八).

    Neither the superuser mode of a verb nor its guard opens what is frozen: only what says so by
    ``_unlocked()``, such as a reopening, and the system itself (jobs, migrations, uninstalling).
    """

    _name = "complaint.lock.mixin"
    _description = "Part of a Case"

    # Way to the complaint, or to another part of its case; empty: the record is the complaint.
    _case_path = "ticket_id"
    # In which states of the complaint what is there already can be neither changed nor deleted.
    _sealed_in = ARCHIVED

    @api.model_create_multi
    def create(self, vals_list):
        """Add nothing to an archived case.

        :raise UserError: naming the case, and who may reopen it
        """
        # Checked afterwards: only the new record says, by its fields and computations, which case
        # it belongs to. A refusal undoes it with the transaction.
        records = super().create(vals_list)
        records._assert_not_frozen(ARCHIVED)
        return records

    def write(self, vals):
        """Change nothing of an archived case, and move nothing into one.

        :raise UserError: naming the case, and who may reopen it
        """
        if self._is_beside_the_case(vals):
            return super().write(vals)
        # Checked before, on what is there, and after, where the change moves the record into
        # another case. Only the archive is closed to additions; ``_sealed_in`` may hold the states
        # in which what is there already stands still.
        self._assert_not_frozen(self._sealed_in)
        result = super().write(vals)
        if self._case_links() & vals.keys():
            self._assert_not_frozen(ARCHIVED)
        return result

    def unlink(self):
        """Delete nothing of an archived case.

        :raise UserError: naming the case, and who may reopen it
        """
        self._assert_not_frozen(self._sealed_in)
        return super().unlink()

    def _is_beside_the_case(self, vals):
        """Return whether a change is none of the case, such as a reader's own mark."""
        return vals.keys() <= SHOWN_FIRST

    def _cases(self):
        """Return the complaints whose cases the records are part of."""
        owners = self.sudo().mapped(self._case_path)
        return owners if owners._name == TICKET else owners._cases()

    def _case_links(self):
        """Return the fields that say to which case a record belongs."""
        return {self._case_path.partition(".")[0]}

    def _assert_not_frozen(self, states):
        """Refuse what would change a case in one of some states.

        :raise UserError: naming the case, and who may reopen it
        """
        if not self or is_unlocked(self.env):
            return
        cases = self._cases().filtered("complaint_state")
        frozen = cases.filtered(lambda case: case.complaint_state in states)
        # Who may not read the case learns by an access error, and not by its number.
        if frozen:
            self._assert_readable()
            raise UserError(frozen_message(frozen[0]))
        _hold_state(cases)

    def _assert_readable(self):
        """Refuse a change without revealing the case.

        :raise AccessError: where the records may not be read
        """
        self.check_access("read")

    def _unlocked(self):
        """Return the records as an act may write them that is right on an archived case."""
        return self.with_context(complaint_thaw=THAW)


def is_unlocked(env):
    """Return whether an act, or the system itself, may write what is frozen."""
    is_system = env.su and env.uid == SUPERUSER_ID
    return is_system or env.context.get("complaint_thaw") is THAW


def case_models(env):
    """Return the names of the models whose records may be part of a case."""
    return env.registry.descendants(["complaint.lock.mixin"], "_inherit")


def frozen_message(case):
    """Return why nothing of a case can be changed, and what is left to do."""
    if case.complaint_state in ARCHIVED:
        return case.env._(
            "%s is archived: nothing of it can be changed. A manager may reopen the case.",
            case.number,
        )
    return case.env._(
        "%s has ended: what was said and filed about it stays as it is. You can add to it.",
        case.number,
    )


def _hold_state(cases):
    """Keep ended complaints as they are until this transaction ends.

    Who archives one at this moment waits, or is tried again, and so is what comes too late.
    Others may add to it at the same time: Odoo's ``lock_for_update`` has no shared lock.
    """
    ended = cases.filtered(lambda case: case.complaint_state in ENDS)
    if ended:
        ids = tuple(sorted(ended.ids))
        cases.env.cr.execute(
            SQL("SELECT 1 FROM helpdesk_ticket WHERE id IN %s ORDER BY id FOR SHARE", ids)
        )
