import threading
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import retrying
from odoo.sql_db import db_connect
from odoo.tests import TransactionCase
from odoo.tools import mute_logger
from psycopg2 import OperationalError


class AtOnceCase(TransactionCase):
    """Lets several people act at once, each in a transaction of their own, on committed records."""

    def setUp(self):
        super().setUp()
        self.database = db_connect(self.env.cr.dbname)

    def at_once(self, act, count):
        """Let some people act at the same moment, as the server does it; return what came of it."""
        barrier = threading.Barrier(count)
        dbname = self.env.cr.dbname

        def person(index):
            threading.current_thread().dbname = dbname
            with self.database.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                env["res.users"].search_count([])  # the snapshot of the transaction is taken here
                barrier.wait(timeout=20)
                try:
                    return retrying(lambda: act(env, index), env)
                except (UserError, OperationalError) as error:
                    return error

        # The thread that runs the tests holds the lock of the registries all the while.
        with (
            patch.object(Registry, "_lock", DummyRLock()),
            mute_logger("odoo.sql_db", "odoo.service.model"),
            ThreadPoolExecutor(count) as pool,
        ):
            return list(pool.map(person, range(count)))
