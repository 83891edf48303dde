"""Run a command so that nothing it started outlives it: supervise.py GRACE LOG COMMAND...

As a "child subreaper" it adopts what the command leaves behind (a browser, a server) and ends that
too, within GRACE seconds; the kernel tells it when its own parent dies. With a LOG other than "-"
the output goes there, and a line now and then says how far it is.
"""

import contextlib
import ctypes
import os
import pathlib
import re
import signal
import subprocess
import sys
import time

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
PROGRESS_SECONDS = 15
PROGRESS_WIDTH = 100
# When, process and level, as Odoo starts its log lines.
LOG_PREFIX = re.compile(r"^\d{4}-\d\d-\d\d [\d:,]+ \d+ [A-Z]+ \S+ ")


def parents():
    """Map every living process to its parent."""
    found = {}
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text(errors="replace").rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if state != "Z":
            found[int(stat.parent.name)] = int(parent)
    return found


def descendants():
    """Return the living processes below this one."""
    table = parents()
    below = {os.getpid()}
    while more := {pid for pid, parent in table.items() if parent in below} - below:
        below |= more
    return below - {os.getpid()}


def collect_children():
    """Collect ended children, so that none stays behind as a zombie."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def send(pid, number):
    """Signal a process that may be gone by now."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def end_all(grace):
    """Ask what is left to end, wait, then make it end."""
    deadline = time.monotonic() + grace
    asked = set()
    while left := descendants():
        late = time.monotonic() > deadline
        for pid in left if late else left - asked:
            send(pid, signal.SIGKILL if late else signal.SIGTERM)
        asked |= left
        time.sleep(0.1)
        collect_children()


def last_line(path):
    """Return the end of a growing log."""
    with path.open("rb") as log:
        log.seek(max(0, path.stat().st_size - 2000))
        lines = log.read().decode(errors="replace").split("\n")
    line = next((line for line in reversed(lines) if line.strip()), "")
    return LOG_PREFIX.sub("", line)[:PROGRESS_WIDTH]


def follow(process, path):
    """Wait for the process and print its progress."""
    started = time.monotonic()
    while True:
        try:
            return process.wait(PROGRESS_SECONDS)
        except subprocess.TimeoutExpired:
            seconds = time.monotonic() - started
            print(f"   … {seconds:.0f} s: {last_line(path)}", file=sys.stderr, flush=True)


def run(log, command):
    """Run the command to its end and return its exit status."""
    if log == "-":
        return subprocess.Popen(command).wait()
    path = pathlib.Path(log)
    with path.open("wb") as output:
        return follow(subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT), path)


def main():
    """Supervise the command of the command line."""
    grace, log, command = float(sys.argv[1]), sys.argv[2], sys.argv[3:]
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    endings = (signal.SIGTERM, signal.SIGHUP)
    for number in endings:
        signal.signal(number, lambda received, _frame: sys.exit(128 + received))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        status = run(log, command)
    finally:
        for number in endings:
            signal.signal(number, signal.SIG_IGN)
        end_all(grace)
    sys.exit(status if status >= 0 else 128 - status)


main()
