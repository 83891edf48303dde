"""Fixtures of the whole-system tests: one server and browser for all, fresh pages for each test."""

import functools
import shutil

import pytest
from desk import Server, log_in, take_failure_shots, take_shot
from playwright.sync_api import expect, sync_playwright

BROWSER_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CONTEXT_OPTIONS = {
    "locale": "zh-CN",
    "timezone_id": "Asia/Shanghai",
    "viewport": {"width": 1440, "height": 900},
}
FAILED = pytest.StashKey[bool]()
# On busy cores Chromium takes its time, once: in milliseconds.
START = 180_000
# The other half of the tests runs on the same cores.
PATIENCE = 60_000
expect.set_options(timeout=20_000)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Remember for the fixtures whether the test failed."""
    report = yield
    if call.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture(scope="session")
def server():
    """Serve the demonstration: `.url`, `.db`, `.rpc(login)`, `.stop()`, `.start()`."""
    running = Server()
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser():
    """Start Debian's Chromium; Playwright's own is never downloaded."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=BROWSER_OPTIONS, timeout=START
        )
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser, request):
    """Return a function that opens a page in a context of its own, for tests with several people.

    A script error on any of these pages fails the test.
    """
    contexts, errors = [], []

    def remember(error):
        errors.append(error)

    def open_page():
        contexts.append(browser.new_context(**CONTEXT_OPTIONS))
        contexts[-1].set_default_timeout(PATIENCE)
        page = contexts[-1].new_page()
        page.on("pageerror", remember)
        return page

    yield open_page
    if request.node.stash.get(FAILED, False):
        take_failure_shots(contexts, request.node.name)
    for context in contexts:
        context.close()
    assert not errors, f"script errors on the page: {errors}"


@pytest.fixture
def page(new_page):
    """Open one page in a fresh context."""
    return new_page()


@pytest.fixture
def login(server):
    """Return `login(page, login, password=None)`."""
    return functools.partial(_log_in, server)


def _log_in(server, page, name, password=None):
    log_in(page, server, name, password)


@pytest.fixture
def shot():
    """Return `shot(page, name)`, which saves a picture to tests/screenshots/."""
    return take_shot
