"""A complaint about two units: no slip before the meeting, then one to each, one of them leads."""

import datetime as dt
import re
import zoneinfo

from playwright.sync_api import expect
from test_path import promise

CLERK, LEADER = "clerk", "leader"
MAIN, SECONDARY = ("不动产", "rep_bdc"), ("税务", "rep_sw")
INSTRUCTION = "同意会商，请两家单位负责人到会，当场明确责任。"
MINUTES = "注销登记不以核税为前置，不动产窗口负主要责任，税务窗口未尽首问责任。"
FACTS = "经查，窗口人员未按一次性告知要求办理。"


def field(page, name):
    """Return the box of a text field of the form."""
    return page.locator(f".o_field_widget[name={name}]").locator("input, textarea").first


def confirm(page):
    """Say yes in the dialog that asks."""
    page.locator(".modal-footer .btn-primary").click()
    expect(page.locator(".modal-dialog")).to_be_hidden()


def find(clerk, model, *domain):
    """Return the id of the first record that fits."""
    return clerk.call(model, "search", list(domain), limit=1)[0]


def register(server):
    """Put a call about two windows of two units down, as the clerk."""
    clerk = server.rpc(CLERK)
    main, other = (
        find(clerk, "complaint.window", ("number", "=", number)) for number in ("A03", "A10")
    )
    values = {
        "team_id": find(clerk, "helpdesk.ticket.team", ("is_complaint_room", "=", True)),
        "channel_id": find(clerk, "helpdesk.ticket.channel", ("complaint_code", "=", "phone")),
        "partner_name": "蒙建华",
        "complainant_phone": "13985007788",
        "window_id": main,
        "service_datetime": "2026-11-20 02:30:00",
        "service_item": "抵押权注销登记",
        "no_recording_reason": "来电人不同意录音",
        "no_conduct_reason": "两个窗口各执一词",
        "description": "我叫蒙建华，不动产窗口和税务窗口互相推，来回四趟。",
        "respondent_ids": [
            [0, 0, {"stated_name": "抵押窗口当班人员"}],
            [0, 0, {"stated_name": "办税窗口当班人员", "window_id": other}],
        ],
    }
    ticket = clerk.call("helpdesk.ticket", "create", values)
    clerk.call("helpdesk.ticket", "action_announce", [ticket])
    return ticket


def accept(page, server, ticket):
    """Accept the complaint; no slip leaves."""
    page.goto(f"{server.url}/odoo/complaints/{ticket}")
    page.locator("button[name=action_accept]").click()
    number = page.locator(".o_field_widget[name=number]")
    expect(number).to_have_text(re.compile(r"\d{4}-\d{4}"))
    expect(page.locator("button[name=action_forward]")).to_be_hidden()
    expect(page.locator("button[name=action_propose_meeting]").first).to_be_visible()
    assert not server.rpc(CLERK).call("complaint.slip", "search", [("ticket_id", "=", ticket)])
    return number.inner_text()


def propose(page, shot):
    """Propose a meeting for today and ask the leader."""
    page.locator("button[name=action_propose_meeting]").first.click()
    expect(page.locator(".o_field_widget[name=line_ids] .o_data_row")).to_have_count(2)
    field(page, "analysis").fill("两个窗口互相推诿，注销是否须先核税说法不一，须认定主次责任。")
    field(page, "place").fill("中心三楼小会议室")
    now = dt.datetime.now(zoneinfo.ZoneInfo("Asia/Shanghai"))
    field(page, "starts_at").fill(f"{now:%Y/%m/%d} 23:59:00")
    page.keyboard.press("Escape")
    shot(page, "meeting-1-proposed")
    page.locator("button[name=action_request]").click()
    expect(page.locator("button[name=action_request]")).to_be_hidden()


def approve(page, server, number, shot):
    """Approve from the list, with an instruction."""
    page.goto(f"{server.url}/odoo/complaint-approvals")
    row = page.locator(".o_data_row", has_text=number)
    expect(row).to_contain_text("互相推诿")
    shot(page, "meeting-2-approvals")
    row.locator("button[name=action_instruct]").click()
    page.locator(".modal-dialog [name=reason] textarea").fill(INSTRUCTION)
    page.locator(".modal-dialog button[name=action_confirm]").click()
    expect(row).to_have_count(0)


def convene(page, shot):
    """Invite everybody."""
    page.reload()
    expect(page.locator(".o_field_widget[name=instruction]").first).to_contain_text(INSTRUCTION)
    page.locator("button[name=action_convene]").click()
    confirm(page)
    expect(page.locator("button[name=action_convene]")).to_be_hidden()
    shot(page, "meeting-3-convened")


