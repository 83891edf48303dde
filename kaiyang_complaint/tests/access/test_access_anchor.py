"""Who alters the access log by SQL is told by a check, with anchors or without."""

import base64
import json
import tempfile
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import config, mute_logger

from ...models.access.access_log_check import LogCheck, report
from ...models.access.access_seal_folder import OPTION, SealFolder
from ...tools import anchor, chain
from ..common import ComplaintCommon
from ..desk.test_statistics_month import REPORT
from .paper_common import PaperCommon

ROW = (
    "version, company_id, position, at, act, user_id, user_ref, user_name, subject, reason, "
    "ticket_id, ticket_ref, slip_id, slip_ref, previous_seal, seal"
)


class AnchorCase(ComplaintCommon):
    """Four rows, an anchor, two rows; the key and the copies lie in a folder of the test's own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.startClassPatcher(patch.dict(config.options, {OPTION: folder.name}))
        cls.folder = SealFolder(cls.env.cr.dbname)
        cls.log = cls.env["complaint.access.log"]
        cls.chain = cls.env["complaint.access.chain"]
        cls.anchors = cls.env["complaint.access.anchor"]
        cls.slip = cls.accepted().slip_ids
        cls.company = cls.slip.company_id
        cls.forge("DELETE FROM complaint_access_log")
        cls.forge("DELETE FROM complaint_access_anchor")
        cls.forge("DELETE FROM complaint_access_chain")
        now = fields.Datetime.now()
        with freeze_time(now - timedelta(days=2)):
            for reason in "一二三四":
                cls.log.with_user(cls.clerk)._log(cls.slip, "release", reason)
        with freeze_time(now - timedelta(days=1)):
            cls.sealed = cls.anchors._seal_log(cls.company)
        for reason in "五六":
            cls.log.with_user(cls.clerk)._log(cls.slip, "release", reason)
        cls.rows = cls.log.search([("company_id", "=", cls.company.id)], order="position")
        cls.kept = cls.sealed.content

    def setUp(self):
        super().setUp()
        file = self.folder.path / "key.json"
        self.addCleanup(self.folder._put, file, file.read_text())
        self.addCleanup(self.folder.remove)

    @classmethod
    def forge(cls, query, *params):
        """Do what only somebody with the database in hand can do."""
        cls.env.flush_all()
        cls.env.cr.execute(query, params)
        cls.env.invalidate_all()

    def rehash(self):
        """Compute the seals of all rows anew, and where the log ends."""
        self.env.flush_all()
        previous = position = None
        for row in list(self.chain._rows(self.company)):
            position = row["position"]
            seal = chain.seal(previous or "", self.log._facts(row))
            self.forge(
                "UPDATE complaint_access_log SET previous_seal = %s, seal = %s "
                "WHERE company_id = %s AND position = %s",
                *(previous or "", seal, self.company.id, position),
            )
            previous = seal
        self.forge(
            "UPDATE complaint_access_chain SET position = %s, seal = %s WHERE company_id = %s",
            *(position or 0, previous or "", self.company.id),
        )

    def insert(self, position, **values):
        """Put in a copy of the last row, with other values."""
        self.forge(
            f"INSERT INTO complaint_access_log ({ROW}) SELECT {ROW.replace('position', '%s', 1)} "
            "FROM complaint_access_log WHERE id = %s RETURNING id",
            *(position, self.rows[-1].id),
        )
        for name, value in values.items():
            self.forge(
                f"UPDATE complaint_access_log SET {name} = %s WHERE company_id = %s "
                "AND position = %s",
                *(value, self.company.id, position),
            )

    def forget_anchors(self):
        """Remove every trace of anchors that the database has."""
        self.forge("DELETE FROM complaint_access_anchor")
        self.forge("UPDATE complaint_access_chain SET anchor_number = 0, anchor_digest = NULL")

    def found(self, *given, whole=True):
        self.env.invalidate_all()
        check = LogCheck(self.company, [anchor.read(text) for text in given], whole).run()
        return "\n".join(check.findings)


@tagged("post_install", "-at_install")
class TestAccessAnchor(AnchorCase):
    def test_p4_6_whole_log_fits_its_anchor(self):
        self.assertFalse(self.found(self.kept))
        self.assertFalse(self.found(self.kept, whole=False))
        said = anchor.read(self.kept)
        self.assertEqual((said["rows"], said["seal"]), (4, self.rows[3].seal))
        self.assertEqual(said["last_id"], self.rows[3].id)

    def test_p4_6_computing_all_seals_anew_shows(self):
        self.forge("UPDATE complaint_access_log SET reason = '别' WHERE id = %s", self.rows[1].id)
        self.rehash()
        self.assertIn("Rows 1 to 4 are not those that were sealed", self.found())
        self.forget_anchors()
        self.assertFalse(self.found(), "nothing in the database tells it")
        found = self.found(self.kept)
        self.assertIn("Rows 1 to 4 are not those that were sealed", found)
        self.assertIn("The given anchor 1 is not, or no longer, among the anchors", found)

    def test_p4_6_cut_tail_with_the_end_shows(self):
        self.forge("DELETE FROM complaint_access_log WHERE position > 3")
        self.rehash()
        for given in ([], [self.kept]):
            self.assertIn("Rows after row 3 are missing", self.found(*given))
        self.forget_anchors()
        self.assertFalse(self.found())
        self.assertIn("The given anchor 1 counted 4 rows", self.found(self.kept))

    def test_p4_6_emptying_both_shows(self):
        self.forge("DELETE FROM complaint_access_log")
        self.forge("DELETE FROM complaint_access_chain")
        for given in ([], [self.kept]):
            found = self.found(*given)
            self.assertIn("The log is empty", found)
            self.assertIn("last entry was removed", found)
        self.forge("DELETE FROM complaint_access_anchor")
        self.assertFalse(self.found())
        self.assertIn("The log is empty; The given anchor 1 counted 4 rows", self.found(self.kept))

    def test_p4_6_the_copy_on_the_server_tells_what_the_database_forgot(self):
        self.folder.keep(self.company.id, 1, self.kept)
        for table in ("log", "chain", "anchor"):
            self.forge(f"DELETE FROM complaint_access_{table}")
        self.assertIn("The server's copy of anchor 1 counted 4 rows", self.found())
        self.assertIn(self.company, self.chain._centres())

    def test_p4_6_user_and_complaint_are_sealed(self):
        other = self.accepted()
        values = {"user": self.manager.id, "ticket": other.id, "slip": other.slip_ids.id}
        for name, value in values.items():
            for columns in ((f"{name}_id",), (f"{name}_ref",), (f"{name}_id", f"{name}_ref")):
                with self.subTest(columns=columns), self.cr.savepoint() as savepoint:
                    for column in columns:
                        query = f"UPDATE complaint_access_log SET {column} = %s WHERE id = %s"
                        self.forge(query, value, self.rows[1].id)
                    self.assertRegex(self.found(), "of row 2 is not the one sealed|Row 2 was chang")
                    savepoint.rollback()
        self.forge("UPDATE complaint_access_log SET user_id = NULL WHERE id = %s", self.rows[1].id)
        self.assertIn("of row 2 is not the one sealed", self.found(), "the user is still there")

    def test_p4_6_a_user_who_is_gone_is_no_break(self):
        user = new_test_user(self.env, "kc_gone", "base.group_user")
        self.log.with_user(user)._log(self.slip, "show", "七")
        user.unlink()
        self.assertFalse(self.log.search([], limit=1).user_id)
        self.assertFalse(self.found(self.kept))

    def test_p4_6_swapped_rows_show(self):
        for target, position in ((99, 2), (2, 3), (3, 99)):
            query = "UPDATE complaint_access_log SET position = %s WHERE position = %s"
            self.forge(query, target, position)
        self.assertIn("Row 2 was changed, or does not follow", self.found())
        self.rehash()
        self.assertIn("Rows 1 to 4 are not those that were sealed", self.found(self.kept))

    def test_p4_6_a_back_dated_row_shows(self):
        long_ago = fields.Datetime.now() - timedelta(days=9)
        self.insert(7, at=long_ago)
        self.assertIn("Row 7 was changed, or does not follow", self.found())
        self.rehash()
        self.assertIn("Row 7 is dated before", self.found())
        self.forge("DELETE FROM complaint_access_log WHERE position = 7")
        self.insert(7, at=fields.Datetime.now() - timedelta(days=1, hours=1))
        self.rehash()
        self.assertIn("Row 7 is dated before", self.found(), "before the anchor was made")

    def test_p4_6_a_row_put_in_the_middle_shows(self):
        self.forge("UPDATE complaint_access_log SET position = -position - 1 WHERE position > 2")
        self.forge("UPDATE complaint_access_log SET position = -position WHERE position < 0")
        self.insert(3, at=self.rows[1].at)
        self.rehash()
        self.assertIn("Rows 1 to 4 are not those that were sealed", self.found(self.kept))

    def test_p4_6_rows_between_two_anchors_are_named(self):
        second = self.anchors._seal_log(self.company)
        self.forge("UPDATE complaint_access_log SET reason = '别' WHERE id = %s", self.rows[4].id)
        self.rehash()
        self.assertIn("Rows 5 to 6 are not those that were sealed", self.found(second.content))

    def test_p4_6_an_anchor_of_another_hand_shows(self):
        """Who has the database but not the key can't sign what the log became."""
        self.forge("UPDATE complaint_access_log SET reason = '别' WHERE id = %s", self.rows[1].id)
        self.rehash()
        said = anchor.read(self.kept)
        said["seal"] = self.log.browse(self.rows[3].id).seal
        forged = json.dumps(said)
        self.assertIn("its signature is invalid", self.found(forged))
        del said["signature"]
        forged = anchor.sign(said, anchor.new_key())
        digest = anchor.digest(anchor.read(forged))
        self.forge("UPDATE complaint_access_anchor SET content = %s", forged)
        self.forge("UPDATE complaint_access_chain SET anchor_digest = %s", digest)
        self.assertIn("is signed with another key", self.found())
        self.assertIn("Rows 1 to 4 are not those", self.found(self.kept))

    def test_p4_6_anchors_follow_each_other(self):
        for _day in range(3):
            self.anchors._seal_log(self.company)
        self.assertFalse(self.found(self.kept))
        with self.cr.savepoint() as savepoint:
            self.forge("DELETE FROM complaint_access_anchor WHERE number = 2")
            self.assertIn("Anchor 2 is missing", self.found())
            savepoint.rollback()
        with self.cr.savepoint() as savepoint:
            self.forge("DELETE FROM complaint_access_anchor WHERE number = 4")
            self.assertIn("The last anchor is 3; it should be 4", self.found())
            savepoint.rollback()
        self.forge("UPDATE complaint_access_anchor SET content = '{}' WHERE number = 2")
        self.assertIn("Anchor 2 was changed: its signature is invalid", self.found())

    def test_p4_6_a_check_of_what_is_new_reads_what_is_new(self):
        self.anchors._seal_log(self.company)
        self.log.with_user(self.clerk)._log(self.slip, "release", "七")
        self.env.flush_all()
        check = LogCheck(self.company, whole=False)
        read = list(self.chain._rows(self.company, 5))
        with patch.object(type(self.chain), "_rows", return_value=read) as rows:
            self.assertFalse(check.run().findings)
        rows.assert_called_once_with(self.company, 5)
        self.forge("UPDATE complaint_access_log SET reason = '别' WHERE position = 7")
        self.assertIn("Row 7 was changed", self.found(whole=False))
        self.forge("DELETE FROM complaint_access_log WHERE position = 6")
        self.assertIn("Row 6 is missing", self.found(whole=False))

    def test_p4_6_a_lost_key_is_told(self):
        self.folder.remove()
        with self.assertLogs("odoo.addons.kaiyang_complaint.models", "WARNING") as logged:
            made = self.anchors._seal_log(self.company)
        self.assertIn("was lost", logged.output[0])
        self.assertNotEqual(made.fingerprint, self.sealed.fingerprint)
        head = self.chain.search([("company_id", "=", self.company.id)])
        self.assertIn(made.fingerprint, head.message_ids[0].body)

    def test_p4_6_the_key_lies_outside_the_database(self):
        file = self.folder.path / "key.json"
        self.assertEqual(file.stat().st_mode & 0o777, 0o600)
        private = json.loads(file.read_text())["private_key"]
        self.assertEqual(self.folder.make_key("2030-01-01T00:00:00Z")["private_key"], private)
        self.env.cr.execute(
            "SELECT count(*) FROM complaint_access_anchor row WHERE row::text LIKE %s "
            "UNION ALL SELECT count(*) FROM ir_config_parameter row WHERE row::text LIKE %s",
            [f"%{private}%"] * 2,
        )
        self.assertEqual(sum(row[0] for row in self.env.cr.fetchall()), 0)

    def test_p4_6_the_job_seals_once_a_day(self):
        def seal():
            with patch.object(type(self.env["ir.cron"]), "_commit_progress"):
                self.anchors._cron_seal()
            return self.anchors.search_count([("company_id", "=", self.company.id)])

        self.assertEqual(seal(), 2)
        self.assertEqual(seal(), 2)
        with freeze_time(fields.Datetime.now() + timedelta(days=3)):
            self.assertEqual(seal(), 3)

    def test_p4_6_the_job_tells_the_managers_what_broke(self):
        self.forge("UPDATE complaint_access_log SET reason = '别' WHERE position = 6")
        made = self.anchors._seal_log(self.company)
        self.assertIn("Row 6 was changed", made.finding)
        head = self.chain.search([("company_id", "=", self.company.id)])
        self.assertIn(self.manager, head.activity_ids.user_id)

    def test_p4_6_copies_are_kept_once_committed(self):
        self.assertEqual(self.folder.kept(self.company.id), (0, ""))
        made = self.anchors._seal_log(self.company)
        self.env.cr.postcommit.run()
        self.assertEqual(self.folder.kept(self.company.id), (made.number, made.content))

    def test_p4_6_anchors_are_only_added_to(self):
        for user in (self.clerk, self.manager, self.env.ref("base.user_admin"), self.env.user):
            for records in (self.sealed.with_user(user), self.sealed.with_user(user).sudo()):
                with self.assertRaises(UserError):
                    records.write({"content": "x"})
                with self.assertRaises(UserError):
                    records.unlink()
                with self.assertRaises(UserError):
                    records.create({"company_id": self.company.id})

    def test_p4_6_who_downloads_an_anchor(self):
        for user in (self.manager, self.leader, self.director):
            action = self.log.with_user(user).action_download_anchor()
            self.assertRegex(action["url"], r"^/web/content/complaint.access.anchor/\d+/file\?")
        made = self.anchors.search([("company_id", "=", self.company.id)])
        self.assertEqual(len(made), 2, "one of now, for all of them")
        text = base64.b64decode(made[0].with_user(self.leader).file).decode()
        self.assertFalse(self.found(text))
        for user in (self.clerk, self.archivist, self.outsider, self.rep):
            with mute_logger("odoo.addons.base.models.ir_access"):
                with self.assertRaises(AccessError):
                    self.log.with_user(user).action_download_anchor()
                with self.assertRaises(AccessError):
                    self.sealed.with_user(user).read(["content"])

    def test_p4_6_who_checks_against_an_anchor(self):
        file = base64.b64encode(self.kept.encode())
        dialogs = self.env["complaint.access.check"]
        for user in (self.manager, self.leader, self.director):
            dialog = dialogs.with_user(user).create({"anchor_file": file})
            self.assertEqual(dialog.action_check()["res_id"], dialog.id)
            self.assertFalse(dialog.is_broken)
            self.assertIn("6 rows, of which the anchor proves the first 4", dialog.result)
            self.assertIn(self.sealed.short, dialog.result)
        self.forge("DELETE FROM complaint_access_log WHERE position = 6")
        dialog.action_check()
        self.assertTrue(dialog.is_broken)
        for text in (b"", b"so what", b"\xff", b"[" * 20000):
            with self.subTest(text=text[:9]), self.assertRaisesRegex(UserError, "is not an anchor"):
                dialogs.create({"anchor_file": base64.b64encode(text)}).action_check()
        with self.assertRaises(AccessError):
            dialogs.with_user(self.clerk).create({"anchor_file": file})

    def test_p4_6_an_anchor_of_another_centre(self):
        other = self.env["res.company"].create({"name": "别的中心"})
        theirs = self.anchors._seal_log(other).content
        dialog = self.env["complaint.access.check"].with_user(self.manager)
        with self.assertRaisesRegex(UserError, "别的中心"):
            dialog.create({"anchor_file": base64.b64encode(theirs.encode())}).action_check()
        self.assertIn("is of 别的中心", self.found(theirs))
        self.assertFalse(self.anchors.with_user(self.manager).search([("number", "=", 9)]))

    def test_p4_6_a_log_whose_end_was_removed_goes_on(self):
        self.forge("DELETE FROM complaint_access_log WHERE position > 2")
        self.forge("DELETE FROM complaint_access_chain")
        self.log.with_user(self.clerk)._log(self.slip, "show", "七")
        self.assertEqual(self.log.search([], limit=1).position, 5)
        self.assertIn("Row 3 is missing: after row 2 comes row 5", self.found())

    def test_p4_6_the_command_tells_and_ends_with_1(self):
        lines, is_broken = report(self.env, [self.kept])
        self.assertFalse(is_broken)
        self.assertIn("The log is whole: 6 rows.", lines[0])
        self.forge("DELETE FROM complaint_access_log WHERE position > 3")
        self.rehash()
        lines, is_broken = report(self.env, [self.kept])
        self.assertTrue(is_broken)
        self.assertIn(f"{self.company.name}: Rows after row 3 are missing", lines[0])
        self.assertTrue(report(self.env, ["{}"])[1])
        self.assertTrue(report(self.env)[1])


