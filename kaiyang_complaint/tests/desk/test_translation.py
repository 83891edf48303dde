import io
import re

import polib
from odoo.tests import TransactionCase, tagged
from odoo.tools.misc import file_path
from odoo.tools.translate import trans_export

WORD = re.compile(r"\b[A-Za-z]{3,}\b")
# What programs read.
CODE = re.compile(r"object\.|<[a-z]|^POST /")


@tagged("post_install", "-at_install")
class TestTranslation(TransactionCase):
    """Whatever people read is Chinese: each string of the source has its translation."""

    addon = "kaiyang_complaint"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        chinese = polib.pofile(file_path(f"{cls.addon}/i18n/zh_CN.po"))
        cls.chinese = {entry.msgid: entry.msgstr for entry in chinese}

    def test_x_every_string_of_the_source_has_its_chinese(self):
        written = io.BytesIO()
        trans_export(None, [self.addon], written, "po", self.env)
        source = {entry.msgid for entry in polib.pofile(written.getvalue().decode())}
        self.assertFalse(sorted(text for text in source if not self.chinese.get(text)))
        # Odoo leaves out what the template lacks, and says so nowhere.
        template = polib.pofile(file_path(f"{self.addon}/i18n/{self.addon}.pot"))
        self.assertFalse(sorted(source - {entry.msgid for entry in template}))

    def test_x_a_sentence_that_cites_a_clause_is_translated_too(self):
        left = [
            text
            for text, translated in self.chinese.items()
            if text == translated and len(WORD.findall(text)) > 2 and not CODE.search(text)
        ]
        self.assertFalse(left)
