"""A letter on its way to paper, and the facts that its text is made from."""

import re

import lxml.html
from odoo import models

from ...tools.letter_kinds import is_heading
from ...tools.refusal_words import refusal_details, refusal_facts
from ..engine.sheet import Sheet
from ..intake.registration_form import CONCLUSIONS

RESPONSIBLE = {
    "staff": "属窗口工作人员责任",
    "unit": "属窗口单位责任",
    "other": "属其他方面原因",
}
COUNTED = dict(enumerate("两三四五六七八九十", 2))
# How people begin what they established: a letter that says so as well says it twice.
ESTABLISHED = re.compile(r"经(?:查|核|调|现场|走访|了解|询问|复|审|研究|比对|与|向)")
BLANK = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")


def paragraphs_of(html):
    r"""Return the paragraphs of a text that a template made, each in one line.

    >>> paragraphs_of("<p>经查，\n   属实。</p><p> </p><p>特此<b>函告</b>。</p>")
    ['经查，属实。', '特此函告。']
    """
    root = lxml.html.fragment_fromstring(str(html), create_parent="div")
    texts = ("".join(part.text_content().split("\n")) for part in root.iter("p"))
    return [text for text in (closed_up(text) for text in texts) if text]


def upheld_words(verdicts):
    """Return that complaints were upheld, wholly or in part, as part of a sentence.

    >>> [upheld_words(said) for said in (["upheld"], ["partly"], ["upheld", "partly"])]
    ['投诉成立', '投诉部分成立', '投诉成立（含部分成立）']
    """
    if "partly" not in verdicts:
        return "投诉成立"
    return "投诉部分成立" if set(verdicts) == {"partly"} else "投诉成立（含部分成立）"


def closed_up(text):
    """Return a text without blanks between Chinese and other characters: lines are justified.

    >>> closed_up(" 当日 10 时 A02 窗口，Mr Li ")
    '当日10时A02窗口，Mr Li'
    """
    return BLANK.sub("", " ".join(text.split()))


class LetterSheet(Sheet):
    """A letter as it is sent out, and the facts of its cases."""

    @property
    def stamp(self):
        """What stands across every page of what is no letter: not yet, or not any more."""
        if self.record.state == "cancelled":
            return "作　废"
        return "" if self.record.issued_at else self.DRAFT

    @property
    def number(self):
        """The number of the year; a draft has room for it."""
        return self.record.name or ""

    @property
    def signed_on(self):
        """The date of the letter: the day on which it is issued."""
        return self.record.issued_at

    @property
    def enclosures(self):
        """The names of what goes along, without the endings of file names."""
        names = self.record.sudo().enclosure_ids.mapped("name")
        return [name.rpartition(".")[0] or name for name in names]

    @property
    def contact(self):
        """Where the addressee reaches the room."""
        phone = self.company.complaint_phone
        return f"联系电话：{phone}" if phone else ""

    def style_of(self, paragraph, is_last):
        """Return the class of a paragraph: a heading, or the last one before the signature."""
        if is_heading(paragraph):
            return "section"
        return "last" if is_last else None

    # --- facts ------------------------------------------------------------------------------

    @property
    def cases(self):
        """The cases that the letter rests on, oldest first."""
        cases = self.record.ticket_ids._origin
        return cases.sorted(lambda one: (one.accepted_at or one.create_date, one.id))

    @property
    def upheld_in_words(self):
        """That the cases were upheld, and whether in part: 投诉成立（含部分成立）."""
        return upheld_words([case._outcome().findings()["verdict"] for case in self.cases])

    @property
    def months_in_words(self):
        """In how many months the cases were accepted, two at the least: 两, 三, and so on."""
        months = {case._outcome().accepted_on().replace(day=1) for case in self.cases}
        count = max(len(months), 2)
        return COUNTED.get(count, count)

    def channel(self, ticket):
        """How a complaint came in, as part of a sentence."""
        return ticket.channel_id.sudo().paper_phrase or ""

    def plain(self, ticket, text):
        """Return a text about a case without who complained."""
        return ticket._scrubbed(text or "")

    @property
    def heading(self):
        """The subject, typed by hand: to a unit without who complained."""
        text = self.record.subject or ""
        if self.record.addressee_kind == "unit":
            for case in self.record.sudo().ticket_ids:
                text = self.plain(case, text)
        return text

    def topic(self, ticket):
        """What a complaint is about, in a few words."""
        return self.plain(ticket, ticket.service_item or ticket.name)

    def findings(self, ticket):
        """The outcome of a case as text: facts, result, measures."""
        return ticket._outcome().findings()

    def refused(self, ticket):
        """Return why a complaint is invalid: facts, details, whether adding to it helps (四.3)."""
        if ticket.complaint_state != "invalid":
            return {"facts": "", "details": "", "may_be_completed": False}
        ground, reason = ticket.invalid_ground, ticket.end_reason
        return {
            "facts": refusal_facts(ground, reason),
            "details": refusal_details(ground, reason),
            "may_be_completed": ground == "no_object",
        }

    def complained_of(self, ticket):
        """Whose conduct a complaint is about, and which, as part of a sentence."""
        names = self._counted(ticket).conduct_id.mapped("name") or ticket.conduct_ids.mapped("name")
        conduct = "；".join(name.rstrip("。；的 ") for name in names)
        topic = f"办理“{self.topic(ticket)}”"
        return f"窗口人员{topic}时{conduct}" if conduct else f"窗口人员{topic}有关问题"

    def facts_of(self, ticket):
        """What was established in a case about the party of the letter; else in the case."""
        facts = "；".join(filter(None, map(self.sentence, self._counted(ticket).mapped("facts"))))
        return facts or self.findings(ticket)["facts"]

    def _counted(self, ticket):
        """Return the findings of a case that count against the party of the letter."""
        party = {name: value._origin for name, value in self.record._party().items()}
        return ticket._outcome().counted_against(**party)

    def established(self, ticket, text):
        """Return what was established in a case, as part of a sentence that begins with it."""
        said = self.sentence(self.plain(ticket, text))
        return said if ESTABLISHED.match(said) else f"经查，{said}"

    def conclusion(self, ticket):
        """Return the conclusion of a case as part of a sentence."""
        found = ticket._outcome().findings()
        verdict = dict(CONCLUSIONS).get(found["verdict"], "")
        blame = RESPONSIBLE.get(found["responsibility"]) if verdict != "不成立" else ""
        return "，".join(filter(None, (verdict and f"投诉{verdict}", blame))) or "已办结"

    def about(self, ticket):
        """Whom a complaint is about, as part of a sentence."""
        people = filter(None, self.respondents(ticket, glue=""))
        return "、".join(people) or ticket.window_unit_id.name or "窗口"

    def extension(self, ticket):
        """Return the extension that was granted last."""
        return ticket.extension_ids.filtered(lambda one: one.state == "granted")[:1]

    def sentence(self, text):
        """Return a text as part of a sentence."""
        return " ".join((text or "").split()).removeprefix("因").rstrip("。；;.，, ")


class Letter(models.AbstractModel):
    """函, 告知书, 通报: the letters of the centre; what is not issued yet shows as a draft."""

    _name = "report.kaiyang_complaint.report_letter"
    _description = "Official Letter"
    _inherit = ["complaint.paper"]
    _paper_of = "complaint.letter"
    _sheet_type = LetterSheet
    _has_blank = False

    def _refusal(self):
        return self.env._("Choose the letter that is to be printed.")
