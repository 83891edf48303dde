"""The whole matrix: every model and route, every role, every door, every case; and its table.

``python -m security`` from ``tests/`` seeds the database KC_DATABASE, serves it, and
knocks; the exit status tells whether nothing leaked, nothing broke and nobody was forgotten.
"""

import argparse
import collections
import concurrent.futures
import contextlib
import itertools
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from desk import Server

from . import classified, doors, people, routes
from .client import Person, Tally
from .expected import CASES
from .world import KINDS, World

ROOT = pathlib.Path(__file__).resolve().parents[2]
SEED = """
import sys
sys.path.insert(0, "tests")
from security import seed
seed.main(env, {path!r})
"""
THREADS = 4
PROCESSES = 2
PROGRESS_SECONDS = 20
# In the short form: who belongs to no case, each model having one of them; at every how many-th
# model of a case one of the other roles asks; at how many models each of these asks for what it
# may read; how many roles ask at the routes.
STRANGERS = ("other_rep", "helpdesk_manager", "colleague", "foreign_manager")
OTHERS_EACH = 2
KNOWN = 6
ROUTE_ROLES = 2
SHOWN = 400
# Roles that between them are refused for every reason there is.
TELLING = (
    "public",
    "other_rep",
    "rep",
    "helpdesk_manager",
    "colleague",
    "archivist",
    "foreign_manager",
)


class DeskServer(Server):
    """A server without jobs; two of them share the work, each a process of its own."""

    OPTIONS = ("--max-cron-threads", "0", "--log-level", "error")

    def __init__(self, number, database):
        super().__init__(database)
        self.log = self.log.with_name(f"matrix-server-{number}.log")

    def command(self):
        """Return the command line."""
        return [*super().command(), *self.OPTIONS]


@contextlib.contextmanager
def serving(processes=PROCESSES, database=None):
    """Serve a database by as many processes as the matrix keeps busy."""
    servers = [DeskServer(number, database) for number in range(processes)]
    try:
        for server in servers:
            server.start()
        yield servers
    finally:
        for server in servers:
            if server.process:
                server.stop()


