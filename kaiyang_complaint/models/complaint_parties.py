from odoo import api, fields, models

from ..tools import masking
from ..tools.person_names import likely_names

STAFF_ONLY = "kaiyang_complaint.group_complaint_user"


def _values(records, *names):
    """Return what some fields of records hold, without the empty ones."""
    return [value for name in names for value in records.mapped(name) if value]


class ComplaintParties(models.AbstractModel):
    """Who complains and about whom. What identifies the complainant is for the desk alone."""

    _name = "complaint.parties"
    _description = "Parties of a Complaint"

    complainant_gender = fields.Selection(
        [("male", "Male"), ("female", "Female")], string="Gender", groups=STAFF_ONLY
    )
    complainant_phone = fields.Char(string="Telephone", groups=STAFF_ONLY)
    complainant_address = fields.Char(string="Employer or Address", groups=STAFF_ONLY)
    complainant_id_number = fields.Char(string="Identity No.", groups=STAFF_ONLY)
    complainant_identity = fields.Selection(
        [("named", "Named"), ("anonymous", "Anonymous")],
        string="Identity",
        help="Real names are encouraged; an anonymous complaint is handled all the same (四.5).",
    )
    is_confidential = fields.Boolean(
        string="Asks for Confidentiality",
        help="The complainant asks that their identity be kept from everyone but the room.",
    )
    is_discipline_matter = fields.Boolean(
        string="Breach of Discipline or Integrity",
        help="Restricts the complaint even where no conduct item does.",
    )
    is_restricted = fields.Boolean(
        string="Restricted",
        compute="_compute_is_restricted",
        store=True,
        help="Open to the clerk in charge and the leaders only; no slip goes to the unit.",
    )
    window_id = fields.Many2one(
        "complaint.window", index="btree_not_null", check_company=True, tracking=True
    )
    window_unit_id = fields.Many2one(
        "complaint.window.unit",
        index="btree_not_null",
        check_company=True,
        compute="_compute_window_unit_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    representative_id = fields.Many2one(
        "complaint.representative",
        string="Chief Representative",
        compute="_compute_representative_id",
        help="Who receives the slip: the first representative in office not complained about.",
    )
    conduct_ids = fields.Many2many(
        "helpdesk.ticket.category",
        "complaint_conduct_rel",
        "ticket_id",
        "category_id",
        domain="[('conduct_number', '>', 0)]",
    )
    aspect_ids = fields.Many2many(
        "complaint.aspect",
        "complaint_aspect_rel",
        "ticket_id",
        "aspect_id",
        string="Aspects",
        compute="_compute_aspect_ids",
        store=True,
        groups=STAFF_ONLY,
        help="What the kinds of conduct are about: a complaint counts once under each (三).",
    )

    @api.depends("window_id")
    def _compute_window_unit_id(self):
        for ticket in self:
            ticket.window_unit_id = ticket.window_id.unit_id or ticket.window_unit_id

    @api.depends("window_unit_id.representative_ids.active", "respondent_ids.staff_id")
    def _compute_representative_id(self):
        for ticket in self:
            unit = ticket.window_unit_id
            staff = ticket.respondent_ids.staff_id
            ticket.representative_id = unit._current_representative(staff) if unit else False

    @api.depends("conduct_ids.aspect_id")
    def _compute_aspect_ids(self):
        for ticket in self:
            ticket.aspect_ids = ticket.conduct_ids.aspect_id

    @api.depends("conduct_ids.is_discipline_matter", "is_discipline_matter")
    def _compute_is_restricted(self):
        for ticket in self:
            # An item that is out of use restricts what was filed under it all the same.
            items = ticket.with_context(active_test=False).conduct_ids
            ticket.is_restricted = ticket.is_discipline_matter or any(
                items.mapped("is_discipline_matter")
            )

    def _units_complained_about(self):
        """Return the units of the window and of the respondents; the window's comes first."""
        return self.window_unit_id | self.respondent_ids.unit_id

    def _scrubbed(self, text):
        """Return a text without what identifies the complainant or other people of the case."""
        self.ensure_one()
        return masking.scrub(text, self._known_identifiers())

    @api.private
    def _known_identifiers(self):
        """Return what is recorded of the people of some cases, and what stays readable.

        It is read whoever asks: for texts that leave the desk, and to see what must not leave.
        """
        cases = self.sudo()
        people, feedbacks = cases.partner_id, cases.feedback_ids
        return masking.Known(
            names=_values(
                cases, "partner_name", "partner_email", "partner_id.name", "partner_id.email"
            )
            + [name for callee in _values(feedbacks, "callee") for name in likely_names(callee)],
            numbers=_values(cases, "complainant_phone", "complainant_id_number")
            + _values(people, "phone")
            + _values(feedbacks, "called_number"),
            places=_values(cases, "complainant_address")
            + _values(people, "street", "street2", "parent_id.name"),
            kept=cases._readable_words(),
        )

    def _readable_words(self):
        """Return what a unit finds the case by, and whom the case is about."""
        people, slips, company = self.respondent_ids, self.slip_ids, self.company_id
        staff = people.staff_id | (self.window_unit_id | people.unit_id).representative_ids.staff_id
        return (
            _values(self, "number", "external_ref", "service_ref")
            + _values(slips, "name")
            + _values(people, "stated_name")
            + _values(staff, "name")
            + _values(self.window_id | people.window_id, "number", "name")
            + _values(self.window_unit_id | people.unit_id | slips.unit_id, "name", "phone")
            + _values(company, "name", "complaint_center_name", "complaint_phone", "phone")
        )
