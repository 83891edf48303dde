from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools.codes import TICKET
from ...tools.phrases import PLACES, fill, strange_places


class ComplaintPhrase(models.Model):
    """A wording that the room uses again and again, with places for facts of the case."""

    _name = "complaint.phrase"
    _description = "Standard Phrase"
    _inherit = ["complaint.company.mixin"]
    _order = "kind, sequence, id"
    _rec_names_search = ["name", "text"]

    kind = fields.Selection(
        [
            ("opinion", "Opinion of the room"),
            ("return", "Return for rework"),
            ("urge", "Urging"),
            ("feedback", "Feedback"),
            ("refusal", "Invalid complaint"),
            ("instruction", "Leader's instruction"),
        ],
        string="Used For",
        required=True,
    )
    name = fields.Char(string="Title", required=True, help="Short, as it is chosen from.")
    text = fields.Text(
        string="Wording",
        required=True,
        help="In the text box it fills, the places in braces are replaced by what the case says.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        string="Centre",
        default=lambda self: self._centre_by_default(),
        index="btree_not_null",
        ondelete="cascade",
        copy=False,
        help="Offered in this centre only; in all centres where empty.",
    )
    places = fields.Char(compute="_compute_places", help="What a wording may ask of a case.")

    @api.depends("kind")
    def _compute_places(self):
        self.places = " ".join(f"{{{name}}}" for name in PLACES)

    @api.constrains("text")
    def _check_places(self):
        for phrase in self:
            strange = strange_places(phrase.text)
            if strange:
                raise ValidationError(
                    self.env._(
                        "No case can fill %(strange)s. Use these places: %(known)s",
                        strange=" ".join(f"{{{name}}}" for name in strange),
                        known=" ".join(f"{{{name}}}" for name in PLACES),
                    )
                )

    @api.model
    @api.readonly
    def offer(self, kind, ticket_id=None):
        """Return the phrases of a kind for a text box, filled with what a case says.

        :param kind: a value of ``kind``
        :param ticket_id: the complaint, which the user must be able to read; or nothing
        :return: ``[{"id", "name", "text"}]``, in their order
        """
        if ticket_id and type(ticket_id) is not int:
            raise UserError(self.env._("What was sent can't be read. Nothing was changed."))
        ticket = self.env[TICKET].browse(ticket_id or None).exists()
        ticket.check_access("read")
        phrases = self._of_kind(kind, ticket.company_id or self.env.company)
        texts = phrases._filled(ticket)
        return [
            {"id": phrase.id, "name": phrase.name, "text": text}
            for phrase, text in zip(phrases, texts, strict=True)
        ]

    @api.model
    def _of_kind(self, kind, company):
        """Return the phrases of a kind that a centre uses."""
        return self.search([("kind", "=", kind), ("company_id", "in", (company.id, False))])

    @api.model
    def _chosen(self, kind, ids):
        """Return the phrases that a call names, of those of a kind.

        :raise UserError: for what names none
        """
        ids = ids or []
        if not (isinstance(ids, list) and all(type(number) is int for number in ids)):
            raise UserError(self.env._("What was sent can't be read. Nothing was changed."))
        return self.search([("id", "in", ids), ("kind", "=", kind)])

    def _filled(self, ticket):
        """Return the wordings, with what a complaint says in their places."""
        facts = self._facts(ticket) if ticket else self._facts_of_the_day(self.env.company)
        return [fill(phrase.text, facts) for phrase in self]

    @api.model
    def _facts(self, ticket):
        """Return what fills the places: of the case, never who complained; later chapters add."""
        company = ticket.company_id
        due = ticket.due_at and company._complaint_local(ticket.due_at)
        return self._facts_of_the_day(company) | {
            "编号": ticket.number if ticket.number != "/" else "",
            "窗口": ticket.window_id.display_name,
            "单位": ticket.window_unit_id.name,
            "人员": "、".join(ticket.respondent_ids.staff_id.mapped("name")),
            "事项": ticket.service_item,
            "期限": due and f"{due.month}月{due.day}日{due:%H:%M}",
        }

    @api.model
    def _facts_of_the_day(self, company):
        today = company._complaint_today()
        return {
            "今天": f"{today.month}月{today.day}日",
            "中心": company._complaint_title(),
            "电话": company.complaint_phone,
        }
