"""One person at the doors: sessions, requests, and what the answers say."""

import collections
import html
import json
import re
import threading
import xmlrpc.client
from dataclasses import dataclass

import requests

from . import people
from .expected import readers
from .words import Finder

TIMEOUT = 240
SERVER_ERROR = 500
CSRF = re.compile(r'csrf_token(?:"\s*value=|:\s*)"([^"]+)"')
NAMED = re.compile(r'"name": "([\w.]+)", "message": "(.{0,200})')
# What a server says when it refuses, by the name of the exception.
REFUSALS = {
    *("odoo.exceptions.AccessDenied", "odoo.exceptions.AccessError"),
    *("odoo.exceptions.MissingError", "odoo.exceptions.RedirectWarning"),
    *("odoo.exceptions.UserError", "odoo.exceptions.ValidationError"),
    *("odoo.http.SessionExpiredException", "odoo.http.router.SessionExpiredException"),
}
# What Odoo itself answers with an error of the server, whoever asks for a record that is hidden,
# in every app: route -> beginning of the error. Counted apart.
OF_ODOO = {
    "/mail/thread/recipients": "builtins.ValueError: Expected singleton",
    "/mail/thread/recipients/get_suggested_recipients": "builtins.ValueError: Expected singleton",
    # A letter by post about a record without messages: Odoo posts there before it asks.
    "snailmail.letter": "builtins.AttributeError",
    # A token, for a record of a model that has none.
    "/mail/avatar/mail.message/<int:res_id>/author_avatar/<int:width>x<int:height>": "HTTP 500",
    # The address of a picture elsewhere, which is no address.
    "/html_editor/attachment/add_url": "requests.exceptions.MissingSchema",
    "/web_editor/attachment/add_url": "requests.exceptions.MissingSchema",
}
# Codes of faults over XML-RPC: all that is no error of the server's own.
XMLRPC_SERVER_ERROR = 1
SAMPLE = 160


@dataclass
class Answer:
    """What came back: ``ok``, ``refused`` or ``error``, the result, the error's name and text."""

    kind: str
    result: object = None
    error: str = ""
    body: bytes = b""

    @property
    def is_ok(self):
        """Tell whether the door opened."""
        return self.kind == "ok"


class Tally:
    """Counts what came of all requests, and keeps every leak and every server error."""

    def __init__(self, manifest):
        self.finder = Finder(manifest["planted"], manifest["literal"])
        self.counts = collections.Counter()
        self.leaks, self.errors = {}, {}
        # Who met which word and might: a word that nobody ever meets proves nothing.
        self.met = set()
        self.lock = threading.Lock()

    def note(self, role, door, target, answer, *, about="", sent=""):
        """Count an answer; find what it tells that the role must not hear.

        :param sent: what was asked: a word that only comes back was known before
        """
        found = self.finder.places(answer.body)
        found = {word: place for word, place in found.items() if word not in sent}
        with self.lock:
            kind = "of Odoo" if _is_of_odoo(target, answer) else answer.kind
            self.counts[role, door, kind] += 1
            if kind == "error":
                key = (door, target, answer.error[:SAMPLE])
                self.errors.setdefault(key, []).append((role, about))
            for word, (case, place, field, _record) in found.items():
                if role in readers(case, place, field):
                    self.met.add((role, word))
                else:
                    self._leak((role, door, target), (case, place, field), about)

    def leak(self, role, door, target, what, *, about=""):
        """Note that a door opened which should not, whatever the answer said."""
        with self.lock:
            self._leak((role, door, target), what, about)

    def _leak(self, where, what, about):
        self.leaks.setdefault(where, {}).setdefault(what, about)


def _is_of_odoo(target, answer):
    known = OF_ODOO.get(target)
    return bool(known and answer.kind == "error" and answer.error.startswith(known))


