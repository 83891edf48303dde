from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .search_fields import doubled_trigrams

# Whom it is about: what a confirmed finding holds still.
PARTY = frozenset({"ticket_id", "staff_id", "stated_name", "window_id", "unit_id"})


class ComplaintRespondent(models.Model):
    """Whom a complaint is about: a person, a window or a unit. Findings will belong to it."""

    _name = "complaint.respondent"
    _description = "Respondent"
    _inherit = ["complaint.lock.mixin", "complaint.procedure.mixin"]
    _order = "ticket_id, id"
    _rec_names_search = ["staff_id.name", "stated_name", "window_id.number", "unit_id.name"]
    _check_company_auto = True

    ticket_id = fields.Many2one(
        "helpdesk.ticket", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(related="ticket_id.company_id", store=True)
    staff_id = fields.Many2one(
        "complaint.window.staff", string="Staff Member", index=True, check_company=True
    )
    received_at = fields.Datetime(related="ticket_id.received_at", store=True)
    stated_name = fields.Char(
        string="Name as Stated", help="What the complainant said, where nobody matches yet."
    )
    window_id = fields.Many2one(
        "complaint.window",
        index=True,
        check_company=True,
        compute="_compute_window_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    unit_id = fields.Many2one(
        "complaint.window.unit",
        index=True,
        check_company=True,
        compute="_compute_unit_id",
        store=True,
        readonly=False,
        precompute=True,
    )

    finding_ids = fields.One2many("complaint.finding", "respondent_id", string="Findings")

    _stated_names = models.Index(doubled_trigrams("stated_name"))
    _by_staff = models.Index("(staff_id, received_at) WHERE staff_id IS NOT NULL")

    @api.depends("staff_id", "ticket_id.window_id")
    def _compute_window_id(self):
        for person in self:
            person.window_id = (
                person.window_id or person.staff_id.window_id or person._window_of_case()
            )

    def _window_of_case(self):
        """Return the window of the complaint, unless the person serves at another unit."""
        window, unit = self.ticket_id.window_id, self.staff_id.unit_id
        return window.browse() if unit and window.unit_id != unit else window

    @api.onchange("staff_id")
    def _onchange_staff_id(self):
        if self.staff_id:
            self.window_id = self.staff_id.window_id or self._window_of_case()

    @api.depends("staff_id", "window_id", "ticket_id.window_unit_id")
    def _compute_unit_id(self):
        for person in self:
            person.unit_id = (
                person.staff_id.unit_id
                or person.window_id.unit_id
                or person.unit_id
                or person.ticket_id.window_unit_id
            )

    @api.depends("staff_id", "stated_name", "window_id", "unit_id")
    def _compute_display_name(self):
        for person in self:
            who = person.staff_id.name or person.stated_name
            where = person.window_id.number or person.unit_id.name
            person.display_name = " ".join(filter(None, (where, who)))

    @api.constrains("staff_id", "stated_name", "window_id", "unit_id")
    def _check_names_somebody(self):
        for person in self:
            if not (person.staff_id or person.stated_name or person.window_id or person.unit_id):
                raise ValidationError(
                    self.env._("A respondent needs a staff member, a window or a unit.")
                )

    @api.constrains("staff_id", "window_id", "unit_id")
    def _check_one_unit(self):
        for person in self:
            units = person.staff_id.unit_id | person.window_id.unit_id | person.unit_id
            if person.staff_id and len(units) > 1:
                raise ValidationError(
                    self.env._(
                        "%(who)s serves at %(unit)s: the window has to be one of that unit.",
                        who=person.staff_id.name,
                        unit=person.staff_id.unit_id.name,
                    )
                )

    def _guard(self):
        """Refuse a change of the parties of a case that has ended."""
        self.ticket_id._assert_open_for_change()

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse another party to a case that has ended."""
        people = super().create(vals_list)
        people._guard()
        people._parties_changed()
        return people

    def write(self, vals):
        """Refuse a change of the parties of a case that has ended, or of whom was found at fault.

        The window follows the person chosen, unless another one is given.

        :raise UserError: saying so
        """
        if vals.get("staff_id") and "window_id" not in vals:
            person = self.env["complaint.window.staff"].browse(vals["staff_id"])
            # Who serves at no window keeps that of the complaint, as far as it is of their unit.
            if person.window_id or self.window_id.unit_id - person.unit_id:
                vals = {**vals, "window_id": person.window_id.id}
        self._guard()
        if PARTY & vals.keys():
            self._assert_not_found("confirmed")
        result = super().write(vals)
        self._guard()
        self._parties_changed()
        return result

    def _parties_changed(self):
        """Follow a change of the respondents; later chapters add to it."""
        self.ticket_id.sudo().contact_ids.filtered("is_waiting")._settle()

    @api.ondelete(at_uninstall=False)
    def _unlink_guard(self):
        self._guard()
        self._assert_not_found("confirmed", "overturned")

    def _assert_not_found(self, *states):
        """Hold still whom a finding is about: it, and what follows from it, would go with them.

        :raise UserError: naming the respondent
        """
        findings = self.sudo().finding_ids.filtered(lambda finding: finding.state in states)
        if findings:
            raise UserError(
                self.env._(
                    "There is a finding on “%s”: they stay a party to the complaint. A manager or "
                    "a leader may overturn what was confirmed.",
                    findings[0].respondent_id.display_name,
                )
            )
