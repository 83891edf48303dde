"""A manager who is no administrator runs the office: accounts, settings; a clerk takes a phrase."""

import re

import pytest
from desk import RpcError
from playwright.sync_api import expect
from test_look_through_walk import open_page, register

ADDRESS = "walk.rep@example.com"


def test_p4_6_manager_puts_a_representative_in_office(page, server, login, shot):
    login(page, "manager")
    page.goto(f"{server.url}/odoo/representatives")
    page.locator(".o_control_panel button", has_text="新任首席代表并开通账号").click()
    dialog = page.locator(".modal")
    dialog.locator("[name=unit_id] input").fill("县税务局")
    page.locator(".o-autocomplete--dropdown-item", has_text="县税务局").first.click()
    dialog.locator("[name=name] input").fill("沈立")
    dialog.locator("[name=phone] input").fill("13985000001")
    dialog.locator("[name=email] input").fill(ADDRESS)
    shot(page, "manager-representative")
    dialog.locator("button[name=action_confirm]").click()
    expect(page.locator(".o_notification")).to_contain_text(ADDRESS)
    row = page.locator(".o_data_row", has_text="沈立")
    expect(row).to_contain_text("尚未登录")
    shot(page, "manager-representatives")


def test_nobody_raises_rights_over_the_api(server):
    manager, clerk = server.rpc("manager"), server.rpc("clerk")
    staff = {"name": "甲", "email": "walk.jia@example.com", "is_leader": True}
    with pytest.raises(RpcError, match="AccessError"):
        clerk.call("complaint.account.wizard", "create", [staff])
    (admin,) = clerk.call("res.users", "search", [("login", "=", "admin")])
    for user in (manager.uid, admin):
        values = {"user_id": user, "is_leader": True, "is_manager": True}
        dialog = manager.call("complaint.account.wizard", "create", [values])
        for verb in ("action_confirm", "action_close_account", "action_invite_again"):
            with pytest.raises(RpcError, match="AccessError"):
                manager.call("complaint.account.wizard", verb, dialog)
    with pytest.raises(RpcError, match="AccessError"):
        clerk.call("complaint.settings", "create", [{"complaint_phone": "1"}])


def test_manager_saves_the_settings(page, server, login, shot):
    login(page, "manager")
    page.goto(f"{server.url}/odoo/complaint-settings")
    hotline = page.locator("[name=complaint_phone] input")
    expect(hotline).to_have_value("0851-87253281")
    page.locator("[name=complaint_visit] input").fill("一楼投诉室")
    page.locator(".o_form_button_save").click()
    page.goto(f"{server.url}/odoo/complaint-settings")
    expect(page.locator("[name=complaint_visit] input")).to_have_value("一楼投诉室")
    shot(page, "manager-settings")


def test_h5_2_1_clerk_takes_a_phrase_by_keys(page, server, login, shot):
    login(page, "clerk")
    open_page(page, server, register(server))
    opinion = page.locator(".o_field_widget[name=opinion] textarea")
    opinion.fill("")
    opinion.press("/")
    offered = page.locator(".o_complaint_phrase")
    expect(offered.first).to_contain_text("抵押权注销登记")
    shot(page, "phrases-offered")
    page.keyboard.press("1")
    expect(offered).to_have_count(0)
    expect(opinion).to_have_value(re.compile("^请首席代表核实.*办理“抵押权注销登记”"))
    expect(opinion).to_be_focused()
