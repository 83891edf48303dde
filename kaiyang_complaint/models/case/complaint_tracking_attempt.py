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


# What one address may send with the online form in an hour (the hall's network is one address),
# how many forms it may begin, how many megabytes it may upload; and one telephone number in a day.
SENT_PER_HOUR, BEGUN_PER_HOUR, MEGABYTES_PER_HOUR, SENT_PER_DAY = 30, 60, 400, 5


class ComplaintTrackingAttempt(models.Model):
    """How many wrong codes came from one address, or for one number, in a window of time.

    What comes in by the online form is counted in the same way, so that nobody floods the desk.

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
        keys = (self._address_key(address), self._number_key(number))
        tries = self._tally(keys, self._window())
        if GUESSES + 1 in tries:
            _logger.warning("Query codes: more than %s wrong tries in %s min", GUESSES, MINUTES)
        return max(tries) > GUESSES

    @api.model
    def _tally(self, keys, window, amount=1):
        """Count something under some keys in a window of time; return what they count now."""
        rows = SQL(", ").join(SQL("(%s, %s, %s)", key, window, amount) for key in sorted(keys))
        with self.env.registry.cursor() as cr:
            # Odoo's transactions would fail where another counts the same key. The lock comes
            # before the snapshot, so each sees what the one before counted; reading goes on.
            cr.execute("LOCK TABLE complaint_tracking_attempt IN SHARE UPDATE EXCLUSIVE MODE")
            cr.execute(
                SQL(
                    """INSERT INTO complaint_tracking_attempt AS counted (key, since, tries)
                            VALUES %s
                       ON CONFLICT (key, since)
                     DO UPDATE SET tries = counted.tries + EXCLUDED.tries
                         RETURNING tries""",
                    rows,
                )
            )
            return [row[0] for row in cr.fetchall()]

    # --- the online form (一.3) -------------------------------------------------------------------

    @api.model
    def _may_begin(self, address):
        """Count one form that is begun; return whether the address may begin it."""
        return self._is_within("begun", address, BEGUN_PER_HOUR)

    @api.model
    def _may_upload(self, address, megabytes):
        """Count what is uploaded; return whether the address may upload it."""
        return self._is_within("megabytes", address, MEGABYTES_PER_HOUR, megabytes)

    @api.model
    def _may_send(self, address, phone):
        """Count one form that is sent; return whether its address and its telephone number may."""
        by_address = self._is_within("sent", address, SENT_PER_HOUR)
        if not phone:
            return by_address
        day = fields.Datetime.now().replace(hour=0, minute=0, second=0, microsecond=0)
        (sent,) = self._tally([self._digest("sent by", phone)], day)
        return by_address and sent <= SENT_PER_DAY

    def _is_within(self, kind, address, most, amount=1):
        hour = fields.Datetime.now().replace(minute=0, second=0, microsecond=0)
        key = self._digest(kind, tracking_code.network_key(address))
        (counted,) = self._tally([key], hour, amount)
        if most < counted <= most + amount:
            _logger.warning("Online form: more than %s (%s) in an hour", most, kind)
        return counted <= most

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
        return self._digest("address", tracking_code.network_key(address))

    def _number_key(self, number):
        return self._digest("number", number)

    def _digest(self, kind, text):
        return tools.hmac(self.env(su=True), "complaint-tracking", f"{kind} {text}")
