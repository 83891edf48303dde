"""Turns the HTML of a report into paper: a PDF/A a document, fed by nothing but our own files."""

import functools
import io
import re
import threading
import time
import warnings
from html import escape
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

import lxml.html
from odoo.tools import file_open
from odoo.tools.misc import file_path
from PIL import Image, UnidentifiedImageError
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from ...tools import budgets, file_kinds
from . import missing_glyphs, paper_fonts

# Paths such as /module/static/… resolve against this address, which nobody can own (RFC 2606).
STATIC = "https://static.invalid/"
STATIC_TYPES = {
    ".css": "text/css",
    ".jpg": "image/jpeg",
    ".otf": "font/otf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
}
# What an archive keeps (ISO 19005-3): fonts inside, one colour space, no scripts.
VARIANT = "pdf/a-3b"
HOUR = 3600
# How our templates name their style sheets.
SHEET = re.compile(r'<link rel="stylesheet" href="(/\w+/static/[\w/]+\.css)" ?/?>')
# The library behind the fonts is not made for threads.
ONE_AT_A_TIME = threading.Lock()
# What is drawn of a text that somebody typed; other readers of Pillow's call other programs.
PRINTABLE = {"jpeg", "png", "gif", "bmp", "webp", "tiff"}
SCREEN_MODES = {"1", "L", "LA", "P", "RGB", "RGBA"}


class StaticFetcher(URLFetcher):
    """Gives WeasyPrint the static files of installed addons and ``data:`` URIs, nothing else.

    What a citizen wrote ends up in the HTML: no address in it may make the server read a file of
    its own or call another machine.
    """

    def __init__(self):
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)

    def fetch(self, url, headers=None):
        """Return the resource behind an address.

        :raise ValueError: for every address that is neither static nor ``data:``
        """
        if not url.startswith(STATIC):
            return URLFetcherResponse(url, _for_screens(super().fetch(url, headers).read()))
        path = PurePosixPath(unquote(urlsplit(url).path).lstrip("/"))
        if path.parts[1:2] != ("static",) or ".." in path.parts or path.suffix not in STATIC_TYPES:
            raise ValueError(f"Not a static file: {url}")
        return URLFetcherResponse(
            url, file_open(str(path), "rb"), {"Content-Type": STATIC_TYPES[path.suffix]}
        )


def split_documents(html):
    """Yield id and HTML of each document of a page: the ``<article>`` children of its body."""
    page = lxml.html.document_fromstring(html, parser=lxml.html.HTMLParser(encoding="utf-8"))
    articles = page.body.findall("article")
    for article in articles:
        page.body.remove(article)
    for article in articles:
        page.body.append(article)
        document = lxml.html.tostring(page, encoding="unicode", doctype="<!DOCTYPE html>")
        yield int(article.get("data-oe-id") or 0), document
        page.body.remove(article)


def document(html):
    """Return a document that finds nothing but our own files."""
    return HTML(string=html, base_url=STATIC, url_fetcher=StaticFetcher())


def lacking(text):
    """Return the characters of a text that no font of the machine has, each once.

    Characters for private use have no meaning but in the font they were made for: no other one may
    print its own.
    """
    rare = "".join(sorted(set(missing_glyphs.COMMON.sub("", text))))
    return _lacking(rare, time.monotonic() // HOUR) if rare else []


@functools.lru_cache(maxsize=256)
def _lacking(rare, _hour):
    private = set(missing_glyphs.PRIVATE.findall(rare))
    with ONE_AT_A_TIME, missing_glyphs.heard() as codes:
        _write(f"<p>{escape(missing_glyphs.PRIVATE.sub('', rare))}</p>")
    return [letter for letter in rare if letter in private or ord(letter) in codes]


def write_pdf(html):
    """Return the PDF/A of one document, its pages counted from 1: same HTML, same bytes.

    A character that is in no font of the machine is marked on the paper; no box stands for it.

    :raise NoChineseFontError: where the machine has no Chinese font at all
    """
    html = missing_glyphs.PRIVATE.sub(missing_glyphs.GETA, html)
    with ONE_AT_A_TIME, missing_glyphs.heard() as codes:
        content = _write(html)
        missing_glyphs.assert_readable(codes)
        return _write(missing_glyphs.replaced(html, codes)) if codes else content


def _write(html):
    fonts = _fonts()
    sheets = [_sheet(path, _changed(path), fonts) for path in SHEET.findall(html)]
    laid_out = document(SHEET.sub("", html)).render(
        pdf_variant=VARIANT, font_config=fonts, stylesheets=sheets
    )
    laid_out.fonts = paper_fonts.Fonts()
    return laid_out.write_pdf(pdf_variant=VARIANT, finisher=paper_fonts.finish)


@functools.lru_cache(maxsize=8)
def _sheet(path, _version, fonts):
    """Return one of our style sheets; to read it takes a fifth of the time of a short paper."""
    return CSS(url=urljoin(STATIC, path), url_fetcher=StaticFetcher(), font_config=fonts)


def _changed(path):
    return Path(file_path(path.lstrip("/"))).stat().st_mtime_ns


def _fonts():
    """Return the fonts of the machine, read once an hour: each reading takes 10 MB and 0.1 s.

    They are kept in a temporary folder, which must not grow so old that someone tidies it up.
    """
    return _fonts_of_hour(time.monotonic() // HOUR)


@functools.lru_cache(maxsize=1)
def _fonts_of_hour(_hour):
    return FontConfiguration()


def is_printable(content):
    """Return by its header whether a picture can be printed in a text, and fits."""
    if file_kinds.kind_of(content or b"") not in PRINTABLE:
        return False
    try:
        with warnings.catch_warnings(action="ignore"):
            width, height = Image.open(io.BytesIO(content)).size
    # Decoders of strangers' files fail in more ways than they tell.
    except (OSError, SyntaxError, ValueError, TypeError, KeyError, ArithmeticError):
        return False
    except Image.DecompressionBombError:
        return False
    return width * height <= budgets.MOST_PAPER_DOTS


def _for_screens(content):
    """Return a picture in the colours of screens: printing inks are no part of our PDF/A.

    :raise ValueError: where it has too many dots
    """
    try:
        picture = Image.open(io.BytesIO(content))
    except UnidentifiedImageError:
        return content
    except Image.DecompressionBombError as error:
        raise ValueError("A picture with too many dots") from error
    if picture.width * picture.height > budgets.MOST_PAPER_DOTS:
        raise ValueError("A picture with too many dots")
    if picture.mode in SCREEN_MODES:
        return content
    converted = io.BytesIO()
    picture.convert("RGB").save(converted, "PNG")
    return converted.getvalue()
