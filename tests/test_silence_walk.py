"""Silence where it is owed, and a contact lent on record (七.5, 五(三))."""

import re

import pytest
from desk import RpcError, press_rare
from playwright.sync_api import expect
from test_path import soon

CLERK, COLLEAGUE, LEADER, REPRESENTATIVE = "clerk", "clerk2", "leader", "rep_bdc"
PHONE = "13985007788"
MATTER = "不动产查封登记查询"


def register(server, matter):
    """Register and forward a complaint over the API; return it."""
    clerk = server.rpc(CLERK)

    def find(model, *domain):
        (found,) = clerk.call(model, "search", list(domain), limit=1)
        return found

    values = {
        "team_id": find("helpdesk.ticket.team", ("is_complaint_room", "=", True)),
        "channel_id": find("helpdesk.ticket.channel", ("complaint_code", "=", "phone")),
        "partner_name": "罗远芳",
        "complainant_phone": PHONE,
        "no_recording_reason": "来电人不同意录音",
        "no_conduct_reason": "投诉人说不清",
        "window_id": find("complaint.window", ("unit_id.code", "=", "BDC")),
        "service_datetime": "2026-11-18 02:30:00",
        "service_item": matter,
        "description": "<p>查询结果迟迟不出，窗口暗示要表示表示。</p>",
        "respondent_ids": [(0, 0, {"stated_name": "姓吴的工作人员"})],
    }
    (ticket_id,) = clerk.call("helpdesk.ticket", "create", [values])
    seen = "查询结果迟迟不出，窗口暗示要表示表示。"
    clerk.call("helpdesk.ticket", "action_review_text", [ticket_id], seen)
    clerk.call("helpdesk.ticket", "action_accept", [ticket_id])
    (ticket,) = clerk.call("helpdesk.ticket", "read", [ticket_id], ["number", "slip_ids"])
    return ticket


def involve(server, ticket):
    """Let a colleague follow a complaint and have something to do with it."""
    colleague = server.rpc(COLLEAGUE)
    (me,) = colleague.call("res.users", "read", [colleague.uid], ["partner_id"])
    colleague.call("helpdesk.ticket", "message_subscribe", [ticket["id"]], [me["partner_id"][0]])
    colleague.call(
        "helpdesk.ticket",
        "activity_schedule",
        [ticket["id"]],
        "mail.mail_activity_data_todo",
        summary="回访投诉人",
        user_id=colleague.uid,
    )


def open_record(page, server, action, record_id):
    page.goto(f"{server.url}/odoo/action-kaiyang_complaint.{action}/{record_id}")


def confirm_reason(page, reason):
    dialog = page.locator(".modal-dialog")
    dialog.locator("[name=reason] textarea").fill(reason)
    dialog.locator("button[name=action_confirm]").click()
    expect(dialog).to_be_hidden()


def test_u7_5_restricted_case_vanishes_for_the_others(new_page, server, login, shot):
    ticket = register(server, MATTER)
    involve(server, ticket)
    clerk, colleague, representative = new_page(), new_page(), new_page()
    login(colleague, COLLEAGUE)
    login(representative, REPRESENTATIVE)
    slip = f"{server.url}/my/complaints/{ticket['slip_ids'][0]}"
    representative.goto(slip)
    expect(representative.locator("body")).to_contain_text(f"{ticket['number']}-01")
    open_record(colleague, server, "complaint_action", ticket["id"])
    expect(colleague.locator(".o_field_widget[name=number]")).to_have_text(ticket["number"])

    login(clerk, CLERK)
    restrict(clerk, server, ticket, shot)

    colleague.goto(f"{server.url}/odoo/action-kaiyang_complaint.complaint_action")
    expect(colleague.locator(".o_kanban_record:not(.o_kanban_ghost)").first).to_be_visible()
    expect(colleague.locator("body")).not_to_contain_text(ticket["number"])
    shot(colleague, "silence-2-colleague")
    assert_gone(server, COLLEAGUE, ticket)
    representative.goto(slip)
    expect(representative.locator("body")).not_to_contain_text(f"{ticket['number']}-01")
    shot(representative, "silence-3-portal")


def restrict(page, server, ticket, shot):
    """Mark a case that colleagues work on as breach of discipline."""
    open_record(page, server, "complaint_action", ticket["id"])
    press_rare(page, "action_restrict")
    confirm_reason(page, "投诉人补充：窗口人员索要好处费")
    expect(page.locator(".alert-danger .fa-lock")).to_be_visible()
    expect(page.locator(".o-mail-Activity")).to_contain_text("回访投诉人")
    expect(page.locator(".o-mail-Activity")).not_to_contain_text("吴江")
    shot(page, "silence-1-restricted")


