"""The pages for citizens: by themselves, light, and kept nowhere."""

import functools
import hashlib

from babel.dates import format_skeleton
from odoo import tools
from odoo.http import request

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


def lean_page(template, company, status=200, headers=None, **values):
    """Return a page for citizens.

    :param values: what the template needs beside what all pages have
    """
    lang = request.env.context.get("lang") or "zh_CN"
    page = {
        "company": company.sudo(),
        "files": {kind: _file(kind) for kind in ("css", "js")},
        "page_lang": lang.replace("_", "-"),
        "faults": {},
        "fault_title": "",
    }
    return request.render(
        f"kaiyang_complaint.{template}",
        page | values,
        headers=HEADERS | (headers or {}),
        status=status,
    )


def fault_title(env, faults):
    """Return what stands over the list of what is to be mended."""
    return env._("%s to be mended", len(faults)) if faults else ""


def see_other(path):
    """Return the answer to a form that was taken: going back does not send it again."""
    return request.redirect(path, code=303)


def read_day(env, day):
    """Return a date as people say it: month, day and day of the week."""
    locale = env.context.get("lang") or "zh_CN"
    return format_skeleton("MMMEd", day, locale=locale)


@functools.cache
def _file(kind):
    """Return the address of a file of the pages, which changes with its content."""
    path = f"kaiyang_complaint/static/src/public/public.{kind}"
    with tools.file_open(path, "rb") as file:
        return f"/{path}?v={hashlib.sha256(file.read()).hexdigest()[:12]}"
