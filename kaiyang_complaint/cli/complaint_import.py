import contextlib
import sys
from pathlib import Path

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.cli.command import Command
from odoo.modules.registry import Registry
from odoo.tools import config


class ComplaintImport(Command):
    """Import the complaints of a spreadsheet (xlsx or csv) that a website exported.

    Prints how many rows were taken, skipped and wrong, and why the wrong ones are. Run again it
    skips what is registered. The exit status is 1 where rows were wrong or the run broke off.
    """

    name = "complaint_import"

    def run(self, args):
        """Import the file named on the command line, as the form does, and print the report."""
        options = self._parse(args)
        config.parse_config(["-d", options.database, "--log-level", "warn"], setup_logging=True)
        with contextlib.closing(Registry(options.database).cursor()) as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            user = env["res.users"].search([("login", "=", options.login)])
            if not user:
                sys.exit(f"There is no user “{options.login}” in {options.database}.")
            imports = env["complaint.import"].with_user(user).with_company(user.company_id)
            record = imports.with_context(lang=user.lang)._import_file(
                options.file.name, options.file.read_bytes()
            )
            sys.stdout.write("\n".join([*record._report_rows(), ""]))
            sys.exit(record.state != "done" or record.wrong_count > 0)

    def _parse(self, args):
        self.parser.add_argument("-d", "--database", required=True)
        self.parser.add_argument(
            "--login", default="admin", help="who imports: the file goes into this user's centre"
        )
        self.parser.add_argument("file", type=Path, metavar="FILE", help="xlsx or csv")
        options = self.parser.parse_args(args)
        if not options.file.is_file():
            self.parser.error(f"there is no file {options.file}")
        return options
