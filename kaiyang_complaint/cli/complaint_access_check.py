import contextlib
import importlib
import sys
from pathlib import Path

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.cli.command import Command
from odoo.modules.registry import Registry
from odoo.tools import config

CHECK = "odoo.addons.kaiyang_complaint.models.access.access_log_check"


class ComplaintAccessCheck(Command):
    """Check the access logs, against the anchors that an auditor kept where some are given.

    Prints for each centre what is wrong, in words, and changes nothing. The exit status is 1 where
    a log is not whole or does not fit an anchor.
    """

    name = "complaint_access_check"

    def run(self, args):
        """Check the logs of the database named on the command line, and print what was found."""
        options = self._parse(args)
        config.parse_config(["-d", options.database, "--log-level", "warn"], setup_logging=True)
        with contextlib.closing(Registry(options.database).cursor(readonly=True)) as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            env = env(context={"lang": env.ref("base.user_admin").lang})
            check = importlib.import_module(CHECK).report
            lines, is_broken = check(env, options.anchors, whole=not options.new)
        sys.stdout.write("\n".join([*lines, ""]))
        sys.exit(is_broken)

    def _parse(self, args):
        self.parser.add_argument("-d", "--database", required=True)
        self.parser.add_argument(
            "--anchor",
            action="append",
            default=[],
            dest="anchors",
            type=self._text,
            metavar="FILE",
            help="an anchor file that was kept; may be given more than once",
        )
        self.parser.add_argument(
            "--new", action="store_true", help="only what came after the last anchor"
        )
        return self.parser.parse_args(args)

    def _text(self, path):
        try:
            return Path(path).read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            self.parser.error(f"{path} can't be read: {error}")
