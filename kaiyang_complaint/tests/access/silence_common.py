from odoo import Command
from odoo.tools import SQL

from ...tools.flow import ENDS
from ..access_common import STRANGERS, AccessCommon
from .file_contents import recording

ROLES = ("clerk", "colleague", "manager", "leader", "director", "archivist")
DESK = {"clerk", "colleague", "manager", "leader", "director"}
# Case -> who may read what the complainant confided.
READERS = {
    "ordinary": DESK,
    "restricted": {"clerk", "leader", "director"},
    "settled": DESK | {"archivist"},
    "sealed": {"clerk", "leader", "director"},
}
# Case -> who has its slip.
SLIPS = {"ordinary": {"rep"}, "settled": {"rep"}}
BLIND = (*STRANGERS, "rep", "other_rep")
TEXT = ("char", "text", "html", "reference", "json")


class SilenceCommon(AccessCommon):
    """Complaints full of words that nobody else in the database uses, so that a leak has a name."""

    @classmethod
    def _create_cases(cls):
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": False})
        cls.words = {
            case: [f"欧阳{mark}明", f"1890000{number}", f"{mark}坡路九号", f"{mark}排队无果"]
            for case, mark, number in (
                ("ordinary", "甲", "1111"),
                ("restricted", "乙", "2222"),
                ("settled", "丙", "3333"),
                ("sealed", "丁", "4444"),
            )
        }
        cls.cases = {
            "ordinary": cls.accepted(**cls.confided("ordinary")),
            "restricted": cls.accepted(**cls.confided("restricted")),
            "settled": cls.closed(**cls.confided("settled")),
            "sealed": cls.closed(**cls.confided("sealed")),
        }
        for case, ticket in cls.cases.items():
            cls.plant(ticket, cls.words[case])
        for case in ("restricted", "sealed"):
            cls.cases[case].sudo()._procedure_write({"is_discipline_matter": True})
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def confided(cls, case):
        name, phone, address, reason = cls.words[case]
        return {
            "partner_name": name,
            "complainant_phone": phone,
            "complainant_address": address,
            "complainant_id_number": f"52012119900101{phone[-4:]}",
            "service_item": f"{reason}的事项",
            "description": f"<p>我是{name}，住{address}，电话{phone}：{reason}</p>",
            "room_opinion": f"请向{name}核实",
            "user_id": cls.clerk.id,
            "email_cc": f"{phone}@example.com",
        }

    @classmethod
    def plant(cls, ticket, words):
        """Let the words stand wherever the desk may write them while it works on a complaint."""
        name, phone, _address, reason = words
        ticket = ticket.with_user(cls.clerk)
        ticket.message_subscribe((cls.colleague + cls.leader).partner_id.ids)
        ticket.message_post(
            body=f"{name}来电：{reason}",
            subtype_xmlid="mail.mt_comment",
            attachments=[(f"{name}.txt", f"{name}{phone}{reason}".encode())],
            partner_ids=cls.colleague.partner_id.ids,
        )
        ticket.activity_schedule(
            "mail.mail_activity_data_todo", summary=f"回访{name}", user_id=cls.colleague.id
        )
        if ticket.complaint_state not in ENDS:
            cls.plant_in_processes(ticket, name, reason)
        file = {"name": f"{name}录音.wav", "raw": recording(f"{name}{reason}".encode())}
        loose = cls.env["ir.attachment"].with_user(cls.clerk).create(file)
        ticket._procedure_write({"recording_ids": [Command.link(loose.id)]})

    @classmethod
    def plant_in_processes(cls, ticket, name, reason):
        contact = {"ticket_id": ticket.id, "how": "phone", "is_reached": True}
        ticket.env["complaint.contact"].create({**contact, "note": f"{name}补充：{reason}"})
        ticket.action_ask_leader(f"{name}反映{reason}，请批示")
        inquiry = {"ticket_id": ticket.id, "complainant_facts": f"{name}陈述：{reason}"}
        ticket.env["complaint.investigation"].create(inquiry)

    # --- where the words stand -----------------------------------------------------------------

    def tainted(self, case):
        """Return the records of every table in which a case's words stand, by model."""
        self.env.flush_all()
        patterns = [f"%{word}%" for word in self.words[case]]
        found = {}
        for name, model in self.env.items():
            if model._abstract or model._transient or not model._auto:
                continue
            query = SQL(
                "SELECT id FROM %(table)s AS t WHERE t::text LIKE ANY(%(patterns)s)",
                table=SQL.identifier(model._table),
                patterns=patterns,
            )
            ids = [row[0] for row in self.env.execute_query(query)]
            if ids:
                found[name] = model.browse(ids)
        return found

    def excluded(self, case):
        """Yield who may not read a case: role and user."""
        for role in (*ROLES, *BLIND):
            if role not in READERS[case]:
                yield role, getattr(self, role)

    def unheard(self, case, role):
        """Return the words of a case that a role must not hear.

        The unit's representative reads on the slip what the complaint is about, and no more.
        """
        if role == "rep" and "rep" in SLIPS.get(case, ()):
            return self.words[case][:-1]
        return self.words[case]

    def assert_silent(self, answer, case, **door):
        """Check that an answer holds none of the words that a role must not hear of a case."""
        spoken = [word for word in self.unheard(case, door["role"]) if word in str(answer)]
        with self.subTest(case=case, **door):
            self.assertFalse(spoken)
