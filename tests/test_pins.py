"""The versions that the desk is run with: none of which a published hole is known."""

import re
from pathlib import Path

REQUIREMENTS = Path(__file__).parents[1] / "scripts" / "requirements-odoo.txt"
# Package -> the version in which a published hole was mended.
MENDED = {
    "idna": (3, 7),  # CVE-2024-3651: a long name costs time that grows with its square
}


def test_no_package_is_older_than_its_mended_version():
    """Compare what is pinned with what was mended."""
    pins = dict(re.findall(r"^([\w-]+)==([\d.]+)", REQUIREMENTS.read_text(), re.MULTILINE))
    pinned = {name: tuple(map(int, pins[name].split("."))) for name in MENDED}
    assert {name: pin for name, pin in pinned.items() if pin < MENDED[name]} == {}
