"""Between centres: what holds for all is changed by who works in all."""

import base64
from unittest.mock import patch

from freezegun import freeze_time
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..common import GROUP
from ..time.calendar_common import CalendarCommon
from .test_centres import QUIET, ROLES, CentreCommon

# Wednesday before the Qingming days of 2026: three working days are 2, 3 and 7 April.
START = "2026-04-01 02:00:00"
THURSDAY, FRIDAY, SATURDAY = "2026-04-02", "2026-04-03", "2026-04-11"
FILE = "2026-04-03,休,县庆\n2026-04-11,班,县庆\n"
# Shared records that a manager of one centre may change, and why.
LEFT = {
    "helpdesk.ticket.category": "no conduct item: categories of other helpdesks are the base's",
}


class TwoCentres(CalendarCommon):
    """A second centre with a room, a manager and complaints of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.abroad = cls.env["res.company"].create({"name": "邻县政务服务中心"})
        cls.env["helpdesk.ticket.team"].create(
            {"name": "邻县投诉室", "is_complaint_room": True, "company_id": cls.abroad.id}
        )
        belongs = {"company_id": cls.abroad.id, "company_ids": [Command.set(cls.abroad.ids)]}
        cls.theirs = new_test_user(cls.env, "kc_b", GROUP + "manager", lang="en_US", **belongs)
        cls.both = cls.manager.copy({"login": "kc_of_both"})
        cls.both.company_ids = cls.env.company + cls.abroad

    def started(self, company):
        """Return a limit of three working days of a centre."""
        with freeze_time(START):
            ticket = self.new_complaint()
            if company != self.env.company:
                self.env.cr.execute(
                    "UPDATE helpdesk_ticket SET company_id = %s WHERE id = %s",
                    [company.id, ticket.id],
                )
                self.env.invalidate_all()
            deadlines = self.env["complaint.deadline"].sudo()
            return deadlines._start(ticket.sudo(), "handling", 3)

    def due(self, limit):
        return str(limit.company_id._complaint_local(limit.due_at).date())


@tagged("post_install", "-at_install")
class TestDaysOfCentres(TwoCentres):
    """A manager of one centre moves the limits of that centre, and of no other."""

    def test_t6_2_a_manager_of_one_centre_changes_no_day_of_all(self):
        shared = self.day("2026-04-06")
        days, year = self.days.with_user(self.theirs), self.years.search([("year", "=", 2026)])
        year_of_all = self.years.with_user(self.theirs)
        for name, act in {
            "write": lambda: call_kw(days, "write", [shared.ids, {"kind": "makeup"}], {}),
            "take": lambda: call_kw(
                days, "write", [shared.ids, {"company_id": self.abroad.id}], {}
            ),
            "unlink": lambda: call_kw(days, "unlink", [shared.ids], {}),
            "remove": lambda: call_kw(days, "action_remove", [shared.ids], {}),
            "create": lambda: call_kw(
                days, "create", [[{"date": FRIDAY, "kind": "off", "company_id": False}]], {}
            ),
            "of a": lambda: call_kw(
                days,
                "create",
                [[{"date": FRIDAY, "kind": "off", "company_id": self.env.company.id}]],
                {},
            ),
            "through the year": lambda: call_kw(
                year_of_all,
                "write",
                [year.ids, {"day_ids": [Command.create({"date": FRIDAY, "kind": "off"})]}],
                {},
            ),
            "publish": lambda: call_kw(year_of_all, "action_unpublish", [year.ids], {}),
            "load": lambda: call_kw(year_of_all, "action_load", [year.ids], {}),
            "open": lambda: call_kw(year_of_all, "create", [[{"year": 2031}]], {}),
            "delete": lambda: call_kw(year_of_all, "unlink", [year.ids], {}),
            "import": lambda: self.imported(self.theirs, False),
        }.items():
            with (
                self.subTest(act=name),
                mute_logger(*QUIET),
                self.assertRaises(AccessError),
                self.env.cr.savepoint(),
            ):
                act()
        self.days.with_user(self.both).browse(shared.id).name = "清明"

    def imported(self, user, company):
        values = {"file": base64.b64encode(FILE.encode()), "file_name": "县庆.csv"}
        wizards = self.env["complaint.calendar.import"].with_user(user)
        if company is not None:
            values["company_id"] = company and company.id
        return wizards.create(values).action_import()

    def test_t6_2_own_days_move_own_limits_alone(self):
        mine, other = self.started(self.abroad), self.started(self.env.company)
        self.assertEqual(self.due(mine), self.due(other))
        before, recounted = self.due(other), other.write_date
        own = self.days.with_user(self.theirs).create(
            {"date": FRIDAY, "kind": "off", "name": "县庆"}
        )
        self.assertEqual(own.company_id, self.abroad)
        self.assertEqual((self.due(mine), self.due(other)), ("2026-04-08", before))
        own.date = THURSDAY
        self.assertEqual((self.due(mine), self.due(other)), ("2026-04-08", before))
        own.unlink()
        self.assertEqual((self.due(mine), self.due(other)), (before, before))
        self.assertEqual(other.write_date, recounted)

    def test_t6_2_only_the_limits_of_the_centre_are_recounted(self):
        self.started(self.abroad)
        self.started(self.env.company)
        recounted = []

        def recount(limits):
            recounted.append(limits)

        with patch.object(self.registry["complaint.deadline"], "_recount", recount):
            self.days.with_user(self.theirs).create({"date": FRIDAY, "kind": "off"})
            self.days.with_user(self.both).create({"date": THURSDAY, "kind": "off"})
        own, shared = filter(None, recounted)
        self.assertEqual(own.company_id, self.abroad)
        self.assertLessEqual(self.abroad + self.env.company, shared.company_id)

    def test_t6_2_an_own_day_outranks_that_of_all(self):
        limit = self.started(self.abroad)
        days = self.days.with_user(self.theirs)
        days.create({"date": "2026-04-06", "kind": "makeup", "name": "照常办公"})
        self.assertEqual(self.due(limit), "2026-04-06")
        self.assertIn(["2026-04-06", 3, "makeup", "照常办公"], limit.trace)
        with freeze_time(START):
            self.assertEqual(limit.remaining_days, 3)
        days.create({"date": FRIDAY, "kind": "off"})
        self.assertEqual(self.due(limit), "2026-04-07")
        shared = self.days.with_user(self.both).create({"date": FRIDAY, "kind": "makeup"})
        self.assertFalse(shared.company_id)
        self.assertEqual(self.due(limit), "2026-04-07")

    def test_t6_2_days_of_all_move_the_limits_of_all(self):
        limits = self.started(self.abroad), self.started(self.env.company)
        self.days.with_user(self.both).create({"date": FRIDAY, "kind": "off"})
        self.assertEqual([self.due(limit) for limit in limits], ["2026-04-08"] * 2)

    def test_t6_2_a_file_of_one_centre_replaces_its_own_days(self):
        limit = self.started(self.abroad)
        shared = self.days.search_count([("company_id", "=", False)])
        year = self.years.search([("year", "=", 2026)])
        action = self.imported(self.theirs, None)
        own = self.days.search([("company_id", "=", self.abroad.id)])
        self.assertEqual([str(day) for day in own.mapped("date")], [FRIDAY, SATURDAY])
        self.assertEqual(action["res_model"], "complaint.calendar.day")
        self.assertEqual(year.state, "published")
        self.assertEqual(self.days.search_count([("company_id", "=", False)]), shared)
        self.assertEqual(self.due(limit), "2026-04-08")
        self.assertEqual(self.imported(self.both, False)["res_model"], year._name)
        self.assertEqual(len(self.days.search([("company_id", "=", self.abroad.id)])), 2)

    def test_t6_2_own_days_are_seen_by_their_centre_alone(self):
        days = self.days.with_user(self.theirs)
        own = days.create({"date": FRIDAY, "kind": "off", "name": "县庆"})
        shared = days.search([("date", "=", "2026-04-06")])
        self.assertEqual((own.holds_for, shared.holds_for), (self.abroad.name, "All Centres"))
        self.assertEqual((own.is_changeable, shared.is_changeable), (True, False))
        self.assertIn(self.abroad.name, own.display_name)
        self.assertFalse(self.days.with_user(self.manager).search([("id", "=", own.id)]))
        year = self.years.with_user(self.theirs).search([("year", "=", 2026)])
        self.assertEqual(year.own_day_ids, own)
        self.assertNotIn(own, year.day_ids)
        self.assertFalse(year.is_changeable)
        self.assertTrue(year.with_user(self.both).is_changeable)

    def test_t6_2_days_of_a_centre_that_is_deleted_hold_for_nobody(self):
        gone = self.env["res.company"].create({"name": "撤销的中心"})
        own = self.days.create({"date": FRIDAY, "kind": "off", "company_id": gone.id})
        gone.unlink()
        self.assertFalse(own.exists())

    def test_t6_2_an_own_day_opens_its_year(self):
        own = self.days.with_user(self.theirs).create({"date": "2027-03-01", "kind": "off"})
        self.assertEqual((own.year_id.year, own.year_id.state), (2027, "provisional"))

    def test_t6_2_rules_and_figures_count_by_the_days_of_the_centre(self):
        rules = self.env["complaint.escalation.rule"].sudo().search([], limit=1)
        self.days.with_user(self.theirs).create({"date": FRIDAY, "kind": "off"})
        with freeze_time(START):
            reached = rules._due_date_domain().iter_conditions()
        centres = [one.value for one in reached if one.field_expr == "company_id"]
        self.assertIn(self.abroad.id, set().union(*centres))
        limit = self.started(self.abroad)
        ticket = limit.ticket_id
        with freeze_time("2026-04-08 02:00:00"):
            ticket.sudo()._procedure_write({"complaint_state": "handling", "accepted_at": START})
            limit._stop()
        self.env.flush_all()
        figures = self.env["complaint.analysis"].sudo().browse(ticket.id)
        self.assertEqual(figures.handling_days, 3)

    def test_t6_2_centres_without_own_days_share_what_is_counted(self):
        self.assertIs(self.env.company._complaint_calendar(), self.years._working_days())
        self.assertIs(self.abroad._complaint_calendar(), self.years._working_days())
        self.days.with_user(self.theirs).create({"date": FRIDAY, "kind": "off"})
        self.assertIsNot(self.abroad._complaint_calendar(), self.years._working_days())
        self.assertIs(self.env.company._complaint_calendar(), self.years._working_days())
        with self.assertQueryCount(0):
            self.abroad._complaint_calendar()

    def test_t6_2_one_centre_alone_is_asked_nothing(self):
        rooms = self.env["helpdesk.ticket.team"].search([("company_id", "=", self.abroad.id)])
        rooms.is_complaint_room = False
        day = self.days.with_user(self.manager).create({"date": FRIDAY, "kind": "off"})
        self.assertFalse(day.company_id)
        self.assertFalse(day.holds_for)
        self.assertTrue(day.is_changeable)


@tagged("post_install", "-at_install")
class TestSharedRecords(CentreCommon):
    """No manager changes what people of another centre use, in any model."""

    def walked(self):
        """Return the models of which a role of the desk, and no other, gives rights to change."""
        manager = self.env.ref(GROUP + "manager").all_implied_ids
        desk = manager.filtered(lambda one: one.get_external_id()[one.id].startswith("kaiyang_"))
        lines = self.env["ir.model.access"].search([("group_id", "in", desk.ids)])
        changing = lines.filtered(lambda one: one.perm_write or one.perm_create or one.perm_unlink)
        models = (self.env[name] for name in sorted(set(changing.model_id.mapped("model"))))
        return [model for model in models if model._auto and not model._transient]

    def used_here(self, model):
        """Return records that the manager of this centre sees, those of all centres first."""
        mine = model.with_user(self.manager).with_context(active_test=False)
        if "company_id" not in model._fields:
            return mine.search([], limit=3)
        if model._name in LEFT:
            return mine.search([("conduct_number", ">", 0)], limit=3)
        shared = mine.search([("company_id", "=", False)], limit=3)
        return shared + mine.search([("company_id", "!=", False)], limit=3)

    @mute_logger(*QUIET)
    def test_t6_2_nothing_that_another_centre_uses_is_changed(self):
        foreign = self.foreigners[ROLES.index("manager")]
        tried = set()
        for model in self.walked():
            theirs = model.with_user(foreign)
            for record in self.used_here(model):
                name, value = self.change(record)
                tried.add(model._name)
                # What is of this centre can't even be seen there, and may be closed to all.
                is_own = "company_id" in record._fields and record.sudo().company_id
                if is_own:
                    self.assertFalse(theirs.search([("id", "=", record.id)]), record)
                for method, args in (("write", [{name: value}]), ("unlink", [])):
                    with (
                        self.subTest(model=model._name, record=record.id, method=method),
                        self.assertRaises(UserError if is_own else AccessError),
                        self.env.cr.savepoint(),
                    ):
                        call_kw(theirs, method, [record.ids, *args], {})
        # What may hold for all centres was there to be tried.
        may_be_shared = {
            model._name
            for model in self.walked()
            if "company_id" not in model._fields
            or not (model._fields["company_id"].required or model._fields["company_id"].related)
        }
        self.assertEqual(may_be_shared - tried, set())

    def change(self, record):
        """Return a field that could be written, with the value it has."""
        for name in ("name", "sequence", "note", "state", "reason"):
            if name in record._fields and record._fields[name].store:
                return name, record.sudo()[name]
        writable = (
            name
            for name, field in record._fields.items()
            if field.store and field.type in ("char", "text", "integer", "date", "boolean")
        )
        name = next(name for name in writable if name not in ("id", "create_date"))
        return name, record.sudo()[name]
