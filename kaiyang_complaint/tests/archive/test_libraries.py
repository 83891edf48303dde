from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged

from ... import check_libraries


@tagged("post_install", "-at_install")
class TestLibraries(BaseCase):
    def test_a8_without_pango_the_addon_says_what_to_install(self):
        missing = OSError("cannot load library 'pango-1.0-0'")
        with (
            patch.object(check_libraries, "import_module", side_effect=missing),
            self.assertRaisesRegex(UserError, "libpango-1.0-0"),
        ):
            check_libraries.check_pango()
