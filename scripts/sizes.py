"""Check the limits that keep the Python readable: method, class and file lengths."""

import ast
import pathlib
import sys

METHOD_LINES = 40
CLASS_LINES = 900
FILE_LINES = 900
FOLDERS = ("kaiyang_complaint", "kaiyang_complaint_year", "scripts", "tests", "bench")


def too_long(path):
    """Yield a line for every limit that the file breaks."""
    source = path.read_text(encoding="utf-8")
    lines = len(source.splitlines())
    if lines > FILE_LINES:
        yield f"{path}: {lines} lines, {FILE_LINES} allowed"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            limit = METHOD_LINES
        elif isinstance(node, ast.ClassDef):
            limit = CLASS_LINES
        else:
            continue
        length = node.end_lineno - node.lineno + 1
        if length > limit:
            yield f"{path}:{node.lineno}: {node.name} has {length} lines, {limit} allowed"


def main():
    """Check every Python file of the project."""
    files = [path for folder in FOLDERS for path in sorted(pathlib.Path(folder).rglob("*.py"))]
    broken = [line for path in files for line in too_long(path)]
    print("\n".join(broken))
    sys.exit(bool(broken))


main()
