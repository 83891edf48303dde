from odoo import api, fields, models
from odoo.tools import is_html_empty

from ..tools.elements import missing_elements


class ComplaintElements(models.AbstractModel):
    """The five elements without which a complaint is not complete (二)."""

    _name = "complaint.elements"
    _description = "Elements of a Complaint"

    service_datetime = fields.Datetime(string="Time of Service")
    service_item = fields.Char(string="Matter")
    service_ref = fields.Char(string="Case No. of the Matter")
    staff_waiver = fields.Selection(
        [
            ("duty", "Window and time identify the duty"),
            ("anonymous_letter", "Anonymous letter"),
        ],
        string="Name Missing Because",
        help="Why the complaint is complete without the name of the staff member.",
    )
    missing_elements = fields.Char(
        compute="_compute_missing_elements",
        store=True,
        help="Codes of the elements that the complaint still lacks.",
    )
    missing_elements_label = fields.Char(
        string="Still Missing", compute="_compute_missing_elements_label"
    )

    @api.depends(
        "is_complaint",
        "window_id",
        "service_datetime",
        "service_item",
        "description",
        "staff_waiver",
        "channel_id",
        "complainant_identity",
        "respondent_ids.staff_id",
        "respondent_ids.stated_name",
        "is_outside_matter",
    )
    def _compute_missing_elements(self):
        for ticket in self:
            ticket.missing_elements = ticket.is_complaint and ",".join(
                missing_elements(
                    ticket._given_elements(), ticket._effective_waiver(), ticket.is_outside_matter
                )
            )

    @api.depends("missing_elements")
    @api.depends_context("lang")
    def _compute_missing_elements_label(self):
        labels = self._element_labels()
        for ticket in self:
            codes = (ticket.missing_elements or "").split(",")
            ticket.missing_elements_label = "、".join(labels[code] for code in codes if code)

    def _given_elements(self):
        """Return the codes of the elements that were given."""
        self.ensure_one()
        given = {
            "staff": any(person.staff_id or person.stated_name for person in self.respondent_ids),
            "window": self.window_id,
            "time": self.service_datetime,
            "matter": (self.service_item or "").strip(),
            "reason": not is_html_empty(self.description),
        }
        return {code for code, value in given.items() if value}

    def _effective_waiver(self):
        """Return the waiver of the name, where its condition holds."""
        self.ensure_one()
        anonymous_letter = (
            self.channel_code == "letter" and self.complainant_identity == "anonymous"
        )
        if self.staff_waiver == "anonymous_letter" and not anonymous_letter:
            return None
        return self.staff_waiver

    def _element_labels(self):
        """Name the five elements in the user's language."""
        return {
            "staff": self.env._("Staff member"),
            "window": self.env._("Window"),
            "time": self.env._("Time of service"),
            "matter": self.env._("Matter"),
            "reason": self.env._("Reason"),
        }
