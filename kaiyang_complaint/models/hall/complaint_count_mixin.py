from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

YEAR = 365


class ComplaintCountMixin(models.AbstractModel):
    """A window or a person: shows how often it was complained about in the past twelve months."""

    _name = "complaint.count.mixin"
    _description = "Counted in Complaints"

    # The field of a respondent that points here.
    _respondent_link = None

    complaint_count = fields.Integer(
        string="Complaints in 12 Months",
        compute="_compute_complaint_count",
        help="Registered complaints, as far as you may read them.",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_complaint_count(self):
        link = self._respondent_link
        counts = dict(
            self.env["complaint.respondent"]._read_group(
                Domain(link, "in", self.ids)
                & Domain("received_at", ">=", self._year_ago())
                & Domain("ticket_id", "any", self._registered()),
                [link],
                ["ticket_id:count_distinct"],
            )
        )
        for record in self:
            record.complaint_count = counts.get(record, 0)

    def _year_ago(self):
        return fields.Datetime.now() - timedelta(days=YEAR)

    def _registered(self):
        return Domain("complaint_state", "not in", (False, "draft", "invalid"))

    def action_open_complaints(self):
        """Open the complaints that are counted."""
        action = self.env["ir.actions.act_window"]._for_xml_id("kaiyang_complaint.complaint_action")
        domain = self._registered() & Domain("received_at", ">=", self._year_ago())
        domain &= Domain(f"respondent_ids.{self._respondent_link}", "in", self.ids)
        return action | {
            "domain": list(domain),
            "views": sorted(action["views"], key=lambda view: view[1] != "list"),
            "context": {"complaint_kanban": True, "create": False},
            "path": False,
        }
