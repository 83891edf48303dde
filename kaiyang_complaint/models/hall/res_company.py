from odoo import fields, models, tools

from ...tools.clauses import quoted

ANNOUNCEMENT = "您好，您的电话将被录音，请您对投诉举报内容的真实性负责"
REGULATION = "投诉受理工作制度"
# How a clause calls the regulation, once a paper has given its title.
SHORT_TITLE = "《制度》"
OPINION = "请首席代表调查核实，提出处理意见和整改措施，并在期限内书面回复投诉室。"


class ResCompany(models.Model):
    """A company is a service centre: its name on paper, and its words."""

    _name = "res.company"
    _inherit = ["res.company"]

    complaint_phone = fields.Char(string="Complaint Hotline")
    complaint_online = fields.Boolean(
        string="Online Form",
        default=True,
        help="Citizens may complain on the page of the centre, without an account (一.3).",
    )
    complaint_visit = fields.Char(
        string="Where and When",
        help="Where one may complain in person, and the office hours: on public pages and papers.",
    )
    complaint_regulation = fields.Char(
        string="Regulation",
        required=True,
        default=REGULATION,
        help="Title of the regulation, as papers give it where they cite it first.",
    )
    complaint_agency_code = fields.Char(
        string="Agency Code",
        help="The code that document numbers begin with (机关代字). With a code, all letters to "
        "units share one series; without, every kind has its own.",
    )
    complaint_announcement = fields.Char(
        string="Recording Announcement",
        required=True,
        default=ANNOUNCEMENT,
        help="What a caller is told, word for word, before a recording starts (五(一)1).",
    )
    complaint_default_opinion = fields.Text(
        string="Default Opinion of the Room",
        default=OPINION,
        help="Used on slips when the clerk entered no opinion.",
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
        string="Minimum Similarity",
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

    def _complaint_link(self, path=""):
        """Return the address of a public page of complaints as papers and QR codes name it."""
        return f"{self.get_base_url()}/complaint/{path}"

    # --- clauses of the regulation ----------------------------------------------------------------

    def _complaint_clause(self, code):
        """Return the clause that applies in the centre: its own one, else the shared one; or none.

        The regulation is public: whoever may have a paper may read what it cites.
        """
        ids = self._complaint_clause_ids()
        clauses = self.env["complaint.clause"].sudo()
        return clauses.browse(ids.get(code)).with_prefetch(tuple(ids.values()))

    @tools.ormcache("self.id")
    def _complaint_clause_ids(self):
        """Return the records of the clauses that apply in the centre, by code."""
        clauses = self.env["complaint.clause"].sudo()
        found = clauses.search([("company_id", "in", (self.id, False))])
        return {one.code: one.id for one in found.sorted(lambda one: bool(one.company_id))}

    def _complaint_citation(self, code):
        """Return how papers and messages name a clause; its code where it has no record."""
        return self._complaint_clause(code).citation or code

    def _complaint_first_citation(self, code):
        """Return how a paper names a clause first: with the title of the regulation in full."""
        title = f"《{(self.complaint_regulation or REGULATION).strip('《》 ')}》"
        full = f"{title}（以下简称{SHORT_TITLE}）"
        return self._complaint_citation(code).replace(SHORT_TITLE, full, 1)

    def _complaint_quotation(self, code, sentence=None):
        """Return the full name of a clause with its words, or with one of its sentences, from 1."""
        words = quoted(self._complaint_clause(code).text, sentence)
        return self._complaint_first_citation(code) + words
