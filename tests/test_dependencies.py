"""The manifests name what the addons import, and the pins are versions that they ask for."""

import ast
import re
import sys
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
ADDONS = ("kaiyang_complaint", "kaiyang_complaint_year")
# Without these there is no Odoo that could read a manifest.
PART_OF_ODOO = {"dateutil", "lxml", "markupsafe", "odoo", "psycopg2", "werkzeug"}
PIN = re.compile(r"^([\w-]+)==([\w.]+)", re.MULTILINE)


def imported(folder):
    """Return the packages of others that an addon imports, in its functions too.

    Tests may import what nobody needs to install who runs the addon.
    """
    found = set()
    for path in folder.rglob("*.py"):
        if "tests" in path.parts[len(folder.parts) :]:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found.update(alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                found.add(node.module.split(".")[0])
    return found - sys.stdlib_module_names - PART_OF_ODOO


def distributions(packages):
    """Return the names under which packages are published."""
    published = metadata.packages_distributions()
    return {canonicalize_name(name) for package in packages for name in published[package]}


def declared(addon):
    """Return what the manifest of an addon asks for: name -> requirement."""
    manifest = ast.literal_eval((ROOT / addon / "__manifest__.py").read_text(encoding="utf-8"))
    asked = map(Requirement, manifest.get("external_dependencies", {}).get("python", []))
    return {canonicalize_name(requirement.name): requirement for requirement in asked}


@pytest.mark.parametrize("addon", ADDONS)
def test_the_manifest_names_what_is_imported(addon):
    assert set(declared(addon)) == distributions(imported(ROOT / addon))


@pytest.mark.parametrize("addon", ADDONS)
def test_what_is_pinned_is_what_the_manifest_asks_for(addon):
    lists = (ROOT / "scripts").glob("requirements-*.txt")
    pins = {
        canonicalize_name(name): version
        for path in lists
        for name, version in PIN.findall(path.read_text(encoding="utf-8"))
    }
    assert not {
        name: pins.get(name)
        for name, requirement in declared(addon).items()
        if name not in pins or pins[name] not in requirement.specifier
    }


def test_imports_within_functions_are_seen(tmp_path):
    (tmp_path / "models").mkdir()
    (tmp_path / "tests").mkdir()
    lazy = "import re\nfrom . import own\n\ndef late():\n    import openpyxl.styles\n"
    (tmp_path / "models" / "a.py").write_text(lazy)
    (tmp_path / "tests" / "b.py").write_text("import freezegun")
    assert imported(tmp_path) == {"openpyxl"}
