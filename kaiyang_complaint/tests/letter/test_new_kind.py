"""A new kind of letter is an entry of the table and a template: no other code knows it."""

from unittest.mock import patch

from odoo.tests import Form, tagged

from ...tools import letter_kinds
from .letter_common import LETTER, LetterCommon

THANKS = letter_kinds.Kind(
    "Letter of Thanks",
    "感谢信",
    "投谢",
    to="complainant",
    subject="感谢信",
    approval="leader",
    states=letter_kinds.HANDLED,
)
BODY = """
<t t-name="kaiyang_complaint.letter_body_thanks">
    <p>感谢您对“<t t-out="ticket.service_item or ticket.name"/>”提出的宝贵意见。</p>
    <p>特此致谢。</p>
</t>
"""


@tagged("post_install", "-at_install")
class TestNewKind(LetterCommon):
    def setUp(self):
        super().setUp()
        field = self.env["complaint.letter"]._fields["kind"]
        self.enterContext(patch.dict(letter_kinds.KINDS, thanks=THANKS))
        # What an update makes of the table.
        self.enterContext(patch.dict(field._selection, thanks=THANKS.label))
        self.enterContext(patch.object(field, "selection", list(field._selection.items())))
        self.env.cr.execute(
            """INSERT INTO ir_model_fields_selection (field_id, value, name, sequence)
                    VALUES (%s, 'thanks', jsonb_build_object('en_US', %s), 99)""",
            (self.env["ir.model.fields"]._get(field.model_name, field.name).id, THANKS.label),
        )
        self.env.invalidate_all()
        self.registry.clear_cache("stable")
        self.addCleanup(self.registry.clear_cache, "stable")
        self.env["ir.ui.view"]._load_records(
            [
                {
                    "xml_id": "kaiyang_complaint.letter_body_thanks",
                    "values": {
                        "type": "qweb",
                        "key": "kaiyang_complaint.letter_body_thanks",
                        "arch": BODY,
                    },
                }
            ]
        )

    def test_e_new_kind_is_offered_written_approved_numbered_and_printed(self):
        ticket = self.upheld[-1]
        letters = self.env["complaint.letter"].with_user(self.clerk)
        with Form(letters.with_context(default_ticket_id=ticket.id)) as form:
            self.assertIn("thanks", form.kinds_offered)
            form.kind = "thanks"
            self.assertEqual(form.subject, "感谢信")
            self.assertEqual(form.addressee, ticket.partner_name)
        letter = form.record
        self.assertIn("提出的宝贵意见", letter.body)
        self.assertEqual(letter.approval_role, "leader")
        self.sent(letter)
        self.assertEqual(letter.name, "投谢〔2026〕1号")
        text = self.text(LETTER, letter)
        for words in ("感谢信", letter.name, "特此致谢。"):
            self.assertIn(words, text)
