from contextlib import suppress
from unittest.mock import patch

from odoo.modules.registry import Registry
from odoo.orm.registry import _CACHES_BY_KEY, _REGISTRY_CACHES
from odoo.tests import TransactionCase
from odoo.tests.common import get_db_name
from psycopg2 import InternalError

# What is found by a name, once it exists: nothing is emptied when it is made, nor when that is
# rolled back. The numbers of a sequence are not given twice, which tells that something was made.
MADE = """
    SELECT names.last_value, properties.last_value
      FROM ir_model_data_id_seq AS names, properties_base_definition_id_seq AS properties
"""


class Watch:
    """What a registry has cached, from before a change of the database until it is rolled back.

    After the rollback what was cached before is right again, and so is what was cached since
    then in a cache that nobody emptied: Odoo empties one as soon as what it tells is changed.
    """

    def __init__(self, registry):
        self.registry = registry
        self.before = self._cached()
        self.emptied, self.changed, self.kept = set(), frozenset(_REGISTRY_CACHES), {}
        self.patcher = patch.multiple(
            registry,
            clear_cache=self._noting(registry.clear_cache),
            clear_all_caches=self._noting_all(registry.clear_all_caches),
        )
        self.patcher.start()

    def _caches(self):
        return self.registry._Registry__caches

    def _cached(self):
        return {name: dict(cache.items()) for name, cache in self._caches().items()}

    def _noting(self, clear_cache):
        def noting(*names):
            for name in names or ("default",):
                self.emptied.update(_CACHES_BY_KEY[name])
            clear_cache(*names)

        return noting

    def _noting_all(self, clear_all_caches):
        def noting():
            self.emptied.update(_REGISTRY_CACHES)
            clear_all_caches()

        return noting

    def end(self):
        """Take what may be kept: to be called before anything is rolled back and emptied."""
        self.patcher.stop()
        now = self._cached()
        # The emptying that comes after a test is none of its doing.
        self.changed = frozenset(self.emptied)
        self.kept = {name: self.before[name] if name in self.changed else now[name] for name in now}

    def restore(self):
        """Put it back: to be called after all has been rolled back and emptied."""
        self.patcher.stop()
        for name, cached in self.kept.items():
            self._caches()[name].update(cached)


class KeptCaches(TransactionCase):
    """Keeps from test to test what Odoo caches, such as rights, rules and compiled templates.

    Odoo's own tests begin each with empty caches: a fifth of all queries, and much more of the
    time of what sends mails, went into filling them anew.
    """

    @classmethod
    def setUpClass(cls):
        cls.watch = Watch(Registry(get_db_name()))
        cls.addClassCleanup(cls.watch.restore)
        super().setUpClass()
        cls.addClassCleanup(cls.watch.end)

    def setUp(self):
        of_class, before = self.watch, set(self.watch.emptied)
        watch = Watch(self.registry)

        def end():
            if self._made() != made:
                watch.emptied.update(_CACHES_BY_KEY["stable"])
            watch.end()

        def restore():
            watch.restore()
            of_class.emptied = before | watch.changed

        self.addCleanup(restore)
        super().setUp()
        made = self._made()
        self.addCleanup(end)

    def _made(self):
        """Return how much was made; nothing where a test left its transaction broken."""
        with suppress(InternalError):
            self.env.cr.execute(MADE, log_exceptions=False)
            return self.env.cr.fetchall()
