"""Every model and route is classified; what the matrix asks of them: `./dev prove security`."""

import os

import pytest

from . import classified, matrix, world


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
        "routes": {**manifest["routes"], "/complaint/new": {}},
        "standing": [*manifest["standing"], "res.country"],
    }
    said = "\n".join(matrix.forgotten(world.World(grown)))
    for name in ("complaint.new", "/complaint/new", "res.country"):
        assert name in said
    assert not classified.model_class("complaint.new")
