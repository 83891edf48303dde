"""Break the guards of the addon, one at a time: the matrix or the addon's tests must notice each.

``./dev prove security --breaks [NUMBER…]`` switches record rules off, and changes single lines in
a copy of the addon; then it knocks where the guard stood, or runs the tests that know it. What
nobody notices is a guard that nobody watches.
"""

import argparse
import contextlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field

from desk import Server

from . import guards
from .client import Person, Tally
from .matrix import Matrix, load, serving

ROOT = pathlib.Path(__file__).resolve().parents[2]
ADDON = "kaiyang_complaint"
RULES = "security/complaint_rules.xml"
# How a log of Odoo's tests names those that failed, and says how many there were.
FAILED = re.compile(r"(?:FAIL|ERROR): (?:Subtest )?(\w+\.\w+)")
COUNTED = re.compile(r"\d+ failed, \d+ error\(s\) of ([1-9]\d*) tests")


@dataclass
class Break:
    """One guard, how it is broken, and who has to notice.

    :ivar rule: the external id of a record rule that is switched off instead of a line
    :ivar models: where the matrix knocks, ``routes`` for the routes
    :ivar tags: the tests of the addon that are run instead
    """

    about: str
    file: str = ""
    old: str = ""
    new: str = ""
    rule: str = ""
    models: tuple = ()
    roles: tuple = ()
    tags: str = ""
    # What leaked, or failed, before anything was broken.
    known: set = field(default_factory=set)


def breaks():
    """Return all breaks."""
    return [Break(**one) for one in guards.GUARDS]


# --- the broken addon -----------------------------------------------------------------------------


@contextlib.contextmanager
def broken(one):
    """Let Odoo load a copy of the addon in which a line is changed."""
    with tempfile.TemporaryDirectory() as folder:
        copied = pathlib.Path(folder) / ADDON
        shutil.copytree(ROOT / ADDON, copied, ignore=shutil.ignore_patterns("__pycache__"))
        _change(copied / one.file, one.old, one.new)
        configured = os.environ["ODOO_RC"]
        os.environ["ODOO_RC"] = str(_configuration(configured, folder))
        try:
            yield
        finally:
            os.environ["ODOO_RC"] = configured


def _change(path, old, new):
    source = path.read_text(encoding="utf-8")
    if source.count(old) != 1:
        raise ValueError(f"{path.name}: “{old}” stands there {source.count(old)} times, not once")
    path.write_text(source.replace(old, new), encoding="utf-8")


def _configuration(configured, folder):
    """Return a configuration with the copied addon in the place of ours."""
    text = pathlib.Path(configured).read_text(encoding="utf-8")
    path = pathlib.Path(folder) / "odoo.conf"
    changed = re.sub(f",{re.escape(str(ROOT))}$", f",{folder}", text, flags=re.MULTILINE)
    if changed == text:
        raise ValueError(f"the addon is loaded from elsewhere than {ROOT}")
    path.write_text(changed, encoding="utf-8")
    return path


@contextlib.contextmanager
def switched_off(rule, server, manifest):
    """Switch a record rule off for a while, on a running server."""
    admin = Person("admin", server, manifest, Tally(manifest))
    module, name = ADDON, rule
    found = admin.jsonrpc(
        "ir.model.data", "search_read", [[["module", "=", module], ["name", "=", name]]], {}
    )
    ids = [row["res_id"] for row in found.result]
    if len(ids) != 1 or not admin.jsonrpc("ir.rule", "write", [ids, {"active": False}], {}).is_ok:
        raise ValueError(f"there is no rule {rule}")
    try:
        yield
    finally:
        admin.jsonrpc("ir.rule", "write", [ids, {"active": True}], {})


# --- who notices -------------------------------------------------------------------------------


def leaks(one, servers, manifest):
    """Return what leaks where a break has to show: role, door, target, what."""
    tally = Matrix(servers, manifest, one.roles, one.models).run()
    return {(*key, *map(str, what)) for key, places in tally.leaks.items() for what in places}


def failures(tags, database):
    """Return the tests of the addon that fail."""
    command = [os.environ["KC_PYTHON"], "-m", "odoo", "-d", database, "--test-tags", tags]
    command += ["--stop-after-init", "--http-port", str(Server.free_port())]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if not COUNTED.search(said.stderr):
        raise RuntimeError(f"{tags}: no test ran\n{said.stderr[-2000:]}")
    return {(name,) for name in FAILED.findall(said.stderr)}


def new_ones(one, found):
    """Return some of what was not there before the break, as text."""
    return [" → ".join(map(str, what[:4])) for what in sorted(found - one.known)][:3]


# --- the run -----------------------------------------------------------------------------------


def copy(source, target):
    """Make a database from another, with its files."""
    remove(target)
    subprocess.run(["createdb", "--template", source, target], check=True)
    files = _filestore(source)
    if files.is_dir():
        shutil.copytree(files, _filestore(target))


def remove(database):
    """Remove a database and its files."""
    subprocess.run(["dropdb", "--if-exists", "--force", database], check=True, capture_output=True)
    shutil.rmtree(_filestore(database), ignore_errors=True)


def _filestore(database):
    text = pathlib.Path(os.environ["ODOO_RC"]).read_text(encoding="utf-8")
    [data] = re.findall(r"^data_dir = (.+)$", text, re.MULTILINE)
    return pathlib.Path(data) / "filestore" / database


def main():
    """Break the guards that the command line names, or all; the status tells whether all showed."""
    parser = argparse.ArgumentParser(prog="./dev prove security --breaks")
    parser.add_argument("numbers", nargs="*", type=int, help="only these breaks")
    parser.add_argument("--manifest", help="a database seeded before: its manifest")
    options = parser.parse_args()
    manifest = load(options.manifest)
    chosen = [
        (number, one)
        for number, one in enumerate(breaks(), 1)
        if not options.numbers or number in options.numbers
    ]
    missed = _break_rules(chosen, manifest) + _break_lines(chosen, manifest)
    sys.stdout.write(f"{len(chosen)} guards broken, {missed} not noticed\n")
    sys.exit(bool(missed))


def _break_rules(chosen, manifest):
    """See what leaks of itself, then switch one rule off after the other."""
    missed = 0
    with serving(1) as servers:
        for number, one in chosen:
            if one.tags:
                continue
            one.known = leaks(one, servers, manifest)
            if one.rule:
                with switched_off(one.rule, servers[0], manifest):
                    found = leaks(one, servers, manifest)
                missed += not _report(number, one, found)
    return missed


def _break_lines(chosen, manifest):
    """Change one line after the other, each in a copy of the addon."""
    lines = [(number, one) for number, one in chosen if one.file]
    tags = ",".join(sorted({one.tags for _number, one in lines if one.tags}))
    failing = failures(tags, os.environ["KC_DATABASE"]) if tags else set()
    missed = 0
    for number, one in lines:
        with broken(one):
            if one.tags:
                one.known = failing
                found = failures(one.tags, os.environ["KC_DATABASE"])
            else:
                with serving(1) as servers:
                    found = leaks(one, servers, manifest)
        missed += not _report(number, one, found)
    return missed


def _report(number, one, found):
    """Print who noticed a break; return whether anybody did."""
    by = new_ones(one, found)
    outcome = f"noticed: {'; '.join(by)}" if by else "NOT NOTICED"
    sys.stdout.write(f"{number:3} {one.about}: {outcome}\n")
    sys.stdout.flush()
    return bool(by)


if __name__ == "__main__":
    main()
