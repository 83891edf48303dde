"""Files that people send us: their shape and their names, and how large one may be."""

import re

from .wording import storable

MEGABYTE = 1024 * 1024
MAX_FILE_SIZE = 20 * MEGABYTE
FILE_PARTS = 2
# Control characters, what Windows forbids, halves of characters, and marks that turn the reading
# direction around.
_UNFIT = re.compile(
    r'[\x00-\x1f\x7f-\x9f<>:"|?*\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]'
)
# Devices of Windows, whatever extension they carry: no file may be called so.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)
# What Linux takes as a name is counted in bytes, three of them a Chinese character; some are left
# for the number that a file gets in a dossier.
MOST_BYTES, LEFT_BYTES = 255, 16
EXTENSION_BYTES = 50


def clean_name(name):
    r"""Return the name of an uploaded file without folders and without characters that mislead.

    It can be written on Linux and on Windows. Odoo's ``clean_filename`` would take Chinese
    punctuation away, and so change numbers of papers.

    >>> clean_name("../../etc/整改\n照片.jpg"), clean_name("C:\\temp\\a.pdf"), clean_name("..")
    ('整改照片.jpg', 'a.pdf', 'file')
    >>> clean_name("合同\u202egpj.exe"), clean_name("CON.txt"), clean_name("a.pdf. ")
    ('合同gpj.exe', '_CON.txt', 'a.pdf')
    >>> clean_name("关于《办法》〔2026〕5号.pdf")
    '关于《办法》〔2026〕5号.pdf'
    >>> [len(clean_name("长" * 400 + ending).encode()) for ending in (".pdf", "", "." + "名" * 90)]
    [238, 237, 238]
    """
    name = _UNFIT.sub("", re.split(r"[/\\]", name)[-1]).strip(" .")
    name = _DEVICES.sub(r"_\g<0>", name, count=1) if _DEVICES.match(name) else name
    stem, dot, extension = name.rpartition(".")
    extension = dot + cut(extension, EXTENSION_BYTES) if stem else ""
    room = MOST_BYTES - LEFT_BYTES - len(extension.encode())
    return f"{cut(stem or name, room).rstrip(' .')}{extension}" or "file"


def cut(text, most):
    """Return the beginning of a text that takes no more than so many bytes, in whole characters.

    >>> cut("长名字", 7), cut("ab", 7)
    ('长名', 'ab')
    """
    return text.encode()[:most].decode(errors="ignore")


def are_files(given):
    """Return whether what a caller sent are files: pairs of a name and the content.

    >>> are_files([("a.jpg", "YQ==")]), are_files(None)
    (True, True)
    >>> are_files("a.jpg"), are_files([["a.jpg"]]), are_files([["a.jpg", 5]])
    (False, False, False)
    """
    files = given or []
    return isinstance(files, list | tuple) and all(map(_is_file, files))


def _is_file(pair):
    if not isinstance(pair, list | tuple) or len(pair) != FILE_PARTS:
        return False
    name, content = pair
    return isinstance(name, str) and storable(name) and isinstance(content, str | bytes)
