from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools.clauses import clause_order, sentences

# Clauses whose sentences are quoted one by one, with how many they have: each kind of letter
# quotes the sentence that it carries out.
QUOTED_BY_SENTENCE = {"七.3": 3}


class ComplaintClause(models.Model):
    """A clause of the regulation, as papers and messages cite it.

    A centre with a regulation of its own makes a record of the same code: it comes first there.
    """

    _name = "complaint.clause"
    _description = "Clause of the Regulation"
    _inherit = ["complaint.company.mixin"]
    _order = "sequence, code, id"
    _rec_name = "citation"
    _rec_names_search = ["code", "citation", "text"]

    code = fields.Char(
        required=True, help="By which papers and messages find the clause, such as 七.3 or 五(二)4."
    )
    sequence = fields.Integer(compute="_compute_sequence", store=True)
    citation = fields.Char(required=True, help="How papers and messages name the clause.")
    text = fields.Text(
        string="Quoted Words",
        help="The words of the regulation that papers quote. Without any, the clause is named "
        "only.",
    )
    company_id = fields.Many2one(
        "res.company",
        string="Centre",
        default=lambda self: self._centre_by_default(),
        index="btree_not_null",
        ondelete="cascade",
        # A copy of what holds for all centres is the wording of one.
        copy=False,
        help="Applies to this centre only; to all centres where empty.",
    )
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "This clause is on record already."
    )

    @api.depends("code")
    def _compute_sequence(self):
        for clause in self:
            clause.sequence = clause_order(clause.code)

    @api.constrains("code", "company_id")
    def _check_is_cited(self):
        """Refuse a code of a centre that no paper asks for: it would be printed nowhere."""
        shared = self.sudo().with_context(active_test=False).search([("company_id", "=", False)])
        known = shared.mapped("code")
        for clause in self:
            if clause.company_id and clause.code not in known:
                raise ValidationError(
                    self.env._(
                        "No paper cites “%(code)s”. These clauses are cited: %(known)s.",
                        code=clause.code,
                        known="、".join(known),
                    )
                )

    @api.constrains("code", "text")
    def _check_sentences(self):
        for clause in self:
            count = QUOTED_BY_SENTENCE.get(clause.code)
            if count and clause.text and len(sentences(clause.text)) != count:
                raise ValidationError(
                    self.env._(
                        "Letters quote the sentences of %(code)s one by one: write %(count)s "
                        "sentences, in the order of the regulation.",
                        code=clause.code,
                        count=count,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Make clauses; what is printed from now on cites them."""
        clauses = super().create(vals_list)
        self.env.registry.clear_cache()
        return clauses

    def write(self, vals):
        """Change clauses; what is written already stays as it is."""
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        """Delete the wording of a centre: the shared one applies again."""
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_own_wording(self):
        shared = self._of_all_centres()
        if shared:
            raise UserError(
                self.env._("Papers cite “%s”: change the record instead.", shared[0].citation)
            )
