"""Paper for those who print it: a slip for the unit and the desk, a blank form for the pen."""

import io

from playwright.sync_api import expect
from pypdf import PdfReader

CLERK, REPRESENTATIVE = "clerk", "rep_bdc"
SLIP, SUPERVISION, SUPERVISION_MENU = "转办单", "督办单", "complaint_menu_blank_supervision"


def printed(page, click):
    """Return the text of what a click downloads, without white space."""
    with page.expect_download() as download:
        click()
    content = download.value.path().read_bytes()
    reader = PdfReader(io.BytesIO(content))
    return "".join("".join(sheet.extract_text().split()) for sheet in reader.pages)


def sent_slip(server):
    """Return id and number of a slip that the unit of the representative holds."""
    domain = [("state", "!=", "draft"), ("representative_id.user_id.login", "=", REPRESENTATIVE)]
    slips = server.rpc(CLERK).call("complaint.slip", "search_read", domain, ["name"], limit=1)
    return slips[0]["id"], slips[0]["name"]


def test_h5_2_1_slip_is_printed_by_the_unit_and_by_the_desk(new_page, server, login, shot):
    slip, number = sent_slip(server)
    unit = new_page()
    login(unit, REPRESENTATIVE)
    unit.goto(f"{server.url}/my/complaints/{slip}")
    shot(unit, "slip-print-portal")
    ours = printed(unit, unit.locator("a.o_complaint_print").click)
    desk = new_page()
    login(desk, CLERK)
    desk.goto(f"{server.url}/odoo/complaint.slip/{slip}")
    expect(desk.locator(".o_form_view")).to_be_visible()
    desk.locator(".o_cp_action_menus button").first.click()
    shot(desk, "slip-print-desk")
    theirs = printed(desk, desk.locator(".o_menu_item:has(.fa-print)").click)
    for text in (ours, theirs):
        assert f"{SLIP}编号：{number}" in text
        assert "首席代表签字" in text


def test_h5_2_6_blank_form_comes_from_the_menu(page, server, login, shot):
    login(page, CLERK)
    page.goto(f"{server.url}/odoo/complaints")
    menu = page.locator("[data-menu-xmlid='kaiyang_complaint.complaint_menu_register']")
    menu.click()
    form = page.locator(f"[data-menu-xmlid='kaiyang_complaint.{SUPERVISION_MENU}']")
    expect(form).to_be_visible()
    shot(page, "blank-forms")
    text = printed(page, form.click)
    assert SUPERVISION in text
    assert "第次督办" in text