def seed(database, path):
    """Seed a database by a shell of the server's code; return the manifest."""
    subprocess.run(
        [
            os.environ["KC_PYTHON"],
            "-m",
            "odoo",
            "shell",
            "-d",
            database,
            "--no-http",
            "--log-level",
            "error",
        ],
        input=SEED.format(path=str(path)).encode(),
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return json.loads(pathlib.Path(path).read_text(encoding="utf-8"))


def load(path):
    """Return the manifest at a path; without one, that of the database, seeded now."""
    if path:
        return json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        return seed(os.environ["KC_DATABASE"], pathlib.Path(folder) / "manifest.json")


# --- who was forgotten ---------------------------------------------------------------------------


def forgotten(world):
    """Return what nobody classified, and what is classified as what it is not."""
    found = [
        f"model {model}: nobody classified it"
        for model, about in world.models.items()
        if _has_doors(about) and not classified.model_class(model)
    ]
    found += [
        f"route {route}: nobody classified it"
        for route in world.routes
        if not classified.route_class(route)
    ]
    found += [
        f"model {model}: words of a case stand in it, though it is no part of one"
        for model in world.standing
        if classified.model_class(model) not in classified.HOLDING
    ]
    planted = {place.partition(":")[0] for _case, place, _field, _record in world.planted.values()}
    found += [
        f"model {model}: part of a case, but no word was planted in it"
        for model in classified.CASE_MODELS - planted - classified.WITHOUT_TABLE
        if _has_texts(world.models.get(model))
    ]
    return found


def _has_doors(about):
    """Tell whether a model can be asked for anything: a mixin alone can't."""
    return about["kind"] in {"stored", "transient"} or (
        about["kind"] == "abstract" and bool(about["methods"] or about["answers"])
    )


def _has_texts(about):
    fields = about["fields"].values() if about else ()
    return any(one["type"] in doors.SEARCHED and one["store"] for one in fields)


# --- the run -----------------------------------------------------------------------------------


def units(world, roles, wanted, short):
    """Return the pieces of work: a role, and a model or the routes.

    :param short: at each model one stranger asks, and of the others somebody now and then
    """
    models = [
        model
        for model in sorted(world.models)
        if _has_doors(world.models[model]) and _is_wanted(model, wanted)
    ]
    if short:
        pieces = _by_turns(world, models, roles)
    else:
        pieces = [(role, model) for model in models for role in roles]
    if not wanted or "routes" in wanted:
        pieces += [(role, None) for role in (roles[:ROUTE_ROLES] if short else roles)]
    return pieces


def _is_wanted(model, wanted):
    return not wanted or any(model == one or model.startswith(one + "*") for one in wanted)


def _by_turns(world, models, roles):
    """Return who asks at which model, one role after the other.

    Beside the cases there is less to be told: strangers alone ask there.
    """
    strangers = [role for role in roles if role in STRANGERS] or roles
    others = [role for role in roles if role not in strangers]
    telling = [
        model
        for model in models
        if world.ids(model) or classified.model_class(model) in {"case", "beside"}
    ]
    pieces = list(zip(itertools.cycle(strangers), models, strict=False))
    if others:
        pieces += zip(itertools.cycle(others), telling[::OTHERS_EACH], strict=False)
    for role in others:
        # Words that nobody meets would prove nothing.
        known = [model for model in telling if _may_read(world, role, model)]
        pieces += [(role, model) for model in known[:KNOWN] if (role, model) not in pieces]
    return pieces


def _may_read(world, role, model):
    return any(role in world.readers_of(word) for word, *_where in world.by_model[model])


class Matrix:
    """Sends everybody everywhere, and keeps what came of it."""

    def __init__(self, servers, manifest, roles=people.ROLES, wanted=(), *, short=False):
        self.world = World(manifest, kinds=KINDS[:1] if short else KINDS)
        self.tally = Tally(manifest)
        self.wanted, self.short = wanted, short
        self.roles = roles
        self.persons = {
            role: Person(role, servers[number % len(servers)], manifest, self.tally)
            for number, role in enumerate(roles)
        }

    def run(self):
        """Do all pieces of work, several at a time; return the tally."""
        for person in self.persons.values():
            person.enter()
        pieces = units(self.world, self.roles, self.wanted, self.short)
        # The routes last: some of them change what they are given.
        models = [piece for piece in pieces if piece[1]]
        models.sort(key=lambda piece: (not self.world.ids(piece[1]), piece[1]))
        others = [piece for piece in pieces if not piece[1]]
        with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
            for part in (models, others):
                works = {pool.submit(self._do, *piece) for piece in part}
                while works:
                    done, works = concurrent.futures.wait(works, PROGRESS_SECONDS)
                    for work in done:
                        work.result()
                    self._tell(len(works))
        for door, role, word, case, place, field in self.world.heard:
            self.tally.leak(
                role, door, "told by the steps of the desk", (case, place, field), about=word
            )
        return self.tally

    def _tell(self, left):
        """Say how far it is; what was found until now stands in a log."""
        asked, leaks = sum(self.tally.counts.values()), len(self.tally.leaks)
        sys.stderr.write(f"   … {left} pieces to go: {asked} requests, {leaks} leaks\n")
        log = pathlib.Path(os.environ["KC_LOGS"]) / "matrix.txt"
        with self.tally.lock:
            log.write_text(table(self.tally, []), encoding="utf-8")

    def _do(self, role, model):
        person = self.persons[role]
        if model:
            doors.visit(person, model, self.world, doors.SHORT if self.short else None)
        else:
            routes.knock(person, self.world, short=self.short)


# --- the table ---------------------------------------------------------------------------------


def table(tally, missed):
    """Return the outcome as text: a row a door, then every leak, error and omission."""
    kinds = ("ok", "refused", "error", "of Odoo")
    rows = collections.defaultdict(collections.Counter)
    for (_role, door, kind), count in tally.counts.items():
        rows[door][kind] += count
    leaking = collections.Counter(door for _role, door, _target in tally.leaks)
    head = ("door", "requests", "answers", "refusals", "server errors", "Odoo's own", "leaks")
    lines = [head]
    for door in sorted(rows):
        counts = [rows[door][kind] for kind in kinds]
        lines.append((door, sum(counts), *counts, leaking[door]))
    sums = [sum(row[column] for row in lines[1:]) for column in range(1, len(head))]
    lines.append(("all", *sums))
    widths = [max(len(str(row[column])) for row in lines) for column in range(len(head))]
    text = [
        "  ".join(
            str(cell).ljust(width) if number == 0 else str(cell).rjust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in lines
    ]
    return "\n".join([*text, "", *_details(tally, missed)])


def _details(tally, missed):
    for (role, door, target), places in sorted(tally.leaks.items()):
        shown = sorted({" ".join(map(str, what[:3])) for what in places})
        about = str(next(iter(places.values())))[:SHOWN]
        what = f"{'; '.join(shown[:6])} ({len(shown)})"
        yield f"LEAK {role} → {door} → {target}: {what}  e.g. {about}"
    for (door, target, error), cases in sorted(tally.errors.items()):
        roles = sorted({role for role, _about in cases})
        yield f"ERROR {door} → {target}: {error}  [{', '.join(roles)}]  e.g. {cases[0][1][:SHOWN]}"
    for line in missed:
        yield f"FORGOTTEN {line}"


def main():
    """Run the matrix as the command line says."""
    parser = argparse.ArgumentParser(prog="./dev prove security")
    parser.add_argument("--short", action="store_true", help="the form that ./dev test runs")
    parser.add_argument("--only", nargs="*", default=[], help="only these models, or routes")
    parser.add_argument("--roles", nargs="*", default=[], help="only these roles")
    parser.add_argument("--manifest", help="a database seeded before: its manifest")
    options = parser.parse_args()
    manifest = load(options.manifest)
    roles = options.roles or (TELLING if options.short else people.ROLES)
    sys.exit(prove(manifest, roles, options))


def prove(manifest, roles, options):
    """Serve, knock, print the table; return the exit status."""
    with serving() as servers:
        matrix = Matrix(servers, manifest, roles, options.only, short=options.short)
        tally = matrix.run()
    missed = forgotten(matrix.world)
    sys.stdout.write(f"{table(tally, missed)}\n\n{_summary(manifest, tally, missed, roles)}\n")
    return int(bool(tally.leaks or tally.errors or missed))


def _summary(manifest, tally, missed, roles):
    refused = sum(count for (*_what, kind), count in tally.counts.items() if kind == "refused")
    met = len({word for _role, word in tally.met})
    counts = {
        "requests": sum(tally.counts.values()),
        "leaks": len(tally.leaks),
        "refusals": refused,
        "server errors": len(tally.errors),
        "forgotten": len(missed),
        "roles": len(roles),
        "cases": len(CASES),
        "words planted": len(manifest["planted"]),
        "of them met by who may": met,
    }
    return ", ".join(f"{count} {name}" for name, count in counts.items())
