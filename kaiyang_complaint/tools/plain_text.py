"""What text files and mails say, as plain text that can be printed."""

import email
import email.policy
import re
from email.errors import MessageError

from lxml import etree, html

ENCODINGS = ("utf-8", "gb18030")
MARKS = (b"\xff\xfe", b"\xfe\xff")
HEADERS = {"From": "发件人", "To": "收件人", "Cc": "抄送", "Date": "时间", "Subject": "主题"}
ENCLOSED = "附件：{}"
# What ends a line where a mail is written in HTML.
_LINES = re.compile(r"<(?:br|/p|/div|/tr|/li|/h[1-6])\b[^>]*>", re.IGNORECASE)
_UNSEEN = re.compile(r"(?is)<(script|style|head|title)\b.*?</\1\s*>|<!--.*?-->")
_EMPTY = re.compile(r"\n\s*\n\s*\n+")
# What no page shows, and a page feed.
_UNWRITTEN = re.compile("[\x00-\x08\x0b-\x0d\x0e-\x1f\x7f\ufeff]")


class UnreadableError(ValueError):
    """A text in no encoding that is known, or a mail that can't be taken apart."""


def of_text(content):
    r"""Return what a text file says.

    >>> of_text("情况\r\n说明".encode("gb18030")), of_text("\ufeff一".encode())
    ('情况\n说明', '一')
    """
    encodings = ("utf-16",) if content[:2] in MARKS else ENCODINGS
    for encoding in encodings:
        try:
            return _plain(content.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise UnreadableError


def of_mail(content):
    r"""Return who wrote what to whom and when, what they wrote, and the names of what is enclosed.

    >>> of_mail(b"From: a@b.invalid\nSubject: =?utf-8?b?5L2g5aW9?=\n\nText")
    '发件人：a@b.invalid\n主题：你好\n\nText'
    """
    try:
        mail = email.message_from_bytes(content, policy=email.policy.default)
        lines = [f"{label}：{mail[name]}" for name, label in HEADERS.items() if mail[name]]
        body = mail.get_body(("plain", "html"))
        names = [part.get_filename() or part.get_content_type() for part in mail.iter_attachments()]
    # The parser of the library fails on strangers' mails in more ways than it tells.
    except (MessageError, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise UnreadableError from error
    lines += [ENCLOSED.format(name) for name in names]
    return _plain("\n".join([*lines, "", _body(body) if body else ""]))


def _body(part):
    charset = str(part.get_content_charset() or "")
    # Who says gb2312 writes characters beyond it: its successor has them all.
    encodings = ["gb18030"] if charset.lower() in ("gb2312", "gbk") else [charset, *ENCODINGS]
    text = _decoded(part.get_payload(decode=True) or b"", encodings)
    return _of_html(text) if part.get_content_type() == "text/html" else text


def _decoded(content, encodings):
    for encoding in filter(None, encodings):
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("gb18030", "replace")


def _of_html(text):
    text = _LINES.sub("\n", _UNSEEN.sub("", text))
    try:
        parser = html.HTMLParser(huge_tree=False, encoding="utf-8")
        page = html.document_fromstring(text.encode(), parser=parser)
        text = str(page.text_content())
    except (etree.ParserError, etree.XMLSyntaxError):
        text = re.sub(r"<[^>]*>", "", text)
    return _EMPTY.sub("\n\n", text).strip()


def _plain(text):
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    return _UNWRITTEN.sub("", lines).strip("\n")
