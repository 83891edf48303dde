from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..access.complaint_procedure_mixin import GUARD
from ..access.mail_thread import centre_mail_values

# What an entry shows of the meeting; that somebody accepts or declines is theirs to say.
SHOWN = frozenset(
    {
        *("name", "description", "active", "privacy", "user_id", "partner_ids", "attendee_ids"),
        *("start", "stop", "start_date", "stop_date", "duration", "allday", "recurrency"),
        *("location", "res_model_id", "res_id", "videocall_location"),
    }
)


class CalendarEvent(models.Model):
    """The entry of a meeting on a complaint follows the meeting, and is changed by it alone.

    Odoo shows everybody's public entries to all: one that names a record of the desk is read by
    those who may read the record, and by those who are invited.
    """

    _name = "calendar.event"
    _inherit = ["complaint.pointing.mixin", "calendar.event"]

    def _about_hidden(self):
        """Let those who are invited read the entry, whether or not they may read the record."""
        hidden = super()._about_hidden()
        invited = self.env.user.partner_id
        return hidden.filtered(lambda event: invited not in event.sudo().partner_ids)

    def _outside_the_desk(self):
        return super()._outside_the_desk() | Domain(
            "partner_ids", "in", self.env.user.partner_id.ids
        )

    def write(self, vals):
        """Refuse to move a meeting on a complaint in the calendar."""
        if SHOWN & vals.keys():
            self._assert_not_of_complaint()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_complaint(self):
        self._assert_not_of_complaint()

    def _assert_not_of_complaint(self):
        """Let meetings on complaints be changed where they are prepared.

        :raise UserError: for everybody who tries it elsewhere
        """
        if self.env.context.get("complaint_guard") is GUARD:
            return
        meetings = self.env["complaint.meeting"].sudo()
        if meetings.search_count([("event_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._(
                    "This entry follows a meeting of the complaint desk, which moves it or calls "
                    "it off. Accept or decline the invitation."
                )
            )

    def _mail_values(self):
        """Let invitations to a meeting on a complaint come from the centre."""
        meetings = self.env["complaint.meeting"].sudo()
        if meetings.search_count([("event_id", "=", self.id)], limit=1):
            return centre_mail_values(self)
        return super()._mail_values()

    def _write_entry(self, vals):
        """Write what the meeting says, where there is an entry."""
        if self:
            self.write(vals)

    def _tell_cancelled(self):
        """Notify all attendees that the event is cancelled."""
        template = self.env.ref("calendar.calendar_template_delete_event")
        for event in self:
            texts = {
                name: template._render_field(name, event.ids, compute_lang=True)[event.id]
                for name in ("subject", "body_html")
            }
            event.message_notify(
                partner_ids=event.partner_ids.ids,
                subject=texts["subject"],
                body=texts["body_html"],
                email_layout_xmlid="mail.mail_notification_light",
            )
