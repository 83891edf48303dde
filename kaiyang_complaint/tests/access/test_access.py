"""Who may do what with which record (四.6, 七.5)."""

from odoo.tests import tagged

from ..access_common import STRANGERS, AccessCommon

DIRECTORY = {
    "clerk": "r",
    "colleague": "r",
    "manager": "rwcu",
    "leader": "r",
    "director": "r",
    "archivist": "r",
}
# Record -> role -> what it may do; who isn't named may do nothing.
RIGHTS = {
    "ticket": {
        "clerk": "rwc",
        "colleague": "rwc",
        "manager": "rwcu",
        "leader": "r",
        "director": "r",
    },
    "restricted": {"clerk": "rwc", "leader": "r", "director": "r"},
    "closed": {
        "clerk": "rwc",
        "colleague": "rwc",
        "manager": "rwcu",
        "leader": "r",
        "director": "r",
        "archivist": "r",
    },
    "respondent": {
        "clerk": "rwcu",
        "colleague": "rwcu",
        "manager": "rwcu",
        "leader": "r",
        "director": "r",
    },
    "hidden_respondent": {"clerk": "rwcu", "leader": "r", "director": "r"},
    "slip": {
        "clerk": "rwcu",
        "colleague": "rwcu",
        "manager": "rwcu",
        "leader": "r",
        "director": "r",
        "rep": "r",
    },
    "reply": {
        "clerk": "rw",
        "colleague": "rw",
        "manager": "rw",
        "leader": "r",
        "director": "r",
        "archivist": "r",
        "rep": "r",
    },
    "feedback": {
        "clerk": "rwcu",
        "colleague": "rwcu",
        "manager": "rwcu",
        "leader": "r",
        "director": "r",
        "archivist": "r",
    },
    "deadline": {"clerk": "r", "colleague": "r", "manager": "r", "leader": "r", "director": "r"},
    "hidden_deadline": {"clerk": "r", "leader": "r", "director": "r"},
    "unit": DIRECTORY,
    "window": DIRECTORY,
    "staff": DIRECTORY,
    "representative": DIRECTORY,
    "policy": {**DIRECTORY, "foreign_clerk": "r"},
}


@tagged("post_install", "-at_install")
class TestRights(AccessCommon):
    def people(self):
        """Return who may log in, and who may not, by the name of their role."""
        roles = {role for rights in RIGHTS.values() for role in rights}
        return {role: getattr(self, role) for role in {*roles, *STRANGERS, "other_rep"}}

    def test_matrix(self):
        for name, rights in RIGHTS.items():
            record = getattr(self, name).sudo(False)
            for role, user in self.people().items():
                with self.subTest(record=name, role=role):
                    self.assertEqual(self.held(record, user), rights.get(role, ""))

    def test_no_model_of_ours_is_open_to_strangers(self):
        """A new model must name who may use it; representatives have what they answer."""
        ours = [
            model
            for name, model in self.env.items()
            if name.startswith("complaint.") and not model._abstract
        ]
        answered = ("slip", "slip.reply", "measure", "call", "written.report")
        opened = {"rep": {f"complaint.{name}" for name in answered}}
        for role in ("outsider", "plain", "portal", "public", "rep"):
            for model in ours:
                with self.subTest(role=role, model=model._name):
                    may = model.with_user(getattr(self, role)).has_access("read")
                    self.assertEqual(may, model._name in opened.get(role, ()))

    def test_followers_and_contacts_see_no_complaint(self):
        """The helpdesk's rules for followers and contacts are OR-ed with ours."""
        ticket = self.ticket.sudo()
        ticket.partner_id = self.portal.partner_id
        follower = {"res_model": "helpdesk.ticket", "res_id": ticket.id}
        self.env["mail.followers"].create(
            [
                {**follower, "partner_id": user.partner_id.id}
                for user in (self.portal, self.plain, self.outsider)
            ]
        )
        for user in (self.portal, self.plain, self.outsider):
            with self.subTest(user=user.login):
                self.assertFalse(self.ticket.with_user(user).has_access("read"))

    def test_ordinary_tickets_are_left_alone(self):
        team = self.env["helpdesk.ticket.team"].create({"name": "信息服务台"})
        ticket = (
            self.env["helpdesk.ticket"]
            .with_user(self.outsider)
            .create({"name": "打印机", "description": "卡纸", "team_id": team.id})
        )
        ticket.write({"name": "打印机卡纸", "number": "X-1", "due_at": "2026-01-01 00:00:00"})
        ticket.unlink()

    def test_representative_out_of_office_loses_the_slip(self):
        slip = self.slip.with_user(self.rep)
        self.assertTrue(slip.has_access("read"))
        self.representative.active = False
        self.assertFalse(slip.has_access("read"))

    def test_accused_representative_never_gets_the_slip(self):
        """They get neither the slip nor its reply; with nobody else, the centre keeps it."""
        self.representative.staff_id = self.staff
        ticket = self.accepted()
        self.assertFalse(ticket.representative_id)
        self.assertEqual(ticket.complaint_state, "accepted")
        self.assertFalse(self.slip.with_user(self.rep).has_access("read"))
        self.assertFalse(self.reply.with_user(self.rep).has_access("read"))
