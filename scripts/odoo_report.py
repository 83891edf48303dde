"""Read the log of an Odoo test run: print what went wrong, then "PASSED FAILED SKIPPED"."""

import pathlib
import re
import sys

RECORD = re.compile(
    r"^\d{4}-\d\d-\d\d [\d:,]+ \d+ (?P<level>[A-Z]+) \S+ (?P<logger>[^:]+): (?P<text>.*)"
)
TOTAL = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")
LOUD = {"WARNING", "ERROR", "CRITICAL"}


def records(text):
    """Yield each log record with the lines that belong to it."""
    current = None
    for line in text.splitlines():
        if match := RECORD.match(line):
            if current:
                yield current
            current = {**match.groupdict(), "lines": [line]}
        elif current:
            current["lines"].append(line)
    if current:
        yield current


def counts(found, loud):
    """Return how many tests passed, failed and were skipped; any other loud record fails once."""
    totals = [match.groups() for record in found if (match := TOTAL.search(record["text"]))]
    failures, errors, run = map(int, totals[-1]) if totals else (0, 0, 0)
    failed = failures + errors
    skipped = sum(record["text"].startswith("skipped ") for record in found)
    if not run or (loud and not failed):
        failed += 1
    return max(run - failures - errors - skipped, 0), failed, skipped


def main():
    """Report on the log of the command line."""
    found = list(records(pathlib.Path(sys.argv[1]).read_text(errors="replace")))
    loud = [record for record in found if record["level"] in LOUD]
    for record in loud:
        print("\n".join(record["lines"]))
    print(*counts(found, loud))


main()
