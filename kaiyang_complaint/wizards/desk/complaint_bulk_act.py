from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...models.access.clean_input import clean_text
from ...models.case.on_duty import OnDuty
from ...tools.wording import says_nothing

# One act each in a transaction of its own takes time: a list of a page is meant.
MOST = 200


class ComplaintBulkAct(models.TransientModel):
    """Does one act to each of several complaints, and tells of each what came of it.

    Every complaint stands by itself: what its own checks refuse leaves the others alone.
    """

    _name = "complaint.bulk.act"
    _description = "Act on Several Complaints"

    act = fields.Selection(
        [
            ("accept", "Accept"),
            ("assign", "Put in Charge"),
            ("refuse", "Mark as Invalid"),
            ("ask", "Ask for What Is Missing"),
        ],
        required=True,
        default="accept",
    )
    ticket_ids = fields.Many2many("helpdesk.ticket", string="Complaints")
    ticket_count = fields.Integer(string="Selected", compute="_compute_ticket_count")
    user_id = fields.Many2one("res.users", string="Clerk in Charge", domain=[("share", "=", False)])
    ground = fields.Selection(
        [
            ("no_object", "Neither Respondent nor Matter"),
            ("unreasonable", "Unreasonable Trouble-making"),
            ("other", "Other"),
        ],
        string="Invalid Because",
        default="unreasonable",
    )
    reason = fields.Text(string="Reason Given")
    how = fields.Selection(
        [("phone", "By telephone"), ("message", "By message"), ("mail", "By mail")],
        string="Asked",
        default="message",
    )
    line_ids = fields.One2many(
        "complaint.bulk.act.line", "act_id", string="Outcomes", readonly=True
    )
    is_done = fields.Boolean(string="Done", readonly=True)
    summary = fields.Char(compute="_compute_summary")

    @api.model
    def default_get(self, fields_list):
        """Take the complaints that are selected in the list."""
        values = super().default_get(fields_list)
        if self.env.context.get("active_model") == "helpdesk.ticket":
            ids = self.env.context.get("active_ids") or []
            values["ticket_ids"] = [Command.set(self._ours(ids).ids)]
        return values

    @api.model
    def _ours(self, ids):
        """Return the complaints among some tickets, as far as the user reads them."""
        ours = [("id", "in", ids), ("is_complaint", "=", True)]
        return self.env["helpdesk.ticket"].search(ours)

    @api.depends("ticket_ids")
    def _compute_ticket_count(self):
        for dialog in self:
            dialog.ticket_count = len(dialog.ticket_ids)

    @api.depends("line_ids.is_done")
    @api.depends_context("lang")
    def _compute_summary(self):
        for dialog in self:
            done = len(dialog.line_ids.filtered("is_done"))
            dialog.summary = self.env._(
                "Done: %(done)s. Not done: %(left)s.",
                done=done,
                left=len(dialog.line_ids) - done,
            )

    def action_run(self):
        """Do the act to each complaint that the user may read; show what came of each.

        :raise UserError: where the act lacks what it needs, or there are too many complaints
        """
        self.ensure_one()
        tickets = self._ours(self.ticket_ids.ids)
        self._assert_ready(tickets)
        outcomes = [{"ticket_id": ticket.id, **self._outcome(ticket)} for ticket in tickets]
        self.write({"line_ids": [Command.create(one) for one in outcomes], "is_done": True})
        return {
            "type": "ir.actions.act_window",
            "name": self._fields["act"].convert_to_export(self.act, self),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _assert_ready(self, tickets):
        if self.is_done or not tickets:
            raise UserError(self.env._("Select the complaints in the list first."))
        if len(tickets) > MOST:
            raise UserError(self.env._("Select no more than %s complaints at a time.", MOST))
        if self.act == "assign" and not OnDuty.holds_office(self.user_id.sudo()):
            raise UserError(self.env._("Choose who is to be in charge: a person of the desk."))
        if self.act == "refuse" and says_nothing(clean_text(self.env, self.reason)):
            raise UserError(self.env._("Give the reason: it is told to the complainants."))

    def _outcome(self, ticket):
        """Do the act to a complaint, and return what came of it."""
        acts = {
            "accept": self._accept,
            "assign": self._assign,
            "refuse": self._refuse,
            "ask": self._ask,
        }
        try:
            with self.env.cr.savepoint():
                return {"is_done": True, "told": acts[self.act](ticket)}
        except UserError as refused:
            return {"is_done": False, "told": str(refused)}

    def _accept(self, ticket):
        ticket.action_accept()
        return self.env._("Accepted as %s.", ticket.number)

    def _assign(self, ticket):
        ticket._assert_open_for_change()
        if ticket.user_id == self.user_id:
            raise UserError(self.env._("%s is in charge already.", self.user_id.name))
        ticket.write({"user_id": self.user_id.id})
        return self.env._("%s is in charge now.", self.user_id.name)

    def _refuse(self, ticket):
        ticket.action_mark_invalid(self.reason, self.ground)
        return self.env._("Marked as invalid.")

    def _ask(self, ticket):
        values = {"ticket_id": ticket.id, "purpose": "missing", "how": self.how}
        question = self.env["complaint.contact"].create(values)
        return self.env._(
            "Asked for: %(elements)s. The answer is awaited until %(day)s.",
            elements=question.asked_label,
            day=question.answer_by,
        )
