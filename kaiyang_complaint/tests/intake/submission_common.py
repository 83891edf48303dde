import re
from datetime import timedelta

from odoo import fields, http
from odoo.tools import mute_logger

from ...models.case import complaint_tracking_attempt as attempts
from ..handling.test_portal import PortalCase

NAME, PHONE = "周小兰", "13900001234"
STORY = "我到窗口排队两小时，工作人员让我回去补材料，没有一次说清。"
TICKED = ("1", "9")


class SubmissionCase(PortalCase):
    """A citizen at the online form, without an account."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.submissions = cls.env["complaint.submission"].sudo()
        # What the database holds of other visitors.
        cls.submissions.search([]).unlink()
        cls.env["complaint.tracking.attempt"].sudo().search([]).unlink()

    def setUp(self):
        super().setUp()
        self.enterContext(mute_logger(attempts._logger.name))
        self.authenticate(None, None)

    def post(self, step, files=None, follow=True, **data):
        data.setdefault("csrf_token", http.Request.csrf_token(self))
        url = f"/complaint/{step}"
        return self.url_open(url, data=data, files=files, allow_redirects=follow)

    def steps(self, **changes):
        """Return what a citizen writes into each step."""
        steps = {
            "1": {"day": "today", "time": "09:30", "item": "不动产转移登记"},
            "2": {"who": "staff", "staff": "李晓梅", "text": STORY, "kind": TICKED},
            "4": {"id": "named", "pname": NAME, "mobile": PHONE, "how": "call", "when": "noon"},
        }
        for step, values in changes.items():
            steps[step.strip("_")].update(values)
        return steps

    def fill(self, window="T12", **changes):
        """Fill the form in, up to the review, and return what was written."""
        self.url_open(f"/complaint/new?w={window}")
        for step, values in self.steps(**changes).items():
            self.assertEqual(self.post(f"new/{step}", **values).status_code, 200)
        return self.submissions.search([("state", "=", "filling")], order="id desc", limit=1)

    def wait(self, form):
        """Let a form be open for as long as a person takes."""
        form.started_at = fields.Datetime.now() - timedelta(minutes=2)
        form.flush_recordset()

    def send(self, window="T12", **changes):
        """Fill the form in and send it; return what was sent."""
        form = self.fill(window, **changes)
        self.wait(form)
        self.page = self.post("new/send")
        self.assertEqual(self.page.status_code, 200)
        form.invalidate_recordset()
        return form

    def track(self, number, code):
        return self.post("track", number=number, code=code)

    def text_of(self, page):
        return re.sub(r"<[^>]+>", " ", page.text)
