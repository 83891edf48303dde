from odoo import api, models


class ResourceCalendarAttendance(models.Model):
    """Business hours end the last day of a limit."""

    _inherit = "resource.calendar.attendance"

    @api.model_create_multi
    def create(self, vals_list):
        """Recount what runs by the new hours."""
        slots = super().create(vals_list)
        self._complaint_hours_changed()
        return slots

    def write(self, vals):
        """Recount what runs by the changed hours."""
        result = super().write(vals)
        if {"dayofweek", "hour_to", "calendar_id"} & vals.keys():
            self._complaint_hours_changed()
        return result

    def unlink(self):
        """Recount what runs by the hours that are left."""
        result = super().unlink()
        self._complaint_hours_changed()
        return result

    def _complaint_hours_changed(self):
        """Business hours end the last day of a limit: recount what runs."""
        self.env["complaint.calendar.year"]._schedule_changed()
