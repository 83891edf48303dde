"""Visits to the complaint room: settled on the spot, or forwarded; and an investigation."""

import re

from playwright.sync_api import expect
from test_path import (
    accept,
    fill,
    fill_many2one,
    find_nobody_at_fault,
    look_through,
    open_complaint,
    save,
    write_reason,
)

CLERK, REPRESENTATIVE = "clerk", "rep_rs"
COMPLAINANT, STAFF = "黎秋霞", "范明平"


def register_visit(page, server, matter):
    """Take down a visit, let the visitor sign, and accept it."""
    page.goto(f"{server.url}/odoo/action-kaiyang_complaint.complaint_action_register_onsite")
    fill(page, "partner_name", COMPLAINANT)
    fill(page, "complainant_phone", "13985005678")
    fill(page, "visit_place", "政务大厅投诉室")
    fill_many2one(page, "window_id", "B07")
    fill(page, "service_datetime", "2026/11/20 10:30:00")
    page.keyboard.press("Escape")
    fill(page, "service_item", matter)
    fill(page, "no_conduct_reason", "投诉人说不清属于哪一项")
    fill(page, "respondent_ids", STAFF)
    write_reason(page, f"我是{COMPLAINANT}，窗口让我跑了两趟。")
    sign(page.locator(".o_field_widget[name=complainant_signature]"), page)
    save(page)
    return accept(page, seen="action_accept_only")


def sign(field, page):
    """Sign on the screen with a few strokes."""
    field.locator(".o_signature").click()
    dialog = page.locator(".modal-dialog:has(.o_web_sign_signature)")
    dialog.locator(".o_web_sign_draw_button").click()
    canvas = dialog.locator("canvas").first
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    for step in range(1, 6):
        page.mouse.move(box["x"] + 40 + 40 * step, box["y"] + 40 + 20 * (step % 2))
    page.mouse.up()
    dialog.locator("footer .btn-primary").click()
    expect(dialog).to_be_hidden()


def call_row(page, text):
    """Return the row of somebody who was called."""
    return page.locator(".o_field_widget[name=call_ids] .o_data_row", has_text=text)


def arrive(page, who):
    """Record that somebody arrived."""
    page.locator(".o_notebook_headers a[name=spot]").click()
    row = call_row(page, who)
    row.locator("button[name=action_arrive]").click()
    expect(row.locator("button[name=action_arrive]")).to_have_count(0)


def settle(page):
    """Fill in the dialog that settles the complaint."""
    page.locator("button[name=action_settle_on_spot]").click()
    dialog = page.locator(".modal-dialog:has([name=result])")
    dialog.locator("[name=content] textarea").fill("首席代表当面致歉并说明办理流程。")
    dialog.locator("[name=result] textarea").fill("当场受理，三日内邮寄。")
    dialog.locator("[name=satisfaction] input").first.check()
    dialog.locator("[name=no_suggestion] input").check()
    sign(dialog.locator("[name=signature]").first, page)
    return dialog


def answer_call(page, server, shot):
    """See in the portal that one is called, and say that one comes."""
    page.goto(f"{server.url}/my/complaints")
    banner = page.locator(".o_complaint_calls")
    expect(banner).to_contain_text("B07")
    expect(page.locator("body")).not_to_contain_text(COMPLAINANT)
    shot(page, "spot-2-called")
    banner.locator("button[name=come]").first.click()
    expect(banner.locator(".text-bg-success").first).to_be_visible()
    shot(page, "spot-3-coming")


