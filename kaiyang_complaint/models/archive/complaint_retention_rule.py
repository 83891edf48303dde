from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

RETENTIONS = [("permanent", "Permanent"), ("y30", "30 years"), ("y10", "10 years")]


class ComplaintRetentionRule(models.Model):
    """How long dossiers of a kind are kept. The first rule that matches applies (八)."""

    _name = "complaint.retention.rule"
    _description = "Retention Rule"
    _inherit = ["complaint.company.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", help="Applies to this centre only; to all centres where empty."
    )
    model = fields.Char(default="helpdesk.ticket", readonly=True)
    domain = fields.Char(
        string="Complaints",
        required=True,
        default="[]",
        help="Complaints whose dossiers follow this retention rule.",
    )
    retention = fields.Selection(RETENTIONS, required=True, default="y10")

    @api.constrains("domain")
    def _check_domain(self):
        for rule in self:
            try:
                rule._of(self.env["helpdesk.ticket"].browse(-1))
            except Exception as error:
                raise ValidationError(
                    self.env._(
                        "The condition of “%(rule)s” can't be used: %(fault)s",
                        rule=rule.name,
                        fault=error,
                    )
                ) from error

    def _of(self, ticket):
        """Return those of some complaints that the rule is meant for."""
        self.ensure_one()
        domain = Domain(literal_eval(self.domain))
        return ticket.sudo().search(Domain("id", "in", ticket.ids) & domain)

    @api.model
    def _first_for(self, ticket):
        """Return the rule that says how long the dossier of a complaint is kept; perhaps none."""
        for rule in self._rules_of(ticket.company_id):
            if rule._of(ticket):
                return rule
        return self.browse()

    @api.model
    def _rules_of(self, company):
        """Return the rules of a centre, in their order."""
        return self.sudo().search([("company_id", "in", (company.id, False))])
