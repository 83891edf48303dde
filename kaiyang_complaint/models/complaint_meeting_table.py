from datetime import timedelta

from odoo import fields, models
from odoo.fields import Command
from odoo.tools.misc import clean_context

from .complaint_guarded import GUARD


class ComplaintMeetingTable(models.AbstractModel):
    """Who sits at the table of a meeting, and how they learn when and where (五(二)5).

    The entry in the calendar is private to those invited. It bears the complaint's number and
    nothing of the complaint, nor a way to it; it follows the meeting.
    """

    _name = "complaint.meeting.table"
    _description = "Table of a Meeting"

    event_id = fields.Many2one(
        "calendar.event",
        string="In the Calendar",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    # --- guests -------------------------------------------------------------------------------

    def _lay_table(self):
        """Put the units complained about before new meetings, and their people to the table."""
        units, guests = [], []
        for meeting in self:
            concerned = meeting.ticket_id._units_complained_about() - meeting.line_ids.unit_id
            units += [{"meeting_id": meeting.id, "unit_id": unit.id} for unit in concerned]
            room = meeting._people_of_centre()
            for role, people in room:
                guests += meeting._invitation_values(people, role)
        self.env["complaint.meeting.invitee"].create(guests)
        self.env["complaint.meeting.line"].create(units)

    def _people_of_centre(self):
        """Return the leaders in charge and the clerk."""
        group = self.env.ref("kaiyang_complaint.group_complaint_leader").sudo()
        leaders = group.all_user_ids.filtered(
            lambda user: user.active and self.company_id in user.company_ids
        )
        clerk = self.ticket_id.user_id or self.env.user
        return (("leader", leaders.partner_id), ("clerk", clerk.sudo().partner_id))

    def _invitation_values(self, people, role, unit=None):
        """Return the invitations of some contacts who may come and were not invited yet."""
        welcome = people - self._strangers(people) - self.invitee_ids.partner_id
        return [
            {
                "meeting_id": self.id,
                "partner_id": person.id,
                "role": role,
                "unit_id": unit and unit.id,
            }
            for person in welcome
        ]

    def _strangers(self, people):
        """Return those of some contacts who are complained about, or may not know of the case."""
        ticket = self.sudo().ticket_id
        if ticket.is_restricted:
            allowed = ticket._only_confidants(people.ids)
            return people.filtered(lambda person: person.id not in allowed)
        representatives = self.env["complaint.representative"].sudo()
        accused = representatives.with_context(active_test=False).search(
            [("staff_id", "in", ticket.respondent_ids.staff_id.ids)]
        )
        return people & accused.user_id.partner_id

    def _narrow(self):
        """Let nobody meet on a complaint who may not know of it any more (七.5).

        A meeting that was to be with such people is called off; one that is over leaves their
        calendar.
        """
        for meeting in self:
            strangers = meeting._strangers(meeting.invitee_ids.partner_id)
            if not strangers:
                continue
            meeting._under_way()._call_off(self.env._("The complaint was restricted."))
            meeting._entry()._write_entry(
                {"partner_ids": [Command.unlink(person.id) for person in strangers]}
            )

    # --- calendar -------------------------------------------------------------------------------

    def _entry(self):
        """Return the entries of the meetings as the meetings write them."""
        context = {**clean_context(self.env.context), "active_model": None, "active_id": None}
        return self.sudo().event_id.with_context(
            context, complaint_guard=GUARD, skip_contact_description=True
        )

    def _enter_calendar(self):
        """Enter the meeting into the calendar of everybody invited, who get a mail."""
        event = self._entry().create(
            {
                **self._entry_values(),
                "name": self.env._("Meeting on complaint %s", self.ticket_id.number),
                "privacy": "private",
                "user_id": self.env.uid,
                "partner_ids": [Command.set(self.invitee_ids.partner_id.ids)],
            }
        )
        self._guarded_write({"event_id": event.id})

    def _entry_values(self):
        return {
            "start": self.starts_at,
            "stop": self.starts_at + timedelta(hours=self.hours or 1),
            "location": self.place,
        }

    def _move_event(self):
        """Move the entries of meetings whose time or place has changed; the calendar tells."""
        for meeting in self.filtered("event_id"):
            meeting._entry()._write_entry(meeting._entry_values())

    def _follow_invitees(self):
        """Invite who came to the table after the meeting was convened, and let go who left it."""
        for meeting in self.filtered(lambda one: one.state == "convened"):
            people = meeting.invitee_ids.partner_id
            meeting._entry()._write_entry({"partner_ids": [Command.set(people.ids)]})

    def _leave_calendar(self):
        """Tell those invited that there is no meeting, and take it out of their calendar."""
        for meeting in self.filtered("event_id"):
            event = meeting._entry()
            if event.start > fields.Datetime.now():
                event._tell_cancelled()
            event._write_entry({"active": False})
