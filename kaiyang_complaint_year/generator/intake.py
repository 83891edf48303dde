import base64

from odoo import Command
from odoo.tools import file_open, plaintext2html

from . import files
from .people import CLERKS

MODULE = "kaiyang_complaint."
REFS = 500_000
RECORDED = (95, 260)
# Of so many calls one was not to be recorded, and of so many the recording was lost.
UNWANTED, LOST = 5, 9


class Intake:
    """What the desk puts on record of a complaint that comes in."""

    def __init__(self, people, clock):
        self.people, self.clock = people, clock
        env = people.env
        self.windows = {one.number: one for one in env["complaint.window"].search([])}
        self.staff = {one.employee_no: one for one in env["complaint.window.staff"].search([])}
        items = env["helpdesk.ticket.category"].search([("conduct_number", ">", 0)])
        self.items = {item.conduct_number: item for item in items}
        with file_open("kaiyang_complaint/demo/signature.png", "rb") as file:
            self.signature = base64.b64encode(file.read())

    def register(self, clerk, case):
        """Put a draft on record, with what its channel demands, and return it."""
        env = self.people.acting(clerk)
        room = env["helpdesk.ticket.team"]._complaint_room()
        ticket = env["helpdesk.ticket"].create(
            {
                "team_id": room.id,
                "channel_id": env.ref(f"{MODULE}channel_{case.channel}").id,
                "complaint_class": case.klass,
                "user_id": env.uid,
                **self._complainant(case),
                **(self._outside(case) if case.way == "refuse" else self._matter(case)),
                **getattr(self, f"_by_{case.channel}")(case),
            }
        )
        if case.channel == "phone" and not ticket.no_recording_reason:
            self._record(ticket, case)
        elif case.channel == "letter":
            centre = self.people.users[clerk].company_id._complaint_title()
            sender = ticket.partner_name or "一名办事群众"
            scan = files.letter(centre, case.texts["reason"], sender)
            ticket.letter_scan_ids = self._filed(ticket, "来信扫描件.pdf", scan)
        return ticket

    def _record(self, ticket, case):
        ticket.action_announce()
        ticket.recording_seconds = RECORDED[case.index % 2] + case.index % 50
        if case.index % LOST:
            ticket.recording_ids = self._filed(ticket, "来电录音.wav", files.recording())

    def _filed(self, ticket, name, content):
        owner = {"res_model": ticket._name, "res_id": ticket.id}
        return ticket.env["ir.attachment"].create({"name": name, "raw": content, **owner})

    def _complainant(self, case):
        if case.is_anonymous:
            return {"complainant_identity": "anonymous"}
        return {
            "partner_name": case.person.name,
            "complainant_gender": case.person.gender,
            "complainant_phone": case.person.phone,
            "complainant_address": case.person.town,
        }

    def _outside(self, case):
        return {
            "service_item": case.texts["refused_item"],
            "description": plaintext2html(case.texts["refused_reason"]),
        }

    def _matter(self, case):
        staff = self.staff[case.staff] if case.staff else None
        named = {"respondent_ids": [Command.create({"staff_id": staff.id})]} if staff else {}
        return {
            "window_id": self.windows[case.window.number].id,
            "service_item": case.item,
            "service_datetime": self.clock.utc(case.served),
            "description": plaintext2html(case.texts["reason"]),
            "room_opinion": case.texts["opinion"],
            "conduct_ids": [Command.set(self.items[case.conduct].ids)],
            "staff_waiver": False if staff else "duty",
            **named,
        }

    def _by_phone(self, case):
        return {} if case.index % UNWANTED else {"no_recording_reason": "来电人不同意录音"}

    def _by_web(self, case):
        return {"external_ref": f"GZ-ZX-{case.received.year}-{REFS + case.index:06d}"}

    def _by_letter(self, case):
        return {
            "letter_source": "box",
            "opened_at": self.clock.now,
            "opened_by_ids": [Command.set([self.people.users[one].id for one in CLERKS])],
            "page_count": 1 + case.index % 3,
        }

    def _by_onsite(self, case):
        return {
            "complainant_signature": self.signature,
            "visit_place": "政务大厅投诉室",
            "visitor_count": 1 + (case.index % 4 == 0),
        }
