from odoo import api, fields, models
from odoo.exceptions import UserError


class ComplaintSlaPolicy(models.Model):
    """How long a kind of complaint may take. The first policy that matches applies (五(二), 六)."""

    _name = "complaint.sla.policy"
    _description = "Time Limit Policy"
    _inherit = ["complaint.company.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    clause = fields.Char(help="The clause of the regulation that sets this limit.")
    company_id = fields.Many2one(
        "res.company", help="Applies to this centre only; to all centres where empty."
    )
    channel_ids = fields.Many2many(
        "helpdesk.ticket.channel",
        "complaint_sla_policy_channel_rel",
        "policy_id",
        "channel_id",
        string="Channels",
        domain=[("complaint_code", "!=", False)],
        # Or a policy would apply to all channels once its own is out of use, or gone.
        context={"active_test": False},
        ondelete="restrict",
        help="Applies to these channels only; to all where empty.",
    )
    is_complex = fields.Boolean(
        string="Complex or Major Only", help="Applies to complex and major complaints only."
    )
    limit_days = fields.Integer(
        required=True, default=3, help="Working days from acceptance to the end of handling."
    )
    reply_days = fields.Integer(
        required=True, default=2, help="Working days a unit has to reply to its slip."
    )
    feedback_days = fields.Integer(
        required=True, default=1, help="Working days from the unit's reply to feedback (五(三))."
    )
    stops_at = fields.Selection(
        [("replied", "Settled by the unit"), ("fed_back", "Fed back to the complainant")],
        required=True,
        default="fed_back",
        help="The step at which the limit is met.",
    )

    explanation = fields.Text(string="Time Limit Details", compute="_compute_explanation")

    _limits_positive = models.Constraint(
        "CHECK (limit_days > 0 AND reply_days > 0 AND feedback_days > 0)",
        "A limit is at least one working day.",
    )

    @api.depends(
        "channel_ids.name", "is_complex", "limit_days", "reply_days", "feedback_days", "stops_at"
    )
    @api.depends_context("lang")
    def _compute_explanation(self):
        ends = dict(self._fields["stops_at"]._description_selection(self.env))
        for policy in self:
            classes = self.env._("complex and major") if policy.is_complex else self.env._("all")
            policy.explanation = self.env._(
                "Channel: %(channel)s; complaints: %(classes)s. %(limit)s working days from "
                "the day after acceptance until “%(end)s”. The unit replies within %(reply)s "
                "working days of its slip; the complainant hears within %(feedback)s of the reply.",
                channel="、".join(policy.channel_ids.mapped("name")) or self.env._("any"),
                classes=classes,
                limit=policy.limit_days,
                end=ends.get(policy.stops_at, ""),
                reply=policy.reply_days,
                feedback=policy.feedback_days,
            )

    def _candidates(self, companies):
        """Return the policies of some centres, and the shared ones, in their order."""
        return self.search([("company_id", "in", [*companies.ids, False])])

    def _matches(self, ticket):
        """Return whether the policy is meant for a complaint of this channel and class.

        What is particular to visits is for those that were not settled on the spot (五(二)2).
        """
        self.ensure_one()
        # A policy of a channel, such as that of visits; the general one applies instead.
        if self.channel_ids and ticket.settled_on_spot:
            return False
        return (
            (not self.company_id or self.company_id == ticket.company_id)
            and (not self.channel_ids or ticket.channel_id in self.channel_ids)
            and (not self.is_complex or ticket.complaint_class in ("complex", "major"))
        )

    def _first_match(self, ticket):
        """Return the policy that applies, from ``self`` in its order.

        :raise UserError: where none is meant for such a complaint
        """
        # Their order decides: what is particular, such as 五(二)2 and 3, stands before 六.1 and
        # 六.2.
        match = next((policy for policy in self if policy._matches(ticket)), None)
        if not match:
            raise UserError(
                self.env._("No time limit is set for such a complaint. Ask a manager to set one.")
            )
        return match

    @api.model
    def _start_handling(self, tickets):
        """Choose the policy of each complaint and start its limit of handling from today."""
        policies = self.sudo()._candidates(tickets.company_id)
        deadlines = self.env["complaint.deadline"].sudo()
        for ticket in tickets:
            policy = policies._first_match(ticket)
            ticket._procedure_write({"policy_id": policy.id})
            # Anew: after a reopening the limit of the former round gives way.
            deadlines._restart(ticket, "handling", policy.limit_days)

    @api.model
    def _reapply(self, tickets):
        """Choose the policy again for complaints whose handling limit runs, and recount by it.

        What ran out or was met keeps the policy that applied; an extension that was granted stays.

        :return: the complaints whose policy is another now
        """
        policies = self.sudo()._candidates(tickets.company_id)
        changed = tickets.browse()
        for ticket in tickets:
            deadlines, before = ticket.sudo().deadline_ids, ticket.policy_id
            policy = deadlines._running("handling") and policies._first_match(ticket)
            if policy and policy != before:
                ticket._procedure_write({"policy_id": policy.id})
                deadlines._change_limit_days("handling", before.limit_days, policy.limit_days)
                deadlines._fit_replies(policy_days=(before.reply_days, policy.reply_days))
                changed += ticket
        return changed
