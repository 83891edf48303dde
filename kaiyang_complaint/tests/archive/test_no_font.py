from contextlib import contextmanager
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from ...report.engine import missing_glyphs, paper
from ..common import ComplaintCommon


@contextmanager
def without_chinese():
    """Yield what WeasyPrint would say on a machine without a Chinese font."""
    yield {ord("投")}


@tagged("post_install", "-at_install")
class TestNoChineseFont(ComplaintCommon):
    """A machine without a Chinese font prints nothing, and says why."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls.closed()

    def refused(self):
        return self.assertRaisesRegex(UserError, "no Chinese font|没有中文字体")

    def test_a_form_is_refused_with_a_sentence(self):
        reports = self.env["ir.actions.report"].with_user(self.clerk)
        report = "kaiyang_complaint.report_registration_phone"
        with patch.object(missing_glyphs, "heard", without_chinese), self.refused():
            reports._render_qweb_pdf(report, self.ticket.ids)
        self.assertTrue(reports._render_qweb_pdf(report, self.ticket.ids)[0].startswith(b"%PDF"))

    def test_a_dossier_is_refused_with_a_sentence(self):
        self.ticket.with_user(self.archivist).action_open_dossier()
        with patch.object(missing_glyphs, "heard", without_chinese), self.refused():
            self.ticket.dossier_ids._paper_pdf()

    def test_a_rare_character_is_marked_as_ever(self):
        self.assertTrue(paper.write_pdf("<p>甲\U000f0000乙</p>").startswith(b"%PDF"))
