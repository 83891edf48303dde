from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...models.access.notices import in_language_of
from ...models.access.readers import as_seen_by
from ...models.case.on_duty import OnDuty
from ...tools.codes import SUPERVISORS
from ...tools.pointers import is_of_desk


class ComplaintClerkHandover(models.TransientModel):
    """Hands the open complaints and to-dos of a clerk to another, in one act.

    A manager hands over what they may read; what is restricted is handed over by a leader.
    """

    _name = "complaint.clerk.handover"
    _description = "Handover of a Clerk's Work"

    clerk_id = fields.Many2one(
        "res.users",
        string="Clerk Who Leaves",
        required=True,
        context={"active_test": False},
        domain=[("share", "=", False)],
        help="Also one whose account is archived already.",
    )
    successor_id = fields.Many2one(
        "res.users",
        string="Who Takes Over",
        required=True,
        domain=[("share", "=", False)],
    )
    ticket_count = fields.Integer(string="Open Complaints", compute="_compute_counts")
    todo_count = fields.Integer(string="To-dos", compute="_compute_counts")

    @api.depends("clerk_id")
    def _compute_counts(self):
        for dialog in self:
            dialog.ticket_count = len(dialog._tickets())
            dialog.todo_count = len(dialog._todos())

    def _tickets(self):
        """Return the open complaints the clerk is in charge of, as far as the user reads them."""
        return self.env["helpdesk.ticket"].search(self.clerk_id._open_complaints())

    def _todos(self):
        """Return the clerk's to-dos about records of the desk that the user may read."""
        todos = self.env["mail.activity"].sudo().search([("user_id", "in", self.clerk_id.ids)])
        found = todos.browse()
        ours = todos.filtered(lambda todo: todo.res_id and is_of_desk(todo.res_model))
        for model, theirs in ours.grouped("res_model").items():
            records = self.env[model].browse(theirs.mapped("res_id"))
            if model == "helpdesk.ticket":
                records = records.filtered_domain(Domain("is_complaint", "=", True))
            readable = set(records._filtered_access("read").ids)
            found |= theirs.filtered(lambda todo, ids=readable: todo.res_id in ids)
        return found

    def action_confirm(self):
        """Hand everything over and tell who takes it.

        :raise AccessError: for anyone but managers and leaders
        :raise UserError: where the successor can't be in charge, or nothing is left to hand over
        """
        self.ensure_one()
        self._assert_may_hand_over()
        tickets, todos = self._tickets(), self._todos()
        if not (tickets or todos):
            raise UserError(
                self.env._("%s has nothing open that you could hand over.", self.clerk_id.name)
            )
        # One message tells the successor, not one for each complaint.
        quiet = {"mail_auto_subscribe_no_notify": True, "mail_activity_quick_update": True}
        tickets.sudo().with_context(**quiet).write({"user_id": self.successor_id.id})
        # The successor reads the complaints now, and with them what is to be done about them.
        mine = self._readable_by_successor(todos).with_context(**quiet)
        mine.write({"user_id": self.successor_id.id})
        self._tell_successor(len(tickets), len(mine))
        return {"type": "ir.actions.act_window_close"}

    def _assert_may_hand_over(self):
        groups = [f"kaiyang_complaint.group_complaint_{role}" for role in SUPERVISORS]
        if not any(self.env.user.has_group(group) for group in groups):
            raise AccessError(self.env._("Only managers and leaders hand work over."))
        if self.successor_id == self.clerk_id or not OnDuty.holds_office(self.successor_id.sudo()):
            raise UserError(
                self.env._(
                    "%s can't be in charge: choose another person of the complaint desk.",
                    self.successor_id.name,
                )
            )

    def _readable_by_successor(self, todos):
        readable = todos.browse()
        for model, theirs in todos.grouped("res_model").items():
            records = self.env[model].browse(theirs.mapped("res_id"))
            ids = set(as_seen_by(records, self.successor_id)._filtered_access("read").ids)
            readable |= theirs.filtered(lambda todo, ids=ids: todo.res_id in ids)
        return readable

    def _tell_successor(self, tickets, todos):
        """Write to who takes over how much it is; no complaint is named."""
        if self.successor_id == self.env.user:
            return
        words = in_language_of(self, self.successor_id).env
        company = self.env.company
        self.env["helpdesk.ticket.team"].sudo()._complaint_room().with_env(words).message_notify(
            partner_ids=self.successor_id.partner_id.ids,
            email_from=company._complaint_sender(),
            reply_to=company._complaint_sender(),
            subject=words._("Work was handed over to you"),
            body=words._(
                "%(clerk)s handed over: %(tickets)s open complaints and %(todos)s to-dos. You are "
                "in charge of them now.",
                clerk=self.clerk_id.name,
                tickets=tickets,
                todos=todos,
            ),
        )
