from odoo.tests import tagged

from odoo.addons.kaiyang_complaint.tests.desk import test_translation


@tagged("post_install", "-at_install")
class TestYearTranslation(test_translation.TestTranslation):
    """The same of what the command says."""

    addon = "kaiyang_complaint_year"
