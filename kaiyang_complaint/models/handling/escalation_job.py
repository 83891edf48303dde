import logging

from odoo.fields import Domain
from odoo.tools import split_every
from psycopg2.errors import UniqueViolation

BATCH = 100

_logger = logging.getLogger(__name__)


class EscalationJob:
    """The job that finds limits whose day has come and puts each into the escalation log, once."""

    def __init__(self, env):
        self.env = env

    def run(self):
        """Fire every rule for every running limit whose day has come since (五(二)6).

        It may be called at any time, by several at once, and after any break: what the ledger
        lacks is added, nothing twice. What fails is logged, blocks nobody, and is tried again by
        the next run.
        """
        rules = self.env["complaint.escalation.rule"].sudo().search([("active", "=", True)])
        # One rule that can't be read, say by a domain that fails, keeps no other from firing.
        waiting = [(rule, self._attempt(self.waiting_for, rule) or []) for rule in rules]
        progress = self.env["ir.cron"]._commit_progress
        progress(remaining=sum(len(ids) for _rule, ids in waiting))
        for rule, ids in waiting:
            for batch in split_every(BATCH, ids, self.env["complaint.deadline"].sudo().browse):
                self.fire(rule, batch)
                # No time is left: the server calls the job again, and it finds what is still
                # missing.
                if not progress(len(batch)):
                    return

    def waiting_for(self, rule):
        """Return the ids of all limits for which a rule has yet to fire: each is tried once."""
        deadlines = self.env["complaint.deadline"].sudo()
        return list(deadlines._search(rule._due_domain(), order="due_at, id"))

    def fire(self, rule, deadlines):
        """Fire a rule for a batch of limits; where that fails, for each by itself."""
        if self._attempt(self.put_on_record, rule, deadlines) is None and len(deadlines) > 1:
            for deadline in deadlines:
                self._attempt(self.put_on_record, rule, deadline)

    def _attempt(self, act, rule, *args):
        """Do something for a rule within a savepoint.

        :return: what came of it, None where it failed
        """
        try:
            with self.env.cr.savepoint():
                return act(rule, *args)
        except UniqueViolation:
            _logger.info("Escalation rule %s: another worker was faster", rule.id)
        except Exception:
            _logger.exception("Escalation rule %s failed", rule.id)
        return None

    def put_on_record(self, rule, deadlines):
        """Log the escalations of the rule that are due, on limits that are not locked.

        They are looked up once more: batches are transactions, and the clock may have stopped.
        """
        # A limit that somebody holds is being stopped or fired at this moment: the next run sees.
        locked = deadlines.try_lock_for_update(allow_referencing=True)
        due = deadlines.search(Domain("id", "in", locked.ids) & rule._due_domain())
        audience = rule._audience(due)
        return (
            self.env["complaint.escalation"]
            .sudo()
            .create([self._entry(rule, deadline, *audience[deadline]) for deadline in due])
        )

    def _entry(self, rule, deadline, users, slips):
        return {
            "deadline_id": deadline.id,
            "rule_id": rule.id,
            "ticket_id": deadline.ticket_id.id,
            "slip_id": deadline.slip_id.id,
            "effect": rule.effect,
            "due_at": deadline.due_at,
            "user_ids": users.ids,
            "told_slip_ids": slips.ids,
        }
