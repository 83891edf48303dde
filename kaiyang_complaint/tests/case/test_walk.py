import pathlib
import sys
from contextlib import contextmanager
from unittest.mock import patch

from odoo.tests import tagged

from ...tools.working_days import WorkingDays
from ..common import ComplaintCommon

ADDON = f"{pathlib.Path(__file__).parents[2]}/"
TESTS = f"{ADDON}tests/"
# What has no name of its own is part of the function it stands in.
PART_OF_ANOTHER = frozenset({"<lambda>", "<genexpr>", "<listcomp>", "<dictcomp>", "<setcomp>"})
MOST_FILES, MOST_RETURNS = 25, 150
MOST_DAYS_LOOKED_AT = 100


@tagged("post_install", "-at_install")
class TestWalk(ComplaintCommon):
    """What a reader has to follow, and a server to do, for the commonest acts."""

    @contextmanager
    def walked(self):
        """Follow the calls made inside the block through the addon's files: yield them in order."""
        callers, way = [], []

        def step(frame, event, _arg):
            path, name = frame.f_code.co_filename, frame.f_code.co_name
            if not path.startswith(ADDON) or path.startswith(TESTS) or name in PART_OF_ANOTHER:
                return
            if event == "call":
                callers.append(path)
                way.append(path)
            elif event == "return" and callers:
                callers.pop()
                way.extend(callers[-1:])

        before = sys.getprofile()
        sys.setprofile(step)
        try:
            yield way
        finally:
            sys.setprofile(before)

    def test_accepting_enters_few_files(self):
        ticket = self.new_complaint()
        self.env.flush_all()
        with self.walked() as way:
            ticket.action_accept()
            self.env.flush_all()
        self.assertEqual(ticket.complaint_state, "accepted")
        entered = {path.removeprefix(ADDON) for path in way}
        steps = [path for place, path in enumerate(way) if not place or path != way[place - 1]]
        self.assertIn("models/case/helpdesk_ticket.py", entered)
        self.assertLessEqual(len(entered), MOST_FILES, sorted(entered))
        self.assertLessEqual(len(steps) - len(entered), MOST_RETURNS)

    def test_registering_looks_at_few_days(self):
        self.env.registry.clear_cache()
        looked_at = []

        def is_working(days, day):
            looked_at.append(day)
            return counted(days, day)

        counted = WorkingDays.is_working
        with patch.object(WorkingDays, "is_working", is_working):
            self.assertTrue(self.new_complaint().accept_by)
        self.assertLessEqual(len(looked_at), MOST_DAYS_LOOKED_AT)