def test_h5_2_2_settled_on_the_spot_in_one_visit(new_page, server, login, shot):
    clerk, representative = new_page(), new_page()
    login(clerk, CLERK)
    number = register_visit(clerk, server, "社会保障卡挂失")
    expect(clerk.locator(".alert-info:has(.fa-handshake-o)")).to_be_visible()
    clerk.locator(".o_form_sheet").first.hover()
    clerk.mouse.wheel(0, -3000)
    shot(clerk, "spot-1-accepted")

    login(representative, REPRESENTATIVE)
    answer_call(representative, server, shot)

    clerk.reload()
    arrive(clerk, "龙翠萍")
    shot(clerk, "spot-4-arrived")
    dialog = settle(clerk)
    shot(clerk, "spot-5-settling")
    dialog.locator("button[name=action_confirm]").click()
    expect(dialog).to_be_hidden()
    told = clerk.locator(".o_field_widget[name=complaint_state] [data-value=fed_back]")
    expect(told).to_have_class(re.compile("o_arrow_button_current"))
    (ticket_id,) = server.rpc(CLERK).call(
        "helpdesk.ticket", "search", [("number", "=", number)], limit=1
    )
    find_nobody_at_fault(server, ticket_id)
    clerk.locator("button[name=action_close]").click()
    closed = clerk.locator(".o_field_widget[name=complaint_state] [data-value=closed]")
    expect(closed).to_have_class(re.compile("o_arrow_button_current"))
    shot(clerk, "spot-6-closed")
    representative.reload()
    expect(representative.locator(".o_complaint_calls")).to_have_count(0)


def test_h5_2_2_not_settled_is_forwarded_for_five_days(page, server, login, shot):
    login(page, CLERK)
    number = register_visit(page, server, "社会保障卡申领")
    page.locator("button[name=action_settle_on_spot]").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    shot(page, "spot-7-nobody-arrived")
    page.locator(".modal-footer .btn-primary").last.click()
    look_through(page)
    handling = page.locator(".o_field_widget[name=complaint_state] [data-value=handling]")
    expect(handling).to_have_class(re.compile("o_arrow_button_current"))
    shot(page, "spot-8-forwarded")
    domain = [("ticket_id.number", "=", number), ("kind", "=", "handling")]
    (limit,) = server.rpc(CLERK).call("complaint.deadline", "search_read", domain, ["limit_days"])
    assert limit["limit_days"] == 5


def hear_both_sides(page):
    """Write down what mediation brought, and what the unit says to the joint assessment."""
    respondents = page.locator(".o_field_widget[name=respondent_facts] textarea")
    expect(respondents).to_have_value(re.compile("："))
    page.locator(".o_field_widget[name=mediation] .o_radio_item input").first.check()
    fill(page, "mediation_note", "双方在投诉室当面沟通，当事人接受道歉。")
    opinions = page.locator(".o_field_widget[name=opinion_ids]")
    opinions.locator(".o_field_x2many_list_row_add a").click()
    opinions.locator("[name=opinion] textarea").fill("同意整改。")
    opinions.locator("[name=given_by] input").fill("首席代表")
    opinions.locator("[name=level] input").click()
    page.locator(".o-dropdown--menu .o_select_menu_item").nth(1).click()


def test_p4_4_both_sides_heard_and_mediation_concluded(page, server, login, shot):
    replied = [("complaint_state", "=", "replied"), ("investigation_ids", "=", False)]
    (ticket,) = server.rpc(CLERK).call(
        "helpdesk.ticket", "search_read", replied, ["number"], limit=1
    )
    login(page, CLERK)
    open_complaint(page, server, ticket["number"])
    expect(page.locator(".alert-info:has(.fa-balance-scale)")).to_be_visible()
    shot(page, "inquiry-1-replied")
    page.locator("button[name=action_investigate]").click()
    hear_both_sides(page)
    shot(page, "inquiry-2-opinion")
    page.locator("button[name=action_conclude]").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    shot(page, "inquiry-3-lacking")
    page.locator(".modal-footer .btn-primary").last.click()
    conclude(page)
    shot(page, "inquiry-4-concluded")
    open_complaint(page, server, ticket["number"])
    expect(page.locator(".alert-info:has(.fa-balance-scale)")).to_be_hidden()
    page.locator(".o_notebook_headers a[name=investigation]").click()
    shot(page, "inquiry-5-complaint")


def conclude(page):
    """Write the result down and put it on record."""
    page.locator(".o_field_widget[name=conclusion] input").first.check()
    page.locator(".o_field_widget[name=responsibility] input").first.check()
    fill(page, "cause", "前台漏传扫描件。")
    fill(page, "measures", "退件前先与前台核对。")
    page.locator("button[name=action_conclude]").click()
    state = page.locator(".o_field_widget[name=state] [data-value=concluded]")
    expect(state).to_have_class(re.compile("o_arrow_button_current"))
