import hashlib
from collections.abc import Mapping

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.models import MAGIC_COLUMNS, BaseModel

from ...tools.codes import TICKET
from ..intake.draft_erasure import DraftErasure

# What the procedure says by itself, nobody has said.
BY_ITSELF = ("notification", "auto_comment", "user_notification")


class ImportUndo:
    """Takes back all drafts of an import, as long as nobody did anything with one of them (一.3).

    :param record: the import
    """

    def __init__(self, record):
        self.env = record.env
        self.lines = record.sudo().line_ids.filtered(lambda line: line.result == "taken")

    def run(self):
        """Delete the drafts, and say so in the report.

        :raise UserError: naming the first draft that was worked on; nothing changes
        """
        drafts = self.lines.ticket_id
        worked_on = self._worked_on()
        if worked_on:
            raise UserError(
                self.env._(
                    "%(count)s drafts of this import have been worked on or are gone, first the one"
                    " in row %(row)s. The import can't be undone as a whole any more: refuse or "
                    "delete the others one by one.",
                    count=len(worked_on),
                    row=worked_on[0].row,
                )
            )
        DraftErasure(drafts).run()
        self.lines.write({"result": "undone", "fingerprint": False})

    def _worked_on(self):
        """Return the rows whose drafts are no longer as the import left them."""
        drafts = self.lines.ticket_id
        touched = _drafts_with_activity(drafts)
        now = fingerprints(drafts)
        return self.lines.filtered(
            lambda line: (
                line.ticket_id.complaint_state != "draft"
                or line.ticket_id.id in touched
                or line.fingerprint != now.get(line.ticket_id.id)
            )
        )


def _drafts_with_activity(drafts):
    """Return the ids of drafts about which somebody said, filed or planned something."""
    env, found = drafts.env, set()
    about = {
        "mail.message": ("model", Domain("message_type", "not in", BY_ITSELF)),
        "mail.activity": ("res_model", Domain.TRUE),
        "ir.attachment": ("res_model", Domain("res_field", "=", False)),
    }
    for name, (model, domain) in about.items():
        theirs = Domain(model, "=", TICKET) & Domain("res_id", "in", drafts.ids)
        records = env[name].sudo().with_context(active_test=False)
        records = records.search_fetch(theirs & domain, ["res_id"])
        found.update(records.mapped("res_id"))
    return found


def fingerprints(drafts):
    """Return a digest of each draft by its id: of all that a person may write, and of its parts."""
    drafts = drafts.sudo().with_context(lang=None, active_test=False)
    fields = drafts._fields.values()
    written = [field.name for field in fields if _is_written(field)]
    parts = [field.name for field in fields if _is_part(drafts.env, field)]
    return {
        draft.id: _digest(
            [_plain(draft[name]) for name in written]
            + [draft[name].mapped(lambda part: (part.id, str(part.write_date))) for name in parts]
        )
        for draft in drafts
    }


def _digest(values):
    return hashlib.sha256(repr(values).encode(errors="replace")).hexdigest()


def _is_written(field):
    """Return whether a field is kept, and not derived from others."""
    derived = field.related or (field.compute and field.readonly)
    return (
        field.store and field.type != "one2many" and not derived and field.name not in MAGIC_COLUMNS
    )


def _is_part(env, field):
    """Return whether the records of a field live and die with the draft."""
    if field.type != "one2many":
        return False
    inverse = env[field.comodel_name]._fields.get(field.inverse_name)
    return bool(inverse) and inverse.type == "many2one" and inverse.ondelete == "cascade"


def _plain(value):
    if isinstance(value, BaseModel):
        return value.ids
    return str(dict(value) if isinstance(value, Mapping) else value)
