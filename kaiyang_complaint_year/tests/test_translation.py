from odoo.tests import tagged

from odoo.addons.kaiyang_complaint.tests.desk import test_translation


@tagged("post_install", "-at_install")
class TestYearTranslation(test_translation.TestTranslation):
    """The same of what the command says."""

    allow_inherited_tests_method = True
    addon = "kaiyang_complaint_year"
