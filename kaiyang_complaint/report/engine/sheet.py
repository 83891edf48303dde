"""What templates of paper need: Chinese dates, tick boxes, and untrusted texts made harmless."""

import base64
import itertools
import re

import lxml.html
from lxml import etree
from markupsafe import Markup
from odoo.tools import html_sanitize, is_html_empty
from odoo.tools.image import image_data_uri

from ...tools import budgets
from ...tools.budgets import MOST_PAPER_DEPTH as MOST_DEPTH
from ...tools.title_lines import title_lines
from . import paper

PEN_DAY = "　　　年　　月　　日"
PEN_TIME = "　　时　　分"
PEN_MARK = Markup('<span class="whole by-pen">{}</span>')
PEN_LINE = Markup('<span class="pen {}"></span>')
WHOLE = Markup('<span class="whole">{}</span>')
LONG_TEXT = 400
TICK = Markup('<span class="option"><span class="tick">{}</span>{}</span>')
CUT = "（篇幅过长，以下未印，全文见系统记录）"
NO_PICTURE = "（图片过大或无法打印，见系统记录）"
SPANS = ("colspan", "rowspan")
ATTACHED_IMAGE = re.compile(r"(?:https?://[^/]+)?/web/image/(\d+)")


class Sheet:
    """One record on its way to paper; without a record, the blank form for the pen."""

    DRAFT = "草　稿"
    title_lines = staticmethod(title_lines)

    def __init__(self, record):
        self.record = record
        self.company = record.company_id or record.env.company

    def tick(self, on, label=""):
        """Return a box, ticked or not, with its label."""
        return TICK.format("☑" if on else "□", label)

    def ticks(self, options, value):
        """Return a box for each pair of value and label, the chosen ones ticked."""
        chosen = value if isinstance(value, (set, frozenset)) else {value}
        return Markup("").join(self.tick(code in chosen, label) for code, label in options)

    def day(self, value):
        """Return a date as it is written, on the centre's calendar; or room to write it."""
        if not value:
            return PEN_MARK.format(PEN_DAY)
        local = self.company._complaint_local(value) if hasattr(value, "hour") else value
        return WHOLE.format(f"{local.year}年{local.month}月{local.day}日")

    def moment(self, value):
        """Return a moment to the minute in the centre's time; or room to write it."""
        time = f" {self.company._complaint_local(value):%H:%M}" if value else PEN_TIME
        return self.day(value) + Markup("<wbr/>") + WHOLE.format(time)

    def pen(self, size=""):
        """Return a line to write on, in the middle of a text."""
        return PEN_LINE.format(size)

    def flow(self, *texts):
        """Return the class of a row that may run over pages: shorter ones stay in one piece."""
        return "flows" if sum(len(text or "") for text in texts) > LONG_TEXT else None

    def paragraphs(self, text):
        """Return the paragraphs of a text, without its empty lines; the end of a very long one."""
        text = text or ""
        lines = text[: budgets.MOST_PAPER_CHARACTERS].splitlines()
        paragraphs = [line.strip() for line in lines if line.strip()]
        shown = paragraphs[: budgets.MOST_PAPER_ELEMENTS]
        is_cut = len(text) > budgets.MOST_PAPER_CHARACTERS or len(shown) < len(paragraphs)
        return [*shown, CUT] if is_cut else shown

    def respondents(self, ticket, glue=" "):
        """Return whom a complaint is about, one by one: unit, window, person."""
        named = (
            (
                person.unit_id.name,
                person.window_id.number and f"{person.window_id.number}号窗口",
                person.staff_id.name or person.stated_name,
            )
            for person in ticket.respondent_ids
        )
        return [glue.join(filter(None, parts)) for parts in named]

    def image(self, value):
        """Return the address of an image held in a binary field."""
        return value and image_data_uri(value)

    def rows(self, records, count=1):
        """Return the records, filled up with empty rows for the pen to at least ``count``."""
        return list(records) + [records.browse()] * (count - len(records))

    def rich(self, html):
        """Return an untrusted text with its structure and pictures, without its styles."""
        if not html or (is_html_empty(html) and "<img" not in html):
            return ""
        root = lxml.html.fragment_fromstring(html, create_parent="div")
        if _is_too_long(root):
            lines = self.paragraphs("\n".join(root.itertext()))
            lines = lines if lines[-1:] == [CUT] else [*lines, CUT]
            return Markup("").join(Markup("<p>{}</p>").format(line) for line in lines)
        _narrow_spans(root)
        self._embed_images(root)
        etree.strip_attributes(root, "href")
        return html_sanitize(
            lxml.html.tostring(root, encoding="unicode"),
            sanitize_attributes=True,
            strip_style=True,
            strip_classes=True,
        )

    def _embed_images(self, root):
        """Put pictures attached to the record into the text; drop those from anywhere else."""
        images = {image: ATTACHED_IMAGE.match(image.get("src") or "") for image in root.iter("img")}
        attached = self.record.env["ir.attachment"].search(
            [
                ("id", "in", [int(match[1]) for match in images.values() if match]),
                ("res_model", "=", self.record._name),
                ("res_id", "in", self.record.ids),
            ]
        )
        sources = {str(file.id): file for file in attached}
        for image, match in images.items():
            source = image.get("src") or ""
            if match and match[1] in sources:
                file = sources[match[1]]
                source = image_data_uri(file.datas) if paper.is_printable(file.raw) else NO_PICTURE
            elif source.startswith("data:"):
                source = source if paper.is_printable(_data_of(source)) else NO_PICTURE
            if source.startswith("data:"):
                image.set("src", source)
                continue
            image.tail = (NO_PICTURE if source == NO_PICTURE else "") + (image.tail or "")
            image.drop_tree()


def _is_too_long(root):
    """Return whether it would take too long to set a text, or fail."""
    if len(root.text_content()) > budgets.MOST_PAPER_CHARACTERS:
        return True
    for count, element in enumerate(root.iter(), 1):
        depth = sum(1 for _one in itertools.islice(element.iterancestors(), MOST_DEPTH + 1))
        if count > budgets.MOST_PAPER_ELEMENTS or depth > MOST_DEPTH:
            return True
    return False


def _narrow_spans(root):
    for cell in root.iter("td", "th"):
        for name in SPANS:
            if name in cell.attrib:
                digits = re.match(r"\s*(\d{1,4})", cell.get(name))
                cell.set(name, str(min(int(digits[1]) if digits else 1, budgets.MOST_SPAN)))


def _data_of(address):
    """Return the bytes of a picture that is written into an address, or nothing."""
    try:
        return base64.b64decode(address.partition(";base64,")[2])
    except ValueError:
        return b""
