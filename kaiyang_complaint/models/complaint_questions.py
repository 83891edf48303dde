from odoo import api, fields, models
from odoo.exceptions import UserError

from .complaint_parties import STAFF_ONLY

REMINDER = "kaiyang_complaint.activity_missing_elements"
# What may bring in an element, or ends the wait for it.
ANSWERS = frozenset(
    {
        "window_id",
        "service_datetime",
        "service_item",
        "description",
        "staff_waiver",
        "respondent_ids",
        "channel_id",
        "complainant_identity",
        "complaint_state",
    }
)


class ComplaintQuestions(models.AbstractModel):
    """The contacts with the complainant, and what was asked for and has yet to come in (二)."""

    _name = "complaint.questions"
    _description = "Questions to the Complainant"

    contact_ids = fields.One2many(
        "complaint.contact", "ticket_id", string="Contacts", groups=STAFF_ONLY
    )
    question = fields.Char(
        compute="_compute_question",
        groups=STAFF_ONLY,
        help="What the complainant was asked for and has yet to tell, when, and until when.",
    )
    is_answer_late = fields.Boolean(compute="_compute_question", groups=STAFF_ONLY)

    @api.depends("contact_ids.is_waiting")
    @api.depends_context("lang")
    def _compute_question(self):
        for ticket in self:
            asked = ticket.contact_ids.filtered("is_waiting")[:1]
            ticket.question = asked._in_a_line() if asked else False
            ticket.is_answer_late = asked.is_late

    def action_contact(self):
        """Open the dialog in which a contact with the complainant is noted (五(一)4)."""
        return self._open_contact("first", self.env._("Note a Contact"))

    def action_ask_missing(self):
        """Open the dialog in which the complainant is asked for what is missing (二).

        :raise UserError: where nothing is missing, or the complaint is no draft any more
        """
        self._assert_askable()
        return self._open_contact("missing", self.env._("Ask for What Is Missing"))

    def _open_contact(self, purpose, title):
        self.ensure_one()
        self.check_access("write")
        self._assert_open_for_change()
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "complaint.contact",
            "view_mode": "form",
            "target": "new",
            "context": {"default_ticket_id": self.id, "default_purpose": purpose},
        }

    def _assert_askable(self):
        for ticket in self:
            if ticket.complaint_state != "draft" or not ticket.missing_elements:
                raise UserError(
                    self.env._("%s lacks nothing that could be asked for.", ticket.display_name)
                )

    def write(self, vals):
        """Stop waiting for what comes in with a change."""
        result = super().write(vals)
        if ANSWERS & vals.keys():
            self.filtered("is_complaint")._settle_questions()
        return result

    def _settle_questions(self):
        """End the wait for elements that have come in, or that nobody needs any more."""
        waiting = self.env["complaint.contact"].sudo()
        waiting = waiting.search([("ticket_id", "in", self.ids), ("is_waiting", "=", True)])
        settled = waiting.filtered(lambda question: not question._still_missing())
        settled._guarded_write({"is_waiting": False})
        settled.ticket_id.activity_feedback([REMINDER])
