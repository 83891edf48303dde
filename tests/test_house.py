"""The checks of the shape of the addon catch each kind of break; they need no server."""

import ast
import importlib.util
import pathlib

import pytest

SCRIPT = pathlib.Path(__file__).parents[1] / "scripts" / "house.py"
MIXIN = """
from odoo import models

class Mixin(models.AbstractModel):
    _name = "complaint.some.mixin"

    def _shared(self):
        return 1
"""
USER = """
from odoo import models

class User{name}(models.Model):
    _name = "complaint.{name}"
    _inherit = ["complaint.some.mixin"]
"""
METHOD = """
    def _own(self):
        return 1
"""
ORDER = ["access", "case", "desk"]


@pytest.fixture(scope="module")
def house():
    """Load the script, which is no package."""
    spec = importlib.util.spec_from_file_location("house", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def files(house, tmp_path):
    """Return a function that parses sources: ``files({"case/complaint_a.py": text})``."""

    def parse(sources):
        parsed = []
        for name, text in sources.items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            parsed.append(house.File(path))
        return parsed

    return parse


def test_later_chapters_are_not_used(house, files):
    parsed = files(
        {
            "desk/complaint_a.py": MIXIN.replace("_shared", "_own"),
            "access/complaint_b.py": "from ..desk import complaint_a\n\nprint(complaint_a._own)\n",
        }
    )
    found = list(house.uses_upward(parsed, ORDER))
    assert len(found) == 2
    assert "imports from desk" in found[0]
    assert "_own of desk" in found[1]


def test_earlier_chapters_may_be_used(house, files):
    parsed = files({"access/complaint_some_mixin.py": MIXIN, "desk/b.py": "print(x._shared)\n"})
    assert not list(house.uses_upward(parsed, ORDER))


def test_a_mixin_has_two_users(house, files):
    one = {"access/complaint_some_mixin.py": MIXIN, "case/complaint_a.py": USER.format(name="a")}
    assert "has 1 inheritors" in next(house.single_mixins(files(one)))
    two = {**one, "case/complaint_b.py": USER.format(name="b")}
    assert not list(house.single_mixins(files(two)))


def test_a_file_is_named_after_its_model(house, files):
    assert "holds complaint_a" in next(
        house.misnamed(files({"case/other.py": USER.format(name="a")}))
    )
    assert not list(house.misnamed(files({"case/complaint_a.py": USER.format(name="a")})))
    assert not list(house.misnamed(files({"case/plain.py": "class Plain:\n    pass\n"})))


def test_no_method_is_found_by_spelling(house, files):
    parsed = files({"case/complaint_a.py": 'getattr(self, f"_check_{kind}")()\n'})
    assert "getattr by spelling" in next(house.links_by_spelling(parsed))


def test_codes_stand_once(house, files):
    parsed = files({"case/complaint_a.py": 'GROUP = "kaiyang_complaint.group"\n'})
    codes = ast.parse('OTHER = "kaiyang_complaint.group"')
    assert "stands in" in next(house.doubled_codes(parsed, codes))
    assert not list(house.doubled_codes(parsed, ast.parse("")))


@pytest.mark.parametrize(
    "text",
    [
        'if ticket.channel_code == "phone":',
        'if "phone" != ticket.channel_code:',
        'if self.channel_id.complaint_code not in ("phone", "onsite"):',
        "invisible=\"channel_code != 'web'\"",
        '[("channel_id.complaint_code", "=", "phone")]',
        "('channel_id.complaint_code', 'in', ('letter', 'web'))",
        'WORDS.get(ticket.channel_code, "")',
        "WORDS[ticket.channel_id.complaint_code]",
        'only={"channel_code": ("phone",)}',
    ],
)
def test_no_channel_is_told_by_its_code(house, text):
    [found] = house.channels_by_code([("some.py", f"# why\n{text}\n")])
    assert found.startswith("some.py:2:")


@pytest.mark.parametrize(
    "text",
    [
        'channel_code = fields.Char(related="channel_id.complaint_code")',
        '[("complaint_code", "!=", False)]',
        'search([("complaint_code", "=", code)])',
        '<field name="complaint_code">phone</field>',
        "if not ticket.channel_code:",
    ],
)
def test_a_channel_has_a_code(house, text):
    assert not list(house.channels_by_code([("some.py", text)]))


def test_models_stay_small(house, files):
    methods = "".join(f"\n    def m{number}(self):\n        return 1\n" for number in range(101))
    parsed = files({"case/complaint_a.py": USER.format(name="a") + methods})
    assert "101 methods" in next(house.too_large(parsed))


def test_mixins_count_with_what_inherits_them(house, files):
    inheriting = USER.format(name="a")
    extending = inheriting.replace("complaint.some.mixin", "complaint.a")
    parsed = files(
        {
            "access/complaint_some_mixin.py": MIXIN,
            "case/complaint_a.py": inheriting + METHOD,
            "desk/complaint_a.py": extending + METHOD,
        }
    )
    made_up = house.parts(parsed, "complaint.a")
    assert len({path for path, _model in made_up}) == 3
    assert sum(len(model.methods) for _path, model in made_up) == 3


def test_figures_past_the_bar_are_found(house, files):
    ticket = USER.format(name="a").replace("complaint.a", house.TICKET)
    methods = "".join(METHOD.replace("_own", f"_m{number}") for number in range(200))
    mixin = files({"access/complaint_some_mixin.py": MIXIN})
    within = files({"case/helpdesk_ticket.py": ticket + methods})
    assert not list(house.over_limit(house.figures(within)))
    measured = house.figures(within + mixin)
    assert measured["methods of helpdesk.ticket"] == (201, 200)
    assert measured["files of helpdesk.ticket"] == (2, 20)
    assert list(house.over_limit(measured)) == ["methods of helpdesk.ticket: 201, at most 200"]


def test_the_desk_knows_nothing_of_the_generated_year(house, tmp_path):
    (tmp_path / "a.py").write_text("from odoo.addons import kaiyang_complaint")
    assert not list(house.mentions_of_year(tmp_path))
    (tmp_path / "a.py").write_text("from odoo.addons import kaiyang_complaint_year")
    assert "names kaiyang_complaint_year" in next(house.mentions_of_year(tmp_path))


def test_chapters_are_read_in_order(house):
    assert house.chapters("# why\nfrom . import (\n    access,\n    case,\n)\n") == [
        "access",
        "case",
    ]
