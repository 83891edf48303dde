from odoo import api, fields, models


class ComplaintInvestigationOpinion(models.Model):
    """What one of the three levels says to the joint assessment (四, 五(一)1)."""

    _name = "complaint.investigation.opinion"
    _description = "Opinion in the Joint Assessment"
    _inherit = ["complaint.company.mixin", "complaint.lock.mixin"]
    _case_path = "investigation_id"
    _order = "level desc, given_on, id"
    _rec_name = "level"

    investigation_id = fields.Many2one(
        "complaint.investigation", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="investigation_id.company_id", store=True, index=True)
    level = fields.Selection(
        [("window", "Window"), ("unit", "Window Unit"), ("centre", "Centre")], required=True
    )
    opinion = fields.Text(required=True)
    given_by = fields.Char(string="Person", required=True, help="Name and office.")
    given_on = fields.Date(string="Date", required=True, default=fields.Date.context_today)

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse opinions on what is concluded."""
        opinions = super().create(vals_list)
        opinions.investigation_id._assert_draft()
        return opinions

    def write(self, vals):
        """Refuse changes of opinions on what is concluded."""
        self.investigation_id._assert_draft()
        result = super().write(vals)
        self.investigation_id._assert_draft()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_of_drafts(self):
        self.investigation_id._assert_draft()
