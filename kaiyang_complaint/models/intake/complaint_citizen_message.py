from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools import masking
from ..access.clean_input import clean_text
from .known_identifiers import known_identifiers

ACTIVITY = "kaiyang_complaint.activity_citizen_message"
OF_ROOM = ("question", "notice", "answer")
LONGEST = 1000
# What the complainant may still say to the room: no case that is archived, or that has ended.
OPEN_STATES = ("draft", "accepted", "handling", "replied", "fed_back", "on_hold", "closed")


class ComplaintCitizenMessage(models.Model):
    """What the room and the complainant write to each other on the page of a complaint.

    It is written once. The complainant reads all of it, and nothing else of what the room writes:
    what may be told (五(三)) is what somebody wrote for them.
    """

    _name = "complaint.citizen.message"
    _description = "Message on the Complainant's Page"
    _inherit = ["complaint.case.part.mixin"]
    _order = "sent_at, id"
    _rec_name = "kind"
    _check_company_auto = True
    _procedural = {"is_waiting": False, "call_time": False}

    kind = fields.Selection(
        [
            ("question", "Question of the room"),
            ("notice", "Notice"),
            ("answer", "Result"),
            ("reply", "Reply to a Question"),
            ("addition", "Addition"),
            ("call", "Wants to Be Called"),
            ("withdrawal", "Withdraws"),
        ],
        required=True,
        default="question",
    )
    sent_at = fields.Datetime(
        string="Written At", required=True, readonly=True, default=fields.Datetime.now
    )
    body = fields.Text(string="Text")
    call_time = fields.Selection(
        [("morning", "9–12"), ("noon", "12–14"), ("afternoon", "14–17")],
        string="Suitable Time for a Call",
        readonly=True,
    )
    user_id = fields.Many2one(
        "res.users", string="Written By", readonly=True, help="Empty for the complainant's own."
    )
    file_ids = fields.One2many(
        "ir.attachment",
        "res_id",
        string="Files",
        domain=[("res_model", "=", "complaint.citizen.message")],
        readonly=True,
    )
    is_waiting = fields.Boolean(
        string="Waiting",
        readonly=True,
        help="A question waits for its reply, what the complainant wrote for the room.",
    )

    _waiting = models.Index("(company_id) WHERE is_waiting")

    @api.model_create_multi
    def create(self, vals_list):
        """Write to the complainant; what they write comes in by their page alone.

        :raise UserError: where the complaint has ended
        """
        if not self._by_procedure():
            for vals in vals_list:
                if vals.get("kind", "question") not in OF_ROOM:
                    raise UserError(
                        self.env._("The complainant writes on their own page, nobody for them.")
                    )
                vals.update(
                    user_id=self.env.uid,
                    sent_at=fields.Datetime.now(),
                    body=clean_text(self.env, vals.get("body")),
                )
        messages = super().create(vals_list)
        written = messages.filtered("user_id")
        written.ticket_id.check_access("write")
        for message in written.filtered(lambda one: one.kind == "question"):
            message.sudo()._procedure_write({"is_waiting": True})
        return messages

    @api.constrains("body", "kind")
    def _check_body(self):
        for message in self.filtered("user_id"):
            body = (message.body or "").strip()
            if not body:
                raise ValidationError(self.env._("Write what the complainant is to read."))
            known = known_identifiers(message.ticket_id)
            if masking.scrub(body, known) != body:
                raise ValidationError(
                    self.env._(
                        "The text holds a name, a number or an address of a person. The page can "
                        "be read by who has the code: leave it out."
                    )
                )

    def action_done(self):
        """Put aside what the complainant wrote, once somebody has seen to it.

        :raise AccessError: for anyone who may not change the complaint
        """
        self.ticket_id.check_access("write")
        waiting = self.filtered(lambda one: one.is_waiting and one.kind not in OF_ROOM)
        waiting.sudo()._procedure_write({"is_waiting": False})
        for ticket in waiting.ticket_id:
            if not ticket.sudo().citizen_message_ids.filtered("is_waiting"):
                ticket.activity_feedback([ACTIVITY])

    # --- the complainant's side -------------------------------------------------------------------

    @api.model
    def _say(self, ticket, kind, body=False, files=(), call_time=False):
        """Put down what a complainant sends from their page, and tell who is in charge.

        :param files: pairs of a name and the content
        :raise UserError: naming a file that is not taken, or where the case is archived
        """
        values = {
            "ticket_id": ticket.id,
            "kind": kind,
            "body": body,
            "call_time": call_time,
            "is_waiting": True,
        }
        message = self.sudo()._with_procedure().create(values)
        self.env["ir.attachment"].sudo().create(
            [
                {"name": name, "raw": raw, "res_model": self._name, "res_id": message.id}
                for name, raw in files
            ]
        )
        if kind == "reply":
            message._questions()._procedure_write({"is_waiting": False})
        message._tell()
        return message

    def _questions(self):
        """Return the questions of the room that wait for a reply."""
        messages = self.ticket_id.sudo().citizen_message_ids
        return messages.filtered(lambda one: one.is_waiting and one.kind == "question")

    def _tell(self):
        """Give who is in charge of the complaint a to-do, in no words of the complainant."""
        ticket = self.ticket_id.sudo()
        user = ticket.user_id
        if user and not ticket.activity_search([ACTIVITY]):
            # In the name of the system: the visitor has none.
            ticket.with_user(self.env.ref("base.user_root")).activity_schedule(
                ACTIVITY, user_id=user.id
            )

    @api.model
    def _may_ask_for_call(self, ticket):
        """Return whether a complainant may ask to be called: once a day, and with a number."""
        since = fields.Datetime.now() - timedelta(days=1)
        domain = [("ticket_id", "=", ticket.id), ("kind", "=", "call"), ("sent_at", ">", since)]
        return bool(ticket.sudo().complainant_phone) and not self.sudo().search_count(
            domain, limit=1
        )

    @api.model
    def _is_open(self, ticket):
        """Return whether the complainant may still write to the room."""
        return ticket.complaint_state in OPEN_STATES
