from freezegun import freeze_time

from ..common import ComplaintCommon


class EscalationCommon(ComplaintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cron = cls.env.ref("kaiyang_complaint.cron_escalate")
        cls.ledger = cls.env["complaint.escalation"]

    def run_job(self, moment):
        """Let the job run at a moment (UTC), as the server runs it."""
        self.env.flush_all()
        with freeze_time(moment), self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def accepted_on(self, moment, channel="phone", **vals):
        with freeze_time(moment):
            return self.accepted(channel, **vals)

    def fired(self, ticket, kind=None):
        """Return what the rules fired for a complaint, in the order of time."""
        found = ticket.sudo().escalation_ids.filtered(lambda one: kind in (None, one.kind))
        return found.sorted("id").mapped("effect")

    def todos(self, ticket):
        kind = self.env.ref("kaiyang_complaint.activity_deadline")
        return ticket.sudo().activity_ids.filtered(lambda todo: todo.activity_type_id == kind)

    def notices(self, user):
        domain = [
            ("model", "=", "complaint.slip"),
            ("partner_ids", "in", user.partner_id.ids),
            ("message_type", "=", "user_notification"),
        ]
        return self.env["mail.message"].search(domain)
