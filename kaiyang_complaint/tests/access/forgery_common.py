from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG
from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tools import mute_logger

from ..access_common import AccessCommon

QUIET = ("odoo.models", "odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
LATER = "2030-01-01 00:00:00"
# What a caller may put into a context in the hope that a guard or a default yields to it.
CONTEXTS = (
    {},
    {"complaint_guard": True},
    {"install_mode": True, "install_module": "kaiyang_complaint", "module": "kaiyang_complaint"},
    {"import_file": True, "tracking_disable": True},
    {MODULE_UNINSTALL_FLAG: True},
)
TICKET_FACTS = {
    "complaint_state": "closed",
    "number": "TS2026-9999",
    "accepted_at": LATER,
    "due_at": LATER,
    "is_restricted": True,
    "is_complaint": False,
    "missing_elements": "",
    "policy_id": False,
    "held_state": "replied",
    "end_reason": "伪造",
    "announced_at": LATER,
    "complainant_signed_at": LATER,
    "settled_on_spot": True,
    "reopened_at": LATER,
    "slip_summary": "伪造",
    "reviewed_at": LATER,
    "reviewed_by_id": 1,
    "awaits_review": True,
}
SLIP_FACTS = {
    "state": "accepted",
    "name": "TS2026-9999-01",
    "sent_at": LATER,
    "received_at": LATER,
    "issued_by_id": 1,
    "received_by_id": 1,
    "decline_reason": "伪造",
    "due_at": LATER,
    "summary": "伪造",
    "room_opinion": "伪造",
}
REPLY_FACTS = {"state": "accepted", "facts": "伪造", "submitted_at": LATER, "return_reason": "伪造"}
FEEDBACK_FACTS = {"state": "draft", "confirmed_at": LATER, "satisfaction": "5", "content": "伪造"}
DEADLINE_FACTS = {"due_at": LATER, "state": "met", "limit_days": 30, "stopped_at": LATER}


class ForgeryCommon(AccessCommon):
    def rpc(self, records, method, *args, user=None, context=None):
        """Call a method as the web client and the API do."""
        model = self.env[records._name].with_user(user or self.clerk)
        ids = [records.ids] if records else []
        return call_kw(model, method, [*ids, *args], {"context": context or {}})

    def assert_refused(self, records, method, *args, **kwargs):
        """Check that a call is refused and changes nothing."""
        watched = self.ticket + self.restricted + self.closed
        before = self.snapshot(watched)
        savepoint = self.env.cr.savepoint()
        try:
            with self.assertRaises(UserError), mute_logger(*QUIET):
                self.rpc(records, method, *args, **kwargs)
                self.env.flush_all()
        finally:
            self.env.invalidate_all(flush=False)
            savepoint.close(rollback=True)
        self.assertEqual(self.snapshot(watched), before)

    def snapshot(self, tickets):
        """Return all facts of some complaints and of what hangs on them."""
        tickets = tickets.sudo()
        return [
            records.sorted("id").read(list(facts))
            for records, facts in (
                (tickets, TICKET_FACTS),
                (tickets.slip_ids, SLIP_FACTS),
                (tickets.slip_ids.reply_ids, REPLY_FACTS),
                (tickets.feedback_ids, FEEDBACK_FACTS),
                (tickets.deadline_ids, DEADLINE_FACTS),
                (tickets.respondent_ids, ["staff_id"]),
            )
        ]
