"""``./dev prove figures``: what is printed and displayed of a generated year, against plain SQL."""

import os
import subprocess
import sys

from desk import Server

from .counted import Counted
from .shown import Shown

YEAR = "kaiyang_complaint_year"
DIFFERENCES = 20


def write_year(database):
    """Write a year of complaints on top of the demonstration."""
    odoo = [os.environ["KC_PYTHON"], "-m", "odoo"]
    quiet = ["--stop-after-init", "--no-http", "--log-level", "warn"]
    subprocess.run([*odoo, "-d", database, "-i", YEAR, *quiet], check=True)
    subprocess.run([*odoo, "complaint_year", "-d", database], check=True)


def compared(server):
    """Yield where figures stand, what is shown there, and what SQL counts."""
    counted = Counted(server.db)
    leader, archivist = Shown(server, "leader"), Shown(server, "archivist")
    for month in counted.months():
        yield f"monthly report {month:%Y-%m}", leader.statistics(month), counted.statistics(month)
    for notice in counted.notices():
        yield f"notice {notice}", leader.notice(notice), counted.notice(notice)
    yield "boards", leader.boards(), counted.boards()
    yield "dashboard", leader.dashboard(), counted.dashboard()
    for role, person in {"leader": leader, "archivist": archivist}.items():
        tiles = person.tiles()
        waiting = counted.tiles({key for _tile, key in tiles})
        yield f"day of the {role}", {key: tiles[key] for key in waiting}, waiting


def main():
    """Compare, print a table, and end with how many figures differ."""
    if "--there" not in sys.argv:
        write_year(os.environ["KC_DATABASE"])
    server = Server()
    server.start()
    total = wrong = 0
    try:
        for place, shown, counted in compared(server):
            different = [
                (key, shown.get(key), counted.get(key))
                for key in dict.fromkeys([*shown, *counted])
                if shown.get(key) != counted.get(key)
            ]
            total += len(shown.keys() | counted.keys())
            wrong += len(different)
            sys.stdout.write(f"{place:28} {len(shown):5} figures {len(different):5} differ\n")
            for key, told, found in different[:DIFFERENCES]:
                sys.stdout.write(f"    {key}: shown {told!r}, counted {found!r}\n")
    finally:
        server.stop()
    sys.stdout.write(f"{total} figures, {wrong} differences\n")
    sys.exit(int(bool(wrong)))


if __name__ == "__main__":
    main()
