"""What docs/ says of the code is so: files, chapters, tests, and the generated picture."""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
ADDON = ROOT / "kaiyang_complaint"
TEST = re.compile(r"def test_([a-z]\d+(?:_\d+[a-z]?)*)_")
ROW = re.compile(
    r"^\| ([A-Z][\d.]+[abc]?) \| ([^|]*) \| [^|]+ \| `(\w+)` \| ([^|]+) \| `test_(\w+)_` \|$"
)
CODE = re.compile(r"`([^`]+)`")


def rows():
    """Return the table of clauses: identifier, chapter, files, prefix of its tests."""
    text = (ROOT / "docs" / "clauses.md").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("| ")][1:]
    found = [ROW.match(line) for line in lines]
    assert all(found), [line for line, match in zip(lines, found, strict=True) if not match]
    return [(match[1], match[3], CODE.findall(match[4]), match[5]) for match in found]


def ids_of_tests():
    """Return the clause ids that names of tests carry."""
    files = [*(ADDON / "tests").rglob("test_*.py"), *(ROOT / "tests").rglob("test_*.py")]
    return {name for path in files for name in TEST.findall(path.read_text(encoding="utf-8"))}


def test_each_clause_names_files_that_exist_and_tests_that_run():
    names = ids_of_tests()
    chapters = {path.name for path in (ADDON / "models").iterdir() if path.is_dir()}
    for clause, chapter, files, prefix in rows():
        assert chapter in chapters, clause
        assert prefix == clause.lower().replace(".", "_"), clause
        assert any(name == prefix for name in names), f"{clause}: no test_{prefix}_…"
        missing = [file for file in files if not (ADDON / file).is_file()]
        assert files, clause
        assert not missing, clause


def test_each_clause_id_of_a_test_is_in_the_table():
    known = {prefix for _clause, _chapter, _files, prefix in rows()}
    # A test of several clauses carries what their ids begin with: u7_3 of u7_3a and u7_3b.
    unknown = {name for name in ids_of_tests() if not any(one.startswith(name) for one in known)}
    assert not unknown


def test_the_picture_is_that_of_the_code():
    check = [sys.executable, str(ROOT / "scripts" / "architecture.py"), "--check"]
    assert subprocess.run(check, cwd=ROOT, check=False).returncode == 0


def test_each_file_of_a_recipe_exists():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    recipes = text.partition("## How to add")[2]
    files = [one for one in CODE.findall(recipes) if "/" in one and "." in one.rpartition("/")[2]]
    assert files
    missing = [one for one in files if not ((ADDON / one).exists() or (ROOT / one).exists())]
    assert not missing


def test_the_recipe_for_a_report_names_every_file_of_its_example():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    recipe = text.partition("### a report")[2].partition("###")[0]
    sources = [*ADDON.rglob("*.py"), *ADDON.rglob("*.xml"), *ADDON.rglob("*.csv")]
    of_code = [path for path in sources if path.relative_to(ADDON).parts[0] != "tests"]
    example = [path for path in of_code if "report_urging_note" in path.read_text(encoding="utf-8")]
    named = {one for one in CODE.findall(recipe) if "/" in one}
    assert {str(path.relative_to(ADDON)) for path in example} == named
