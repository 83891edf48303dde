from contextlib import contextmanager
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from ...models.access.access_revocation import AccessRevocation
from ..common import GROUP
from .forgery_common import QUIET, ForgeryCommon

# What stands in the hidden case and nowhere else: title, complainant, reason, unit's reply, staff.
WORDS = (
    "密题甲",
    "密人乙",
    "13987651234",
    "52010219900307123X",
    "密由丙",
    "密答丁",
    "密员戊",
    "密函己",
)
TODO = "mail.mail_activity_data_todo"


class PointingCommon(ForgeryCommon):
    """A case with a unique word in each of its texts, and people who may not read it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        foreign = cls.foreign_clerk.company_id
        cls.foreign_manager = new_test_user(
            cls.env,
            "kc_foreign_manager",
            f"{GROUP}manager,helpdesk_mgmt.group_helpdesk_manager",
            company_id=foreign.id,
            company_ids=[Command.set(foreign.ids)],
        )
        cls.strangers = (
            cls.plain + cls.outsider + cls.foreign_clerk + cls.foreign_manager + cls.colleague
        )
        cls._plant()
        cls.team = cls.env["helpdesk.ticket.team"].create({"name": "IT"})
        cls.ordinary = cls.env["helpdesk.ticket"].create(
            {"name": "打印机", "description": "坏了", "team_id": cls.team.id}
        )
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def _plant(cls):
        person = cls.env["complaint.window.staff"].create(
            {"name": "密员戊", "employee_no": "T099", "window_id": cls.window.id}
        )
        cls.hidden = cls.replied(
            name="密题甲",
            partner_name="密人乙",
            complainant_phone="13987651234",
            complainant_id_number="52010219900307123X",
            description="<p>密由丙</p>",
            respondent_ids=[Command.create({"staff_id": person.id})],
        )
        cls.hidden.sudo().slip_ids.reply_ids._procedure_write({"facts": "密答丁"})
        letters = cls.env["complaint.letter"].with_user(cls.clerk)
        cls.letter = letters.create(
            {
                "ticket_id": cls.hidden.id,
                "kind": "answer",
                "addressee": "密人乙",
                "subject": "密函己",
            }
        )
        cls.note = cls.hidden.message_post(body="密由丙", subject="密题甲")
        cls.file = cls.env["ir.attachment"].create(
            {
                "name": "密人乙.txt",
                "raw": "密由丙".encode(),
                "res_model": cls.hidden._name,
                "res_id": cls.hidden.id,
            }
        )
        cls.hidden.sudo().write({"is_discipline_matter": True})

    def parts(self):
        """Return the records of the hidden case, by model."""
        family = AccessRevocation(self.env).parts(self.hidden.sudo())
        return {name: records.sudo(False) for name, records in family.items() if records}

    def template(self):
        """Return a usual template of acknowledgement."""
        return self.env["mail.template"].create(
            {
                "name": "Acknowledgement",
                "model_id": self.env["ir.model"]._get_id("helpdesk.ticket"),
                "subject": "{{ object.number }} {{ object.name }}",
                "body_html": """<p><t t-out="object.partner_name"/> <t t-out="object.description"/>
                    <t t-out="object.complainant_phone"/>
                    <t t-out="object.complainant_id_number"/></p>""",
            }
        )

    def rpc(self, records, method, *args, user=None, context=None):
        """Call a method as the web client does, which names no record to a new form."""
        if not records and not getattr(getattr(type(records), method), "_api_model", False):
            args = ([], *args)
        return super().rpc(records, method, *args, user=user, context=context)

    @contextmanager
    def developer_mode(self, on=True):
        """Let everybody be in developer mode."""
        users = type(self.env["res.users"])
        has_group = users.has_group

        def in_developer_mode(user, group):
            return (on and group == "base.group_no_one") or has_group(user, group)

        with patch.object(users, "has_group", in_developer_mode):
            yield

    def tried(self, records, method, *args, user=None, context=None, errors=(UserError,)):
        """Return as text what a call answers, or why it is refused; nothing stays of it."""
        self.env.flush_all()
        self.env.invalidate_all()
        savepoint = self.env.cr.savepoint()
        try:
            with mute_logger(*QUIET, "odoo.addons.base.models.ir_rule"):
                told = str(self.rpc(records, method, *args, user=user, context=context))
                self.env.flush_all()
        except errors as error:
            told = f"{error} {getattr(error, 'context', '')}"
        finally:
            self.env.invalidate_all(flush=False)
            savepoint.close(rollback=True)
        return told

    def assert_silent(self, told):
        """Nothing of the hidden case is told."""
        for word in (*WORDS, self.hidden.sudo().number):
            self.assertNotIn(word, told)
