"""Run helpdesk_mgmt's own tests with the complaint addon installed. Fed to `odoo shell`.

Odoo would run the tests marked "at install" right after helpdesk_mgmt is loaded, before this addon
is, and so could not show that this addon leaves other helpdesk teams as they were.
"""

from odoo.modules.registry import Registry
from odoo.service import server
from odoo.tests import loader
from odoo.tests.result import _logger

env.cr.rollback()
# The shell has stopped the web server that the browser tests ask.
server.server.http_spawn()
report = Registry(env.cr.dbname)._assertion_report
for position in ("at_install", "post_install"):
    report.update(loader.run_suite(loader.make_suite(["helpdesk_mgmt"], position), report))
_logger.info("%s when loading database %r", report, env.cr.dbname)
