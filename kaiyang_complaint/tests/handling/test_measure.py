import base64
from datetime import timedelta

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.archive.archive_gaps import ArchiveGaps
from ..access.file_contents import scan
from ..common import ComplaintCommon
from .test_portal import PortalCase

ACCESS = ("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")


class MeasureCommon(ComplaintCommon):
    def promised(self):
        """Return what the unit promised in a reply that the room accepted."""
        return self.replied().slip_ids.measure_ids

    def done(self, **vals):
        proof = [("整改照片.png", base64.b64encode(scan()).decode())]
        return {"done_note": "清单已上墙。", "attachments": proof, **vals}

    def late(self, measure):
        """Let the day of a measure be over until the test ends."""
        frozen = freeze_time(f"{measure.due_on + timedelta(days=1)} 02:00:00")
        frozen.start()
        self.addCleanup(frozen.stop)


@tagged("post_install", "-at_install")
class TestMeasure(MeasureCommon):
    """Measures promised in a reply have a date and are followed up (五(一)1)."""

    def answer(self, **vals):
        ticket = self.accepted()
        slip = ticket.slip_ids.with_user(self.rep)
        slip.action_receive()
        slip.action_reply(self.reply_values(**vals))
        return ticket.slip_ids

    def test_r5_1_1_a_reply_says_who_mends_until_when(self):
        past = self.env.company._complaint_today() - timedelta(days=1)
        for vals, words in (
            ({"measures_owner": " "}, "Who Rectifies"),
            ({"measures_owner": "无"}, "Who Rectifies"),
            ({"measures_by": False}, "Rectified By"),
            ({"measures_by": past}, "is past"),
            ({"measures_by": "明天"}, "Invalid date"),
        ):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, words):
                self.answer(**vals)
        nobody = self.answer(responsibility="none", measures_owner="", measures_by="")
        nobody.action_accept_reply(self.CONSIDERED)
        self.assertFalse(nobody.measure_ids)

    def test_r5_1_1_what_is_promised_is_reported_with_proof_and_checked(self):
        measure = self.promised()
        self.assertEqual((measure.state, measure.owner), ("open", "首席代表"))
        self.assertEqual(measure.what, measure.reply_id.measures)
        theirs = measure.with_user(self.rep)
        for lacking in ({"done_note": " "}, {"attachments": []}):
            with self.subTest(lacking=lacking), self.assertRaisesRegex(UserError, "proof"):
                theirs.action_report_done(self.done(**lacking))
        theirs.action_report_done(self.done())
        self.assertEqual((measure.state, measure.reported_by_id), ("reported", self.rep))
        self.assertEqual(measure.proof_ids.mapped("name"), ["整改照片.png"])
        ours = measure.with_user(self.clerk)
        self.assertEqual(ours.action_return()["res_model"], "complaint.reason.wizard")
        ours.action_return("照片看不清，王小明也说没有改")
        self.assertEqual(measure.state, "open")
        self.assertNotIn("王小明", measure.return_reason)
        theirs.action_report_done(self.done())
        ours.action_check()
        self.assertEqual((measure.state, measure.checked_by_id), ("checked", self.clerk))

    @mute_logger(*ACCESS)
    def test_r5_1_1_others_neither_see_nor_change_it(self):
        measure = self.promised()
        for user in (self.other_rep, self.outsider):
            self.assertFalse(measure.with_user(user).has_access("read"), user.login)
            with self.assertRaises(AccessError):
                measure.with_user(user).action_report_done(self.done())
        for act in ("action_check", "action_return"):
            with self.assertRaises(AccessError):
                getattr(measure.with_user(self.rep), act)()
        with self.assertRaises(UserError):
            measure.with_user(self.clerk).write({"due_on": "2030-01-01"})
        with self.assertRaises(UserError):
            measure.sudo().create({"reply_id": measure.reply_id.id, "what": "x", "owner": "x"})
        with self.assertRaises(UserError):
            measure.with_user(self.clerk).action_check()

    @mute_logger(*ACCESS)
    def test_u7_5_of_a_restricted_case_the_unit_sees_nothing(self):
        measure = self.promised()
        measure.ticket_id.sudo()._procedure_write({"is_discipline_matter": True})
        self.assertFalse(measure.with_user(self.rep).has_access("read"))

    def test_r5_1_1_overdue_is_seen_and_counted_per_unit(self):
        measure = self.promised()
        self.assertEqual((measure.is_overdue, self.tile("measures_late")), (False, 0))
        self.late(measure)
        self.env.invalidate_all()
        self.assertTrue(measure.is_overdue)
        self.assertEqual(self.tile("measures_late"), 1)
        self.assertEqual(self.unit.with_user(self.clerk).measure_late_count, 1)
        self.assertEqual(self.other_unit.with_user(self.clerk).measure_late_count, 0)
        measure.with_user(self.rep).action_report_done(self.done())
        self.assertEqual((self.tile("measures_late"), self.tile("measures")), (0, 1))
        measure.with_user(self.clerk).action_check()
        self.assertEqual(self.tile("measures"), 0)

    def tile(self, key):
        teams = self.env["helpdesk.ticket.team"].with_user(self.clerk)
        return next(one["count"] for one in teams.complaint_tiles()["tiles"] if one["key"] == key)

    def test_a8_no_case_is_archived_before_the_room_checked(self):
        ticket = self.fed_back()
        findings = ticket.sudo().finding_ids
        findings.write({"conclusion": "not_upheld"})
        findings.action_confirm()
        ticket.action_close()
        self.assertIn("measures", ticket.archive_gap_codes)
        self.assertIn("has not checked", "".join(ArchiveGaps(ticket.sudo()).sentences()))
        measure = ticket.slip_ids.measure_ids
        measure.with_user(self.rep).action_report_done(self.done())
        measure.with_user(self.clerk).action_check()
        self.assertNotIn("measures", ticket.archive_gap_codes or "")
        papers = ticket.with_user(self.archivist)._compile_dossier().item_ids
        self.assertIn("整改照片.png", papers.attachment_id.mapped("name"))


@tagged("post_install", "-at_install")
class TestMeasurePage(MeasureCommon, PortalCase):
    def test_r5_1_1_the_representative_reports_on_the_page_of_the_slip(self):
        measure = self.promised()
        slip = measure.slip_id
        self.login(self.rep)
        page = self.url_open(f"/my/complaints/{slip.id}")
        self.assertIn("Report as done", page.text)
        self.assertIn("批评教育，重新培训。", page.text)
        where = f"/my/complaints/{slip.id}/measure/{measure.id}"
        token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        typed = {"csrf_token": token, "done_note": "清单已上墙。"}
        refused = self.url_open(where, data=typed)
        self.assertEqual(refused.status_code, 422)
        self.assertIn("清单已上墙。", refused.text)
        self.assertEqual(measure.state, "open")
        files = {"attachments": ("整改照片.png", scan(), "image/png")}
        sent = self.url_open(where, data=typed, files=files)
        self.assertIn("was told that the measure is done", sent.text)
        self.env.invalidate_all()
        self.assertEqual((measure.state, len(measure.proof_ids)), ("reported", 1))
        self.assertNotIn("Report as done", sent.text)
        foreign = self.promised_elsewhere()
        gone = self.url_open(f"/my/complaints/{slip.id}/measure/{foreign.id}", typed, files)
        self.assertEqual((gone.status_code, foreign.state), (422, "open"))

    def promised_elsewhere(self):
        return self.promised()
