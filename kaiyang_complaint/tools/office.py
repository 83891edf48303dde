"""Documents of an office program as a PDF, by LibreOffice where the machine has it.

It runs apart: limited by the kernel, with a home of its own that is thrown away, without macros,
and with nobody to talk to. Links of a document to other machines are taken out before.
"""

import io
import re
import shutil
import subprocess
import zipfile
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

from . import budgets
from .budgets import MEGABYTE, OverBudgetError

PROGRAMS = ("soffice", "libreoffice")
KINDS = frozenset(("docx", "doc", "xlsx", "xls", "pptx", "ppt"))
# After this many seconds more a program that does not end is killed.
GRACE = 5
_EXTERNAL = re.compile(rb"<Relationship\b[^>]*\bTargetMode\s*=\s*[\"']External[\"'][^>]*/>")
_ITEM = (
    '<item oor:path="/org.openoffice.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value>'
    "</prop></item>"
)
# Its settings: no macros, nothing fetched, no links followed, and nobody answers where it asks.
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", 3),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", 0),
    ("Office.Calc/Content/Update", "Link", 2),
    ("Inet/Settings", "ooInetProxyType", 2),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", 9),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", 9),
)
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items '
    'xmlns:oor="http://openoffice.org/2001/registry">{}</oor:items>'
)


class ConversionError(ValueError):
    """A document that could not be converted."""


def program():
    """Return the path of LibreOffice; nothing where the machine does not have it."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def to_pdf(content, kind):
    """Return a document as a PDF.

    :param kind: one of ``KINDS``
    :raise ConversionError: where it can't be converted, or not in the time it may take
    """
    with TemporaryDirectory(prefix="office-") as folder:
        profile = Path(folder, "profile", "user")
        profile.mkdir(parents=True)
        items = "".join(_ITEM.format(*setting) for setting in _SETTINGS)
        Path(profile, "registrymodifications.xcu").write_text(_PROFILE.format(items))
        source = Path(folder, f"document.{kind}")
        source.write_bytes(content)
        _convert(source, folder)
        target = source.with_suffix(".pdf")
        if not target.exists():
            raise ConversionError
        return target.read_bytes()


def _convert(source, folder):
    seconds, memory = budgets.OFFICE_SECONDS, budgets.OFFICE_MEMORY_MB * MEGABYTE
    try:
        subprocess.run(
            [
                *("timeout", "--kill-after", str(GRACE), str(seconds)),
                *("prlimit", f"--as={memory}", f"--cpu={seconds}", "--core=0"),
                f"--fsize={budgets.OFFICE_WRITTEN_MB * MEGABYTE}",
                *(program(), f"-env:UserInstallation=file://{folder}/profile"),
                *("--headless", "--norestore", "--nolockcheck", "--nodefault"),
                *("--convert-to", "pdf", "--outdir", folder, str(source)),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env={"HOME": folder, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
            timeout=seconds + 2 * GRACE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ConversionError from error


def without_links(content):
    """Return a document without its links to pictures, templates and data on other machines.

    :raise ConversionError: where it is no such document
    :raise OverBudgetError: where it unpacks to more than it may
    """
    if not content.startswith(b"PK"):
        return content
    cleaned, left = io.BytesIO(), budgets.MOST_UNPACKED_MB * MEGABYTE
    try:
        with (
            zipfile.ZipFile(io.BytesIO(content)) as source,
            zipfile.ZipFile(cleaned, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
        ):
            if len(source.infolist()) > budgets.MOST_ENTRIES:
                raise OverBudgetError("entries", budgets.MOST_ENTRIES)
            for entry in source.infolist():
                with source.open(entry) as file:
                    part = file.read(left + 1)
                left -= len(part)
                if left < 0:
                    raise OverBudgetError("unpacked", budgets.MOST_UNPACKED_MB)
                is_links = entry.filename.endswith(".rels")
                target.writestr(entry.filename, _EXTERNAL.sub(b"", part) if is_links else part)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise ConversionError from error
    return cleaned.getvalue()
