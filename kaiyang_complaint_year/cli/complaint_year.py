import contextlib
import gc
import importlib
import sys
import time

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.cli.command import Command
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tools import config

LONGEST = 36
STORY = "odoo.addons.kaiyang_complaint_year.generator.story"


class ComplaintYear(Command):
    """Fill a demonstration with a year of complaints, and with what they led to.

    Prints each month as it is written, in a transaction of its own; run again after a break it
    goes on with the month that is missing. The same seed on the same day writes the same year.
    What was closed in the first month goes into the archive.
    The exit status is 1 where the database does not have this addon and the demonstration, or holds
    a year already.
    """

    name = "complaint_year"

    def run(self, args):
        """Write what is missing of the year, and say of each month how long it took."""
        options = self._parse(args)
        config.parse_config(["-d", options.database, "--log-level", "warn"], setup_logging=True)
        with contextlib.closing(Registry(options.database).cursor()) as cr:
            env = Environment(cr, SUPERUSER_ID, {"lang": "zh_CN"})
            try:
                self._tell(env, options)
            except UserError as error:
                sys.exit(str(error))

    def _tell(self, env, options):
        story = importlib.import_module(STORY).Story(
            env, seed=options.seed, months=options.months, complaints=options.complaints
        )
        gc.freeze()  # what the registry holds need not be looked through a thousand times
        begun = time.monotonic()
        for month, count in story.tell():
            env.cr.commit()
            self._say(f"{month:%Y-%m}", f"{count:4} complaints", begun)
        self._say("archive", f"{story.archive().done_count:4} dossiers  ", begun)

    def _say(self, what, count, begun):
        sys.stdout.write(f"{what}  {count}  {time.monotonic() - begun:5.1f} s\n")
        sys.stdout.flush()

    def _parse(self, args):
        self.parser.add_argument("-d", "--database", required=True)
        self.parser.add_argument("--seed", type=int, default=1, help="another seed, another year")
        self.parser.add_argument(
            "--months", type=int, default=12, help="whole months before the present one"
        )
        self.parser.add_argument(
            "--complaints", type=int, default=300, help="how many come in, in all"
        )
        options = self.parser.parse_args(args)
        if not (1 <= options.months <= LONGEST and options.complaints > 0):
            self.parser.error(f"--months is 1 to {LONGEST}, --complaints at least 1")
        return options
