from odoo import api, fields, models
from odoo.tools import SQL

from ..result.complaint_deduction_rule import POINTS
from .complaint_analysis_query import QUERY

AGES = [
    ("a", "Up to 3 Days"),
    ("b", "4 to 7 Days"),
    ("c", "8 to 15 Days"),
    ("d", "16 to 30 Days"),
    ("e", "Over 30 Days"),
]
MONTHS = [
    ("01", "January"),
    ("02", "February"),
    ("03", "March"),
    ("04", "April"),
    ("05", "May"),
    ("06", "June"),
    ("07", "July"),
    ("08", "August"),
    ("09", "September"),
    ("10", "October"),
    ("11", "November"),
    ("12", "December"),
]
WEEKDAYS = [
    ("1", "Monday"),
    ("2", "Tuesday"),
    ("3", "Wednesday"),
    ("4", "Thursday"),
    ("5", "Friday"),
    ("6", "Saturday"),
    ("7", "Sunday"),
]


def _as_in(model, name):
    """Return the choices of a field of another model, in the reader's language."""
    return lambda self: self.env[model]._fields[name]._description_selection(self.env)


class ComplaintAnalysis(models.Model):
    """Every registered complaint with what statistics ask of it: one row each, under its own id.

    Days are those of the centre's wall. Rates are averages of 1 and 0; where a complaint has no
    say in a rate it has no value. Rights are those to the complaints.
    """

    _name = "complaint.analysis"
    _description = "Complaint Statistics"
    _auto = False
    _rec_name = "number"
    _order = "received_on desc, id desc"
    _depends = {
        "complaint.assessment": ["state"],
        "complaint.assessment.line": ["assessment_id", "finding_id", "points"],
        "complaint.calendar.day": ["company_id", "date", "kind"],
        "complaint.deadline": ["due_at", "kind", "start_date", "state", "stopped_at", "ticket_id"],
        "complaint.extension": ["state", "ticket_id"],
        "complaint.feedback": ["confirmed_at", "satisfaction", "state", "ticket_id", "was_asked"],
        "complaint.finding": ["conclusion", "state", "ticket_id"],
        "complaint.slip": ["is_lead", "representative_id", "sent_at", "state", "ticket_id"],
        "helpdesk.ticket": [
            "accepted_at",
            "aspect_ids",
            "channel_id",
            "closed_date",
            "company_id",
            "complainant_identity",
            "complaint_class",
            "complaint_state",
            "conduct_ids",
            "is_restricted",
            "name",
            "number",
            "received_at",
            "received_on",
            "settled_on_spot",
            "user_id",
            "window_id",
            "window_unit_id",
        ],
        "res.company": ["complaint_repeat_days", "complaint_tz"],
    }

    number = fields.Char(string="Complaint No.")
    name = fields.Char(string="Matter")
    company_id = fields.Many2one("res.company", string="Centre")
    user_id = fields.Many2one("res.users", string="Clerk in Charge")
    channel_id = fields.Many2one("helpdesk.ticket.channel")
    window_id = fields.Many2one("complaint.window")
    window_unit_id = fields.Many2one(
        "complaint.window.unit", help="The unit that had the window when the complaint came in."
    )
    representative_id = fields.Many2one(
        "complaint.representative",
        string="Chief Representative",
        help="Who was asked to answer: the lead unit's where there are several.",
    )
    conduct_ids = fields.Many2many(
        "helpdesk.ticket.category", "complaint_conduct_rel", "ticket_id", "category_id"
    )
    aspect_ids = fields.Many2many(
        "complaint.aspect", "complaint_aspect_rel", "ticket_id", "aspect_id", string="Aspects"
    )
    complaint_class = fields.Selection(_as_in("helpdesk.ticket", "complaint_class"), string="Class")
    complaint_state = fields.Selection(_as_in("helpdesk.ticket", "complaint_state"), string="State")
    complainant_identity = fields.Selection(
        _as_in("helpdesk.ticket", "complainant_identity"), string="Identity"
    )
    is_restricted = fields.Boolean(string="Restricted")
    settled_on_spot = fields.Boolean()
    received_on = fields.Date(string="Received")
    accepted_on = fields.Date(string="Accepted")
    closed_on = fields.Date(string="Closed")
    year = fields.Char(help="Of receipt, to set the years side by side.")
    month = fields.Selection(MONTHS, help="Of receipt, whatever the year.")
    weekday = fields.Selection(WEEKDAYS, string="Day of the Week")
    hour = fields.Char(string="Hour of the Day")
    age_bucket = fields.Selection(AGES, string="Open Since")

    timeliness = fields.Selection(
        [("on_time", "In Time"), ("late", "Late"), ("running", "Limit Still Running")]
    )
    conclusion = fields.Selection(
        _as_in("complaint.finding", "conclusion"),
        help="The most serious valid finding; empty without findings.",
    )
    satisfaction_step = fields.Selection(_as_in("complaint.feedback", "satisfaction"))

    on_time = fields.Float(
        string="On-Time Rate",
        aggregator="avg",
        help="Handled within the limit, extended or not; late as soon as it has run out.",
    )
    overdue = fields.Integer(help="Still being handled, though the limit has run out.")
    extended = fields.Float(
        string="Extension Rate", aggregator="avg", help="Share whose limit was extended."
    )
    handling_days = fields.Float(
        string="Working Days of Handling",
        aggregator="avg",
        help="From acceptance until the limit stopped, every round; the first day does not count.",
    )
    upheld = fields.Float(
        string="Upheld Rate",
        aggregator="avg",
        help="Share of complaints upheld or partly upheld among those with a valid finding.",
    )
    satisfaction = fields.Float(aggregator="avg", help="The national steps, from 1 to 5.")
    satisfied = fields.Float(
        string="Satisfaction Rate",
        aggregator="avg",
        help="Share of very satisfied, satisfied and fairly satisfied among those who answered.",
    )
    repeat = fields.Integer(
        string="Repeats",
        help="There was a complaint about the window before, in the days set for repetitions.",
    )
    points = fields.Float(
        digits=POINTS, help="Deducted, or given back, by notices that are published."
    )
    age_days = fields.Float(
        string="Days Open", aggregator="avg", help="Since receipt; open complaints only."
    )

    @property
    def _table_query(self):
        return SQL(QUERY, now=fields.Datetime.now())

    @api.readonly
    def action_open_case(self):
        """Open the complaint behind a row."""
        self.ensure_one()
        return self.env["helpdesk.ticket"].browse(self.id).get_formview_action()
