from odoo.exceptions import UserError
from odoo.models import MAGIC_COLUMNS
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ...tools.codes import TICKET
from ..common import ComplaintCommon

LATER = "2030-01-01 00:00:00"
# What has a complaint but is no part of its case: registers of the desk itself.
BESIDE = {
    "complaint.access.log",
    "complaint.bar",
    "complaint.dossier.batch.line",
    "complaint.import.line",
    "complaint.submission",
}
# What no complaint gets by itself on its way to the archive.
HUNG_UP = {
    "complaint.approval": {
        "kind": "extension",
        "role": "leader",
        "request": "请批示",
        "requested_by_id": 1,
        "requested_at": LATER,
    },
    "complaint.citizen.message": {"kind": "addition", "body": "补充说明"},
    "complaint.contact": {"note": "已联系"},
    "complaint.extension": {"limit_days": 6, "reason": "调档"},
    "complaint.investigation": {},
    "complaint.meeting": {"analysis": "责任不明"},
    "complaint.letter": {"kind": "answer", "addressee": "投诉人", "subject": "答复"},
    "complaint.referral": {"kind": "outside"},
    "complaint.call": {
        "role": "staff",
        "name": "李晓梅",
        "called_by_id": 1,
        "called_at": "2026-05-11 01:00:00",
    },
}


class FreezeCommon(ComplaintCommon):
    """Two cases with a record of everything that hangs on a case: one archived, one not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.archived, cls.running = cls.replied(), cls.replied()
        for case in (cls.archived, cls.running):
            cls.hang_up(case.sudo())
        cls.archive(cls.archived)
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def hang_up(cls, case):
        for name, values in HUNG_UP.items():
            case._procedure_write({"complaint_state": "accepted", "complaint_class": "major"})
            cls.env[name].sudo()._with_procedure().create({"ticket_id": case.id, **values})
        cls.env["complaint.feedback"].sudo().create(cls.feedback_values(case))
        opinions = cls.env["complaint.investigation.opinion"].sudo()
        opinions.create(
            {
                "investigation_id": case.investigation_ids.id,
                "level": "unit",
                "opinion": "同意",
                "given_by": "张三",
            }
        )
        cls.env["complaint.escalation"].sudo().create(
            {"ticket_id": case.id, "effect": "urging", "number": 9}
        )
        dossier = cls.env["complaint.dossier"]._with_procedure()
        dossier = dossier.create({"ticket_id": case.id, "name": "卷"})
        item = {"dossier_id": dossier.id, "title": "照片", "section": "other"}
        cls.env["complaint.dossier.item"]._with_procedure().create(item)
        case._procedure_write({"complaint_state": "replied"})

    @classmethod
    def archive(cls, case):
        case.sudo()._procedure_write({"complaint_state": "fed_back"})
        case.sudo()._move_to("closed")
        case.sudo()._move_to("archived")

    @classmethod
    def links(cls):
        """Return, by model, the field by which its records hang on a case, however deep."""
        found = {TICKET: None}
        while True:
            more = {
                name: link
                for name in cls.env.registry
                if name not in found | dict.fromkeys(BESIDE)
                for link in [cls.link(cls.env[name], found)]
                if link
            }
            if not more:
                del found[TICKET]
                return found
            found |= more

    @classmethod
    def link(cls, model, owners):
        """Return the field that makes the records of a model live and die with an owner."""
        if not model._name.startswith("complaint.") or model._transient or model._abstract:
            return None
        return next(
            (
                name
                for name, field in model._fields.items()
                if field.type == "many2one" and field.store and field.comodel_name in owners
                if not field.related
                if name == "ticket_id" or (field.ondelete == "cascade" and field.required)
            ),
            None,
        )

    def part(self, case, name, links):
        """Return the records of a model that hang on a case."""
        path, model = [], name
        while model != TICKET:
            path.append(links[model])
            model = self.env[model]._fields[links[model]].comodel_name
        model = self.env[name].sudo().with_context(active_test=False)
        return model.search([(".".join(path), "=", case.id)])

    def outcome(self, act):
        """Return why an act was refused, or nothing where it was done; undo it either way."""
        savepoint = self.env.cr.savepoint()
        try:
            with mute_logger("odoo.sql_db", "odoo.models", "odoo.addons.base.models.ir_rule"):
                act()
                self.env.flush_all()
        except (UserError, IntegrityError) as error:
            return str(error)
        finally:
            self.env.invalidate_all(flush=False)
            savepoint.close(rollback=True)
        return ""

    def plain_field(self, record):
        """Return a field of a record that holds a fact and leads nowhere."""
        return next(
            name
            for name, field in record._fields.items()
            if field.store and not field.compute and not field.relational
            if name not in MAGIC_COLUMNS
        )

    def values(self, record):
        """Return what a record like this one is created with."""
        return {
            name: field.convert_to_write(record[name], record)
            for name, field in record._fields.items()
            if field.store and name not in MAGIC_COLUMNS
            if not field.compute and field.type not in ("one2many", "many2many")
        }
