from odoo import Command, api, models
from odoo.exceptions import AccessError, UserError

# What a restriction, or who may still read a restricted complaint, follows from.
DECIDES_ACCESS = frozenset({"conduct_ids", "is_discipline_matter", "user_id"})
LEADERS = ("leader", "director")


class ComplaintRestriction(models.AbstractModel):
    """What becomes of a complaint the moment it is restricted (七.5)."""

    _name = "complaint.restriction"
    _description = "Restriction of a Complaint"

    # --- whichever way it comes about -----------------------------------------------------------

    def write(self, vals):
        """Narrow access at once where a change restricts complaints, or gives them another clerk.

        :raise UserError: where it would lift a restriction: that takes a reason
        """
        if not (self and DECIDES_ACCESS & vals.keys()):
            return super().write(vals)
        tickets = self.sudo()
        restricted = tickets.filtered("is_restricted")
        in_charge = {ticket: ticket.user_id for ticket in restricted}
        # The ORM forgets items that are out of use where it links others.
        everything = self.with_context(active_test=False)
        result = super(ComplaintRestriction, everything).write(vals)
        tickets._assert_not_lifted(restricted)
        narrowed = tickets.filtered("is_restricted") - restricted
        narrowed._take_charge()
        handed_over = restricted.filtered(lambda one: one.user_id != in_charge[one])
        (narrowed + handed_over)._narrow()
        return result

    def _assert_not_lifted(self, restricted):
        """Let a restriction be lifted by its own act alone."""
        lifted = restricted.filtered(lambda ticket: not ticket.is_restricted)
        if lifted and not self._is_guarded():
            raise UserError(
                self.env._(
                    "%s is restricted. Only “Lift Restriction” takes that back: it asks for the "
                    "reason.",
                    lifted[0].display_name,
                )
            )

    def _take_charge(self):
        """Give complaints that nobody is in charge of to the clerk who restricts them.

        Nobody in the room could read them otherwise.
        """
        user = self.env.user
        orphans = self.filtered(
            lambda ticket: not ticket.user_id and user in ticket.team_id.user_ids
        )
        if orphans:
            orphans._guarded_write({"user_id": user.id})

    def _narrow(self):
        """Take from everybody who may not read the complaints what they still hold of them."""
        if self:
            # Who may no longer read a case loses what they hold of it, archived or not.
            tickets = self._thawed()
            tickets.env["complaint.narrowing"]._narrow(tickets)

    def web_save(self, vals, specification, next_id=None):
        """Save a form; who thereby lost the complaint is not shown it once more."""
        if self and DECIDES_ACCESS & vals.keys():
            self.write(vals)
            vals = {}
            if not self.has_access("read"):
                return []
        return super().web_save(vals, specification, next_id=next_id)

    # --- by hand --------------------------------------------------------------------------------

    def action_restrict(self, reason=None):
        """Mark complaints as breach of discipline: access is narrowed at once (七.5).

        Without a reason, ask for it.

        :raise AccessError: for anyone but clerks and leaders
        :raise UserError: where a complaint has ended
        """
        self._assert_may_restrict()
        reason = self._said(reason)
        if not reason:
            return self.env["complaint.reason.wizard"]._open(self, "action_restrict")
        self._log_restriction(self.env._("Restricted: %s", reason))
        self.sudo().write({"is_discipline_matter": True})
        if not self.has_access("read"):
            return self.env["ir.actions.act_window"]._for_xml_id(
                "kaiyang_complaint.complaint_action"
            )
        return True

    def action_lift_restriction(self, reason=None):
        """Open complaints to the whole room again: the mark was wrong. Without a reason, ask.

        The conduct items that restrict are taken off; the chatter tells which, and why.

        :raise AccessError: for anyone but the leaders and the clerk in charge
        :raise UserError: where a complaint is not restricted, or has ended
        """
        self._assert_may_lift()
        reason = self._said(reason)
        if not reason:
            return self.env["complaint.reason.wizard"]._open(self, "action_lift_restriction")
        for ticket in self.sudo().with_context(active_test=False):
            ticket._lift_restriction(reason)
        return True

    def _lift_restriction(self, reason):
        items = self.conduct_ids.filtered("is_discipline_matter")
        self._guarded_write(
            {
                "is_discipline_matter": False,
                "conduct_ids": [Command.unlink(item.id) for item in items],
            }
        )
        self._log_restriction(
            self.env._(
                "Restriction lifted: %(reason)s Conduct items taken off: %(items)s.",
                reason=reason,
                items="、".join(items.mapped("name")) or self.env._("none"),
            )
        )

    def _assert_may_restrict(self):
        self.check_access("read")
        if not self.env.user.has_group("kaiyang_complaint.group_complaint_clerk"):
            self._assert_leader()
        self._assert_open_for_change()

    def _assert_may_lift(self):
        self.check_access("read")
        if any(ticket.user_id != self.env.user for ticket in self):
            self._assert_leader()
        self._assert_open_for_change()
        for ticket in self:
            if not ticket.is_restricted:
                raise UserError(self.env._("%s is not restricted.", ticket.display_name))

    def _assert_leader(self):
        groups = [f"kaiyang_complaint.group_complaint_{role}" for role in LEADERS]
        if not any(self.env.user.has_group(group) for group in groups):
            raise AccessError(
                self.env._("This is for the leaders, or the clerk in charge of the complaint.")
            )

    def _log_restriction(self, text):
        for ticket in self:
            ticket._message_log(body=text, author_id=self.env.user.partner_id.id)

    # --- what goes with it ----------------------------------------------------------------------

    @api.model
    def _narrowed_processes(self):
        """Return the processes that have something to take back, by their ``_narrow()``."""
        return ["complaint.feedback", "complaint.slip", "complaint.meeting", "complaint.finding"]
