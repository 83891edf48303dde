from odoo import fields, models

ANNOUNCEMENT = "您好，您的电话将被录音，请您对投诉举报内容的真实性负责"
OPINION = "请首席代表调查核实，提出处理意见和整改措施，并在期限内书面回复投诉室。"


class ResCompany(models.Model):
    """A company is a service centre: its name on paper, and its words."""

    _name = "res.company"
    _inherit = ["res.company"]

    complaint_phone = fields.Char(string="Complaint Hotline")
    complaint_announcement = fields.Char(
        string="Recording Announcement",
        required=True,
        default=ANNOUNCEMENT,
        help="What a caller is told, word for word, before a recording starts (五(一)1).",
    )
    complaint_default_opinion = fields.Text(
        string="Default Opinion of the Room",
        default=OPINION,
        help="Goes onto a slip where the clerk wrote no opinion of their own.",
    )
    complaint_accept_days = fields.Integer(
        string="Accepted Within",
        required=True,
        default=1,
        help="Working days from receipt in which a complaint is accepted or refused (四.1).",
    )
    complaint_max_days = fields.Integer(
        string="Longest Limit",
        required=True,
        default=7,
        help="Working days from acceptance that no extension may exceed (六.3).",
    )
    complaint_repeat_days = fields.Integer(
        string="Repeats Within",
        required=True,
        default=90,
        help="Days in which complaints about one window or person, or by one, are repetitions.",
    )
    complaint_similar_percent = fields.Integer(
        string="Similar Words From",
        required=True,
        default=20,
        help="Share of their groups of three characters that two complaints have in common.",
    )
    complaint_issue_days = fields.Integer(
        string="Common Issues Within",
        required=True,
        default=90,
        help="Days whose complaints are searched for common issues (五(三)).",
    )
    complaint_issue_count = fields.Integer(
        string="Common Issue From",
        required=True,
        default=5,
        help="Complaints under one conduct item about one unit that make a common issue.",
    )

    _complaint_max_days_positive = models.Constraint(
        "CHECK (complaint_max_days > 0 AND complaint_accept_days > 0)",
        "A limit is at least one working day.",
    )
    _complaint_repeats_sane = models.Constraint(
        "CHECK (complaint_repeat_days > 0 AND complaint_issue_days > 0)",
        "Repetitions and common issues are looked for in at least one day.",
    )
    _complaint_issue_count_sane = models.Constraint(
        "CHECK (complaint_issue_count > 1)", "A common issue takes at least two complaints."
    )
    _complaint_similar_sane = models.Constraint(
        "CHECK (complaint_similar_percent BETWEEN 5 AND 100)",
        "Similarity is given in percent, from 5 to 100.",
    )
