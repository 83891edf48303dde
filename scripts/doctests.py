"""Run the doctests of the pure Python tools: doctests.py ADDON. Prints "PASSED FAILED SKIPPED"."""

import doctest
import importlib
import pathlib
import sys

addon = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(addon))
results = [
    doctest.testmod(importlib.import_module(f"tools.{path.stem}"))
    for path in sorted((addon / "tools").glob("[!_]*.py"))
]
failed = sum(result.failed for result in results)
print(sum(result.attempted for result in results) - failed, failed, 0)
