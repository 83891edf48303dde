import base64

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..common import GROUP, ComplaintCommon
from .file_contents import scan

SCAN = scan()


@tagged("post_install", "-at_install")
class TestFiles(ComplaintCommon):
    """Files uploaded into a form are open to whoever may read the record, and to nobody else."""

    def upload(self, user):
        file = {"name": "签字.png", "datas": base64.b64encode(SCAN)}
        return self.env["ir.attachment"].with_user(user).create(file)

    def test_r5_1_1_file_of_a_new_call_is_open_to_the_leader(self):
        recording = self.upload(self.clerk)
        ticket = self.new_complaint(
            announced_at=False, signed_form_ids=[Command.link(recording.id)]
        )
        self.assertEqual((recording.res_model, recording.res_id), ("helpdesk.ticket", ticket.id))
        self.assertEqual(recording.with_user(self.leader).raw, SCAN)
        self.assertFalse(recording.with_user(self.outsider).has_access("read"))

    def test_p4_6_nobody_opens_a_foreign_file_by_linking_it(self):
        colleague = new_test_user(self.env, "kc_colleague", GROUP + "clerk")
        foreign = self.upload(self.leader)
        ticket = self.new_complaint().with_user(colleague)
        with self.assertRaises(AccessError):
            ticket.signed_form_ids = [Command.link(foreign.id)]
        self.assertFalse(foreign.with_user(colleague).has_access("read"))
