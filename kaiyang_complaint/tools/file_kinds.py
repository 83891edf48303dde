"""The kinds of files an office takes, told by what is in them and not by their names.

A zip or rar is none of them: what is in it nobody has looked at, and no archive prints it.
"""

import io
import re
import zipfile
from typing import NamedTuple

HEAD = 4096
PDF_WITHIN = 1024
# Half a second of the thriftiest recording (AMR, 4.75 kbit/s); less is no recording.
LEAST_RECORDING = 300


class Kind(NamedTuple):
    """A kind of file: what it is taken as, its extensions (the usual one first), its type."""

    group: str
    extensions: tuple
    mimetype: str


_OOXML = "application/vnd.openxmlformats-officedocument."
KINDS = {
    "pdf": Kind("paper", ("pdf",), "application/pdf"),
    "ofd": Kind("paper", ("ofd",), "application/ofd"),
    "jpeg": Kind("picture", ("jpg", "jpeg", "jfif", "jpe"), "image/jpeg"),
    "png": Kind("picture", ("png",), "image/png"),
    "tiff": Kind("picture", ("tif", "tiff"), "image/tiff"),
    "bmp": Kind("picture", ("bmp", "dib"), "image/bmp"),
    "gif": Kind("picture", ("gif",), "image/gif"),
    "webp": Kind("picture", ("webp",), "image/webp"),
    "jp2": Kind("picture", ("jp2",), "image/jp2"),
    "heic": Kind("picture", ("heic", "heif", "hif"), "image/heic"),
    "docx": Kind("document", ("docx",), f"{_OOXML}wordprocessingml.document"),
    "xlsx": Kind("document", ("xlsx",), f"{_OOXML}spreadsheetml.sheet"),
    "pptx": Kind("document", ("pptx",), f"{_OOXML}presentationml.presentation"),
    "doc": Kind("document", ("doc", "wps", "dot", "wpt"), "application/msword"),
    "xls": Kind("document", ("xls", "et", "xlt", "ett"), "application/vnd.ms-excel"),
    "ppt": Kind("document", ("ppt", "dps", "pps"), "application/vnd.ms-powerpoint"),
    "txt": Kind("text", ("txt", "csv", "tsv", "log", "md"), "text/plain"),
    "eml": Kind("mail", ("eml",), "message/rfc822"),
    "msg": Kind("mail", ("msg",), "application/vnd.ms-outlook"),
    "mp3": Kind("recording", ("mp3",), "audio/mpeg"),
    "wav": Kind("recording", ("wav",), "audio/x-wav"),
    "amr": Kind("recording", ("amr", "awb"), "audio/amr"),
    "m4a": Kind("recording", ("m4a", "m4b"), "audio/mp4"),
    "aac": Kind("recording", ("aac",), "audio/aac"),
    "ogg": Kind("recording", ("ogg", "oga", "opus"), "audio/ogg"),
    "mp4": Kind("recording", ("mp4", "m4v", "3gp"), "video/mp4"),
    "mov": Kind("recording", ("mov", "qt"), "video/quicktime"),
}
# What a computer runs where somebody opens it by its name, whatever is in it.
PROGRAMS = frozenset(
    (
        "bat",
        "cmd",
        "com",
        "cpl",
        "exe",
        "hta",
        "htm",
        "html",
        "jar",
        "js",
        "jse",
        "lnk",
        "msi",
        "php",
        "ps1",
        "py",
        "reg",
        "scr",
        "sh",
        "svg",
        "svgz",
        "url",
        "vbe",
        "vbs",
        "wsf",
        "xht",
        "xhtml",
        "xml",
        "xsl",
        "apk",
    )
)
_EXTENSIONS = {name for kind in KINDS.values() for name in kind.extensions}
_EXTENSION = re.compile(r"[a-z][a-z0-9]{0,4}|[a-z0-9]*[a-z][a-z0-9]*", re.ASCII)
_SIGNATURES = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "jp2"),
    (b"#!AMR", "amr"),
    (b"OggS", "ogg"),
    (b"ID3", "mp3"),
)
_RIFF = {b"WAVE": "wav", b"WEBP": "webp"}
_BRANDS = {
    "heic": (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"),
    "m4a": (b"M4A ", b"M4B "),
    "mov": (b"qt  ",),
}
_PROGRAM = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"dex\n",
    b"L\0\0\0",
)
_MARKUP = re.compile(
    rb"^\s*<[a-z!?/]|<(?:html|script|svg|iframe|\?php|\?xml|!doctype)\b", re.IGNORECASE
)
_PARTS = (("ofd", "OFD.xml"), ("docx", "word/"), ("xlsx", "xl/"), ("pptx", "ppt/"))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_PARTS = (
    ("msg", "__properties_version1.0"),
    ("doc", "WordDocument"),
    ("xls", "Workbook"),
    ("xls", "Book"),
    ("ppt", "PowerPoint Document"),
)
_MACROS = ("_VBA_PROJECT", "vbaProject.bin")
_HEADER = re.compile(
    rb"^(received|return-path|from|to|subject|date|message-id|mime-version):",
    re.IGNORECASE | re.MULTILINE,
)
_LEAST_HEADERS = 3
_UNWRITTEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
# Of a frame of MPEG sound (ISO 11172-3).
FRAME_HEADER = 4
ALL_SET, SYNC, LONG_SYNC = 0xFF, 0b11100000, 0b11110000
# Layer III and II: the first one was never used, and would be the mark of a text in UTF-16.
LAYERS = (0b010, 0b100)
RESERVED_RATE, RESERVED_FREQUENCY = 0b1111, 0b11


