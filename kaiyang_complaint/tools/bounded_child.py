"""The other side of ``bounded``: a script that reads functions, runs them, and writes results.

Nothing of Odoo is imported: empty packages stand for it, so that modules and what they define have
the same names on both sides.
"""

import importlib
import os
import pickle
import resource
import signal
import sys
import time
import types

MEGABYTE = 1024 * 1024
# The desk comes first where both want the processor.
NICENESS = 5
# A page of a dossier on disk; nothing a child writes is larger.
MOST_WRITTEN = 2048 * MEGABYTE


def main():
    """Serve one job after the other until the pipe is closed."""
    reader = sys.stdin.buffer
    # What a library prints must not get between the results.
    writer = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    tools, folder, path, memory_mb = pickle.load(reader)
    _limit(resource.RLIMIT_AS, memory_mb * MEGABYTE)
    _limit(resource.RLIMIT_FSIZE, MOST_WRITTEN)
    _limit(resource.RLIMIT_CORE, 0)
    os.nice(NICENESS)
    sys.path[:] = path
    _stand_in(tools, folder)
    bounded = importlib.import_module(f"{tools}.bounded")
    while True:
        try:
            function, args, seconds, clock = pickle.load(reader)
        except EOFError:
            return
        bounded._set_timers = _timers(seconds, clock)
        answer = _answer(function, args)
        _stop_timers()
        writer.write(answer)
        writer.flush()


class _Job:
    """A function that is run; whatever it raises becomes its result."""

    def __init__(self, function, args):
        self.done, self.result = False, None
        with self:
            self.result = function(*args)
            self.done = True

    def __enter__(self):
        return self

    def __exit__(self, _type, error, _trace):
        # What keeps a process from ending passes; a full memory is told without what filled it.
        if error is None or not isinstance(error, Exception):
            return False
        self.result = MemoryError() if isinstance(error, MemoryError) else error
        return True


def _answer(function, args):
    job = _Job(function, args)
    packed = _Job(_packed, (job.done, job.result))
    if packed.done:
        return packed.result
    # Not everything that is returned or raised goes through a pipe.
    left = (
        packed.result if isinstance(packed.result, MemoryError) else RuntimeError(str(job.result))
    )
    return pickle.dumps((False, left))


def _packed(done, result):
    if isinstance(result, Exception):
        result.__cause__ = result.__context__ = result.__traceback__ = None
    answer = pickle.dumps((done, result), pickle.HIGHEST_PROTOCOL)
    if not done:
        pickle.loads(answer)
    return answer


def _timers(seconds, clock):
    """Start the timers of a job, and return what sets the one of its next step.

    They kill: no library gets to handle them.
    """
    ends = time.process_time() + seconds

    def next_step(step_seconds):
        left = max(ends - time.process_time(), 0.01)
        signal.setitimer(signal.ITIMER_PROF, min(step_seconds, left))

    for one in (signal.SIGALRM, signal.SIGPROF):
        signal.signal(one, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, clock)
    next_step(seconds)
    return next_step


def _stop_timers():
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)


def _limit(what, amount):
    """Lower a limit for good; what the system set lower stays."""
    hard = resource.getrlimit(what)[1]
    amount = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
    resource.setrlimit(what, (amount, amount))


def _stand_in(tools, folder):
    """Put packages in place whose modules are found, and that run nothing of the addon's."""
    addon = tools.rpartition(".")[0]
    places = {
        tools: f"{folder}/tools",
        f"{addon}.report".lstrip("."): f"{folder}/report",
        f"{addon}.report.engine".lstrip("."): f"{folder}/report/engine",
    }
    while addon:
        places[addon] = ""
        addon = addon.rpartition(".")[0]
    for name, place in places.items():
        module = types.ModuleType(name)
        module.__path__ = [place] if place else []
        sys.modules[name] = module


if __name__ == "__main__":
    main()
