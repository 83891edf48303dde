import io
import zipfile
from contextlib import nullcontext, suppress
from datetime import timedelta
from unittest.mock import patch

import pikepdf
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .archive_common import ArchiveCommon

CRON = "odoo.addons.base.models.ir_cron"
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
        batch.action_start()
        return batch


@tagged("post_install", "-at_install")
class TestBatch(BatchCommon):
    """A month archived in one action (八)."""

    def test_a8_a_month_is_archived_in_one_action(self):
        cases = self.closed_ago(1) + self.closed_ago(2)
        self.incomplete()
        batch = self.batch()
        self.assertEqual((batch.complete_count, batch.incomplete_count), (2, 1))
        batch.action_start()
        self.assertEqual((batch.state, batch.progress), ("running", 0))
        self.run_job()
        self.assertEqual((batch.state, batch.progress), ("done", 100))
        self.assertEqual((batch.done_count, batch.failed_count), (2, 1))
        self.assertEqual(set(cases.mapped("complaint_state")), {"archived"})
        self.assertEqual(set(cases.dossier_id.archived_by_id), {self.archivist})
        failed = batch.line_ids.filtered(lambda line: line.result == "failed")
        self.assertIn("recording is missing", failed.reason)

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
        batch = self.started()
        with patch(f"{CRON}.MIN_TIME_PER_JOB", 0):
            self.run_job()
        self.assertEqual((batch.state, batch.done_count), ("done", 3))
        self.assertEqual(len(set(cases.dossier_id.mapped("number"))), 3)

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

    def test_a8_what_was_started_is_not_changed_by_hand(self):
        self.closed_ago(1)
        batch = self.batch()
        for vals in ({"state": "done"}, {"started_by_id": self.manager.id}):
            with self.assertRaises(UserError):
                batch.write(vals)
            with self.assertRaises(UserError):
                batch.create(vals)
        batch.action_start()
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
