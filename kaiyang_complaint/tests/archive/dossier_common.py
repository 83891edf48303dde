from contextlib import contextmanager
from unittest.mock import patch

from odoo import Command

from ..access.file_contents import recording
from ..common import ALONE
from ..handling.meeting_common import MeetingCommon
from .dossier_paper_common import foreign_pdf, picture

# Files as their names say, before words that tell them apart.
HEADS = {"jpg": picture("JPEG", size=(60, 80), draw=False), "pdf": foreign_pdf("X")}
PDF = b"%PDF-1.7 in place of the dossier"


class DossierCommon(MeetingCommon):
    """Closed cases, poor and rich, and a centre whose archive has its code."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.centre = cls.room.company_id or cls.env.company
        cls.centre.write(
            {"complaint_fonds_code": "X043", "complaint_center_name": "某县政务服务中心"}
        )

    @classmethod
    def dossier(cls, ticket, user=None):
        """Return the dossier of a case, compiled by the archivist."""
        return ticket.with_user(user or cls.archivist)._compile_dossier()

    @classmethod
    def file(cls, record, name, raw=None, **vals):
        """Return a file of a record of a case."""
        return cls.env["ir.attachment"].create(
            {
                "name": name,
                "raw": raw or HEADS.get(name.rpartition(".")[2], b"") + name.encode(),
                "res_model": record._name,
                "res_id": record.id,
                **vals,
            }
        )

    @classmethod
    @contextmanager
    def papers_left_blank(cls):
        """Archive without printing: what the paper looks like is tested elsewhere."""
        with patch.object(type(cls.env["complaint.dossier"]), "_paper_pdf", return_value=PDF):
            yield

    @classmethod
    def archived(cls, ticket=None, user=None, reason=None):
        """Return the dossier of a case that is archived."""
        ticket = ticket or cls.closed()
        with cls.papers_left_blank():
            ticket.with_user(user or cls.archivist).action_archive_dossier(reason or ALONE)
        return ticket.dossier_id.with_user(user or cls.archivist)

    @classmethod
    def rich_case(cls):
        """Return a closed case with a meeting, two slips, an extension, a question and files."""
        ticket = cls.of_two_units()
        ticket.action_announce()
        ticket.write(
            {
                "recording_ids": cls.file(ticket, "来电.wav", recording()),
                "no_recording_reason": False,
            }
        )
        cls.extended(ticket)
        ticket.action_ask_leader("是否公开答复？")
        ticket.approval_ids.filtered(lambda one: one.kind == "instruction").with_user(
            cls.leader
        ).action_approve("公开答复。")
        cls.held(ticket)
        for slip, person in zip(ticket.slip_ids.sorted("id"), cls.addressees(ticket), strict=True):
            cls.answered(slip, person)
        ticket.message_post(body="现场照片", attachment_ids=cls.file(ticket, "照片.jpg").ids)
        cls.told(ticket)
        cls.clear(ticket)
        ticket.action_close()
        return ticket

    @classmethod
    def extended(cls, ticket):
        """Let the leader grant an extension."""
        extension = cls.env["complaint.extension"].with_user(cls.clerk)
        extension = extension.create(
            {
                "ticket_id": ticket.id,
                "limit_days": 7,
                "reason": "需调取档案",
                "told_at": ticket.accepted_at,
                "complainant_answer": "同意",
            }
        )
        extension.action_request()
        extension.approval_id.with_user(cls.leader).action_approve()

    @classmethod
    def addressees(cls, ticket):
        people = {cls.unit: cls.rep, cls.other_unit: cls.other_rep}
        return [people[slip.unit_id] for slip in ticket.slip_ids.sorted("id")]

    @classmethod
    def answered(cls, slip, person):
        """Let a unit be urged, and answer with a file."""
        slip.action_urge("请抓紧办理。")
        theirs = slip.with_user(person)
        theirs.action_receive()
        files = [(f"{slip.unit_id.name}情况说明.pdf", "JVBERi0=")]
        theirs.action_reply(cls.reply_values(attachments=files))
        reply = slip.sudo().reply_ids
        reply.attachment_ids.sudo().write({"raw": slip.unit_id.name.encode()})
        slip.action_accept_reply(cls.CONSIDERED)

    @classmethod
    def told(cls, ticket, **vals):
        """Put on record that the complainant was told the result."""
        feedback = cls.env["complaint.feedback"].with_user(cls.clerk)
        values = cls.feedback_values(
            ticket,
            recording_ids=[Command.create({"name": "回访.wav", "raw": recording(b"callback")})],
            **vals,
        )
        feedback.create(values).action_confirm()
