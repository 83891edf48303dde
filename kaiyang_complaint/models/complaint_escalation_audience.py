from odoo import fields, models

GROUP = "kaiyang_complaint.group_complaint_"


class ComplaintEscalationAudience(models.AbstractModel):
    """Who is told when a limit runs out: only people who may read what they are told about."""

    _name = "complaint.escalation.audience"
    _description = "Audience of an Escalation"

    to_clerk = fields.Boolean()
    to_representative = fields.Boolean()
    to_leader = fields.Boolean()
    to_director = fields.Boolean()

    def _audience(self, deadlines):
        """Return, for each limit, the users who are told and the slips they hold as units.

        :return: ``{deadline: (users, slips)}``
        """
        self.ensure_one()
        slips = {one: self._slips_told(one) for one in deadlines}
        reports = {one: self._reports_told(one) for one in deadlines}
        wanted = {
            one: self._colleagues(one.ticket_id, slips[one] or reports[one]) for one in deadlines
        }
        partners = self.env["res.users"].union(*wanted.values()).partner_id
        allowed = deadlines.ticket_id._confidants(partners.ids)
        return {
            one: (
                wanted[one].filtered(
                    lambda user, one=one: user.partner_id.id in allowed[one.ticket_id.id]
                )
                + slips[one]._addressees().user_id
                + reports[one]._addressee().user_id,
                slips[one],
            )
            for one in deadlines
        }

    def _slips_told(self, deadline):
        """Return the slips whose units have yet to reply, and whose representatives can be told."""
        slips = deadline.slip_id
        if deadline.kind == "handling":
            slips = deadline.ticket_id.slip_ids
        if not self.to_representative:
            slips = slips.browse()
        return slips._urgeable()

    def _reports_told(self, deadline):
        """Return the written report that is waited for, where its representative can be told."""
        report = deadline.report_id
        return report._urgeable() if self.to_representative else report.browse()

    def _colleagues(self, ticket, told):
        """Return the people of the desk a rule names, whether or not they may read the case.

        :param told: what units hold of it and are told about; the clerk is told where there is none
        """
        users = self.env["res.users"]
        if self.to_clerk or (self.to_representative and not told):
            users |= ticket._clerks()
        if self.to_leader:
            users |= self._people("leader", ticket.company_id)
        if self.to_director:
            users |= self._people("director", ticket.company_id)
        return users

    def _people(self, role, company):
        """Return the users of a role who work for a centre."""
        users = self.env.ref(GROUP + role).sudo().all_user_ids
        return users.filtered(
            lambda user: user.active and not user.share and company in user.company_ids
        )
