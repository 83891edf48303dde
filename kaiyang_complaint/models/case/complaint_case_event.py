from odoo import api, fields, models

from ...tools import flow
from ...tools.codes import STAFF_ONLY

# What tells the open pages of the day to ask anew.
CHANGED = "kaiyang_complaint.day"


class ComplaintCaseEvent(models.Model):
    """One step of a complaint, written down by the act that took it.

    Automation rules hang on these and not on tickets: a rule on tickets would be asked at every
    change of every helpdesk team.
    """

    _name = "complaint.case.event"
    _description = "Step of a Complaint"
    _inherit = ["complaint.lock.mixin"]
    _order = "id desc"
    _rec_name = "ticket_id"

    ticket_id = fields.Many2one(
        "helpdesk.ticket",
        string="Complaint",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="ticket_id.company_id", store=True)
    kind = fields.Selection(
        [
            ("accepted", "Accepted"),
            ("handling", "Put in Handling"),
            ("declined", "Declined by the Units"),
            ("replied", "Replied"),
            ("fed_back", "Fed back"),
            ("closed", "Closed"),
            ("archived", "Archived"),
            ("on_hold", "Put on Hold"),
            ("resumed", "Resumed"),
            ("invalid", "Marked Invalid"),
            ("reconsidered", "Taken Back Up"),
            ("reopened", "Reopened"),
            ("restricted", "Restricted"),
        ],
        string="Step",
        required=True,
        readonly=True,
    )
    happened_at = fields.Datetime(
        string="At", required=True, readonly=True, default=lambda _self: fields.Datetime.now()
    )
    user_id = fields.Many2one("res.users", string="By", readonly=True)

    _of_kind = models.Index("(company_id, kind, happened_at)")

    @api.private
    def _record(self, steps):
        """Write down what complaints have come to; automation rules follow at once.

        :param steps: pairs of a complaint and the kind of its step
        """
        # Unlocked: reaching the archive is a step as well.
        ledger = self.sudo()._unlocked()
        events = ledger.create(
            [
                {"ticket_id": ticket.id, "kind": kind, "user_id": self.env.uid}
                for ticket, kind in steps
            ]
        )
        events._tell_pages()
        return events

    def _tell_pages(self):
        """Tell the open pages that something changed: neither what, nor of which complaint.

        Of a restricted complaint its clerk alone is told: who may not know of it would notice that
        something happens and nothing shows (七.5).
        """
        tickets = self.ticket_id
        hidden = tickets.filtered("is_restricted")
        hidden.user_id.partner_id._bus_send(CHANGED, {})
        if tickets - hidden:
            self.env.ref(STAFF_ONLY)._bus_send(CHANGED, {})

    @api.model
    def _kind_of_move(self, source, target):
        """Return what a move from one state to another is called."""
        if target == "draft":
            return "reconsidered"
        if source == "on_hold":
            return "resumed"
        if target == "accepted" and source != "draft":
            return "reopened" if source in flow.ENDS else "declined"
        return target
