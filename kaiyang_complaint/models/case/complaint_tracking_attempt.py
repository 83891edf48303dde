import logging
from datetime import timedelta

from odoo import api, fields, models, tools
from odoo.tools import SQL

from ...tools import tracking_code

_logger = logging.getLogger(__name__)
# Wrong tries from one address, and at one number, in one window of time.
GUESSES, MINUTES = 10, 15
# Wrong tries at one number in a day, beyond which it answers no short code.
SHORT_GUESSES = 1000
KEPT = timedelta(days=1)


class ComplaintTrackingAttempt(models.Model):
    """How many wrong codes came from one address, or for one number, in a window of time.

    A right code is answered whatever was counted: nobody is kept from their complaint by what
    others guess behind the same address or at the same number. What keeps a guesser out is the
    length of the code (``tools.tracking_code.draw``). The budget limits how many wrong tries get
    a plain answer; beyond it the answer is 429, which proxies can act on. Only the short codes
    of old cases depend on it: a number that was tried more than ``SHORT_GUESSES`` times in a day
    answers them no more until the day is over. So at most 3.7e5 of 2.6e13 short codes are tried
    in a year.

    Rows of the database, for every worker to count and a restart to keep: the cooldown of the
    login counts in the memory of one worker and knows only users. No address and no number is
    kept, but a digest with the database's secret.
    """

    _name = "complaint.tracking.attempt"
    _description = "Wrong Query Codes"
    _log_access = False

    key = fields.Char(required=True, readonly=True, help="A digest of an address or a number.")
    since = fields.Datetime(required=True, readonly=True, help="Start of the counting period.")
    tries = fields.Integer(required=True, readonly=True)

    _one_a_window = models.UniqueIndex("(key, since)", "This window of time is being counted.")
    _by_since = models.Index("(since)")

    @api.model
    def _count(self, address, number):
        """Count one wrong code; return whether the budget of the address or the number is spent.

        Counted in a transaction of its own, so that neither a rollback nor a parallel request
        loses a try.
        """
        keys = sorted((self._address_key(address), self._number_key(number)))
        window = self._window()
        with self.env.registry.cursor() as cr:
            # Odoo's transactions would fail where another counts the same key. The lock comes
            # before the snapshot, so each sees what the one before counted; reading goes on.
            cr.execute("LOCK TABLE complaint_tracking_attempt IN SHARE UPDATE EXCLUSIVE MODE")
            cr.execute(
                SQL(
                    """INSERT INTO complaint_tracking_attempt AS counted (key, since, tries)
                            VALUES (%s, %s, 1), (%s, %s, 1)
                       ON CONFLICT (key, since) DO UPDATE SET tries = counted.tries + 1
                         RETURNING tries""",
                    *(keys[0], window),
                    *(keys[1], window),
                )
            )
            tries = [row[0] for row in cr.fetchall()]
        if GUESSES + 1 in tries:
            _logger.warning("Query codes: more than %s wrong tries in %s min", GUESSES, MINUTES)
        return max(tries) > GUESSES

    @api.model
    def _refuses_short(self, number):
        """Return whether a number was tried so often that it answers no short code today."""
        domain = [("key", "=", self._number_key(number)), ("since", ">", self._oldest())]
        ((tries,),) = self.sudo()._read_group(domain, [], ["tries:sum"])
        return (tries or 0) > SHORT_GUESSES

    @api.autovacuum
    def _gc_attempts(self):
        """Forget the windows that count no more."""
        gone = "DELETE FROM complaint_tracking_attempt WHERE since <= %s RETURNING id"
        self.env.execute_query(SQL(gone, self._oldest()))

    def _oldest(self):
        return fields.Datetime.now() - KEPT

    def _window(self):
        now = fields.Datetime.now()
        return now.replace(minute=now.minute - now.minute % MINUTES, second=0, microsecond=0)

    def _address_key(self, address):
        return self._digest("address", tracking_code.household(address))

    def _number_key(self, number):
        return self._digest("number", number)

    def _digest(self, kind, text):
        return tools.hmac(self.env(su=True), "complaint-tracking", f"{kind} {text}")