def kind_of(content):
    r"""Return the kind of a file, a key of ``KINDS``; empty where an office does not take it.

    >>> kind_of(b"%PDF-1.7 ..."), kind_of("你好".encode("gb18030")), kind_of(b"\xff\xd8\xff\xe0")
    ('pdf', 'txt', 'jpeg')
    >>> kind_of(b"MZ\x90\0"), kind_of(b"<html>"), kind_of(b"#!/bin/sh"), kind_of(b"")
    ('', '', '', '')
    >>> kind_of(b"\0\0\0\x18ftypheic\0\0"), kind_of(b"RIFF\0\0\0\0WAVEfmt "), kind_of(b"#!AMR\n<")
    ('heic', 'wav', 'amr')
    >>> kind_of(b"From: a@b\r\nDate: today\r\nSubject: x\r\n\r\n<html>"), kind_of(b"{\\rtf1 }")
    ('eml', '')
    >>> kind_of("一<script>".encode()), kind_of(b"PK\x03\x04 broken")
    ('', '')
    """
    head = content[:HEAD]
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if head.startswith(b"PK"):
        return _kind_of_package(content)
    if head.startswith(_OLE):
        return _kind_of_ole(content)
    return _kind_of_film(head) or _kind_of_sound(head) or _kind_of_text(content, head)


def _kind_of_film(head):
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], "")
    if head[4:8] != b"ftyp":
        return ""
    brand = head[8:12]
    return next((kind for kind, brands in _BRANDS.items() if brand in brands), "mp4")


def _kind_of_sound(head):
    """Know a frame of MPEG sound by its eleven set bits, its layer, rate and frequency."""
    if len(head) < FRAME_HEADER or head[0] != ALL_SET or head[1] & SYNC != SYNC:
        return ""
    layer, rate, frequency = head[1] & 0b110, head[2] >> 4, head[2] >> 2 & 0b11
    if not layer:
        return "aac" if head[1] & LONG_SYNC == LONG_SYNC else ""
    is_frame = layer in LAYERS and rate != RESERVED_RATE and frequency != RESERVED_FREQUENCY
    return "mp3" if is_frame else ""


def _kind_of_package(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeError):
        return ""
    if any(name.endswith(_MACROS) for name in names):
        return ""
    for kind, part in _PARTS:
        if any(name.startswith(part) for name in names):
            return kind if kind == "ofd" or "[Content_Types].xml" in names else ""
    return ""


def _kind_of_ole(content):
    if any(_in_directory(content, name) for name in _MACROS):
        return ""
    return next((kind for kind, name in _OLE_PARTS if _in_directory(content, name)), "")


def _in_directory(content, name):
    # The names of the parts of such a file are in two bytes a letter.
    return name.encode("utf-16-le") in content


def _kind_of_text(content, head):
    if head.startswith((*_PROGRAM, b"{\\rtf")):
        return ""
    if len({one.lower() for one in _HEADER.findall(head)}) >= _LEAST_HEADERS:
        return "eml"
    if _MARKUP.search(head.removeprefix(b"\xef\xbb\xbf")):
        return ""
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        return "bmp"
    if head.startswith(b"%PDF") or b"%PDF-" in head[:PDF_WITHIN]:
        return "pdf"
    return "txt" if content and _is_text(content) else ""


def _is_text(content):
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return not _UNWRITTEN.search(text) and not _MARKUP.search(text[:HEAD].encode())
    return False


def group_of(kind):
    """Return what files of a kind are taken as; empty for no kind.

    >>> group_of("mp3"), group_of("heic"), group_of("")
    ('recording', 'picture', '')
    """
    return KINDS[kind].group if kind else ""


def is_program(name):
    """Return whether a name makes a computer run what it names.

    >>> is_program("合同.pdf.exe"), is_program("合同.exe.pdf"), is_program("合同")
    (True, False, False)
    """
    return _extension(name) in PROGRAMS


def fitting_name(name, kind):
    """Return the name of a file with the extension of what it is; a name without one stays.

    >>> fitting_name("照片.JPG", "jpeg"), fitting_name("照片.jpg", "heic")
    ('照片.JPG', '照片.heic')
    >>> fitting_name("来信", "pdf")
    '来信'
    >>> fitting_name("关于1.5米窗口", "txt"), fitting_name("3.2.关于窗口", "pdf")
    ('关于1.5米窗口', '3.2.关于窗口')
    >>> fitting_name("记录.dat", "txt"), fitting_name("签字.pdf", "txt")
    ('记录.dat.txt', '签字.txt')
    """
    extension = _extension(name)
    if not extension or extension in KINDS[kind].extensions:
        return name
    stem = name.rpartition(".")[0] if extension in _EXTENSIONS else name
    return f"{stem}.{KINDS[kind].extensions[0]}"


def _extension(name):
    extension = (name or "").rpartition(".")[2].lower() if "." in (name or "") else ""
    return extension if _EXTENSION.fullmatch(extension) else ""


def is_recording(content):
    r"""Return whether a file is a recording of sound or a film, with something in it.

    >>> is_recording(b"ID3"), is_recording(b"ID3" + b"\0" * 300), is_recording(b"a" * 900)
    (False, True, False)
    """
    return group_of(kind_of(content)) == "recording" and len(content) >= LEAST_RECORDING
