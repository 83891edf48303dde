"""Words planted in cases: made, written down with where they stand, and found again in answers.

A word is twelve ASCII letters and digits: no mask touches it, nobody else writes it, and at the
beginning of a file its base64 form is sixteen characters that can be told as well.
"""

import base64
import binascii
import hashlib
import io
import json
import re
import zipfile

import pypdfium2

MARK = "qzk"
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
LENGTH = 9
PLAIN = re.compile(rb"qzk[0-9a-z]{9}", re.IGNORECASE)
BASE64 = re.compile(rb"cXpr[A-Za-z0-9+/]{12}")
PDF_PAGES = 12


class Words:
    """The register of planted words: word -> case, where it was planted, record."""

    def __init__(self):
        self.planted = {}
        # Names and numbers as people have them, which the masks have to find.
        self.literal = {}

    def new(self, case, place, field, record_id=0):
        """Return a new word for one field of one record.

        :param place: the model it stands in, or ``flow`` for what the clerk typed
        """
        number = len(self.planted)
        seed = hashlib.sha256(f"{case}|{place}|{field}|{record_id}|{number}".encode()).digest()
        value, word = int.from_bytes(seed[:8], "big"), ""
        for _position in range(LENGTH):
            value, rest = divmod(value, len(DIGITS))
            word += DIGITS[rest]
        word = MARK + word
        self.planted[word] = [case, place, field, record_id]
        return word

    def person(self, case, field, text):
        """Register a name or number of a complainant as it stands."""
        self.literal[text] = [case, "flow", field, 0]
        return text


class Finder:
    """Finds planted words in answers, whatever the answer is packed in."""

    def __init__(self, planted, literal):
        self.planted = planted
        self.literal = {}
        for text, place in literal.items():
            for form in {text, json.dumps(text)[1:-1]}:
                self.literal[form.encode()] = place
        forms = sorted(self.literal, key=len, reverse=True)
        self.people = re.compile(b"|".join(map(re.escape, forms))) if forms else None

    def places(self, body):
        """Return what was found: word -> where it was planted."""
        found = {}
        for part in unpacked(body):
            for match in PLAIN.finditer(part):
                self._note(found, match.group().decode().lower())
            for match in BASE64.finditer(part):
                self._note(found, _decoded(match.group()))
            if self.people:
                for match in self.people.finditer(part):
                    found[match.group().decode()] = self.literal[match.group()]
        return found

    def _note(self, found, word):
        if word in self.planted:
            found[word] = self.planted[word]


def _decoded(text):
    try:
        return base64.b64decode(text).decode("ascii").lower()
    except (binascii.Error, UnicodeDecodeError):
        return ""


def unpacked(body):
    """Yield the bytes of an answer, and what is packed in it: spreadsheets, archives, pages."""
    yield body
    if body[:2] == b"PK":
        yield from _members(body)
    elif body[:5] == b"%PDF-":
        yield _pdf_text(body)


def _members(body):
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            for info in archive.infolist():
                yield info.filename.encode()
                yield archive.read(info)
    except zipfile.BadZipFile:
        return


def _pdf_text(body):
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError:
        return b""
    pages = [document[index].get_textpage() for index in range(min(len(document), PDF_PAGES))]
    return "".join(page.get_text_bounded() for page in pages).encode()
