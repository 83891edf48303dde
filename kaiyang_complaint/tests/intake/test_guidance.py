from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..common import GROUP
from .refusal_common import QUIET, RefusalCommon


@tagged("post_install", "-at_install")
class TestGuidance(RefusalCommon):
    """What remains of a refusal: a count that names nobody (四.2)."""

    def ours(self):
        return [("user_id", "=", self.clerk.id)]

    def test_p4_2_a_count_remains_that_names_nobody(self):
        self.refuse(self.out_of_scope("web", external_ref="GZ-771"))
        entry = self.entries.search([], limit=1)
        self.assertEqual(entry.date, self.room.company_id._complaint_today())
        self.assertEqual(entry.channel_id, self.env.ref("kaiyang_complaint.channel_web"))
        self.assertEqual((entry.authority_id, entry.user_id), (self.housing, self.clerk))
        self.assertEqual(entry.company_id, self.room.company_id)
        self.assertFalse(self.traces("GZ-771"))

    def test_p4_2_counts_by_channel_authority_and_month(self):
        for channel in ("phone", "phone", "onsite"):
            self.refuse(self.new_complaint(channel))
        self.new_complaint().action_refuse_out_of_scope(False)
        entries = self.entries.with_user(self.leader)
        counts = entries.formatted_read_group(
            self.ours(), ["authority_id", "date:month"], ["__count"]
        )
        counted = [(group["authority_id"], group["__count"]) for group in counts]
        self.assertIn(((self.housing.id, self.housing.name), 3), counted)
        self.assertIn((False, 1), counted)

    @mute_logger(*QUIET)
    def test_p4_2_nobody_edits_the_count(self):
        self.refuse(self.new_complaint())
        entry = self.entries.search([], limit=1)
        for user in (self.clerk, self.manager, self.leader, self.director):
            own = entry.with_user(user)
            for act in (
                lambda own=own: own.write({"date": "2020-01-01"}),
                own.unlink,
                own.copy,
                lambda own=own: own.create({"date": "2020-01-01", "user_id": own.env.uid}),
                lambda own=own: own.read(["ref_digest"]),
            ):
                with self.subTest(user=user.login), self.assertRaises(UserError):
                    act()
        with self.assertRaises(UserError):
            entry.date = "2020-01-01"
        with self.assertRaises(UserError):
            entry.unlink()

    @mute_logger(*QUIET)
    def test_p4_2_who_reads_the_count(self):
        self.refuse(self.new_complaint())
        colleague = new_test_user(self.env, "kc_colleague", GROUP + "clerk")
        for user in (self.clerk, self.manager, self.leader, self.director):
            self.assertEqual(self.entries.with_user(user).search_count(self.ours()), 1, user.login)
        self.assertFalse(self.entries.with_user(colleague).search_count(self.ours()))
        for user in (self.archivist, self.outsider, self.rep):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.entries.with_user(user).search_count(self.ours())
