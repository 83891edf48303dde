from datetime import timedelta

from odoo import Command, fields
from odoo.addons.base.tests.common import BaseCommon
from odoo.tests import new_test_user
from odoo.tools import SQL

from .kept_caches import KeptCaches

GROUP = "kaiyang_complaint.group_complaint_"
OPERATIONS = ("read", "write", "create", "unlink")
SIGNATURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)


# Why nobody but the compiler has checked a dossier.
ALONE = "只有一名档案员"
SERVED = fields.Datetime.to_datetime("2026-03-02 02:30:00")

# What a centre works with, as distinct from what it has worked on.
EQUIPMENT = (
    "complaint.access.",
    "complaint.calendar.",
    "complaint.clause",
    "complaint.deduction.rule",
    "complaint.escalation.rule",
    "complaint.gateway.key",
    "complaint.import.column",
    "complaint.retention.rule",
    "complaint.sla.policy",
)


class ComplaintCommon(KeptCaches, BaseCommon):
    """A hall with two units, one user per role, and complaints at each step of the way."""

    # What the room considered with the representative before it accepts a reply (五(一)1).
    CONSIDERED = {
        "considered_with": "首席代表",
        "consideration": "责任在窗口人员，当日整改。",
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_aside()
        cls.room = cls.env.ref("kaiyang_complaint.team_complaint_room")
        cls._create_users()
        cls.room.user_ids += cls.clerk + cls.manager
        cls._create_hall()

    @classmethod
    def _set_aside(cls):
        """Give what the database holds of cases to another centre: a test meets its own alone."""
        if not cls.env["helpdesk.ticket"].search_count([("is_complaint", "=", True)], limit=1):
            return
        other = cls.env["res.company"].create({"name": "Another Centre"})
        cls.env.flush_all()
        for name in cls.env:
            model = cls.env[name]
            of_cases = name.startswith("complaint.") and not name.startswith(EQUIPMENT)
            if (of_cases and model._auto and not model._abstract) or name == "helpdesk.ticket":
                field = model._fields.get("company_id")
                if field and field.store and field.column_type:
                    table = SQL.identifier(model._table)
                    cls.env.cr.execute(SQL("UPDATE %s SET company_id = %s", table, other.id))
        cls.env.cr.execute(
            "UPDATE ir_sequence SET company_id = %s WHERE code LIKE 'complaint.letter.%%'",
            [other.id],
        )
        cls.env.invalidate_all()
        centre = cls.env.company
        settings = [name for name in centre._fields if name.startswith("complaint_")]
        centre.write(centre.default_get(settings))

    @classmethod
    def _create_users(cls):
        for role in ("clerk", "manager", "leader", "director", "archivist"):
            setattr(cls, role, new_test_user(cls.env, f"kc_{role}", GROUP + role, lang="en_US"))
        both = f"{GROUP}clerk,{GROUP}leader"
        cls.both = new_test_user(cls.env, "kc_both", both, lang="en_US")
        cls.outsider = new_test_user(cls.env, "kc_outsider", "helpdesk_mgmt.group_helpdesk_manager")
        cls.rep = new_test_user(cls.env, "kc_rep", "base.group_portal", lang="en_US")
        cls.other_rep = new_test_user(cls.env, "kc_other_rep", "base.group_portal", lang="en_US")

    @classmethod
    def _create_hall(cls):
        cls.unit, cls.other_unit = cls.env["complaint.window.unit"].create(
            [{"name": "不动产登记中心", "code": "T1"}, {"name": "公安局", "code": "T2"}]
        )
        cls.representative, cls.other_representative = cls.env["complaint.representative"].create(
            [
                {"user_id": cls.rep.id, "unit_id": cls.unit.id},
                {"user_id": cls.other_rep.id, "unit_id": cls.other_unit.id},
            ]
        )
        cls.window, cls.other_window = cls.env["complaint.window"].create(
            [
                {"number": "T12", "name": "不动产登记", "area": "A", "unit_id": cls.unit.id},
                {"number": "T20", "name": "户政", "area": "B", "unit_id": cls.other_unit.id},
            ]
        )
        cls.staff, cls.other_staff = cls.env["complaint.window.staff"].create(
            [
                {"name": "李晓梅", "employee_no": "T012", "window_id": cls.window.id},
                {"name": "张大山", "employee_no": "T020", "window_id": cls.other_window.id},
            ]
        )

    @classmethod
    def complaint_values(cls, channel="phone", **vals):
        """Return the values of a draft with all five elements, and what its channel demands."""
        intake = {
            "phone": {"no_recording_reason": "来电人不同意录音"},
            "onsite": {"complainant_signature": SIGNATURE},
            "letter": cls.letter_facts(),
            "web": {"contact_ids": [Command.create({"note": "已联系投诉人，了解初步情况。"})]},
        }
        return {
            "team_id": cls.room.id,
            "channel_id": cls.env.ref(f"kaiyang_complaint.channel_{channel}").id,
            "partner_name": "王小明",
            "complainant_phone": "13812345678",
            "window_id": cls.window.id,
            # Never in the future, whatever day a test lets it be.
            "service_datetime": min(SERVED, fields.Datetime.now() - timedelta(hours=1)),
            "service_item": "不动产转移登记",
            "description": "<p>我叫王小明，排队两小时后被告知材料不齐，没有一次性告知。</p>",
            "respondent_ids": [Command.create({"staff_id": cls.staff.id})],
            "no_conduct_reason": "投诉人说不清属于哪一项",
            "number_reason": "投诉人坚持如此登记",
            **intake.get(channel, {}),
            **vals,
        }

    @classmethod
    def letter_facts(cls):
        """Return what is put on record when a letter is opened."""
        return {
            "letter_source": "box",
            "opened_at": "2026-03-02 01:00:00",
            "opened_by_ids": [Command.set((cls.clerk + cls.manager).ids)],
            "page_count": 2,
        }

    @classmethod
    def new_complaint(cls, channel="phone", **vals):
        """Return a complete draft, registered by the clerk."""
        tickets = cls.env["helpdesk.ticket"].with_user(cls.clerk)
        return tickets.create(cls.complaint_values(channel, **vals))

    def held(self, records, user):
        """Return what a user may do with records, as letters: read, write, create, unlink."""
        mine = records.with_user(user)
        return "".join(one[0] for one in OPERATIONS if mine.has_access(one))

    @classmethod
    def look_through(cls, tickets):
        """Look through what leaves on the slips of complaints, and leave it as it is proposed."""
        for ticket in tickets:
            ticket.action_review_text(*ticket._text_to_review())

    @classmethod
    def accepted(cls, channel="phone", **vals):
        """Return an accepted complaint, looked through; off the spot it was forwarded by itself."""
        ticket = cls.new_complaint(channel, **vals)
        if not ticket._is_own():
            cls.look_through(ticket)
        ticket.action_accept()
        return ticket

    @classmethod
    def replied(cls, channel="phone", **vals):
        """Return a complaint whose unit replied and whose reply the clerk accepted."""
        ticket = cls.accepted(channel, **vals)
        if ticket.complaint_state == "accepted":
            ticket.action_forward()
        slip = ticket.slip_ids.with_user(cls.rep)
        slip.action_receive()
        slip.action_reply(cls.reply_values())
        ticket.slip_ids.action_accept_reply(cls.CONSIDERED)
        return ticket

    @classmethod
    def reply_values(cls, **vals):
        """Return what a representative fills in."""
        return {
            "facts": "经查，情况属实。",
            "responsibility": "staff",
            "measures": "批评教育，重新培训。",
            "measures_owner": "首席代表",
            "measures_by": str(cls.env.company._complaint_today() + timedelta(days=10)),
            **vals,
        }

    @classmethod
    def feedback_values(cls, ticket, **vals):
        """Return a complete record of feedback by telephone."""
        return {
            "ticket_id": ticket.id,
            "mode": "phone",
            "content": "已告知处理结果。",
            "called_number": "13812345678",
            "callee": "本人，已核对姓名",
            "satisfaction": "4",
            "suggestion": "希望增加叫号窗口。",
            **vals,
        }

    @classmethod
    def fed_back(cls, channel="phone", **vals):
        """Return a complaint whose complainant was told the result."""
        ticket = cls.replied(channel, **vals)
        feedback = cls.env["complaint.feedback"].with_user(cls.clerk)
        feedback.create(cls.feedback_values(ticket)).action_confirm()
        return ticket

    @classmethod
    def closed(cls, channel="phone", **vals):
        """Return a closed complaint, found to be nothing that section seven is about."""
        ticket = cls.fed_back(channel, **vals)
        cls.clear(ticket)
        ticket.action_close()
        return ticket

    @classmethod
    def clear(cls, ticket):
        """Find nobody at fault: nothing that section seven is about; what was promised is done."""
        ticket.sudo().slip_ids.measure_ids._procedure_write({"state": "checked"})
        findings = ticket.sudo().finding_ids.filtered(lambda one: one.state == "draft")
        findings.write({"conclusion": "not_upheld"})
        findings.action_confirm()
