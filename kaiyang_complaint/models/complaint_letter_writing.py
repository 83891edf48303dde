from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import letter_kinds

UPHELD = ("upheld", "partly")
BLAMED = ("staff", "unit")
MONTHS = 12


class ComplaintLetterWriting(models.AbstractModel):
    """The letters of a complaint, and what they are made from."""

    _name = "complaint.letter.writing"
    _description = "Letters of a Complaint"

    letter_ids = fields.One2many("complaint.letter", "ticket_id", string="Own Letters")
    resting_letter_ids = fields.Many2many(
        "complaint.letter",
        string="Letters",
        compute="_compute_resting_letter_ids",
        help="The letters that rest on this case, its own and others, as far as you may read them.",
    )
    can_write_letter = fields.Boolean(compute="_compute_can_write_letter")

    @api.depends("letter_ids")
    @api.depends_context("uid")
    def _compute_resting_letter_ids(self):
        letters = self.env["complaint.letter"].search([("ticket_ids", "in", self.ids)])
        for ticket in self:
            ticket.resting_letter_ids = letters.filtered(
                lambda letter, ticket=ticket: ticket._origin in letter.ticket_ids
            )

    @api.depends("complaint_state", "extension_ids.state")
    def _compute_can_write_letter(self):
        for ticket in self:
            archived = ticket.complaint_state == "archived"
            ticket.can_write_letter = not archived and bool(ticket._letter_kinds())

    def _letter_kinds(self):
        """Return the kinds of letters that fit the complaint as it stands."""
        found = self._findings()
        facts = {"findings"} if found["facts"] else set()
        if self.respondent_ids and self._is_upheld():
            facts.add("upheld")
        if "granted" in self.extension_ids.mapped("state"):
            facts.add("extension")
        return letter_kinds.offered(self.complaint_state, facts)

    def action_write_letter(self):
        """Open a new letter on the complaint, with the kinds that fit its state.

        :raise UserError: where none fits
        """
        self.ensure_one()
        self.check_access("write")
        kinds = self._letter_kinds()
        if not kinds:
            raise UserError(self.env._("No letter fits the complaint as it stands."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Write a Letter"),
            "res_model": "complaint.letter",
            "views": [(False, "form")],
            "context": {"default_ticket_id": self.id, "default_kind": kinds[0]},
        }

    # --- facts for letters ------------------------------------------------------------------

    def _findings(self):
        """Return what came out of the case: facts, result, measures, responsibility, verdict.

        The room's own inquiry counts before the replies of the units.
        """
        self.ensure_one()
        inquiry = self._inquiries_concluded().sorted("id")[-1:]
        replies = self._slips_of_round().reply_ids if self._since() else self.slip_ids.reply_ids
        replies = replies.filtered(lambda reply: reply.state == "accepted").sorted("id")

        def told(name):
            return "\n".join(filter(None, replies.mapped(name)))

        return {
            "facts": told("facts") or inquiry.respondent_facts or "",
            "result": told("result") or inquiry.cause or "",
            "measures": told("measures") or inquiry.measures or "",
            **self._judged(inquiry, replies),
        }

    def _judged(self, inquiry, replies):
        """Return who is responsible, and whether the complaint is upheld.

        A unit that takes responsibility, its own or its staff's, upholds it.
        """
        said = replies.mapped("responsibility")
        blamed = next((one for one in BLAMED if one in said), said[:1] and said[0])
        verdict = replies and ("upheld" if blamed in BLAMED else "not_upheld")
        return {
            "responsibility": inquiry.responsibility or blamed or False,
            "verdict": inquiry.conclusion or verdict or False,
        }

    def _is_upheld(self):
        return self._findings()["verdict"] in UPHELD

    def _accepted_year(self):
        """Return the year in which the complaint was accepted, where the centre stands (七.3)."""
        accepted_at = self.accepted_at or fields.Datetime.now()
        return self.company_id._complaint_local(accepted_at).year

    def _accepted_month(self):
        """Return the month of acceptance, counted through the years."""
        accepted_at = self.accepted_at or fields.Datetime.now()
        local = self.company_id._complaint_local(accepted_at)
        return local.year * MONTHS + local.month
