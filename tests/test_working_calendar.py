"""The working calendar as people see it: the right days in every time zone, drawn and removed."""

import pytest
from desk import log_in
from playwright.sync_api import expect

GLANCE = "/odoo/year-at-a-glance"
DRAWN = ["2026-12-07", "2026-12-08", "2026-12-09"]
SHOWN = """() => Object.fromEntries([...document.querySelectorAll(".fc-daygrid-day")]
    .filter((cell) => cell.querySelector(".fc-bg-event"))
    .map((cell) => [
        cell.dataset.date, cell.querySelector(".o_calendar_color_1") ? "off" : "makeup",
    ]))"""


def shown(page, server):
    """Open the year at a glance and return its coloured days with their kinds."""
    page.goto(server.url + GLANCE)
    page.wait_for_selector(".fc-bg-event")
    return page.evaluate(SHOWN)


def cell(page, day):
    """Return the cell of a day."""
    return page.locator(f'.fc-daygrid-day[data-date="{day}"]')


def draw(page, first, last):
    """Draw with the mouse from one day to another."""
    cell(page, first).scroll_into_view_if_needed()
    for day, act in ((first, page.mouse.down), (last, page.mouse.up)):
        box = cell(page, day).bounding_box()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=10)
        act()


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York", "Pacific/Auckland"])
def test_days_stand_on_their_dates_in_every_time_zone(browser, server, zone):
    """Compare what the page shows with what is stored."""
    stored = server.rpc("manager").call(
        "complaint.calendar.day", "search_read", [["year_id.year", "=", 2026]], ["date", "kind"]
    )
    context = browser.new_context(locale="zh-CN", timezone_id=zone)
    page = context.new_page()
    log_in(page, server, "clerk")
    assert shown(page, server) == {day["date"]: day["kind"] for day in stored}
    context.close()


def test_a_manager_draws_a_holiday_and_takes_a_day_out(page, server, login, shot):
    """Draw over three days, then remove the one in the middle."""
    login(page, "manager")
    before = shown(page, server)
    draw(page, DRAWN[0], DRAWN[-1])
    page.locator(".modal .o_field_widget[name=name] input").fill("本地假日")
    page.locator(".modal .o_form_button_save").click()
    expect(page.locator(".modal")).to_have_count(0)
    expect(cell(page, DRAWN[1]).locator(".fc-bg-event")).to_be_visible()
    assert page.evaluate(SHOWN) == before | dict.fromkeys(DRAWN, "off")
    shot(page, "working-calendar")
    cell(page, DRAWN[1]).click()
    page.locator(".o_cw_popover .o_cw_popover_link").click()
    page.locator(".modal button[name=action_remove]").click()
    asked = page.locator(".modal", has_text="确定删除吗")
    asked.get_by_role("button", name="确定").click()
    expect(cell(page, DRAWN[1])).to_be_visible()
    expect(cell(page, DRAWN[1]).locator(".fc-bg-event")).to_have_count(0)
    left = [["date", "in", DRAWN]]
    assert (
        server.rpc("manager").call("complaint.calendar.day", "search_count", left) == len(DRAWN) - 1
    )
    days = server.rpc("manager").call("complaint.calendar.day", "search", left)
    server.rpc("manager").call("complaint.calendar.day", "unlink", days)


def test_a_clerk_reads_the_calendar_and_changes_nothing(page, server, login):
    """Click on a day: no form opens."""
    login(page, "clerk")
    shown(page, server)
    cell(page, DRAWN[0]).click()
    page.wait_for_timeout(500)
    expect(page.locator(".modal")).to_have_count(0)
