"""Check what no other tool does.

No exceptions from the other checks, no address of a mirror, no path of one machine.
"""

import pathlib
import re
import sys

SKIPPED = {".git", ".dev", ".ruff_cache", "__pycache__", "screenshots", "LICENSE"}
# Put together here, so that this file may pass its own check.
MIRRORS = [
    ("deb", "debian", "org"),
    ("pypi", "org"),
    ("pythonhosted", "org"),
    ("npmjs", "org"),
]
EXCEPTIONS = [
    ("no", "qa"),
    ("pylint", ": *(disable|skip)"),
    ("type", ": *ignore"),
    ("eslint", "-disable"),
    ("prettier", "-ignore"),
    ("shellcheck", " disable"),
    ("fmt", ": *(off|skip)"),
]
RULES = {
    "names a mirror": "|".join(r"\.".join(parts) for parts in MIRRORS),
    "makes an exception": "|".join("".join(parts) for parts in EXCEPTIONS),
    "names a folder of one machine": "/" + "work/|/" + "home/|/" + "root/",
}


def project_files():
    """Return the project's own files."""
    return [
        path
        for path in pathlib.Path().rglob("*")
        if path.is_file() and not SKIPPED & set(path.parts)
    ]


def breaches(path):
    """Yield a line for every rule that the file breaks."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        return
    for number, line in enumerate(lines, 1):
        for rule, pattern in RULES.items():
            if re.search(pattern, line):
                yield f"{path}:{number}: {rule}: {line.strip()[:100]}"


def main():
    """Check every file of the project."""
    found = [line for path in project_files() for line in breaches(path)]
    print("\n".join(found))
    sys.exit(bool(found))


main()
