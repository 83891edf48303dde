from odoo import Command

from ..access.file_contents import recording as recorded
from ..access.file_contents import scan as scanned
from ..common import SIGNATURE, ComplaintCommon
from .traces_common import TracesCommon

NAME, PHONE, ID_NUMBER = "欧阳清风", "13912340987", "520121198803031234"
REASON = "小区电梯坏了三个月物业不管"
CHAT, MATTER, ADDRESS = "已联系欧阳清风核实门牌", "紫江花园电梯维修", "紫江花园九栋"
FILE, FILE_NAME = b"the picture of the lift 7d1f", "电梯照片七"
SECRETS = (NAME, PHONE, ID_NUMBER, REASON, CHAT, MATTER, ADDRESS, FILE.decode(), FILE_NAME)
QUIET = ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")


class RefusalCommon(ComplaintCommon, TracesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.housing = cls.env["complaint.authority"].create(
            {
                "name": "某县住房和城乡建设局",
                "keywords": "物业 升降梯 漏水",
                "phone": "0851-87254077",
                "address": "开州大道 88 号",
                "opening_hours": "工作日 9:00—17:00",
            }
        )
        cls.entries = cls.env["complaint.guidance.log"]

    def out_of_scope(self, channel="onsite", **vals):
        """Return a draft with everything that may be put down about one."""
        loose = self.env["ir.attachment"].with_user(self.clerk)
        recording, scan = loose.create(
            [{"name": FILE_NAME, "raw": make(FILE)} for make in (recorded, scanned)]
        )
        pasted = loose.create({"name": FILE_NAME, "raw": FILE, "res_model": "helpdesk.ticket"})
        ticket = self.new_complaint(
            channel,
            partner_name=NAME,
            complainant_phone=PHONE,
            complainant_id_number=ID_NUMBER,
            complainant_address=ADDRESS,
            service_item=MATTER,
            description=f'<p>{REASON}<img src="/web/image/{pasted.id}?access_token=x"></p>',
            respondent_ids=[Command.create({"stated_name": NAME})],
            signed_form_ids=[Command.set(scan.ids)],
            complainant_signature=SIGNATURE,
            **vals,
        )
        ticket.sudo()._procedure_write({"recording_ids": recording.ids})
        return self.talked_about(ticket)

    def talked_about(self, ticket):
        """Return a draft that colleagues wrote about, in every way Odoo has."""
        ticket = ticket.with_context(tracking_disable=False, mail_notrack=False)
        self._talk(ticket)
        self._plan(ticket)
        ticket.action_mark_invalid(REASON)
        self._end_request()
        ticket.action_reconsider("补充了被投诉人")
        self._begin_to_write(ticket)
        self._end_request()
        return ticket

    def _end_request(self):
        self.env.flush_all()
        self.env.cr.precommit.run()

    def _talk(self, ticket):
        values = {"name": FILE_NAME, "res_model": ticket._name, "res_id": ticket.id}
        attached = self.env["ir.attachment"].with_user(self.clerk).create({**values, "raw": FILE})
        self.manager.notification_type = "inbox"
        ticket.message_post(
            body=CHAT,
            attachment_ids=attached.ids,
            partner_ids=(self.manager + self.leader).partner_id.ids,
            subtype_xmlid="mail.mt_comment",
        )

    def _plan(self, ticket):
        activity = ticket.activity_schedule(
            "mail.mail_activity_data_todo", summary=CHAT, user_id=self.manager.id
        )
        ticket.activity_schedule("mail.mail_activity_data_call", note=CHAT)
        activity.action_feedback(feedback=CHAT)

    def _begin_to_write(self, ticket):
        """Leave what is written to be sent later, and what somebody types at the moment."""
        self.env["mail.compose.message"].with_user(self.clerk).create(
            {"model": ticket._name, "res_ids": repr(ticket.ids), "body": CHAT}
        )
        self.env["mail.scheduled.message"].sudo().create(
            {
                "model": ticket._name,
                "res_id": ticket.id,
                "author_id": self.clerk.partner_id.id,
                "body": CHAT,
                "scheduled_date": "2035-01-01",
            }
        )
        typed = {"res_id": ticket.id, "model_name": ticket._name, "step": REASON}
        self.env["bus.bus"]._sendone("editor", "editor_collaboration", typed)

    def refuse(self, ticket, authority=None, user=None):
        authority = authority or self.housing
        return ticket.with_user(user or self.clerk).action_refuse_out_of_scope(authority.id)
