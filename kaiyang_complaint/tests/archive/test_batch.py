import io
import itertools
import zipfile
from contextlib import nullcontext, suppress
from datetime import timedelta
from unittest.mock import patch

import pikepdf
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import config, mute_logger

from ..common import ALONE
from .archive_common import ArchiveCommon

BOUND = "odoo.addons.kaiyang_complaint.report.engine.bound_pdf"
RUN = "odoo.addons.kaiyang_complaint.models.archive.complaint_dossier_batch"


def a_pdf(pages):
    """Return a PDF of some empty pages."""
    content = io.BytesIO()
    with pikepdf.new() as pdf:
        for _page in range(pages):
            pdf.add_blank_page()
        pdf.save(content)
    return content.getvalue()


class BatchCommon(ArchiveCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["helpdesk.ticket"].search([("complaint_state", "=", "closed")])._procedure_write(
            {"closed_date": "2020-01-01 00:00:00"}
        )
        cls.dossiers = type(cls.env["complaint.dossier"])
        printing = patch.object(cls.dossiers, "_paper_pdf", lambda _self: a_pdf(2))
        printing.start()
        cls.addClassCleanup(printing.stop)

    def batch(self, user=None):
        today = self.centre._complaint_today()
        user = user or self.archivist
        env = self.env(user=user, context=user.env.context)
        return env["complaint.dossier.batch"].create(
            {"date_from": today - timedelta(days=366), "date_to": today}
        )

    def run_job(self):
        job = self.env.ref("kaiyang_complaint.cron_dossier_batch")
        with nullcontext() if isinstance(self, HttpCase) else self.enter_registry_test_mode():
            job.method_direct_trigger()

    def started(self, user=None):
        batch = self.batch(user)
        batch.action_start(ALONE)
        return batch


@tagged("post_install", "-at_install")
class TestBatch(BatchCommon):
    """A month archived in one action (八)."""

    def test_a8_a_month_is_archived_in_one_action(self):
        cases = self.closed_ago(1) + self.closed_ago(2)
        self.incomplete()
        batch = self.batch()
        self.assertEqual((batch.complete_count, batch.incomplete_count), (2, 1))
        batch.action_start(ALONE)
        self.assertEqual((batch.state, batch.progress), ("running", 0))
        self.run_job()
        self.assertEqual((batch.state, batch.progress), ("done", 100))
        self.assertEqual((batch.done_count, batch.failed_count), (2, 1))
        self.assertEqual(set(cases.mapped("complaint_state")), {"archived"})
        self.assertEqual(set(cases.dossier_id.archived_by_id), {self.archivist})
        failed = batch.line_ids.filtered(lambda line: line.result == "failed")
        self.assertIn("recording is missing", failed.reason)

    def test_a8_what_is_kept_as_a_file_is_told_in_the_language_of_who_started_it(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.archivist.lang = "zh_CN"
        self.closed_ago(1)
        batch = self.started()
        files = self.dossiers._files_only
        langs = []

        def noting(dossier):
            langs.append(dossier.env.lang)
            return files(dossier)

        with patch.object(self.dossiers, "_files_only", noting):
            self.run_job()
        self.assertEqual((batch.done_count, set(langs)), (1, {"zh_CN"}))

    def test_a8_a_manager_is_asked_for_no_reason_and_nothing_incomplete_slips_in(self):
        case = self.incomplete()
        batch = self.started(self.manager)
        self.run_job()
        self.assertEqual((batch.failed_count, case.complaint_state), (1, "closed"))
        self.assertIn("recording is missing", batch.line_ids.reason)

    def test_a8_one_that_fails_holds_up_no_other(self):
        cases = self.closed_ago(4) + self.closed_ago(3) + self.closed_ago(2) + self.closed_ago(1)
        jams = {cases[1].id: RuntimeError("paper jam"), cases[2].id: UserError("no such paper")}

        def printing(dossier):
            if dossier.ticket_id.id in jams:
                raise jams[dossier.ticket_id.id]
            return a_pdf(1)

        batch = self.started()
        with patch.object(self.dossiers, "_paper_pdf", printing), self.assertLogs(RUN, "ERROR"):
            self.run_job()
        self.assertEqual((batch.state, batch.done_count, batch.failed_count), ("done", 2, 2))
        failed = batch.line_ids.filtered("reason")
        self.assertEqual(failed.mapped("reason"), ["paper jam", "no such paper"])
        self.assertFalse(any(failed.ticket_id.dossier_id.mapped("number")))
        first, last = cases[0].dossier_id, cases[3].dossier_id
        self.assertEqual(last.sequence - first.sequence, 1)
        batch.action_retry()
        self.run_job()
        self.assertEqual(batch.failed_count, 0)
        self.assertEqual(set(failed.ticket_id.mapped("complaint_state")), {"archived"})

    def test_a8_a_job_out_of_time_is_run_again_until_all_is_done(self):
        cases = self.closed_ago(1) + self.closed_ago(2) + self.closed_ago(3)
        batch, runs = self.started(), 0
        job = self.env.ref("kaiyang_complaint.cron_dossier_batch")
        # Of each job: time at its beginning, none after a case, none when Odoo calls it once more.
        left = itertools.cycle((1, 0, 0))
        with patch.object(type(batch), "_seconds_left", lambda _self: next(left)):
            while batch.state != "done" and runs < 9:
                self.run_job()
                runs += 1
                waiting = self.env["ir.cron.trigger"].search_count([("cron_id", "=", job.id)])
                self.assertTrue(waiting or batch.state == "done", "the next job is begun at once")
                self.assertEqual(batch.done_count, min(runs, 3))
        self.assertEqual((batch.state, batch.done_count), ("done", 3))
        self.assertEqual(len(set(cases.dossier_id.mapped("number"))), 3)

    def test_a8_a_job_begins_no_case_after_a_quarter_of_its_limit(self):
        begun, end = 1_000.0, 1_010.0
        for limit, real, second, left in (
            (-1, 120, 9, 1),
            (-1, 120, 11, 0),
            (20, 120, 4, 1),
            (20, 120, 6, 0),
            (0, 120, 9, 1),
        ):
            batches = self.env["complaint.dossier.batch"].with_context(cron_end_time=end)
            options = {"limit_time_real_cron": limit, "limit_time_real": real}
            with (
                patch.dict(config.options, options),
                patch(f"{RUN}.time.monotonic", return_value=begun + second),
            ):
                self.assertEqual(batches._seconds_left(), left)

    def test_a8_a_case_at_which_the_server_ends_the_job_holds_up_no_other(self):
        cases = self.closed_ago(2) + self.closed_ago(1)
        batch = self.started()
        lines = type(self.env["complaint.dossier.batch.line"])
        archive = lines._archive

        def dying(line):
            if line.ticket_id == cases[0]:
                raise KeyboardInterrupt
            return archive(line)

        with patch.object(lines, "_archive", dying):
            for _job in range(3):
                with suppress(KeyboardInterrupt):
                    self.run_job()
        self.assertEqual((batch.state, batch.done_count, batch.failed_count), ("done", 1, 1))
        failed = batch.line_ids.filtered(lambda line: line.result == "failed")
        self.assertIn("ended the job twice", failed.reason)
        batch.action_retry()
        self.run_job()
        self.assertEqual(set(cases.mapped("complaint_state")), {"archived"})

    def test_a8_a_job_that_is_killed_half_way_goes_on_with_the_rest(self):
        cases = self.closed_ago(1) + self.closed_ago(2) + self.closed_ago(3)
        batch = self.started()
        lines, calls = type(self.env["complaint.dossier.batch.line"]), []
        archive = lines._archive

        def dying(line):
            if calls:
                raise KeyboardInterrupt
            calls.append(archive(line))

        # assertRaises would take back what was committed.
        with patch.object(lines, "_archive", dying), suppress(KeyboardInterrupt):
            self.run_job()
        self.assertEqual((batch.state, batch.done_count, batch.waiting_count), ("running", 1, 2))
        self.run_job()
        self.assertEqual((batch.state, batch.done_count), ("done", 3))
        self.assertEqual(len(cases.dossier_ids), 3)

    def test_a8_two_batches_at_once_archive_nothing_twice(self):
        cases = self.closed_ago(1) + self.closed_ago(2)
        batches = self.started() + self.started(self.manager)
        self.run_job()
        self.assertEqual(batches.mapped("done_count"), [2, 0])
        self.assertEqual(batches.mapped("skipped_count"), [0, 2])
        self.assertEqual(len(cases.dossier_ids), 2)

    def test_a8_a_month_is_checked_by_another_person_or_says_why_not(self):
        case = self.closed_ago(1)
        batch = self.batch()
        batch.action_check()
        self.assertEqual(batch.action_start()["res_model"], "complaint.reason.wizard")
        self.assertEqual(batch.state, "draft")
        batch.with_user(self.manager).action_check()
        batch.action_start()
        self.run_job()
        self.assertEqual(case.dossier_id.compiled_by_id, self.archivist)
        self.assertEqual(case.dossier_id.checked_by_id, self.manager)
        alone = self.closed_ago(1)
        self.batch().action_start(ALONE)
        self.run_job()
        self.assertEqual(alone.dossier_id.unchecked_reason, ALONE)
        self.assertFalse(alone.dossier_id.checked_by_id)

    def test_a8_what_was_started_is_not_changed_by_hand(self):
        self.closed_ago(1)
        batch = self.batch()
        for vals in ({"state": "done"}, {"started_by_id": self.manager.id}):
            with self.assertRaises(UserError):
                batch.write(vals)
            with self.assertRaises(UserError):
                batch.create(vals)
        batch.action_start(ALONE)
        for act in (
            batch.unlink,
            batch.action_start,
            lambda: batch.write({"date_to": "2030-01-01"}),
        ):
            with self.assertRaises(UserError):
                act()
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
            batch.line_ids.result = "done"

    def test_a8_only_who_keeps_dossiers_archives_a_month(self):
        for user in (self.clerk, self.leader, self.outsider):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
                self.batch(user)

    def test_a8_a_batch_archives_the_cases_of_its_own_centre(self):
        """Also for who keeps the archives of two centres, and has both open."""
        mine, theirs = self.closed_ago(1), self.closed_ago(2)
        abroad = self.env["res.company"].create({"name": "邻县政务服务中心"})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET company_id = %s WHERE id = %s", [abroad.id, theirs.id]
        )
        self.env.invalidate_all()
        self.archivist.company_ids += abroad
        both = self.archivist.with_context(allowed_company_ids=(self.centre + abroad).ids)
        self.assertEqual(self.started(both).line_ids.ticket_id, mine)

    def test_u7_5_restricted_cases_are_in_no_batch(self):
        self.closed_ago(1).sudo()._procedure_write({"is_discipline_matter": True})
        self.env.flush_all()
        with self.assertRaisesRegex(UserError, "No closed case"):
            self.started()


@tagged("post_install", "-at_install")
class TestBatchPrint(BatchCommon, HttpCase):
    """All dossiers of a batch, on paper in one go."""

    def test_a8_a_batch_is_printed_in_one_pdf(self):
        self.closed_ago(1)
        self.closed_ago(2)
        batch = self.started()
        with self.assertRaisesRegex(UserError, "No dossier"):
            batch.action_print()
        self.run_job()
        self.authenticate("kc_archivist", "kc_archivist")
        url = batch.action_print()["url"]
        with pikepdf.open(io.BytesIO(self.url_open(url).content)) as pdf:
            self.assertEqual(len(pdf.pages), 4)
        self.assert_parts(url)
        batch.line_ids[:1].dossier_id.ticket_id.sudo()._unlocked()._procedure_write(
            {"is_discipline_matter": True}
        )
        self.env.flush_all()
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"):
            self.assertEqual(self.url_open(url).status_code, 403)
        self.authenticate("kc_outsider", "kc_outsider")
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_model"):
            self.assertIn(self.url_open(url).status_code, (403, 404))

    def assert_parts(self, url):
        """Check that what is too large for one PDF comes as several."""
        with patch(f"{BOUND}.PART_BYTES", 1):
            content = io.BytesIO(self.url_open(url).content)
        with zipfile.ZipFile(content) as parts:
            self.assertEqual(parts.namelist(), ["001.pdf", "002.pdf"])
            with pikepdf.open(io.BytesIO(parts.read("002.pdf"))) as pdf:
                self.assertEqual(len(pdf.pages), 2)