class Person:
    """One role with a session of its own and an API key."""

    def __init__(self, role, server, manifest, tally):
        self.role, self.server, self.tally = role, server, tally
        self.uid = manifest["people"].get(role, {}).get("uid")
        self.login = manifest["people"].get(role, {}).get("login")
        self.key = manifest["keys"].get(role)
        self.http = requests.Session()
        adapter = requests.adapters.HTTPAdapter(pool_maxsize=16)
        self.http.mount("http://", adapter)
        self.fields = {}
        self.csrf = None

    def enter(self):
        """Log in, unless nobody does by that role; return self."""
        if self.uid and self.role not in people.KEY_ONLY:
            password = people.PASSWORD.format(role=self.role)
            params = {"db": self.server.db, "login": self.login, "password": password}
            answer = self._post("/web/session/authenticate", {"params": params})
            if answer.json()["result"].get("uid") != self.uid:
                raise PermissionError(f"{self.login} may not log in")
        page = "/web/login" if self.role == people.PUBLIC else "/my/home"
        found = CSRF.search(self.http.get(self.server.url + page, timeout=TIMEOUT).text)
        self.csrf = found and found.group(1)
        return self

    def _post(self, path, payload):
        return self.http.post(self.server.url + path, json=payload, timeout=TIMEOUT)

    # --- doors of the web client ----------------------------------------------------------------

    def call(self, door, model, method, *args, **kwargs):
        """Call a method as the web client does."""
        params = {"model": model, "method": method, "args": list(args), "kwargs": kwargs}
        about = f"{method} {' '.join(_short(one) for one in args)}"
        return self.rpc(door, model, f"/web/dataset/call_kw/{model}/{method}", params, about)

    def rpc(self, door, target, path, params, about=""):
        """Post to a JSON route."""
        answer = self._post(path, {"jsonrpc": "2.0", "method": "call", "params": params})
        said = _json_answer(answer)
        sent = json.dumps(params, ensure_ascii=False)
        self.tally.note(self.role, door, target, said, about=about or sent[:SAMPLE], sent=sent)
        return said

    def page(self, door, target, method, path, **kwargs):
        """Ask for a page or a file."""
        answer = self.http.request(
            method, self.server.url + path, timeout=TIMEOUT, allow_redirects=False, **kwargs
        )
        said = _page_answer(answer)
        self.tally.note(self.role, door, target, said, about=f"{method} {path[:SAMPLE]}", sent=path)
        return said

    # --- doors of the API -----------------------------------------------------------------------

    def jsonrpc(self, model, method, args, kwargs):
        """Call a method as scripts do since long."""
        who = [self.server.db, self.uid, self.key]
        params = {
            "service": "object",
            "method": "execute_kw",
            "args": [*who, model, method, args, kwargs],
        }
        return self.rpc("jsonrpc", model, "/jsonrpc", params, f"{method} {_short(args)}")

    def json2(self, model, method, kwargs):
        """Call a method as scripts do today."""
        answer = requests.post(
            f"{self.server.url}/json/2/{model}/{method}",
            json=kwargs,
            headers={"Authorization": f"bearer {self.key}"},
            timeout=TIMEOUT,
        )
        said = _page_answer(answer)
        self.tally.note(self.role, "json/2", model, said, about=f"{method} {_short(kwargs)}")
        return said

    def xmlrpc(self, model, method, args, kwargs):
        """Call a method over XML-RPC."""
        who = (self.server.db, self.uid, self.key, model, method, args, kwargs)
        body = xmlrpc.client.dumps(who, "execute_kw", allow_none=True)
        answer = requests.post(
            f"{self.server.url}/xmlrpc/2/object",
            data=body.encode(),
            headers={"Content-Type": "text/xml"},
            timeout=TIMEOUT,
        )
        said = _xml_answer(answer)
        self.tally.note(self.role, "xmlrpc/2", model, said, about=f"{method} {_short(args)}")
        return said


def _short(value):
    return json.dumps(value, ensure_ascii=False, default=str)[:SAMPLE]


def _json_answer(answer):
    if answer.status_code >= SERVER_ERROR:
        return Answer("error", error=f"HTTP {answer.status_code}", body=answer.content)
    try:
        said = answer.json()
    except ValueError:
        return _page_answer(answer)
    if not isinstance(said, dict) or "error" not in said:
        result = said.get("result") if isinstance(said, dict) else said
        return Answer("ok", result, body=answer.content)
    data = said["error"].get("data") or {}
    name = data.get("name", "")
    kind = "refused" if is_refusal(name, said["error"]) else "error"
    text = f"{name}: {data.get('message', said['error'].get('message'))}"
    return Answer(kind, error=text, body=answer.content)


def is_refusal(name, error):
    """Tell a refusal from an error of the server, by the exception's name."""
    if name in REFUSALS or error.get("code") in {100, 404}:
        return True
    ours = name.startswith("werkzeug.exceptions.")
    return ours and not name.endswith(("InternalServerError", "ServiceUnavailable"))


def _page_answer(answer):
    if answer.status_code >= SERVER_ERROR:
        text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.unescape(answer.text)))
        named = NAMED.search(text)
        # Odoo's exports say a refusal in the page of a server error.
        if named and named.group(1) in REFUSALS:
            return Answer("refused", error=named.group(1), body=answer.content)
        text = f"{named.group(1)}: {named.group(2)}" if named else text
        return Answer(
            "error", error=f"HTTP {answer.status_code}: {text[:SAMPLE]}", body=answer.content
        )
    moved = answer.headers.get("Location", "").encode()
    disposition = answer.headers.get("Content-Disposition", "").encode()
    body = b"\n".join((answer.content, moved, disposition))
    kind = "refused" if answer.status_code >= 400 else "ok"
    result = None
    if "json" in answer.headers.get("Content-Type", ""):
        try:
            result = answer.json()
        except ValueError:
            result = None
    return Answer(kind, result, body=body)


def _xml_answer(answer):
    if answer.status_code >= SERVER_ERROR:
        return Answer("error", error=f"HTTP {answer.status_code}", body=answer.content)
    try:
        (result,), _method = xmlrpc.client.loads(answer.content)
    except xmlrpc.client.Fault as fault:
        kind = "error" if fault.faultCode == XMLRPC_SERVER_ERROR else "refused"
        text = fault.faultString.strip().splitlines()[-1:]
        return Answer(kind, error=str(text), body=answer.content)
    except ValueError:
        return Answer("refused", body=answer.content)
    return Answer("ok", result, body=answer.content)
