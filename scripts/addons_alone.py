"""A plugin of pytest: the tools of the addons can be imported, of Odoo itself nothing can.

The tools are plain Python. What stands for Odoo and for the addons is empty packages, so that no
model is loaded and a tool that needs one fails.
"""

import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[1]
ADDONS = ("kaiyang_complaint", "kaiyang_complaint_year")


def register_stub(*names, folder):
    """Let a package be known by names, of which its folder is all there is."""
    package = ModuleType(names[0])
    package.__path__ = [str(folder)]
    sys.modules.update(dict.fromkeys(names, package))


register_stub("odoo", folder=ROOT)
register_stub("odoo.addons", folder=ROOT)
for addon in ADDONS:
    register_stub(addon, f"odoo.addons.{addon}", folder=ROOT / addon)
