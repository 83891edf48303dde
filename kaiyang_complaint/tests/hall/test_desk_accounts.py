"""A manager who is no administrator opens accounts: of the desk and of representatives (二)."""

from ast import literal_eval
from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import Form, new_test_user, tagged

from ..common import GROUP, ComplaintCommon

STAFF = "complaint.account.wizard"
REPRESENTATIVE = "complaint.representative.wizard"
ADDRESS = "chen@unit.example.com"


@tagged("post_install", "-at_install")
class TestDeskAccounts(ComplaintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.centre = cls.unit.company_id
        cls.plain = new_test_user(cls.env, "kc_plain", "base.group_user")
        cls.admin = new_test_user(cls.env, "kc_admin", "base.group_system")
        for person in (cls.plain, cls.admin):
            person.email = f"{person.login}@example.com"

    def over_rpc(self, user, model, values, method="action_confirm"):
        """Fill in and confirm a dialog as the web client does."""
        env = self.env(user=user)
        number = call_kw(env[model], "create", [values], {})
        return call_kw(env[model], method, [[number]], {})

    def invited(self, **values):
        """Put somebody in office by the dialog; return the record of the representative."""
        values = {"unit_id": self.unit.id, "name": "陈建国", "email": ADDRESS, **values}
        self.over_rpc(self.manager, REPRESENTATIVE, values)
        login = values["email"].strip().lower()
        return self.env["complaint.representative"].search([("user_id.login", "=", login)])

    def opened(self, **values):
        """Open an account of the desk by the dialog; return the user."""
        values = {"name": "陈静", "email": "jing@desk.example.com", **values}
        self.over_rpc(self.manager, STAFF, values)
        return self.env["res.users"].search([("login", "=", values["email"])])

    # --- representatives --------------------------------------------------------------------------

    def test_p4_6_manager_puts_a_representative_in_office_by_one_dialog(self):
        dialogs = self.env[REPRESENTATIVE].with_user(self.manager)
        self.representative.active = False
        with Form(dialogs.with_context(default_unit_id=self.unit.id)) as form:
            form.name, form.email, form.phone = "陈建国", " Chen@Unit.Example.com ", "13900000001"
            self.assertEqual(form.sequence, "1")
            self.assertFalse(form.known_account)
        done = form.record.action_confirm()
        self.assertIn("Invitation sent to chen@unit.example.com", done["params"]["message"])
        office = self.unit.representative_ids.filtered("active")
        user = office.user_id
        self.assertEqual((user.login, user.name, user.phone), (ADDRESS, "陈建国", "13900000001"))
        self.assertEqual(user.company_ids, self.centre)
        self.assertTrue(user._is_portal() and user.has_group(f"{GROUP}representative"))
        self.assertFalse(user.has_group("base.group_user"))
        self.assertEqual(office.account_state, "new")
        self.assertEqual(office.date_from, self.centre._complaint_today())
        self.assertTrue(user.partner_id.signup_type, "the mail's link opens the page of passwords")
        self.assertEqual(self.accepted().slip_ids.representative_id, office)

    def test_p4_6_the_second_one_stands_in(self):
        office = self.invited()
        self.assertEqual(office.sequence, 2)
        self.assertEqual(self.unit.representative_id, self.representative)
        today = self.centre._complaint_today()
        self.representative.write({"away_from": today, "away_to": today + timedelta(days=3)})
        self.assertEqual(self.unit._current_representative(), office)

    def test_staff_member_becomes_representative_of_their_unit(self):
        action = self.staff.with_user(self.manager).action_make_representative()
        dialogs = self.env[REPRESENTATIVE].with_user(self.manager)
        with Form(dialogs.with_context(**action["context"])) as form:
            self.assertEqual((form.unit_id, form.name), (self.unit, self.staff.name))
            form.email = ADDRESS
        form.record.action_confirm()
        office = self.env["complaint.representative"].search([("user_id.login", "=", ADDRESS)])
        self.assertEqual(office.staff_id, self.staff)

    def test_one_person_represents_two_units_with_one_account(self):
        user = self.invited().user_id
        self.over_rpc(
            self.manager,
            REPRESENTATIVE,
            {"unit_id": self.other_unit.id, "name": "别名", "email": ADDRESS.upper()},
        )
        self.assertEqual(self.other_unit.representative_ids.user_id - self.other_rep, user)
        self.assertEqual(user.name, "陈建国")
        with self.assertRaisesRegex(UserError, "already represents this unit"):
            self.invited()

    def test_who_comes_back_is_put_in_office_again(self):
        office = self.invited()
        office.active = False
        office.user_id.active = False
        again = self.invited()
        self.assertEqual(again, office)
        self.assertTrue(again.active and again.user_id.active and again.is_in_office)

    def test_address_of_somebody_else_is_refused_and_nothing_is_left_behind(self):
        citizen = new_test_user(self.env, "kc_citizen", "base.group_portal")
        citizen.email = "citizen@example.com"
        people = self.env["res.partner"].search_count([])
        for address, said in {
            "kc_plain@example.com": "an account of the staff",
            "citizen@example.com": "another account already",
            "no address": "is no e-mail address",
            "": "is no e-mail address",
        }.items():
            with (
                self.subTest(address=address),
                self.assertRaisesRegex(UserError, said),
                self.env.cr.savepoint(),
            ):
                self.invited(email=address)
        self.assertEqual(self.env["res.partner"].search_count([]), people)

    def test_dialog_says_early_whose_address_it_is(self):
        with Form(self.env[REPRESENTATIVE].with_user(self.manager)) as form:
            form.unit_id, form.name = self.unit, "陈建国"
            form.email = "kc_plain@example.com"
            self.assertIn("account of the staff", form.known_account)
            form.email = ADDRESS
            self.assertFalse(form.known_account)

    def test_invitation_is_sent_again_until_the_first_login(self):
        office = self.invited().with_user(self.manager)
        self.assertIn(ADDRESS, office.action_invite_again()["params"]["message"])
        with self.assertRaises(AccessError):
            office.with_user(self.clerk).action_invite_again()
        self.env["res.users.log"].with_user(office.user_id).sudo().create({})
        office.invalidate_recordset()
        office.user_id.invalidate_recordset()
        self.assertEqual(office.account_state, "active")
        with self.assertRaisesRegex(UserError, "has logged in already"):
            office.action_invite_again()

    def test_invitation_is_the_centres_own_mail(self):
        template = self.env.ref("kaiyang_complaint.mail_template_invitation")
        user = self.invited().user_id
        self.centre.complaint_phone = "0851-1234567"
        sent = template._generate_template(user.ids, ["subject", "body_html", "email_to"])
        values = sent[user.id]
        self.assertIn("/web/signup", values["body_html"])
        self.assertIn("0851-1234567", values["body_html"])
        self.assertNotIn("Odoo", values["subject"] + values["body_html"])

    # --- accounts of the desk ---------------------------------------------------------------------

    def test_manager_opens_accounts_in_the_groups_of_the_desk(self):
        clerk = self.opened(is_clerk=True)
        self.assertEqual(clerk.group_ids, self.env.ref(f"{GROUP}clerk"))
        self.assertEqual((clerk.company_ids, clerk.state), (self.centre, "new"))
        self.assertIn(clerk, self.room.user_ids)
        leader = self.opened(email="luo@desk.example.com", is_leader=True)
        self.assertEqual(leader.group_ids, self.env.ref(f"{GROUP}leader"))
        self.assertNotIn(leader, self.room.user_ids)
        told = self.env["mail.notification"].search(
            [("res_partner_id", "=", self.director.partner_id.id)]
        )
        self.assertIn("luo@desk.example.com", str(told.mail_message_id.mapped("body")))
        self.assertNotIn("jing@desk.example.com", str(told.mail_message_id.mapped("body")))

    def test_manager_changes_the_roles_of_the_staff(self):
        self.over_rpc(self.manager, STAFF, {"user_id": self.plain.id, "is_archivist": True})
        archivist = self.env.ref(f"{GROUP}archivist")
        self.assertIn(archivist, self.plain.group_ids)
        self.assertEqual(self.plain.complaint_roles, archivist.name)
        with Form(self.env[STAFF].with_user(self.manager)) as form:
            form.user_id = self.plain
            self.assertTrue(form.is_archivist)
            form.is_archivist, form.is_clerk = False, True
        form.record.action_confirm()
        self.assertNotIn(archivist, self.plain.group_ids)
        self.assertTrue(self.plain.has_group(f"{GROUP}clerk"))
        self.assertTrue(self.plain.has_group("base.group_user"))

    def assert_kept_at_the_desk(self, method):
        self.accepted(user_id=self.clerk.id)
        values = {"user_id": self.clerk.id, "is_clerk": False, "is_archivist": True}
        with self.assertRaisesRegex(UserError, "is in charge of open complaints"):
            self.over_rpc(self.manager, STAFF, values, method)

    def test_who_is_in_charge_hands_over_before_the_role_goes(self):
        self.assert_kept_at_the_desk("action_confirm")

    def test_who_is_in_charge_hands_over_before_the_account_goes(self):
        self.assert_kept_at_the_desk("action_close_account")

    def test_account_is_taken_out_of_use(self):
        self.over_rpc(self.manager, STAFF, {"user_id": self.archivist.id}, "action_close_account")
        self.assertFalse(self.archivist.active)

    def test_addresses_in_use_and_roles_missing_are_told(self):
        with self.assertRaisesRegex(UserError, "choose that account instead"):
            self.opened(email="kc_plain@example.com", is_clerk=True)
        with self.assertRaisesRegex(UserError, "at least one role"):
            self.opened()
        with self.assertRaisesRegex(UserError, "name is missing"):
            self.opened(name="  ", is_clerk=True)

    def test_manager_finds_the_accounts(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "kaiyang_complaint.complaint_account_action"
        )
        people = self.env["res.users"].with_user(self.manager)
        found = people.search(literal_eval(action["domain"]))
        self.assertLessEqual(self.clerk + self.leader + self.archivist, found)
        self.assertFalse(found & (self.plain + self.rep))
        rows = people.browse(self.clerk.id).read(["complaint_roles", "complaint_account_state"])
        self.assertEqual(rows[0]["complaint_roles"], self.env.ref(f"{GROUP}clerk").name)
        self.assertEqual(rows[0]["complaint_account_state"], "new")

    # --- who may not ------------------------------------------------------------------------------

    def test_nobody_raises_themselves(self):
        values = {"user_id": self.manager.id, "is_manager": True, "is_leader": True}
        with self.assertRaisesRegex(AccessError, "their own account"):
            self.over_rpc(self.manager, STAFF, values)
        self.assertFalse(self.manager.has_group(f"{GROUP}leader"))

    def test_account_of_an_administrator_is_left_alone(self):
        keeper = new_test_user(self.env, "kc_keeper", "base.group_erp_manager")
        for person in (self.admin, keeper, self.env.ref("base.user_admin")):
            for method in ("action_confirm", "action_close_account", "action_invite_again"):
                values = {"user_id": person.id, "is_leader": True}
                with (
                    self.subTest(person=person.login, method=method),
                    self.assertRaisesRegex(AccessError, "administrator"),
                ):
                    self.over_rpc(self.manager, STAFF, values, method)

    def test_other_roles_open_no_account(self):
        representative = {"unit_id": self.unit.id, "name": "甲", "email": ADDRESS}
        staff = {"name": "甲", "email": "jia@desk.example.com", "is_leader": True}
        people = (self.clerk, self.leader, self.archivist, self.plain, self.rep, self.outsider)
        for user in people:
            for model, values in ((REPRESENTATIVE, representative), (STAFF, staff)):
                with (
                    self.subTest(user=user.login, model=model),
                    self.assertRaises(AccessError),
                ):
                    self.over_rpc(user, model, values)

    def test_manager_has_no_right_to_users_as_such(self):
        groups = [(4, self.env.ref(f"{GROUP}leader").id)]
        env = self.env(user=self.manager)
        for user in (self.manager, self.plain):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                call_kw(env["res.users"], "write", [user.ids, {"group_ids": groups}], {})
        with self.assertRaises(AccessError):
            call_kw(env["res.users"], "create", [{"name": "x", "login": "x"}], {})

    def test_another_centre_is_left_alone(self):
        abroad = self.env["res.company"].create({"name": "修文县政务服务中心"})
        unit = self.env["complaint.window.unit"].create({"name": "外", "company_id": abroad.id})
        stranger = new_test_user(
            self.env, "kc_abroad", "base.group_user", company_id=abroad.id, company_ids=abroad.ids
        )
        values = {"unit_id": unit.id, "name": "甲", "email": ADDRESS}
        with self.assertRaisesRegex(UserError, "belongs to another company"):
            self.over_rpc(self.manager, REPRESENTATIVE, values)
        for user, company in ((stranger, self.centre), (self.plain, abroad)):
            values = {"user_id": user.id, "company_id": company.id, "is_clerk": True}
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.over_rpc(self.manager, STAFF, values)
        both = self.centre + abroad
        self.plain.company_ids = both
        with self.assertRaisesRegex(AccessError, "also works for another centre"):
            self.over_rpc(self.manager, STAFF, {"user_id": self.plain.id, "is_clerk": True})
