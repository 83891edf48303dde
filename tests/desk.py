"""A running desk as the whole-system tests see it: its server process, its API, its pages."""

import contextlib
import os
import pathlib
import re
import socket
import subprocess
import time

import requests

SCREENSHOTS = pathlib.Path(__file__).with_name("screenshots")
START_SECONDS = 120
STOP_SECONDS = 20


class RpcError(Exception):
    """What the server answered instead of a result; `name` is the exception's class there."""

    def __init__(self, error):
        self.name = error["data"]["name"]
        super().__init__(f"{self.name}: {error['data']['message']}")


class Rpc:
    """The API as one user: `Rpc(server, login).call(model, method, *args, **kwargs)`."""

    def __init__(self, server, login, password=None):
        self.server = server
        self.password = password or login
        self.uid = self._post("common", "login", server.db, login, self.password)
        if not self.uid:
            raise PermissionError(f"{login} may not log in")

    def call(self, model, method, *args, **kwargs):
        """Return what the method returns; RpcError when the server refuses."""
        return self.execute_kw(model, method, list(args), kwargs)

    def execute_kw(self, model, method, args=(), kwargs=None):
        """As Odoo's external API calls it."""
        who = (self.server.db, self.uid, self.password)
        return self._post("object", "execute_kw", *who, model, method, list(args), kwargs or {})

    def _post(self, service, method, *args):
        params = {"service": service, "method": method, "args": args}
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = requests.post(f"{self.server.url}/jsonrpc", json=body, timeout=120).json()
        if "error" in answer:
            raise RpcError(answer["error"])
        return answer.get("result")


class Server:
    """An Odoo server of its own on a free port, over the database that `./dev test` made."""

    def __init__(self, database=None):
        self.db = database or os.environ["KC_DATABASE"]
        self.port = self.free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = pathlib.Path(os.environ["KC_LOGS"]) / "browser-server.log"
        self.process = None

    def rpc(self, login, password=None):
        """Return the API as that user; demo users' passwords equal their logins."""
        return Rpc(self, login, password)

    def start(self):
        """Start serving and return when pages are answered."""
        self.log.unlink(missing_ok=True)
        self.process = subprocess.Popen(self.command())
        self._await_answer()

    def command(self):
        """Return the command line of the server."""
        return [
            *(os.environ["KC_PYTHON"], "-m", "odoo"),
            *("-d", self.db, "--db-filter", f"^{re.escape(self.db)}$"),
            *("--http-port", str(self.port), "--logfile", str(self.log)),
        ]

    def stop(self):
        """Stop serving; may be started again."""
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(STOP_SECONDS)
        self.process.kill()
        self.process.wait()

    def _await_answer(self):
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            with contextlib.suppress(requests.ConnectionError):
                if requests.get(f"{self.url}/web/health", timeout=START_SECONDS).ok:
                    return
            time.sleep(0.2)
        raise RuntimeError(f"the server did not start; see {self.log}")

    @staticmethod
    def free_port():
        """Return a port that nobody listens on."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return probe.getsockname()[1]


def log_in(page, server, login, password=None):
    """Log in through the login page; ends on the user's home, desk or portal."""
    page.goto(f"{server.url}/web/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", password or login)
    page.click("form.oe_login_form button[type=submit]")
    page.wait_for_selector(".o_web_client .o_main_navbar, .o_portal")


def open_rare_acts(page):
    """Open the menu of a case's rare acts."""
    page.locator(".o_complaint_more").click()
    return page.locator(".o-dropdown--menu")


def press_rare(page, name):
    """Do one of a case's rare acts."""
    open_rare_acts(page).locator(f"button[name={name}]").click()


def take_shot(page, name):
    """Save a picture of the page in the ignored folder and return its path."""
    SCREENSHOTS.mkdir(exist_ok=True)
    path = SCREENSHOTS / f"{name}.png"
    page.screenshot(path=path)
    return path


def take_failure_shots(contexts, name):
    """Save a picture of every open page of a failed test."""
    safe = re.sub(r"[^\w-]+", "-", name)
    pages = [page for context in contexts for page in context.pages]
    for number, page in enumerate(pages, 1):
        take_shot(page, f"failed-{safe}-{number}")
