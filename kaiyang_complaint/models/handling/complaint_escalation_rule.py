from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..access.readers import Readers
from ..case.on_duty import OnDuty, people_of

EFFECTS = [
    ("reminder", "Reminder"),
    ("urging", "Urging Note"),
    ("supervision", "Supervision Note"),
    ("report", "Report to the Main Leader"),
]


class ComplaintEscalationRule(models.Model):
    """When a limit that runs out is called to whose attention (五(二)6)."""

    _name = "complaint.escalation.rule"
    _description = "Escalation Rule"
    _inherit = ["complaint.company.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", help="Applies to this centre only; to all centres where empty."
    )
    kind = fields.Selection(
        lambda self: (
            self.env["complaint.deadline"]._fields["kind"]._description_selection(self.env)
        ),
        string="Limit",
        help="Applies to limits of this kind only; to all where empty.",
    )
    offset_days = fields.Integer(
        string="Working Days",
        help="Working days from the last day of the limit: negative before it, 0 on it.",
    )
    effect = fields.Selection(EFFECTS, required=True, default="reminder")
    to_clerk = fields.Boolean(string="Clerk in Charge")
    to_representative = fields.Boolean(
        string="Chief Representative",
        help="The representative of the unit that has yet to reply. Where no unit has, or the "
        "complaint is restricted, the clerk in charge is told instead.",
    )
    to_leader = fields.Boolean(string="Leader in Charge")
    to_director = fields.Boolean(string="Main Leader")

    def _due_domain(self):
        """Return the domain of the running limits whose day for this rule has come.

        Limits for whose present last day it has fired are left out; one that moved is urged anew.
        The database looks each of them up in the escalation log, so the cost grows with the limits
        that are due, not with the log.
        """
        self.ensure_one()
        domain = Domain("state", "=", "running") & self._due_date_domain()
        if self.kind:
            domain &= Domain("kind", "=", self.kind)
        return domain

    def _due_date_domain(self):
        """Return the domain of the limits that end early enough: each centre has its own today."""
        centres = self.company_id or self.env["res.company"].sudo().search(
            [("complaint_tz", "!=", False)]
        )
        reached = []
        # Centres of one zone and calendar share their working days: the shift is computed once.
        alike = centres.grouped(lambda one: (one.complaint_tz, one._complaint_calendar()))
        for (zone, calendar), companies in alike.items():
            # ``offset_days`` counts from the last day of the limit, negative before it. Instead of
            # moving every limit by it, today is moved the other way and compared with them all at
            # once.
            day = calendar.shift(companies[0]._complaint_today(), -self.offset_days)
            reached.append(
                Domain("company_id", "in", companies.ids)
                & Domain("due_at", "<", companies[0]._complaint_midnight(day))
                & self._has_not_fired(zone)
            )
        return Domain.OR(reached)

    def _has_not_fired(self, zone):
        """Return the domain of the limits for whose last day, by a zone's clock, it has not fired.

        The day counts and not the hour: a centre that closes later calls nobody once more.
        """
        rule_id = self.id

        def to_sql(_model, alias, _query):
            return SQL(
                """NOT EXISTS (
                    SELECT 1 FROM complaint_escalation AS fired
                    WHERE fired.deadline_id = %s AND fired.rule_id = %s
                    AND fired.due_day = (%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date
                )""",
                SQL.identifier(alias, "id"),
                rule_id,
                SQL.identifier(alias, "due_at"),
                zone,
            )

        return Domain.custom(to_sql=to_sql)

    # --- recipients -------------------------------------------------------------------------------

    def _audience(self, deadlines):
        """Return, for each limit, the users who are told and the slips they hold as units.

        :return: ``{deadline: (users, slips)}``
        """
        self.ensure_one()
        slips = {one: self._slips_to_notify(one) for one in deadlines}
        reports = {one: self._reports_to_notify(one) for one in deadlines}
        wanted = {
            one: self._colleagues(one.ticket_id, slips[one] or reports[one]) for one in deadlines
        }
        partners = self.env["res.users"].union(*wanted.values()).partner_id
        allowed = Readers(deadlines.ticket_id).allowed(partners.ids)
        # Only people of the desk are checked here. Representatives need no check: ``_urgeable``
        # left out the slips of restricted complaints, and ``_addressee`` whoever is complained
        # about.
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

    def _slips_to_notify(self, deadline):
        """Return the slips whose units have yet to reply, and whose representatives can be told."""
        slips = deadline.slip_id
        if deadline.kind == "handling":
            slips = deadline.ticket_id.slip_ids
        if not self.to_representative:
            slips = slips.browse()
        return slips._urgeable()

    def _reports_to_notify(self, deadline):
        """Return the written report that is waited for, where its representative can be told."""
        report = deadline.report_id
        return report._urgeable() if self.to_representative else report.browse()

    def _colleagues(self, ticket, told):
        """Return the people of the desk a rule names, whether or not they may read the case.

        :param told: what units hold of it and are told about; the clerk is told where there is none
        """
        users = self.env["res.users"]
        if self.to_clerk or (self.to_representative and not told):
            users |= OnDuty(ticket).people()
        if self.to_leader:
            users |= self._people("leader", ticket.company_id)
        if self.to_director:
            users |= self._people("director", ticket.company_id)
        return users

    def _people(self, role, company):
        """Return the users of a role who work for a centre."""
        return people_of(self.env, role, company)
