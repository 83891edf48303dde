from collections import Counter

import lxml.html
import pypdfium2
from odoo.exceptions import UserError
from odoo.tests import tagged

from ...report.engine import paper
from ..access.paper_records import LONG, MARK, REASON, UNIT, PaperRecords

MODULE = "kaiyang_complaint.report_"
POINTS = 72 / 25.4
# Left and right, top and bottom, in millimetres: where nothing may stand.
FORM, LETTER, NOTE, REGISTER, LABEL = (18, 6), (26, 14), (24, 6), (14, 6), (10, 6)
SMALL = (10, 7)
MARGINS = {
    "note": NOTE,
    "letter": LETTER,
    "register": REGISTER,
    "box": LABEL,
    "placard": SMALL,
    "receipt": SMALL,
}
# Where a text of 20,000 characters goes; elsewhere there are shorter ones, and all that there are.
LONGEST = {"registration_phone", "registration_letter", "slip", "extension_notice"}
SHORT = {
    "letter_register",
    "urging_note",
    "dossier_box",
    "meeting_sign_in",
    "placard",
    "receipt",
}
WITH_UNIT = {"registration_phone", "slip", "urging_note", "meeting_minutes", "investigation"}
WITHOUT_BLANK = {"letter", "referral", "referral_sheet", "placard", "receipt"}
# Bound of many papers, it has tests of its own.
SHORT_TITLES = {"dossier_notes": "卷内备考表（续）"}
BOUND = {"dossier", "statistics_month"}
GAP, SLACK = 1.2, 2


class Print:
    """A PDF as an archivist sees it: where each character stands, and what each page says."""

    def __init__(self, content):
        document = pypdfium2.PdfDocument(content)
        self.pages = [page.get_textpage() for page in document]
        self.sizes = [page.get_size() for page in document]
        self.texts = ["".join(page.get_text_range().split()) for page in self.pages]

    def boxes(self, page):
        """Yield character and box of everything that leaves ink on a page."""
        text = page.get_text_range()
        if len(text) != page.count_chars():
            text = "".join(page.get_text_range(n, 1) or " " for n in range(page.count_chars()))
        for number, character in enumerate(text):
            if not character.isspace():
                yield character, page.get_charbox(number)


@tagged("post_install", "-at_install")
class TestPaperStress(PaperRecords):
    """Every paper of the desk: nothing at all, a case as it comes, and far too much of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.flush_all()
        cls.extreme = cls._strained(cls._records("二"))
        cls.both.group_ids |= cls.env.ref("kaiyang_complaint.group_complaint_archivist")

    def reports(self):
        return self.env["ir.actions.report"].search([("paper_engine", "!=", False)])

    def render(self, name, record=None):
        """Return the print of a paper, with the kind of page it stands on."""
        reports = self.env["ir.actions.report"].with_user(self.both)
        ids = record.ids if record else []
        html = reports._render_qweb_html(MODULE + name, ids)[0]
        article = lxml.html.document_fromstring(html.decode()).find("body/article")
        classes = (article.get("class") or "").split()
        margins = next((MARGINS[name] for name in MARGINS if name in classes), FORM)
        return Print(paper.write_pdf(html.decode())), margins

    def assert_sound(self, name, printed, margins):
        """Check that nothing runs off the page or over something else, and the numbers."""
        for number, page in enumerate(printed.pages):
            self.assert_inside(f"{name} page {number + 1}", printed, number, margins)
            self.assert_apart(f"{name} page {number + 1}", printed.boxes(page))
        total = len(printed.texts)
        for number, text in enumerate(printed.texts, 1):
            if margins in (FORM, REGISTER):
                self.assertTrue(text.endswith(f"第{number}页共{total}页"), f"{name}: {text[-40:]}")
            elif margins == LETTER:
                self.assertEqual(f"—{number}—" in text, number > 1, f"{name}: {text[-40:]}")

    def assert_inside(self, what, printed, number, margins):
        side, head = (millimetres * POINTS - SLACK for millimetres in margins)
        width, height = printed.sizes[number]
        outside = [
            (character, [round(edge) for edge in box])
            for character, box in printed.boxes(printed.pages[number])
            if box[0] < side or box[2] > width - side or box[1] < head or box[3] > height - head
        ]
        self.assertFalse(outside[:5], what)

    def assert_apart(self, what, boxes):
        """Refuse characters printed over one another: their middles lie on one spot."""
        spots = Counter(
            (round((box[0] + box[2]) / 2 / GAP), round((box[1] + box[3]) / 2 / GAP))
            for _character, box in boxes
        )
        self.assertLessEqual(max(spots.values(), default=1), 1, what)

    def test_x2_every_paper_is_under_stress(self):
        ours = {
            report.report_name.removeprefix(MODULE)
            for report in self.reports()
            if report.get_external_id()[report.id].startswith("kaiyang_complaint.")
        }
        self.assertEqual(ours - set(self.normal), BOUND, "give each paper its records")

    def test_x2_blank_papers_fit_and_are_empty(self):
        for name in self.normal:
            with self.subTest(name):
                if name in WITHOUT_BLANK:
                    with self.assertRaises(UserError):
                        self.render(name)
                    continue
                printed, margins = self.render(name)
                self.assert_sound(name, printed, margins)
                text = "".join(printed.texts)
                self.assertNotRegex(text, "☑|False|None|王小明|0个工作日")
                self.assertLessEqual(len(printed.pages), 2, "a form for the pen is one sheet")

    def test_x2_ordinary_papers_are_sound(self):
        for name, record in self.normal.items():
            with self.subTest(name):
                printed, margins = self.render(name, record)
                self.assert_sound(name, printed, margins)
                self.assertNotRegex("".join(printed.texts), "False|None")

    def test_x2_extreme_papers_lose_nothing(self):
        marks = {**dict.fromkeys(SHORT, 0), **dict.fromkeys(LONGEST, REASON.count(MARK))}
        for name, record in self.extreme.items():
            with self.subTest(name):
                printed, margins = self.render(name, record)
                self.assert_sound(name, printed, margins)
                text = "".join(printed.texts)
                self.assertGreaterEqual(text.count(MARK), marks.get(name, LONG.count(MARK)))
                if margins == FORM:
                    self.assert_headed(name, printed)
                if name in WITH_UNIT:
                    self.assertIn(UNIT, text)

    def assert_headed(self, name, printed):
        """Check that title and number run at the head of later pages."""
        title = SHORT_TITLES.get(name, printed.texts[0][:12])
        for text in printed.texts[1:]:
            self.assertIn(title, text, name)
