from odoo import api, fields, models

from ..tools import masking

STAFF_ONLY = "kaiyang_complaint.group_complaint_user"


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
        """Return a text without what identifies the complainant."""
        self.ensure_one()
        ticket = self.sudo()
        names = (ticket.partner_name, ticket.complainant_address)
        numbers = (ticket.complainant_phone, ticket.complainant_id_number)
        return masking.scrub(text, names, numbers)
