from odoo import Command
from odoo.tests import new_test_user

from .common import GROUP, ComplaintCommon

STRANGERS = ("outsider", "plain", "portal", "public", "foreign_clerk")


class AccessCommon(ComplaintCommon):
    """One case of each kind, and people of every role, in and out of the desk."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = new_test_user(cls.env, "kc_colleague", GROUP + "clerk")
        cls.plain = new_test_user(cls.env, "kc_plain", "base.group_user")
        cls.portal = new_test_user(cls.env, "kc_portal", "base.group_portal")
        cls.public = cls.env.ref("base.public_user")
        abroad = cls.env["res.company"].create({"name": "修文县政务服务中心"})
        cls.foreign_clerk = new_test_user(
            cls.env,
            "kc_foreign",
            f"{GROUP}clerk,helpdesk_mgmt.group_helpdesk_manager",
            company_id=abroad.id,
            company_ids=[Command.set(abroad.ids)],
        )
        cls.room.user_ids += cls.colleague
        cls._create_cases()

    @classmethod
    def _create_cases(cls):
        cls.ticket = cls.accepted()
        cls.restricted = cls.accepted(conduct_ids=cls.env.ref("kaiyang_complaint.conduct_04").ids)
        cls.closed = cls.closed()
        cls.respondent, cls.hidden_respondent = (
            cls.ticket.respondent_ids,
            cls.restricted.respondent_ids,
        )
        cls.slip, cls.feedback = cls.ticket.slip_ids, cls.closed.feedback_ids
        cls.reply = cls.closed.slip_ids.reply_ids
        cls.deadline = cls.ticket.deadline_ids[0]
        cls.hidden_deadline = cls.restricted.deadline_ids[0]
        cls.policy = cls.env.ref("kaiyang_complaint.policy_general")
