"""What docs/ says of the code is so: files, chapters, tests, and the generated picture."""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
ADDON = ROOT / "kaiyang_complaint"
TEST = re.compile(r"def test_([a-z]\d+(?:_\d+[a-z]?)*)_")
ROW = re.compile(
    r"^\| (?P<id>[A-Z][\d.]+[abc]?) \| [^|]* \| [^|]+ \| `(?P<chapter>\w+)` "
    r"\| (?P<code>[^|]+) \|(?P<records>[^|]*)\| (?P<tests>[^|]+) \| `test_(?P<prefix>\w+)_` \|$"
)
CODE = re.compile(r"`([^`]+)`")


def rows():
    """Return the rows of the table of clauses, as mappings of the names in ``ROW``."""
    text = (ROOT / "docs" / "clauses.md").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("| ")][1:]
    found = [ROW.match(line) for line in lines]
    assert all(found), [line for line, match in zip(lines, found, strict=True) if not match]
    return [match.groupdict() for match in found]


def declares(path, name):
    """Return whether a file defines a method, class, field or record of some name."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".xml":
        return f'id="{name}"' in text
    word = re.escape(name)
    pattern = rf"^(def {word}\(|class {word}\b| {{4}}def {word}\(| {{0,4}}{word} = )"
    return re.search(pattern, text, re.MULTILINE) is not None


def broken(place):
    """Return what of ``file: name, name`` does not exist."""
    file, _colon, names = place.partition(": ")
    path = ADDON / file
    if not path.is_file():
        return [file]
    return [
        f"{file}: {name}" for name in filter(None, names.split(", ")) if not declares(path, name)
    ]


def ids_of_tests():
    """Return the clause ids that names of tests carry."""
    files = [*(ADDON / "tests").rglob("test_*.py"), *(ROOT / "tests").rglob("test_*.py")]
    return {name for path in files for name in TEST.findall(path.read_text(encoding="utf-8"))}


def test_each_clause_names_methods_and_records_that_exist():
    chapters = {path.name for path in (ADDON / "models").iterdir() if path.is_dir()}
    for row in rows():
        places = CODE.findall(row["code"])
        assert row["chapter"] in chapters, row["id"]
        assert ": " in places[0], f"{row['id']}: no method is named"
        assert not [one for place in places for one in broken(place)], row["id"]
        records = CODE.findall(row["records"])
        assert all(place.startswith("data/") and ": " in place for place in records), row["id"]
        assert not [one for place in records for one in broken(place)], row["id"]


def test_each_clause_names_a_test_of_its_own_that_exists():
    for row in rows():
        prefix = row["id"].lower().replace(".", "_")
        assert row["prefix"] == prefix, row["id"]
        tests = CODE.findall(row["tests"])
        assert tests, row["id"]
        for test in tests:
            _file, _colon, name = test.partition(": ")
            assert name.startswith(f"test_{prefix}_"), row["id"]
            assert not broken(test), row["id"]


def test_a_name_that_is_not_there_is_noticed():
    file = "models/case/helpdesk_ticket.py"
    assert broken(f"{file}: action_accept, action_acc") == [f"{file}: action_acc"]
    assert broken("models/case/no_such_file.py: action_accept") == ["models/case/no_such_file.py"]
    data = "data/case/ir_cron_data.xml"
    assert broken(f"{data}: cron_assessment, cron_gone") == [f"{data}: cron_gone"]


def test_each_clause_id_of_a_test_is_in_the_table():
    known = {row["prefix"] for row in rows()}
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
