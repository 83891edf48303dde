from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...exceptions import busy
from ..access.notices import in_language_of
from ..access.readers import Readers
from ..case.on_duty import OnDuty
from .complaint_escalation_rule import EFFECTS
from .escalation_job import EscalationJob

TODO = "kaiyang_complaint.activity_deadline"


class ComplaintEscalation(models.Model):
    """The ledger of what was urged, when, by whom and of whom (五(二)6). It is only added to.

    It holds facts. Automation rules (Settings, Technical) react to each with to-dos and notices.
    """

    _name = "complaint.escalation"
    _description = "Escalation"
    _inherit = ["complaint.lock.mixin", "complaint.signer.mixin"]
    _signers = ("made_by_id", "told_slip_ids", "deadline_id", "user_ids")
    _order = "fired_at desc, id desc"
    _rec_names_search = ["ticket_id.number", "ticket_id.name"]

    deadline_id = fields.Many2one(
        "complaint.deadline", string="Limit", readonly=True, ondelete="cascade"
    )
    rule_id = fields.Many2one(
        "complaint.escalation.rule",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Empty for manual reminders.",
    )
    ticket_id = fields.Many2one(
        "helpdesk.ticket",
        string="Complaint",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    slip_id = fields.Many2one(
        "complaint.slip", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="ticket_id.company_id", store=True, precompute=True, index=True
    )
    kind = fields.Selection(related="deadline_id.kind", string="Kind of Limit")
    effect = fields.Selection(EFFECTS, required=True, readonly=True)
    number = fields.Integer(
        string="No.",
        required=True,
        readonly=True,
        help="Counts what had the same effect on the same slip, or on the same complaint.",
    )
    fired_at = fields.Datetime(
        string="Made At", required=True, readonly=True, default=fields.Datetime.now
    )
    made_by_id = fields.Many2one(
        "res.users", readonly=True, ondelete="restrict", help="User who sent the reminder manually."
    )
    opinion = fields.Text(readonly=True)
    user_ids = fields.Many2many(
        "res.users", "complaint_escalation_user_rel", string="Notified Users", readonly=True
    )
    told_slip_ids = fields.Many2many(
        "complaint.slip",
        "complaint_escalation_slip_rel",
        string="Slips Urged",
        readonly=True,
        help="Slips whose representatives were notified.",
    )
    due_at = fields.Datetime(string="Limit Then", readonly=True)
    due_day = fields.Date(
        string="Day of the Limit",
        compute="_compute_due_day",
        store=True,
        precompute=True,
        help="The last day of the limit then: a rule fires again once that is another day.",
    )

    _once_a_day_of_limit = models.UniqueIndex(
        "(deadline_id, rule_id, due_day) WHERE rule_id IS NOT NULL",
        "This rule has fired for this day of the limit already.",
    )
    _number_unique = models.UniqueIndex(
        "(ticket_id, COALESCE(slip_id, 0), effect, number)",
        "Another escalation of this case already has this number.",
    )
    _by_time = models.Index("(fired_at DESC, id DESC)")

    @api.depends("effect", "number")
    def _compute_display_name(self):
        labels = dict(self._fields["effect"]._description_selection(self.env))
        for one in self:
            one.display_name = self.env._(
                "%(effect)s no. %(number)s", effect=labels.get(one.effect, ""), number=one.number
            )

    @api.depends("due_at")
    def _compute_due_day(self):
        for one in self:
            one.due_day = one.due_at and one.company_id._complaint_local(one.due_at).date()

    def _name_now(self, name):
        """Add the recipients of each slip, of the report, and in the centre."""
        one = self.sudo()
        if name == "told_slip_ids":
            return {str(slip.id): slip._addressee().user_id.name or "" for slip in one[name]}
        if name == "user_ids":
            return one[name].filtered(lambda user: not user.share).mapped("name")
        if name == "deadline_id":
            report = one[name].report_id
            return (report and report._addressee().user_id.name) or ""
        return super()._name_now(name)

    # --- only added to ------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Add to the escalation log; the entries get the next numbers of their cases."""
        self._number(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        """Refuse every change, for every user.

        :raise UserError: always
        """
        if vals:
            raise UserError(self.env._("The escalation log can't be changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The escalation log can't be deleted."))

    def _number(self, vals_list):
        """Number new escalations on from those of the same slip, or complaint, and effect."""
        groups = self.sudo()._read_group(
            [("ticket_id", "in", [vals["ticket_id"] for vals in vals_list])],
            ["ticket_id", "slip_id", "effect"],
            ["number:max"],
        )
        # Counted for the whole batch: entries of one case in it follow each other.
        last = Counter({(ticket.id, slip.id, eff): top for ticket, slip, eff, top in groups})
        for vals in vals_list:
            key = (vals["ticket_id"], vals.get("slip_id") or False, vals["effect"])
            last[key] += 1
            vals["number"] = last[key]

    # --- by hand ------------------------------------------------------------------------------

    @api.model
    def _by_hand(self, vals_list):
        """Record what someone urged by hand.

        :raise BusyError: where someone else urges at this moment; the server tries again
        """
        common = {"made_by_id": self.env.uid}
        # Two who urge at once draw the same number: the second is tried again.
        with busy(self.env), self.env.cr.savepoint():
            return self.sudo().create([{**vals, **common} for vals in vals_list])

    @api.model
    def _supervise(self, tickets, opinion):
        """Call on those who handle complaints to see to them (督办), and tell them."""
        self._by_hand([self._supervision_values(ticket, opinion) for ticket in tickets.sudo()])

    def _supervision_values(self, ticket, opinion):
        """Return the entry of the ledger, with those who are told as a rule would tell them."""
        deadline = ticket._running("handling")[:1] or ticket.deadline_ids.browse()
        slips = ticket.slip_ids._urgeable()
        clerks = OnDuty(ticket).people()
        allowed = Readers(ticket).allowed(clerks.partner_id.ids)[ticket.id]
        clerks = clerks.filtered(lambda user: user.partner_id.id in allowed)
        return {
            "effect": "supervision",
            "ticket_id": ticket.id,
            "deadline_id": deadline.id,
            "due_at": deadline.due_at,
            "opinion": ticket._scrubbed(opinion),
            "user_ids": (clerks + slips._addressees().user_id).ids,
            "told_slip_ids": slips.ids,
        }

    # --- reactions, called by the automation rules ----------------------------------------------

    def _tell(self):
        """Give the desk a to-do and the representatives a notice, each in their own language.

        It is told once, when the entry is made: of an older one everybody concerned has heard.
        """
        # An automation rule may be run over old entries: the time of the transaction tells them
        # apart.
        made_now = self.sudo().filtered(lambda one: one.create_date == self.env.cr.now())
        for one in made_now:
            one._give_todos()
            for slip in one.told_slip_ids:
                one._notify_unit(slip)
            report = one.deadline_id.report_id
            if report._addressee().user_id & one.user_ids:
                one._notify_author(report)

    def _give_todos(self):
        colleagues = self.user_ids.filtered(lambda user: not user.share)
        model_id = self.env["ir.model"]._get_id("helpdesk.ticket")
        self.env["mail.activity"].create(
            [
                {
                    "activity_type_id": self.env.ref(TODO).id,
                    "res_model_id": model_id,
                    "res_id": self.ticket_id.id,
                    "user_id": user.id,
                    "summary": self.with_context(lang=user.lang)._summary(),
                    "note": self.opinion,
                    "date_deadline": self.company_id._complaint_today(),
                    "automated": bool(self.rule_id),
                    # What a leader asked for by hand stands, whatever day the limit moves to.
                    "complaint_deadline_id": self.deadline_id.id if self.rule_id else False,
                }
                for user in colleagues
            ]
        )

    def _notify_unit(self, slip):
        """Write to the representative of a slip; the complainant is not mentioned."""
        one = in_language_of(self, slip._addressee().user_id)
        slip._notify_representative(
            lambda slip: slip.env._(
                "%(effect)s: slip %(slip)s", effect=one._effect_label(), slip=slip.display_name
            ),
            "kaiyang_complaint.slip_notice_escalation",
            what=one._summary(),
            opinion=self.opinion,
        )

    def _notify_author(self, report):
        """Write to the representative of whom a report is asked; results know how."""

    def _effect_label(self):
        return dict(self._fields["effect"]._description_selection(self.env))[self.effect]

    def _summary(self):
        """Return in a line what is urged, and which limit it is about."""
        self.ensure_one()
        if not self.deadline_id:
            return self.display_name
        kinds = dict(self.deadline_id._fields["kind"]._description_selection(self.env))
        return self.env._(
            "%(what)s: %(limit)s due %(day)s",
            what=self.display_name,
            limit=kinds[self.deadline_id.kind],
            day=format_date(self.env, self.company_id._complaint_local(self.due_at).date()),
        )

    # --- the job ------------------------------------------------------------------------------

    @api.model
    def _cron_escalate(self):
        """Urge what is due: a scheduled action calls this (五(二)6)."""
        EscalationJob(self.env).run()
