"""The short form of the security matrix: every model and route, the telling roles by turns."""

import os

import pytest

from . import breaks, classified, matrix, world


@pytest.fixture(scope="module")
def manifest(tmp_path_factory):
    """Seed a database of its own: cases and people here must not meet those of other tests."""
    database = os.environ["KC_SECURITY_DATABASE"]
    return matrix.seed(database, tmp_path_factory.mktemp("security") / "manifest.json")


def test_u7_5_every_model_and_route_is_classified(manifest):
    assert not matrix.forgotten(world.World(manifest))


def test_u7_5_what_nobody_classified_is_noticed(manifest):
    """A new model, a new route, and words of a case where none should be, are each named."""
    stored = {"kind": "stored", "fields": {}, "methods": [], "answers": [], "pairs": []}
    grown = {
        **manifest,
        "models": {**manifest["models"], "complaint.new": stored},
        "routes": {**manifest["routes"], "/complaint/nowhere": {}},
        "standing": [*manifest["standing"], "res.country"],
    }
    said = "\n".join(matrix.forgotten(world.World(grown)))
    for name in ("complaint.new", "/complaint/nowhere", "res.country"):
        assert name in said
    assert not classified.model_class("complaint.new")


def test_u7_5_every_guard_to_be_broken_is_where_the_breaks_expect_it():
    """A guard that moved would be found missing only when the breaks run."""
    for one in breaks.breaks():
        if one.file:
            source = (breaks.ROOT / breaks.ADDON / one.file).read_text(encoding="utf-8")
            assert source.count(one.old) == 1, one.about
        else:
            rules = (breaks.ROOT / breaks.ADDON / breaks.RULES).read_text(encoding="utf-8")
            assert rules.count(f'id="{one.rule}"') == 1, one.about


def test_u7_5_planted_words_reach_nobody_else(manifest):
    """No leak, no server error; and who may read the words does meet them."""
    database = os.environ["KC_SECURITY_DATABASE"]
    # One process: other tests keep the other core busy.
    with matrix.serving(processes=1, database=database) as servers:
        asking = matrix.Matrix(servers, manifest, matrix.TELLING, short=True)
        tally = asking.run()
    report = matrix.table(tally, [])
    assert not tally.leaks, report
    assert not tally.errors, report
    # Words that nobody ever meets would prove nothing.
    assert {"rep", "colleague", "archivist"} <= {role for role, _word in tally.met}, report