def assert_gone(server, login, ticket):
    """A person is left with nothing of a complaint, by any call."""
    rpc = server.rpc(login)
    about = [("res_id", "=", ticket["id"])]
    assert rpc.call("helpdesk.ticket", "search_count", [("id", "=", ticket["id"])]) == 0
    assert rpc.call("helpdesk.ticket", "name_search", ticket["number"]) == []
    assert (
        rpc.call("mail.message", "search_count", [("model", "=", "helpdesk.ticket"), *about]) == 0
    )
    assert rpc.call("mail.activity", "search_count", about) == 0
    with pytest.raises(RpcError):
        rpc.call("helpdesk.ticket", "read", [ticket["id"]], ["number"])


def answer_slip(server, ticket):
    """Let the unit reply and the room accept it."""
    representative, slips = server.rpc(REPRESENTATIVE), ticket["slip_ids"]
    representative.call("complaint.slip", "action_receive", slips)
    reply = {"facts": "情况属实。", "responsibility": "unit", "measures": "已整改。"}
    reply |= {"measures_owner": "首席代表", "measures_by": soon()}
    representative.call("complaint.slip", "action_reply", slips, reply)
    considered = {"no_consideration_reason": "已电话核对"}
    server.rpc(CLERK).call("complaint.slip", "action_accept_reply", slips, considered)


def delegate(page, server, ticket, shot):
    """Note the complainant's consent and ask the unit to answer."""
    open_record(page, server, "complaint_slip_action", ticket["slip_ids"][0])
    page.locator("button[name=action_delegate_feedback]").click()
    confirm_consent = page.locator(".modal-dialog button[name=action_confirm]")
    expect(confirm_consent).to_be_visible()
    shot(page, "delegation-1-consent")
    confirm_consent.click()
    expect(page.locator("button[name=action_revoke_contact]")).to_be_visible()
    shot(page, "delegation-2-asked")


def show_contact(page, shot):
    """Ask for the complainant's number, saying what for."""
    page.locator("#purpose").fill("电话答复投诉人")
    page.locator(".o_complaint_contact button").click()
    expect(page.locator(".o_complaint_contact_phone")).to_have_text(PHONE)
    shot(page, "delegation-4-contact")


def report(page):
    """Report in the portal that the complainant was called; what was forgotten is asked for."""
    form = page.locator("form.o_complaint_feedback")
    form.locator("#mode_phone").check()
    form.locator("#callee").fill("本人，已核对姓名")
    form.locator("#content").fill("已说明原因和整改情况，投诉人表示理解。")
    form.locator("#satisfaction_4").check()
    form.locator("button[type=submit]").click()
    expect(page.locator(".o_complaint_error .alert")).to_be_visible()
    expect(form.locator("#callee")).to_have_value("本人，已核对姓名")
    form.locator("#no_suggestion").check()
    form.locator("button[type=submit]").click()
    expect(page).to_have_url(re.compile("notice=reported"))


def test_f5_3_2_contact_is_lent_and_the_unit_answers(new_page, server, login, shot):
    ticket = register(server, "不动产登记资料查询")
    answer_slip(server, ticket)
    clerk, representative, leader = new_page(), new_page(), new_page()
    login(clerk, CLERK)
    delegate(clerk, server, ticket, shot)
    login(representative, REPRESENTATIVE)
    representative.goto(f"{server.url}/my/complaints/{ticket['slip_ids'][0]}")
    expect(representative.locator("body")).not_to_contain_text(PHONE)
    shot(representative, "delegation-3-portal")
    show_contact(representative, shot)
    report(representative)
    expect(representative.locator("body")).not_to_contain_text(PHONE)
    shot(representative, "delegation-5-reported")
    confirm(clerk, server, ticket, shot)
    login(leader, LEADER)
    verify_log(leader, server, ticket, shot)


def confirm(page, server, ticket, shot):
    """Confirm what the unit reported: the complaint is fed back."""
    rpc = server.rpc(CLERK)
    (feedback,) = rpc.call("complaint.feedback", "search", [("ticket_id", "=", ticket["id"])])
    open_record(page, server, "complaint_feedback_action", feedback)
    expect(page.locator("button[name=action_withdraw_delegation]")).to_be_visible()
    shot(page, "delegation-6-to-confirm")
    page.locator("button[name=action_confirm]").click()
    expect(page.locator("button[name=action_confirm]")).to_be_hidden()
    (state,) = rpc.call("helpdesk.ticket", "read", [ticket["id"]], ["complaint_state"])
    assert state["complaint_state"] == "fed_back"


def verify_log(page, server, ticket, shot):
    """Find the looks in the log, and prove it."""
    page.goto(f"{server.url}/odoo/action-kaiyang_complaint.complaint_access_log_action")
    rows = page.locator(".o_data_row", has_text=f"{ticket['number']}-01")
    expect(rows).to_have_count(3)
    expect(rows.filter(has_text="电话答复投诉人")).to_have_count(1)
    page.locator("button[name=action_verify]").click()
    expect(page.locator(".o_notification_bar.bg-success")).to_be_visible()
    shot(page, "delegation-7-log")
