from odoo import api, fields, models

from ..tools import flow_chart, flow_views
from ..tools.flow_steps import Facts, Slip

# What the path follows from; the level is stored, and recomputed when one of these changes.
FACTS = (
    "complaint_state",
    "held_state",
    "channel_id.complaint_code",
    "contact_ids",
    "is_restricted",
    "is_outside_matter",
    "needs_meeting",
    "settled_on_spot",
    "accepted_at",
    "reopened_at",
    "slip_ids.state",
    "slip_ids.sent_at",
    "meeting_ids.state",
    "investigation_ids.state",
    "referral_ids.state",
)


class ComplaintChart(models.AbstractModel):
    """Where a complaint stands on the regulation's flow chart, and who acts now (四, annex 1)."""

    _name = "complaint.chart"
    _description = "Flow Chart of a Complaint"
    _inherit = ["complaint.chart.picture", "complaint.tracking"]

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

    @api.depends(*FACTS)
    def _compute_acting_level(self):
        for ticket in self:
            nodes = flow_chart.path(ticket._chart_facts()) if ticket.complaint_state else []
            ticket.acting_level = flow_views.level(nodes)

    @api.depends(*FACTS, "user_id", "slip_ids.representative_id", "window_unit_id")
    @api.depends_context("lang")
    def _compute_acting(self):
        labels = self._step_labels()
        for ticket in self:
            nodes = flow_chart.path(ticket._chart_facts()) if ticket.complaint_state else []
            people = [ticket._who_acts(node) for node in flow_views.acting(nodes)]
            upcoming = flow_views.upcoming(nodes)
            ticket.acting_label = "、".join(dict.fromkeys(people)) or False
            ticket.next_step_label = upcoming and labels[upcoming.key]

    @api.depends(*FACTS, "due_at", "slip_ids.due_at", "feedback_ids.state", "user_id")
    @api.depends_context("lang")
    def _compute_flow_path(self):
        for ticket in self:
            ticket.flow_path = ticket.complaint_state and ticket._desk_picture()

    # --- the facts --------------------------------------------------------------------------

    def _chart_facts(self):
        """Return what the path of a complaint follows from."""
        self.ensure_one()
        held = self.held_state if self.complaint_state == "on_hold" else False
        return Facts(
            state=held or self.complaint_state,
            channel=self.channel_code or "",
            contacted=bool(self.contact_ids),
            restricted=self.is_restricted,
            outside=self.is_outside_matter,
            needs_meeting=self.needs_meeting,
            settled_on_spot=self.settled_on_spot,
            reopened=bool(self.reopened_at),
            meeting=self._meeting_shown().state or "",
            inquiry=self._inquiry_shown().state or "",
            referral=self._referral_shown().state or "",
            slips=tuple(self._slip_facts(slip) for slip in self._slips_shown()),
            moments=self._chart_moments(),
        )

    def _slips_shown(self):
        """Return the slips of the present round, and those that wait to be sent."""
        since = self._since()
        shown = self.slip_ids.filtered(
            lambda slip: slip.state == "draft" or (since and slip.sent_at and slip.sent_at >= since)
        )
        # What was filtered would be read slip by slip, and not with those of the other complaints.
        shown = shown.with_prefetch(self.slip_ids._prefetch_ids)
        return shown.sorted(lambda slip: (not slip.is_lead, slip.id))

    def _meeting_shown(self):
        """Return the meeting that decided in the present round, or else the one in preparation."""
        open_ones = self.meeting_ids.filtered(lambda one: one.state not in ("held", "cancelled"))
        return self._meeting_of_round() or open_ones[:1]

    def _inquiry_shown(self):
        return self._inquiries_of_round().sorted("id")[-1:]

    def _referral_shown(self):
        return self._referrals_of_round().sorted("id")[-1:]

    def _chart_moments(self):
        """Return when the boxes of the chart were done, as far as that is on record."""
        feedback, referral = self._feedback_of_round(), self._referral_shown()
        return {
            "came_in": self.received_at,
            "contact": self.contact_ids[-1:].contacted_at,
            "register": self.accepted_at,
            "reopen": self.reopened_at,
            "meet": self._meeting_shown().held_at,
            "on_spot": feedback.given_at,
            "inquire": self._inquiry_shown().concluded_at,
            "sign_off": referral.approval_id.decided_at,
            "refer": referral.sent_at,
            "transfer": referral.sent_at,
            "outside": referral.answered_at,
            "feedback": feedback.given_at,
            "close": self.closed_date,
        }

    def _feedback_of_round(self):
        """Return the feedback that was confirmed in the present round."""
        since = self._since()
        return self.feedback_ids.filtered(
            lambda told: told.confirmed_at and since and told.confirmed_at >= since
        )[:1]

    def _slip_facts(self, slip):
        """Return how far a slip is, as a lane of the chart."""
        reply = slip.reply_ids.filtered(lambda reply: reply.state != "returned")[:1]
        moments = {
            "forward": slip.sent_at,
            "sign": slip.received_at,
            "answer": reply.submitted_at,
        }
        return Slip(slip.state, slip.id, moments)
