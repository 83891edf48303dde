"""Messages for conflicts of concurrent transactions."""

from contextlib import contextmanager

from odoo.exceptions import ConcurrencyError, UserError
from psycopg2.errors import (
    DeadlockDetected,
    LockNotAvailable,
    SerializationFailure,
    UniqueViolation,
)

HELD = (DeadlockDetected, LockNotAvailable, SerializationFailure, UniqueViolation)


class BusyError(UserError, ConcurrencyError):
    """Someone else holds a number or a log at this moment: the server tries again by itself.

    Where that doesn't help either, people read a sentence, and not what the database says.
    """

    http_status = 409  # Conflict
    # The web client shows it as it shows any refusal.
    context = {"exception_class": "odoo.exceptions.UserError"}


@contextmanager
def busy(env):
    """Let the server try again where others hold what is read, locked or written here.

    :raise BusyError: in the user's language
    """
    # Said beforehand: once the database has refused, nothing can be looked up any more.
    env = env(context={**env.context, "lang": env.context.get("lang") or env.user.lang})
    sentence = env._(
        "Many people are at work here at this moment. Nothing was changed, and nothing is lost: "
        "please try again."
    )
    try:
        yield
    except HELD as error:
        raise BusyError(sentence) from error
