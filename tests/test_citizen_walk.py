"""A citizen without an account: files, keeps the receipt, follows, is asked, adds, is answered."""

import pytest
from desk import SCREENSHOTS
from playwright.sync_api import expect

NAME, PHONE = "周小兰", "13900001234"
STORY = "我排队两小时，工作人员让我回去补材料，没有一次说清。"
QUESTION, REPLY = "您上周是在哪里问的材料？", "在电话里问的。"
RESULT = "经查属实，窗口已改正，材料已收件。"
WIDTHS = (320, 390, 1440)
CASES = [(320, False), (320, True), (1440, True)]


@pytest.fixture(scope="module")
def window(server):
    """Return the number of a window of the demonstration."""
    (found,) = server.rpc("admin").call(
        "complaint.window", "search_read", [("company_id", "=", 1)], ["number"], limit=1
    )
    return found["number"]


def fits(page):
    """Return whether nothing has to be scrolled sideways."""
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def look(page, name, width):
    """Take a picture of the whole page, and hold it against the width of the screen."""
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"citizen-{name}-{width}.png", full_page=True)
    assert fits(page), f"{name} is wider than {width} pixels"


def go_on(page):
    page.locator("main form").first.locator("button.btn").last.click()


def fill(page, server, window, shoot):
    """Fill in the form as far as the review."""
    page.goto(f"{server.url}/complaint/new?w={window}")
    expect(page.locator(".win .no")).to_have_text(window)
    shoot("1")
    go_on(page)  # nothing filled in: all that is missing is named
    expect(page.locator(".errsum li")).to_have_count(2)
    shoot("1-error")
    page.check("#day")
    page.select_option("#time", "09:30")
    page.fill("#item", "不动产转移登记")
    go_on(page)
    expect(page.locator("#text")).to_be_visible()
    page.check("#who-window")
    page.fill("#text", STORY)
    page.check("[name=kind][value='9']")
    shoot("2")
    go_on(page)
    expect(page.locator("#file")).to_be_visible()
    shoot("3")
    go_on(page)
    page.check("#id")
    page.fill("#pname", NAME)
    page.fill("#mobile", PHONE)
    shoot("4")
    go_on(page)
    expect(page.locator("#send")).to_be_visible()
    expect(page.locator("main")).to_contain_text(STORY)
    shoot("5")
    page.locator(".ch a").nth(2).click()  # back to a step, and to the review again
    page.fill("#item", "二手房过户")
    go_on(page)
    expect(page.locator("main")).to_contain_text("二手房过户")


def send(page):
    """Send the form; who is too fast for a person is asked to try again."""
    page.click("#send")
    while page.locator("#send").count():
        page.click("#send")
    expect(page.locator("#receipt-number")).to_be_visible()
    return page.inner_text("#receipt-number"), page.inner_text("#receipt-code")


def taken_over(server, number):
    """Take what was sent over, and return a function that writes to the complainant."""
    room = server.rpc("admin")
    (sent,) = room.call("complaint.submission", "search", [("number", "=", number)])
    room.call("complaint.submission", "action_take_over", [sent])
    (ticket,) = room.call("helpdesk.ticket", "search", [("external_ref", "=", number)])

    def write(kind, body):
        values = {"ticket_id": ticket, "kind": kind, "body": body}
        room.call("complaint.citizen.message", "create", values)

    return write


def follow_again(page, server, number, code, scripts):
    """Look it up anew: by the QR code where scripts run, else by typing."""
    if scripts:
        # Nothing of it reaches the server's log, or stays in the address.
        page.goto(f"{server.url}/complaint/track#{number}/{code}")
    else:
        page.fill("#number", number)
        page.fill("#code", code.lower())
        page.click("#track-form button")
    expect(page.locator(".card.mark")).to_be_visible()
    assert code not in page.url


@pytest.mark.parametrize(("width", "scripts"), CASES)
def test_c1_3_a_citizen_files_and_follows(browser, server, window, width, scripts):
    context = browser.new_context(
        locale="zh-CN", viewport={"width": width, "height": 800}, java_script_enabled=scripts
    )
    page = context.new_page()
    mark = "" if scripts else "-plain"

    def shoot(name):
        look(page, name + mark, width)

    fill(page, server, window, shoot)
    number, code = send(page)
    shoot("done")
    receipt = context.request.get(f"{server.url}/complaint/receipt")
    assert receipt.body().startswith(b"%PDF")
    page.locator("form[action='/complaint/track'] button").click()
    expect(page.locator("[aria-current=step]")).to_be_visible()
    write = taken_over(server, number)
    write("question", QUESTION)
    page.reload()
    expect(page.locator("#ask")).to_contain_text(QUESTION)
    shoot("track-asked")
    page.fill("#reply", REPLY)
    page.click("#ask button")
    expect(page.locator("main")).to_contain_text(REPLY)
    write("answer", RESULT)
    page.reload()
    expect(page.locator(".card.mark")).to_contain_text(RESULT)
    shoot("track-answer")
    expect(page.locator("body")).not_to_contain_text(NAME)
    expect(page.locator("body")).not_to_contain_text(PHONE)
    page.click("#leave")
    expect(page.locator("#code")).to_be_visible()
    shoot("track")
    follow_again(page, server, number, code, scripts)
    context.close()


def test_c2_the_pages_fit_a_telephone_and_a_desk(browser, server):
    """The pages that the walk does not show, at every width."""
    for width in WIDTHS:
        context = browser.new_context(locale="zh-CN", viewport={"width": width, "height": 800})
        page = context.new_page()
        page.goto(f"{server.url}/complaint/new")
        expect(page.locator("#window")).to_be_visible()
        look(page, "window", width)
        page.goto(f"{server.url}/complaint/track")
        page.fill("#number", "SJ2026-9999")
        page.fill("#code", "ABC-DEF-234-KMN")
        page.click("#track-form button")
        expect(page.locator(".errsum")).to_be_focused()
        look(page, "track-error", width)
        context.close()
