"""Which models name records of other models by model and id, in which of their fields."""

from typing import NamedTuple

TICKET = "helpdesk.ticket"


class Pointer(NamedTuple):
    """The fields that name a record, or several.

    ``model``: holds the name of the model; empty where ``record`` is a reference and says it itself
    ``record``: holds the id, the text of a list of ids, or the reference
    ``from_action``: the form takes what the context of the action names where the fields are empty
    ``model_record``: the field that holds the model itself, from which its name follows
    """

    model: str
    record: str
    from_action: bool = False
    model_record: str = ""

    @property
    def fields(self):
        """Return the names of the fields whose change makes a record name another one.

        >>> sorted(Pointer("model", "res_id").fields), Pointer("", "origin").fields
        (['model', 'res_id'], {'origin'})
        """
        return {name for name in (self.model, self.record, self.model_record) if name}


# Models of apps that need not be installed are named as well.
POINTERS = {
    "calendar.event": [Pointer("res_model", "res_id", model_record="res_model_id")],
    "complaint.approval": [Pointer("", "origin")],
    "complaint.dossier.item": [Pointer("res_model", "res_id")],
    "complaint.reason.wizard": [Pointer("res_model", "res_ids")],
    "ir.attachment": [Pointer("res_model", "res_id")],
    "ir.embedded.actions": [Pointer("parent_res_model", "parent_res_id")],
    "mail.activity": [Pointer("res_model", "res_id", model_record="res_model_id")],
    "mail.activity.schedule": [
        Pointer("res_model", "res_ids", from_action=True, model_record="res_model_id")
    ],
    "mail.compose.message": [Pointer("model", "res_ids", from_action=True)],
    "mail.followers": [Pointer("res_model", "res_id")],
    "mail.followers.edit": [Pointer("res_model", "res_ids")],
    "mail.message": [Pointer("model", "res_id")],
    "mail.scheduled.message": [Pointer("model", "res_id")],
    "mail.template.preview": [Pointer("", "resource_ref")],
    "portal.share": [Pointer("res_model", "res_id")],
    "rating.rating": [
        Pointer("res_model", "res_id", model_record="res_model_id"),
        Pointer("parent_res_model", "parent_res_id", model_record="parent_res_model_id"),
    ],
    "sms.composer": [Pointer("res_model", "res_id"), Pointer("res_model", "res_ids")],
    "sms.template.preview": [Pointer("", "resource_ref")],
    "snailmail.letter": [Pointer("model", "res_id")],
}

# What looks like such fields, and why nobody is told or given anything by them.
ADMINISTRATORS = "written and read by administrators only"
NO_POINTERS = {
    "base.automation": ADMINISTRATORS,
    "ir.actions.act_window": ADMINISTRATORS,
    "ir.actions.server": ADMINISTRATORS,
    "ir.cron": ADMINISTRATORS,
    "ir.filters": "an id that is compared with the form's own, never opened",
    "ir.model.data": ADMINISTRATORS,
    "ir.ui.menu": "names an action, which has its own groups",
    "mail.mail": ADMINISTRATORS,
    "privacy.lookup.wizard.line": ADMINISTRATORS,
    "res.users.settings.embedded.action": "an id that is compared with the form's own",
}


def is_of_desk(model):
    """Return whether records of a model may be complaints or what hangs on them.

    >>> is_of_desk("helpdesk.ticket"), is_of_desk("complaint.slip")
    (True, True)
    >>> is_of_desk("res.partner"), is_of_desk(False)
    (False, False)
    """
    return model == TICKET or (model or "").startswith("complaint.")
