"""Files that people send us: their shape and their names, and how large one may be."""

import re

from .wording import storable

MEGABYTE = 1024 * 1024
MAX_FILE_SIZE = 20 * MEGABYTE
FILE_PARTS = 2
# Control characters, what Windows forbids, and marks that turn the reading direction around.
_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]')


def clean_name(name):
    r"""Return the name of an uploaded file without folders and without characters that mislead.

    Odoo's ``clean_filename`` would take Chinese punctuation away, and so change numbers of papers.

    >>> clean_name("../../etc/整改\n照片.jpg"), clean_name("C:\\temp\\a.pdf"), clean_name("..")
    ('整改照片.jpg', 'a.pdf', 'file')
    >>> clean_name("合同\u202egpj.exe")
    '合同gpj.exe'
    >>> clean_name("关于《办法》〔2026〕5号.pdf")
    '关于《办法》〔2026〕5号.pdf'
    """
    name = _UNFIT.sub("", re.split(r"[/\\]", name)[-1]).strip(" .")
    stem, dot, extension = name.rpartition(".")
    return f"{stem[:150]}{dot}{extension[-50:]}" or "file"


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
