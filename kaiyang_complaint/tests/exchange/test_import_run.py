import base64
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..common import GROUP
from .import_common import ImportCommon, a_row

CRON = "odoo.addons.base.models.ir_cron"
RUN = "odoo.addons.kaiyang_complaint.models.exchange.complaint_import"


@tagged("post_install", "-at_install")
class TestImportRun(ImportCommon):
    # --- interruptions, and two at a time -------------------------------------------------------

    def test_c1_3_an_import_that_dies_half_way_goes_on(self):
        rows = [a_row(f"K{place}") for place in range(6)]
        imports = type(self.env["complaint.import"])
        take, calls = imports._take, []

        def dying(record, lines):
            calls.append(lines)
            if len(calls) == 2:
                raise RuntimeError("power cut")
            return take(record, lines)

        with (
            patch(f"{RUN}.BATCH", 2),
            patch.object(imports, "_take", dying),
            self.assertLogs(RUN, "ERROR"),
        ):
            record = self.take_in(self.csv_file(rows))
        self.assertEqual((record.state, record.error), ("failed", "power cut"))
        self.assertEqual(self.counts(record), (2, 0, 0))
        self.assertEqual(len(self.registered(*(row[0] for row in rows))), 2)
        record.action_import()
        self.run_job()
        self.assertEqual((record.state, record.error), ("done", False))
        self.assertEqual(self.counts(record), (6, 0, 0))

    def test_c1_3_a_job_out_of_time_is_run_again_until_all_is_done(self):
        contents = [self.csv_file([a_row(f"{mark}{place}") for place in range(5)]) for mark in "KL"]
        records = self.upload(contents[0]) + self.upload(contents[1])
        for record in records:
            record.action_import()
        with patch(f"{RUN}.BATCH", 3), patch(f"{CRON}.MIN_TIME_PER_JOB", 0):
            self.run_job()
        self.assertEqual(records.mapped("state"), ["done", "done"])
        self.assertEqual(records.mapped("taken_count"), [5, 5])

    def test_c1_3_one_that_dies_while_it_reads_leaves_nothing(self):
        with (
            patch(f"{RUN}.ComplaintImport._line_values", side_effect=RuntimeError("cut")),
            self.assertLogs(RUN, "ERROR"),
        ):
            record = self.take_in(self.csv_file([a_row("K1")]))
        self.assertEqual(record.state, "failed")
        self.assertFalse(record.line_ids)
        self.assertTrue(record.file)

    def test_c1_3_the_same_file_twice_at_a_time_is_taken_once(self):
        content = self.csv_file([a_row("K1"), a_row("K2")])
        records = self.upload(content) + self.upload(content)
        for record in records:
            record.action_import()
            record.sudo()._as_clerk()._stage()
        self.run_job()
        self.assertEqual([self.counts(record) for record in records], [(2, 0, 0), (0, 2, 0)])

    def test_c1_3_a_number_registered_meanwhile_is_looked_up_again(self):
        """Another transaction commits the number after this one looked for it."""
        record = self.upload(self.csv_file([a_row("K1"), a_row("K2")]))
        self.take_in(self.csv_file([a_row("K1")]))
        look, looks = type(record)._registered_refs, []

        def blind_once(records, refs):
            looks.append(refs)
            return set() if len(looks) <= 2 else look(records, refs)

        with (
            patch.object(type(record), "_registered_refs", blind_once),
            mute_logger("odoo.sql_db"),
        ):
            record.action_import()
            self.run_job()
        self.assertEqual((record.state, *self.counts(record)), ("done", 1, 1, 0))

    def test_c1_3_the_file_is_kept_no_longer_than_needed(self):
        record = self.take_in(self.csv_file([a_row("K1"), a_row("K2", moment="昨天")]))
        self.assertFalse(record.file)
        self.assertFalse(record.analysis)
        self.assertFalse(any(record.sudo().line_ids.mapped("values")))
        abandoned = self.upload(self.csv_file([a_row("K3")]))
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE complaint_import SET write_date = write_date - interval '8 days' WHERE id = %s",
            [abandoned.id],
        )
        self.env.invalidate_all()
        self.env["complaint.import"]._gc_abandoned()
        self.assertFalse(abandoned.exists())
        self.assertTrue(record.exists())

    def test_c1_3_the_report_can_be_downloaded(self):
        record = self.take_in(self.csv_file([a_row("K1"), a_row("K2", moment="昨天")]))
        report = base64.b64decode(record.report).decode("utf-8-sig").splitlines()
        self.assertEqual(report[1:], ["2,K1,Taken,", "3,K2,Wrong,Invalid date received: “昨天”"])
        self.assertIn(f"/{record.id}/report/", record.action_download_report()["url"])

    def test_c1_3_the_command_line_takes_the_same_way(self):
        content = self.csv_file([a_row("K1"), a_row("K2", moment="昨天")])
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            imports = self.env(cr=cr, user=self.clerk.id)["complaint.import"]
            record = imports._import_file("export.csv", content)
            self.assertEqual(
                record._report_rows(),
                ["Taken: 1. Skipped: 0. Wrong: 1.", "Row 3: Invalid date received: “昨天”"],
            )
        self.assertEqual(self.registered("K1", "K2").mapped("external_ref"), ["K1"])

    # --- who may ------------------------------------------------------------------------------

    def test_c1_3_only_clerks_import(self):
        content = self.csv_file([a_row("K1")])
        record = self.take_in(content)
        for user in (self.leader, self.director, self.archivist, self.outsider, self.rep):
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    self.upload(content, user=user)
                for records in (record, record.line_ids, record.column_ids):
                    with self.assertRaises(AccessError):
                        records.with_user(user).read(["display_name"])
        self.assertEqual(self.upload(content, user=self.manager).state, "draft")

    def test_u7_5_a_file_not_taken_in_is_read_by_who_uploaded_it_and_managers(self):
        """It tells everything of its complaints, also of what will be restricted."""
        colleague = new_test_user(self.env, "kc_import_colleague", GROUP + "clerk")
        record = self.upload(self.csv_file([a_row("K1", text="只有经办人知道")]))
        file = self.env["ir.attachment"].search(
            [
                ("res_model", "=", record._name),
                ("res_id", "=", record.id),
                ("res_field", "=", "file"),
            ]
        )
        for hidden in (record, record.column_ids, file):
            with self.subTest(hidden._name), self.assertRaises(AccessError):
                hidden.with_user(colleague).read(["display_name"])
        self.assertTrue(record.with_user(self.manager).file)
        record.action_import()
        self.run_job()
        self.assertEqual(record.with_user(colleague).read(["taken_count"])[0]["taken_count"], 1)

    def test_c1_3_nobody_forges_a_report(self):
        record = self.take_in(self.csv_file([a_row("K1")]))
        with self.assertRaises(AccessError):
            record.line_ids.write({"result": "wrong"})
        with self.assertRaises(AccessError):
            record.line_ids.read(["values"])
        with self.assertRaises(UserError):
            record.unlink()

    def test_c1_3_a_file_goes_into_the_own_centre_only(self):
        other = self.env["res.company"].create({"name": "另一中心"})
        stranger = new_test_user(
            self.env, "kc_stranger", GROUP + "clerk", company_id=other.id, company_ids=other.ids
        )
        rooms = self.env["helpdesk.ticket.team"]
        room = rooms.create(
            {"name": "另一投诉室", "is_complaint_room": True, "company_id": other.id}
        )
        record = self.take_in(self.csv_file([a_row("K1")]))
        with self.assertRaises(AccessError):
            record.with_user(stranger).read(["name"])
        theirs = self.upload(self.csv_file([a_row("K1")]), user=stranger)
        self.assertEqual(theirs.team_id, room)
        theirs.action_import()
        self.run_job()
        self.assertEqual(self.counts(theirs), (1, 0, 0), "numbers are unique in a room")
        self.assertEqual(theirs.line_ids.ticket_id.company_id, other)

    def test_c1_3_other_helpdesks_take_no_complaints(self):
        team = self.env["helpdesk.ticket.team"].create({"name": "IT"})
        record = self.upload(self.csv_file([a_row("K1")]))
        with self.assertRaises(UserError):
            record.team_id = team

    def test_c1_3_reasons_are_in_the_language_of_the_clerk(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.clerk.lang = "zh_CN"
        record = self.take_in(self.csv_file([a_row(""), a_row("K1")]))
        self.assertEqual(record.sudo()._as_clerk().env.lang, "zh_CN")

    def test_c1_3_what_another_rule_refuses_harms_no_other_row(self):
        create = type(self.tickets).create

        def picky(records, vals_list):
            if any(vals["external_ref"] == "K3" for vals in vals_list):
                raise ValueError("not this one")
            return create(records, vals_list)

        with patch.object(type(self.tickets), "create", picky):
            record = self.take_in(self.csv_file([a_row(f"K{place}") for place in range(7)]))
        self.assertEqual(self.counts(record), (6, 0, 1))
        self.assertEqual(self.line(record, 5).reason, "not this one")
        self.assertFalse(self.registered("K3"))
