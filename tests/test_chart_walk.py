"""Where a complaint is: on its form, on the unit's page, and for who complained; also by phone."""

import re

import pytest
from playwright.sync_api import expect

LEADER, REPRESENTATIVE = "leader", "rep_bdc"
PHONE = {"width": 390, "height": 844}
ROOM = [("is_complaint", "=", True)]
# What is looked for in the demonstration -> the box where somebody acts then, if it is but one.
SITUATIONS = {
    "draft": ([("complaint_state", "=", "draft"), ("channel_code", "=", "phone")], "review"),
    "with-unit": (
        [("complaint_state", "=", "handling"), ("slip_ids.state", "=", "received")],
        None,
    ),
    "meeting": ([("complaint_state", "=", "accepted"), ("complaint_class", "=", "major")], None),
    "restricted": ([("complaint_state", "=", "accepted"), ("is_restricted", "=", True)], None),
    "closed": ([("complaint_state", "=", "closed")], "archive"),
    "on-hold": ([("complaint_state", "=", "on_hold")], None),
}


def find(server, domain, fields=("number",)):
    """Return the first complaint of the demonstration that answers to a domain."""
    found = server.rpc(LEADER).call(
        "helpdesk.ticket", "search_read", [*ROOM, *domain], list(fields), limit=1, order="id"
    )
    return found[0] if found else pytest.skip(f"no such complaint in the demonstration: {domain}")


def open_chart(page, server, ticket_id):
    """Open a complaint, with its chart unfolded."""
    page.goto(f"{server.url}/odoo/complaints/{ticket_id}")
    summary = page.locator(".o_flow_summary")
    summary.wait_for()
    if summary.get_attribute("aria-expanded") == "false":
        summary.click()
    expect(page.locator(".o_flow_bands")).to_be_visible()


def fits(page):
    """Tell whether nothing of the page sticks out sideways."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("situation", SITUATIONS)
def test_x1_the_form_shows_where_it_is(situation, page, server, login, shot):
    domain, key = SITUATIONS[situation]
    ticket = find(server, domain)
    login(page, LEADER)
    open_chart(page, server, ticket["id"])
    current = page.locator(".o_flow [aria-current=step]")
    expect(current.first).to_be_visible()
    if key:
        expect(current).to_have_attribute("data-key", key)
    expect(page.locator(".o_flow_level.o_flow_acting")).to_have_count(1)
    shot(page, f"chart-{situation}")
    page.set_viewport_size(PHONE)
    open_chart(page, server, ticket["id"])
    shot(page, f"chart-{situation}-phone")
    assert fits(page)


def test_x1_a_draft_is_not_pushed_down(page, server, login):
    ticket = find(server, SITUATIONS["draft"][0])
    login(page, LEADER)
    page.goto(f"{server.url}/odoo/complaints/{ticket['id']}")
    page.locator(".o_flow_summary").wait_for()
    expect(page.locator(".o_flow_summary")).to_have_attribute("aria-expanded", "false")


def test_x1_a_box_opens_what_it_is_about(page, server, login):
    ticket = find(server, SITUATIONS["with-unit"][0])
    login(page, LEADER)
    open_chart(page, server, ticket["id"])
    page.locator(".o_flow [data-key=sign] button").first.click()
    expect(page.locator(".o_form_view .o_field_widget[name=room_opinion]")).to_be_visible()


def test_p4_0_the_list_shows_the_level(page, server, login, shot):
    login(page, LEADER)
    page.goto(f"{server.url}/odoo/complaints")
    page.locator(".o_switch_view.o_list").click()
    page.locator(".o_data_cell[name=acting_level]").first.wait_for()
    expect(page.locator(".o_data_cell[name=acting_level]").first).not_to_be_empty()
    shot(page, "chart-list")


def test_x1_the_unit_sees_its_part(page, server, login, shot):
    (slip,) = server.rpc(REPRESENTATIVE).call(
        "complaint.slip", "search_read", [("state", "=", "received")], ["name"], limit=1
    )
    login(page, REPRESENTATIVE)
    page.goto(f"{server.url}/my/complaints/{slip['id']}")
    current = page.locator(".o_flow [aria-current=step]")
    expect(current).to_have_attribute("data-key", "answer")
    shot(page, "chart-portal")
    page.set_viewport_size(PHONE)
    shot(page, "chart-portal-phone")
    assert fits(page)


def track(page, server, number, code):
    """Look a complaint up as a citizen does."""
    page.goto(f"{server.url}/complaint/track")
    page.fill("[name=number]", number)
    page.fill("[name=code]", code)
    page.click(".o_complaint_track button[type=submit]")


def test_x1_the_complainant_looks_it_up(browser, server, shot):
    """Without JavaScript, on a telephone, as somebody nobody knows."""
    fields = ("number", "tracking_code", "partner_name")
    ticket = find(server, SITUATIONS["with-unit"][0], fields)
    context = browser.new_context(
        locale="zh-CN", viewport=PHONE, java_script_enabled=False, bypass_csp=True
    )
    page = context.new_page()
    track(page, server, ticket["number"], "ABC-DEF-234")
    expect(page.locator(".alert-danger")).to_be_visible()
    expect(page.locator("[name=number]")).to_have_value(ticket["number"])
    shot(page, "track-wrong-phone")
    track(page, server, ticket["number"], ticket["tracking_code"].lower())
    expect(page.locator("[aria-current=step]")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text(ticket["partner_name"])
    expect(page.locator("body")).not_to_contain_text(re.compile(r"1\d{10}"))
    shot(page, "track-answer-phone")
    context.close()


def test_u7_5_a_restricted_case_is_looked_up_without_its_branch(page, server, shot):
    ticket = find(server, SITUATIONS["restricted"][0], ("number", "tracking_code"))
    track(page, server, ticket["number"], ticket["tracking_code"])
    expect(page.locator("[aria-current=step]")).to_have_attribute("data-key", "in_hand")
    shot(page, "track-restricted")
