"""What a call brings may be anything: it is read here before it is written down."""

from odoo import fields
from odoo.exceptions import UserError

from ...tools.file_names import are_files
from ...tools.wording import storable

# In what the files come that a call brings.
FILES = ("attachments", "scans")


def clean_text(env, given):
    """Return what someone said, without the blanks around it.

    :raise UserError: for what is no text
    """
    if given and not (isinstance(given, str) and storable(given)):
        raise UserError(env._("Invalid text: “%s”. Nothing was changed.", given))
    return (given or "").strip()


def clean_values(env, values):
    """Return the facts that a call brings.

    :raise UserError: for what has not the shape of facts, with pairs for files
    """
    if isinstance(values, dict) and all(are_files(values.get(name)) for name in FILES):
        return values
    raise UserError(env._("What was sent can't be read. Nothing was changed."))


def clean_datetime(env, given):
    """Return the moment that a call names, or nothing.

    :raise UserError: for what is none
    """
    try:
        return fields.Datetime.to_datetime(given or None)
    except (TypeError, ValueError) as error:
        message = env._("Invalid date and time: “%s”. Nothing was changed.", given)
        raise UserError(message) from error


def clean_date(env, given):
    """Return the day that a call names, or nothing.

    :raise UserError: for what is none
    """
    try:
        return fields.Date.to_date(given or None)
    except (TypeError, ValueError) as error:
        message = env._("Invalid date: “%s”. Nothing was changed.", given)
        raise UserError(message) from error
