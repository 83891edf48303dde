from odoo import fields, models


class ResCompany(models.Model):
    """When complaints count as a common issue (五(三))."""

    _inherit = "res.company"

    complaint_issue_similar_count = fields.Integer(
        string="Common Issue: Minimum Complainants by Text",
        required=True,
        default=5,
        help="People complaining in similar words, of whichever unit, that make a common issue.",
    )
    complaint_issue_similar_percent = fields.Integer(
        string="Common Issue: Minimum Text Similarity",
        required=True,
        default=30,
        help="Share of their groups of three characters that such complaints have in common.",
    )

    _complaint_issue_similar_sane = models.Constraint(
        "CHECK (complaint_issue_similar_count > 1"
        " AND complaint_issue_similar_percent BETWEEN 20 AND 100)",
        "A common issue by words takes at least two people and 20 to 100 % of the words.",
    )