@tagged("post_install", "-at_install")
class TestAccessLogOfOld(AnchorCase):
    """Rows whose seals leave out user and complaint are covered by the first anchor."""

    def setUp(self):
        super().setUp()
        self.forget_anchors()
        self.forge(
            "UPDATE complaint_access_log SET version = NULL, user_ref = NULL, ticket_ref = NULL, "
            "slip_ref = NULL"
        )
        self.rehash()
        self.assertFalse(self.found())
        self.first = self.anchors._seal_log(self.company)

    def test_p4_6_old_rows_are_whole_and_sealed(self):
        self.assertTrue(anchor.read(self.first.content)["past"].startswith("6 rows "))
        self.log.with_user(self.clerk)._log(self.slip, "show", "七")
        self.assertEqual(self.log.search([], limit=1).version, 2)
        second = self.anchors._seal_log(self.company)
        self.assertFalse(self.found(self.first.content, second.content))
        self.assertEqual(
            *(anchor.read(one.content)["past"] for one in (self.first, second)),
        )

    def test_p4_6_their_users_and_complaints_are_covered(self):
        for column in ("user_id", "user_ref"):
            with self.subTest(column=column), self.cr.savepoint() as savepoint:
                query = f"UPDATE complaint_access_log SET {column} = %s WHERE id = %s"
                self.forge(query, self.manager.id, self.rows[1].id)
                self.assertIn("The user or the complaint", self.found())
                savepoint.rollback()
        for column in ("user_id", "user_ref"):
            query = f"UPDATE complaint_access_log SET {column} = %s WHERE id = %s"
            self.forge(query, self.manager.id, self.rows[1].id)
        self.assertIn("from before there were anchors", self.found())

    def test_p4_6_a_new_row_has_no_seal_of_old(self):
        self.log.with_user(self.clerk)._log(self.slip, "show", "七")
        self.insert(8, version=None)
        self.rehash()
        self.assertIn("Row 8 has a seal of the old kind", self.found())


@tagged("post_install", "-at_install")
class TestAnchorOnPaper(AnchorCase, PaperCommon):
    def test_p4_6_the_monthly_report_shows_the_anchors(self):
        month = self.company._complaint_local(self.sealed.at).date()
        text = self.text(REPORT, user=self.leader, month=str(month), blank=True)
        self.assertIn("十、投诉人信息查阅记录封存", text)
        for printed in (self.sealed.short, self.sealed.fingerprint):
            self.assertIn("".join(printed.split()), text)
        self.assertIn("审计说明", text)
        text = self.text(REPORT, user=self.leader, month="2019-01-01", blank=True)
        self.assertIn("本月没有封存记录。", text)
