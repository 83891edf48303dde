from odoo import api, fields, models

from ...tools import flow_chart
from .progress import Progress

# What the path follows from; the level is stored, and recomputed when one of these changes.
FACTS = (
    "complaint_state",
    "held_state",
    "channel_id.is_visit",
    "channel_id.asks_for_contact",
    "contact_ids",
    "is_restricted",
    "restriction_lifted_at",
    "is_outside_matter",
    "needs_meeting",
    "settled_on_spot",
    "accepted_at",
    "reopened_at",
    "slip_ids.state",
    "slip_ids.sent_at",
    "slip_ids.decline_choice",
    "feedback_ids.state",
    "meeting_ids.state",
    "investigation_ids.state",
    "referral_ids.state",
)


class HelpdeskTicket(models.Model):
    """The progress of a complaint as a picture (annex 1)."""

    _inherit = "helpdesk.ticket"

    acting_level = fields.Selection(
        [("window", "Window"), ("unit", "Window Unit"), ("centre", "Centre")],
        compute="_compute_acting_level",
        store=True,
        help="Which of the three levels acts now: the window, its unit, or the centre (四).",
    )
    acting_label = fields.Char(string="Acts Now", compute="_compute_acting", compute_sudo=True)
    next_step_label = fields.Char(string="Next Step", compute="_compute_acting", compute_sudo=True)
    flow_path = fields.Json(string="Path", compute="_compute_flow_path", compute_sudo=True)

    _by_acting_level = models.Index("(acting_level) WHERE acting_level IS NOT NULL")

    # --- progress ---------------------------------------------------------------------------------

    @api.depends(*FACTS)
    def _compute_acting_level(self):
        for ticket in self:
            nodes = flow_chart.path(Progress(ticket).facts()) if ticket.complaint_state else []
            ticket.acting_level = flow_chart.level(nodes)

    @api.depends(*FACTS, "user_id", "slip_ids.representative_id", "window_unit_id")
    @api.depends_context("lang")
    def _compute_acting(self):
        for ticket in self:
            progress = Progress(ticket)
            nodes = flow_chart.path(progress.facts()) if ticket.complaint_state else []
            people = [progress.who_acts(node) for node in flow_chart.acting(nodes)]
            upcoming = flow_chart.upcoming(nodes)
            ticket.acting_label = "、".join(dict.fromkeys(people)) or False
            ticket.next_step_label = upcoming and progress.step_labels()[upcoming.key]

    @api.depends(*FACTS, "due_at", "slip_ids.due_at", "user_id")
    @api.depends_context("lang")
    def _compute_flow_path(self):
        for ticket in self:
            ticket.flow_path = ticket.complaint_state and Progress(ticket).for_desk()
