import hashlib
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from odoo import fields, http
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL, mute_logger

from .archive_common import ArchiveCommon

WATCH = "odoo.addons.kaiyang_complaint.models.archive.volume_watch"
ATTACHMENT = "odoo.addons.base.models.ir_attachment"
OTHER = b"%PDF-1.7 written over"
DENIED = ("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")


class WatchCommon(ArchiveCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Whatever else the database holds was compared tonight.
        cls.env["complaint.dossier"].search([("state", "=", "archived")]).sudo()._unlocked()[
            "compared_at"
        ] = fields.Datetime.now() - timedelta(hours=30)
        cls.count = 0

    def volume(self, **vals):
        """Return the dossier of an archived case; its file is like no other."""
        type(self).count += 1
        return self.in_archive(content=f"%PDF-1.7 volume {self.count} {self}".encode(), **vals)

    def path(self, dossier):
        file = dossier.sudo().attachment_id
        path = Path(file._full_path(file.store_fname))
        self.addCleanup(path.unlink, missing_ok=True)
        return path

    def alter(self, dossier, content=OTHER):
        self.path(dossier).write_bytes(content)

    def todos(self, dossier):
        activities = self.env["mail.activity"].sudo()
        return activities.search([("res_model", "=", dossier._name), ("res_id", "=", dossier.id)])

    def run_job(self):
        job = self.env.ref("kaiyang_complaint.cron_dossier_compare")
        with self.enter_registry_test_mode():
            job.method_direct_trigger()


@tagged("post_install", "-at_install")
class TestVolumeWatch(WatchCommon):
    """Archived volumes are compared with their hashes, a share a night (八)."""

    def test_a8_a_changed_and_a_missing_file_alarm_the_archivist_once(self):
        whole, changed, missing = self.volume(), self.volume(), self.volume()
        self.alter(changed)
        self.path(missing).unlink()
        with mute_logger(ATTACHMENT):
            self.run_job()
        found = [dossier.integrity for dossier in (whole, changed, missing)]
        self.assertEqual(found, ["intact", "changed", "missing"])
        self.assertEqual(changed.found_sha256, hashlib.sha256(OTHER).hexdigest())
        self.assertFalse(self.todos(whole))
        for dossier in (changed, missing):
            self.assertIn(self.archivist, self.todos(dossier).user_id)
            self.assertIn(dossier.number, self.todos(dossier)[0].note)
        before = self.todos(changed)
        changed.with_user(self.archivist).action_compare()
        self.assertEqual(self.todos(changed), before)
        self.assertEqual(len(changed.note_ids), 1)

    def test_a8_a_file_that_is_restored_ends_the_alarm_and_leaves_its_trace(self):
        dossier = self.volume()
        content = self.path(dossier).read_bytes()
        self.alter(dossier)
        theirs = dossier.with_user(self.archivist)
        told = theirs.action_compare()["params"]
        self.assertIn(dossier.number, told["message"])
        self.assertEqual(told["type"], "danger")
        self.alter(dossier, content)
        self.assertEqual(theirs.action_compare()["params"]["type"], "success")
        self.assertEqual((dossier.integrity, len(self.todos(dossier))), ("intact", 0))
        self.assertEqual(len(dossier.note_ids), 2)
        self.assertIn("已恢复", dossier.note_ids[-1].text)
        self.assertFalse(dossier.note_ids.noted_by_id)

    def test_a8_the_oldest_come_first_and_a_share_is_enough_for_a_night(self):
        volumes = self.volume() + self.volume() + self.volume()
        now = fields.Datetime.now()
        for dossier, days in zip(volumes, (50, None, 70), strict=True):
            past = days and now - timedelta(days=days)
            dossier.sudo()._unlocked()._procedure_write({"compared_at": past})
        with patch(f"{WATCH}.LEAST", 2), patch(f"{WATCH}.NIGHTS", 10**6):
            self.run_job()
            self.assertEqual([bool(one.compared_at >= now) for one in volumes], [False, True, True])
            # The same night again: nothing is left to do.
            self.run_job()
        self.assertEqual(volumes.filtered(lambda one: one.compared_at < now), volumes[0])

    def test_a8_a_job_that_dies_half_way_goes_on_with_the_rest(self):
        volumes = self.volume() + self.volume() + self.volume()
        cron, runs = type(self.env["ir.cron"]), []

        def out_of_time(_job, _processed, remaining):
            runs.append(remaining)
            return 0

        with patch.object(cron, "_commit_progress", out_of_time):
            self.env["complaint.dossier"]._cron_compare()
            self.assertEqual(len(volumes.filtered("compared_at")), 1)
            self.env["complaint.dossier"]._cron_compare()
        self.assertEqual(len(volumes.filtered("compared_at")), 2)
        self.assertEqual(runs[0] - runs[1], 1)

    def test_a8_the_search_for_the_oldest_uses_its_index(self):
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        query = (
            self.env["complaint.dossier"]
            .sudo()
            ._search([("state", "=", "archived")], order="compared_at NULLS FIRST, id", limit=1)
        )
        rows = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
        self.assertIn("complaint_dossier_to_compare", "\n".join(row[0] for row in rows))

    def test_a8_who_archives_no_case_compares_none(self):
        dossier = self.volume().with_user(self.clerk)
        for verb in ("action_compare", "action_examine", "action_note"):
            with self.assertRaises(AccessError), mute_logger(*DENIED):
                call_kw(dossier, verb, [dossier.ids], {})
        with self.assertRaises(UserError):
            call_kw(
                dossier.with_user(self.archivist), "write", [dossier.ids, {"integrity": "x"}], {}
            )

    def test_a8_leaders_are_told_of_a_restricted_case(self):
        dossier = self.volume()
        dossier.ticket_id.sudo()._unlocked()._procedure_write({"is_restricted": True})
        self.alter(dossier)
        self.run_job()
        self.assertEqual(dossier.sudo().integrity, "changed")
        self.assertIn(self.leader, self.todos(dossier).user_id)
        self.assertNotIn(self.archivist, self.todos(dossier).user_id)

    def test_a8_altered_volumes_are_counted_on_the_desk(self):
        dossier = self.volume()
        self.alter(dossier)
        dossier.with_user(self.archivist).action_compare()
        team = self.env["helpdesk.ticket.team"].with_user(self.archivist)
        tiles = {tile["key"]: tile for tile in team.complaint_tiles()["tiles"]}
        self.assertEqual(
            (tiles["altered"]["tone"], tiles["altered"]["count"] > 0), ("danger", True)
        )
        found = self.env["complaint.dossier"].search(team.open_complaint_tile("altered")["domain"])
        self.assertIn(dossier, found)

    def test_a8_no_paper_is_made_of_a_volume_that_was_changed(self):
        dossier = self.volume()
        self.assertTrue(dossier.with_user(self.archivist)._paper_pdf())
        self.alter(dossier)
        with self.assertRaisesRegex(UserError, "differs from the file"):
            dossier.with_user(self.archivist)._paper_pdf()


@tagged("post_install", "-at_install")
class TestAlteredVolume(WatchCommon, HttpCase):
    """An archived volume that was changed is not handed out as if it were sound."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        (cls.archivist | cls.manager).lang = "zh_CN"
        for user in (cls.archivist, cls.clerk):
            user.sudo().password = f"{user.login}-Long-Password-1"

    def get(self, url, user):
        self.authenticate(user.login, f"{user.login}-Long-Password-1")
        return self.url_open(url)

    def test_a8_content_of_a_changed_volume_says_so_and_alarms(self):
        dossier = self.volume()
        url = f"/web/content/{dossier.attachment_id.id}"
        self.assertEqual(self.get(url, self.archivist).status_code, 200)
        self.alter(dossier)
        for path in (url, f"/web/image/{dossier.attachment_id.id}", f"{url}?download=1"):
            answer = self.get(path, self.archivist)
            self.assertEqual(answer.status_code, 409)
            self.assertNotIn(OTHER, answer.content)
            self.assertIn(dossier.number, answer.text)
            self.assertIn("校验值", answer.text)
        self.env.invalidate_all()
        self.assertEqual(dossier.integrity, "changed")
        self.assertTrue(self.todos(dossier))

    def test_u7_5_no_zip_holds_what_its_reader_may_not_open(self):
        """Whether a volume is whole is asked after the rights, and of that file alone."""
        dossier = self.volume()
        content, case = dossier.attachment_id.raw, dossier.ticket_id
        other = self.env["ir.attachment"].create(
            {
                "name": "b.txt",
                "raw": b"word of the case",
                "res_model": case._name,
                "res_id": case.id,
            }
        )
        open_to_all = self.env["ir.attachment"].create(
            {"name": "c.txt", "raw": b"for all", "public": True}
        )
        files = open_to_all | dossier.attachment_id | other
        self.authenticate(None, None)
        for ids in (files, files[::-1], files[1:]):
            with mute_logger("odoo.http", *DENIED):
                answer = self.url_open(
                    "/mail/attachment/zip",
                    data={
                        "csrf_token": http.Request.csrf_token(self),
                        "file_ids": ",".join(map(str, ids.ids)),
                        "zip_name": "all.zip",
                    },
                )
            self.assertNotEqual(answer.status_code, 200)
            self.assertNotIn(content[:40], answer.content)

    def test_a8_content_of_a_missing_volume_says_so(self):
        dossier = self.volume()
        self.path(dossier).unlink()
        with mute_logger(ATTACHMENT):
            answer = self.get(f"/web/content/{dossier.attachment_id.id}", self.archivist)
            self.assertEqual((answer.status_code, dossier.number in answer.text), (409, True))
            url = dossier.with_user(self.archivist).action_examine()["url"]
            self.assertEqual(self.get(url, self.archivist).status_code, 409)

    def test_a8_those_who_keep_it_get_at_the_bytes(self):
        dossier = self.volume()
        self.alter(dossier)
        url = dossier.with_user(self.archivist).action_examine()["url"]
        answer = self.get(url, self.archivist)
        self.assertEqual((answer.status_code, answer.content), (200, OTHER))
        with mute_logger("odoo.http", *DENIED):
            self.assertIn(self.get(url, self.clerk).status_code, (403, 404))