def decide(page, shot):
    """Note who came, what was said and who answers; hold the meeting."""
    page.locator("button[name=action_all_present]").click()
    table = page.locator(".o_field_widget[name=invitee_ids]")
    expect(table.locator("td[name=attendance]").last).not_to_be_empty()
    for unit, share, task in ((MAIN[0], 0, "牵头查明"), (SECONDARY[0], 1, "协助查明")):
        row = page.locator(".o_field_widget[name=line_ids] .o_data_row", has_text=unit)
        row.locator("td[name=task]").click()
        row.locator("td[name=responsibility] input").click()
        page.locator(".o_select_menu_item").nth(share).click()
        row.locator("td[name=task] textarea").fill(task)
    page.locator(".o_notebook_headers a[name=minutes]").click()
    field(page, "minutes").fill(MINUTES)
    shot(page, "meeting-4-decision")
    page.locator("button[name=action_hold]:visible").first.click()
    confirm(page)
    expect(page.locator("button[name=action_hold]:visible")).to_have_count(0)
    shot(page, "meeting-5-held")


def send(page, server, ticket, shot):
    """Look through what leaves to both units, each with its own task."""
    page.goto(f"{server.url}/odoo/complaints/{ticket}")
    page.locator("button[name=action_look_through]:visible").click()
    for task in ("牵头查明", "协助查明"):
        expect(page.locator(".o_field_widget[name=addressees]")).to_contain_text(task)
    shot(page, "meeting-6-look-through")
    page.locator("button[name=action_send]:visible").click()
    handling = page.locator(".o_field_widget[name=complaint_state] [data-value=handling]")
    expect(handling).to_have_class(re.compile("o_arrow_button_current"))


def assert_one_leads(server, ticket):
    """Each unit has one slip, and the main one leads."""
    slips = server.rpc(CLERK).call(
        "complaint.slip", "search_read", [("ticket_id", "=", ticket)], ["unit_id", "is_lead"]
    )
    leads = {slip["unit_id"][1]: slip["is_lead"] for slip in slips}
    assert [MAIN[0] in unit for unit, lead in leads.items() if lead] == [True]
    assert len(slips) == len(leads) == 2


def read_slip(page, server, number, fellow):
    """Open the unit's slip: it says who else answers, and not who complained."""
    page.goto(f"{server.url}/my/complaints?search={number}")
    page.locator(".o_complaint_slips a").first.click()
    expect(page.locator(".o_complaint_fellows")).to_contain_text(fellow)
    expect(page.locator("body")).not_to_contain_text("蒙建华")


def answer(page):
    """Sign for the slip and answer it."""
    page.locator("form[action*=receive] button[type=submit]").click()
    page.locator("textarea[name=facts]").fill(FACTS)
    page.locator("[name=responsibility][value=staff]").check()
    page.locator("textarea[name=measures]").fill("批评教育，张贴清单。")
    promise(page)
    page.locator("form:has(textarea[name=facts]) button[type=submit]").click()
    expect(page.locator("body")).to_contain_text(FACTS)


def take_replies(page, server, ticket, shot):
    """Look at both answers side by side and accept them."""
    page.goto(f"{server.url}/odoo/complaints/{ticket}")
    page.locator(".o_notebook_headers a[name=meeting]").click()
    expect(page.locator(".o_field_widget[name=decision_ids]")).to_contain_text(FACTS)
    shot(page, "meeting-7-replies")
    page.locator(".o_notebook_headers a[name=slips]").click()
    accept_buttons = page.locator("button[name=action_accept_reply]")
    for left in (1, 0):
        accept_buttons.first.click()
        expect(accept_buttons).to_have_count(left)


def test_h5_2_5_two_units_meet_and_one_leads(new_page, server, login, shot):
    clerk, leader = new_page(), new_page()
    ticket = register(server)
    login(clerk, CLERK)
    number = accept(clerk, server, ticket)
    propose(clerk, shot)
    login(leader, LEADER)
    approve(leader, server, number, shot)
    convene(clerk, shot)
    decide(clerk, shot)
    send(clerk, server, ticket, shot)

    assert_one_leads(server, ticket)
    for (_unit, name), (fellow, _login) in ((MAIN, SECONDARY), (SECONDARY, MAIN)):
        page = new_page()
        login(page, name)
        read_slip(page, server, number, fellow)
        shot(page, f"meeting-6-slip-{name}")
        answer(page)
    take_replies(clerk, server, ticket, shot)
    (state,) = server.rpc(CLERK).call("helpdesk.ticket", "read", [ticket], ["complaint_state"])
    assert state["complaint_state"] == "replied"
