"""Run a function that opens an untrusted file in a separate process, which can be ended.

A fresh interpreter is started, not a copy of the server with its threads and connections. It knows
the pure modules of this addon and the libraries they use, and nothing of Odoo: it has no registry,
no configuration and no database. It starts in some 30 ms; the libraries for spreadsheets take
another 200 ms, those for PDF 150 ms.

The child ends itself by timers of the kernel, which no library can catch or put off: so nothing is
left behind even where the server that waits for it dies first.
"""

import contextlib
import pickle
import signal
import subprocess
import sys
import threading
from pathlib import Path

from .budgets import WALL_FACTOR, OverBudgetError

RUNNER = Path(__file__).with_name("bounded_child.py")
# How long after its own timers an ended child may take to be gone.
GRACE = 5
OUT_OF_TIME = {-signal.SIGALRM, -signal.SIGPROF, -signal.SIGXCPU}
# In the child: what sets its timers anew. In the server nothing is ever limited.
_set_timers = None


class Child:
    """A process that runs one function after the other; ended where one takes too much.

    Started by the first call, and again by the call after one that ended it.
    """

    def __init__(self, memory_mb):
        self.memory_mb = memory_mb
        self._process = None

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.end()

    def run(self, function, *args, seconds, clock=None):
        """Return what a function of a pure module of this addon returns, or raise what it raises.

        :param seconds: of the processor, that it may take
        :param clock: seconds on the clock; ``WALL_FACTOR`` times as many, unless given
        :raise OverBudgetError: where it took longer, needed more memory, or the process died of it
        """
        clock = clock or seconds * WALL_FACTOR
        process = self._started()
        # The child's own timers come first: this one is for a child that never got to them.
        watch = threading.Timer(clock + GRACE, process.kill)
        watch.start()
        try:
            pickle.dump((function, args, seconds, clock), process.stdin, pickle.HIGHEST_PROTOCOL)
            process.stdin.flush()
            done, result = pickle.load(process.stdout)
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            raise self._exit_reason(watch, seconds) from error
        except BaseException:
            # Of a job that somebody gave up half-way nothing may be left in the pipes.
            self.end()
            raise
        finally:
            watch.cancel()
        if done:
            return result
        if isinstance(result, MemoryError):
            # What it holds by now may keep it from doing anything else.
            self.end()
            raise OverBudgetError("memory", self.memory_mb)
        raise result

    def end(self):
        """End the process. Nothing happens where there is none."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            # What it was never told goes nowhere.
            with contextlib.suppress(OSError):
                pipe.close()

    def _started(self):
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-X", "utf8", str(RUNNER)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={},
                start_new_session=True,
            )
            start = (__package__, str(RUNNER.parent.parent), sys.path, self.memory_mb)
            pickle.dump(start, self._process.stdin)
        return self._process

    def _exit_reason(self, watch, seconds):
        process = self._process
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(GRACE)
        died_of, watched = process.returncode, not watch.is_alive()
        self.end()
        if died_of in OUT_OF_TIME or watched:
            return OverBudgetError("time", seconds)
        if died_of == -signal.SIGKILL:
            # Not by us: the system had no memory left.
            return OverBudgetError("memory", self.memory_mb)
        return OverBudgetError("broken")


def run(function, *args, seconds, memory_mb, clock=None):
    """Run one function in a separate process, and end that: see ``Child.run``."""
    with Child(memory_mb) as child:
        return child.run(function, *args, seconds=seconds, clock=clock)


def step(seconds):
    """Give the next step of a function in a child so many seconds, of all it has.

    In the server, where the function runs without a child, nothing is limited.
    """
    if _set_timers:
        _set_timers(seconds)
