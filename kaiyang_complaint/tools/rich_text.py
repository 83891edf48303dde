"""Turn the rich text that a website exports as HTML into the text that people read."""

import re

from lxml import etree, html

# What an editor of rich text writes; a complainant who types a tag means that tag.
_MARKUP = re.compile(
    r"</?(?:p|br|div|span|strong|em|font|ul|ol|li|table|tbody|tr|td|h[1-6])\b[^<>]{0,2000}>"
    r"|&(?:nbsp|lt|gt|amp|quot|ldquo|rdquo|mdash|hellip|middot|#\d{2,6});",
    re.IGNORECASE,
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "li",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "ul",
        "ol",
        "blockquote",
        "section",
        "hr",
    ]
)
_UNSEEN = frozenset(("script", "style", "head", "title", "template"))
# What is longer is left as it is: a library would take its time.
MOST_CHARACTERS = 200_000
# Where a site escaped its markup, the first turn brings out the tags.
TURNS = 2


def is_markup(text):
    """Return whether a text is the markup of an editor.

    >>> is_markup("<p>排队</p>"), is_markup("排队&nbsp;两小时"), is_markup("a<b>c")
    (True, True, False)
    """
    return bool(_MARKUP.search(text))


def to_text(text):
    r"""Return a text without its markup, and how many pictures it had.

    >>> to_text('<p>取号后等了<br/>两小时&nbsp;没人。</p><img src="x.png">')
    ('取号后等了\n两小时 没人。', 1)
    >>> to_text("&lt;p&gt;排队&lt;/p&gt;"), to_text("取号<script>alert(1)</script>")
    (('排队', 0), ('取号<script>alert(1)</script>', 0))
    """
    pictures = 0
    for _turn in range(TURNS):
        if len(text) > MOST_CHARACTERS or not is_markup(text):
            break
        text, found = _to_markup(text)
        pictures += found
    return text, pictures


def _to_markup(text):
    root = html.fragment_fromstring(text, create_parent="div")
    parts, pictures, unseen = [], 0, 0
    for event, node in etree.iterwalk(root, events=("start", "end", "comment")):
        tag = node.tag if event != "comment" else ""
        unseen += (tag in _UNSEEN) * (1 if event == "start" else -1)
        if event == "start":
            pictures += tag == "img"
            parts.append("\n" if tag in _BLOCKS or tag == "br" else "")
            parts.append(node.text or "" if not unseen else "")
            continue
        parts.append("\n" if tag in _BLOCKS else " " if tag in ("td", "th") else "")
        # What follows the part that is walked belongs to it as its tail.
        parts.append(node.tail or "" if not unseen and node is not root else "")
    lines = "".join(parts).replace("\xa0", " ").splitlines()
    lines = [re.sub("[ \t]+", " ", line).strip() for line in lines]
    return re.sub("\n{2,}", "\n", "\n".join(lines)).strip(), pictures
