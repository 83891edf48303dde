"""The complainant's page under a guesser: real requests at once, and a server that starts anew."""

import re
import time
from concurrent.futures import ThreadPoolExecutor

import requests

BUDGET, WINDOW_SECONDS = 10, 15 * 60
AT_ONCE = 40
WRONG = "ABC-DEF-234-KMN"


def visit(server):
    """Return a visitor's session, and what a form of theirs carries."""
    session = requests.Session()
    page = session.get(f"{server.url}/complaint/track", timeout=60).text
    return session, re.search(r'name="csrf_token" value="([^"]+)"', page)[1]


def ask(server, visitor, number, code):
    """Return the status of the answer to a number and a code."""
    session, token = visitor
    data = {"number": number, "code": code, "csrf_token": token}
    return session.post(f"{server.url}/complaint/track", data=data, timeout=120).status_code


def test_x1_tries_at_once_get_no_more_than_the_budget(server, page, shot):
    """Forty wrong codes at once: ten plain answers; the right code passes, and after a restart."""
    domain = [("accepted_at", "!=", False), ("is_complaint", "=", True)]
    fields = ["number", "tracking_code"]
    (case,) = server.rpc("admin").call("helpdesk.ticket", "search_read", domain, fields, limit=1)
    visitors = [visit(server) for _visitor in range(8)]

    def guess(index):
        return ask(server, visitors[index % len(visitors)], case["number"], WRONG)

    window = time.time() // WINDOW_SECONDS
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(guess, range(AT_ONCE)))
    assert set(answers) == {422, 429}
    assert ask(server, visitors[0], case["number"], case["tracking_code"]) == 200
    server.stop()
    server.start()
    afterwards = guess(0)
    if time.time() // WINDOW_SECONDS == window:  # else a new one began meanwhile
        assert answers.count(422) == BUDGET
        assert afterwards == 429
    assert ask(server, visitors[0], case["number"], case["tracking_code"]) == 200

    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{server.url}/complaint/track")
    page.fill("#number", case["number"])
    page.fill("#code", WRONG)
    page.click("button[type=submit]")
    page.wait_for_selector(".o_complaint_track .alert")
    assert page.input_value("#number") == case["number"]
    assert page.input_value("#code") == WRONG
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    shot(page, "tracking-wrong-code-phone")
    page.fill("#code", case["tracking_code"])
    page.click("button[type=submit]")
    page.wait_for_selector(".o_complaint_track .lead")
    shot(page, "tracking-answer-phone")
