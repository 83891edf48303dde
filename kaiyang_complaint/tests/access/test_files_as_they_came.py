import base64
import io

from odoo import Command
from odoo.tests import tagged
from PIL import Image

from ..archive.dossier_common import DossierCommon
from ..archive.dossier_paper_common import scans

A4_AT_300_DPI = (2480, 3508)


@tagged("post_install", "-at_install")
class TestFilesAsTheyCame(DossierCommon):
    """Pictures of a case are evidence: no byte of them changes on their way into the archive."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scan = scans(3, A4_AT_300_DPI)
        photo = Image.effect_noise(A4_AT_300_DPI, 10)
        taken = Image.Exif()
        taken[0x0132] = "2026:03:02 10:30:00"
        content = io.BytesIO()
        photo.save(content, "JPEG", quality=30, exif=taken)
        cls.photo = content.getvalue()

    def upload(self, content, **vals):
        return self.env["ir.attachment"].create({"name": "来信", "raw": content, **vals})

    def test_a8_a_file_of_a_case(self):
        ticket = self.accepted()
        for content in (self.scan, self.photo, self.photo[:9000]):
            for owner in (
                {"res_model": "helpdesk.ticket", "res_id": ticket.id},
                # A file may come before it belongs to its message, or its record.
                {"res_model": "mail.compose.message", "res_id": 0},
                {},
            ):
                with self.subTest(owner=owner, size=len(content)):
                    self.assertEqual(self.upload(content, **owner).raw, content)

    def test_a8_a_file_of_a_list_and_one_that_is_replaced(self):
        ticket = self.accepted()
        ticket.letter_scan_ids = [Command.create({"name": "来信.tif", "raw": self.scan})]
        self.assertEqual(ticket.letter_scan_ids.raw, self.scan)
        ticket.letter_scan_ids.sudo().raw = self.photo
        self.assertEqual(ticket.letter_scan_ids.raw, self.photo)

    def test_a8_a_file_that_the_archivist_adds(self):
        dossier = self.dossier(self.closed())
        dialog = self.env["complaint.dossier.add"].with_user(self.archivist)
        dialog.create(
            {
                "dossier_id": dossier.id,
                "file": base64.b64encode(self.scan),
                "file_name": "补充材料.tif",
                "title": "补充材料",
            }
        ).action_add()
        added = dossier.item_ids.filtered("is_added")
        self.assertEqual(added.sudo().attachment_id.raw, self.scan)

    def test_x1_a_picture_of_anything_else_is_scaled_as_ever(self):
        other_team = self.env["helpdesk.ticket.team"].create({"name": "IT"})
        ticket = self.env["helpdesk.ticket"].create(
            {"name": "Printer", "description": "Broken", "team_id": other_team.id}
        )
        for record in (ticket, self.env.company.partner_id):
            file = self.upload(self.photo, res_model=record._name, res_id=record.id)
            self.assertLess(max(Image.open(io.BytesIO(file.raw)).size), 2000)
