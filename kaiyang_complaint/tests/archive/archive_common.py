from datetime import timedelta
from unittest.mock import patch

from odoo import fields

from ..common import ALONE, ComplaintCommon

PDF = b"%PDF-1.7 dossier"


class ArchiveCommon(ComplaintCommon):
    """An archive with its code, and cases that were closed some time ago."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.centre = cls.room.company_id or cls.env.company
        cls.centre.write({"complaint_fonds_code": "X043", "complaint_archive_days": 30})

    @classmethod
    def closed_ago(cls, days, **vals):
        """Return a case that was closed some days ago."""
        ticket = cls.closed(**vals)
        moment = fields.Datetime.now() - timedelta(days=days)
        ticket.sudo()._procedure_write({"closed_date": moment})
        return ticket

    @classmethod
    def incomplete(cls, days=1):
        """Return a closed case whose recording is missing."""
        ticket = cls.closed_ago(days)
        facts = {"announced_at": fields.Datetime.now(), "no_recording_reason": False}
        ticket.sudo()._procedure_write(facts)
        return ticket

    @classmethod
    def in_archive(cls, days=1, content=PDF, **vals):
        """Return the dossier of an archived case, whose file nobody had to print."""
        ticket = cls.closed_ago(days, **vals).with_user(cls.archivist)
        with patch.object(type(cls.env["complaint.dossier"]), "_paper_pdf", lambda _self: content):
            ticket.action_archive_dossier(ALONE)
        return ticket.dossier_id
