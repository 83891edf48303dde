"""Branches end where the regulation says: lifted, declined, delegated, reopened."""

import datetime as dt
import re
import time

from desk import press_rare
from playwright.sync_api import expect
from test_path import soon

CLERK, MANAGER, LEADER = "clerk", "manager", "leader"
CURRENT = re.compile("o_flow_is_current")
DONE = re.compile("o_flow_is_done")


def find(rpc, model, *domain):
    """Return the id of the first record that fits."""
    return rpc.call(model, "search", list(domain), limit=1)[0]


def give_reason(page, text):
    """Fill in the dialog that asks for the reason of an act."""
    page.locator(".modal-dialog [name=reason] textarea").fill(text)
    page.locator(".modal-dialog button[name=action_confirm]").click()
    expect(page.locator(".modal-dialog")).to_be_hidden()


def open_case(page, server, ticket):
    """Open a complaint with its chart unfolded."""
    page.goto(f"{server.url}/odoo/complaints/{ticket}")
    summary = page.locator(".o_flow_summary")
    summary.wait_for()
    if summary.get_attribute("aria-expanded") == "false":
        summary.click()
    expect(page.locator(".o_flow_bands")).to_be_visible()


def box(page, key):
    """Return the boxes of the chart with a key."""
    return page.locator(f".o_flow_box[data-key={key}]")


def register(server, **vals):
    """Register and accept a call, as the clerk; off the meeting its slip leaves."""
    clerk = server.rpc(CLERK)
    (uid,) = clerk.call("res.users", "search", [("login", "=", CLERK)])
    values = {
        "team_id": find(clerk, "helpdesk.ticket.team", ("is_complaint_room", "=", True)),
        "channel_id": find(clerk, "helpdesk.ticket.channel", ("complaint_code", "=", "phone")),
        "user_id": uid,
        "partner_name": "石开贵",
        "complainant_phone": "13985003344",
        "window_id": find(clerk, "complaint.window", ("number", "=", "A03")),
        "service_datetime": "2026-11-20 02:30:00",
        "service_item": "抵押权变更登记",
        "no_recording_reason": "来电人不同意录音",
        "no_conduct_reason": "投诉人说不清",
        "description": "窗口人员让我来回跑了三趟，每次说的材料都不一样。",
        "respondent_ids": [[0, 0, {"stated_name": "抵押窗口当班人员"}]],
        **vals,
    }
    ticket = clerk.call("helpdesk.ticket", "create", values)
    if not vals.get("is_discipline_matter"):
        clerk.call("helpdesk.ticket", "action_review_text", [ticket], "群众反映来回跑了三趟。")
    clerk.call("helpdesk.ticket", "action_accept", [ticket])
    return ticket


def transfer(server):
    """Return a restricted complaint whose transfer a leader signed off."""
    clerk, leader = server.rpc(CLERK), server.rpc(LEADER)
    ticket = register(server, is_discipline_matter=True)
    inquiry = {
        "ticket_id": ticket,
        "respondent_facts": "经查，收受购物卡一张。",
        "mediation": "not_tried",
        "mediation_note": "涉及纪律问题，不予调解。",
        "conclusion": "upheld",
        "responsibility": "staff",
        "measures": "移送处理。",
        "is_transfer_due": True,
    }
    made = clerk.call("complaint.investigation", "create", inquiry)
    clerk.call("complaint.investigation", "action_conclude", [made])
    values = {
        "ticket_id": ticket,
        "kind": "discipline",
        "authority_id": find(clerk, "complaint.authority", ("is_discipline_body", "=", True)),
        "summary": "经查，收受购物卡一张。",
    }
    referral = clerk.call("complaint.referral", "create", values)
    clerk.call("complaint.referral", "action_request", [referral])
    approval = find(leader, "complaint.approval", ("ticket_id", "=", ticket))
    leader.call("complaint.approval", "action_approve", [approval])
    return ticket


def test_u7_5_a_leader_lifts_what_a_leader_signed(new_page, server, login, shot):
    ticket = transfer(server)
    clerk, leader = new_page(), new_page()
    login(clerk, CLERK)
    clerk.goto(f"{server.url}/odoo/complaints/{ticket}")
    press_rare(clerk, "action_lift_restriction")
    expect(clerk.locator(".modal-dialog")).to_contain_text("领导")
    shot(clerk, "branch-lift-1-refused")
    login(leader, LEADER)
    leader.goto(f"{server.url}/odoo/complaints/{ticket}")
    press_rare(leader, "action_lift_restriction")
    give_reason(leader, "纪委监委同意由中心公开办理")
    open_case(leader, server, ticket)
    for key in ("inquire", "sign_off", "lift"):
        expect(box(leader, key)).to_have_class(DONE)
    shot(leader, "branch-lift-2-lifted")


def held_meeting(server):
    """Return a complaint about two units whose meeting was held, and its slips."""
    clerk, leader = server.rpc(CLERK), server.rpc(LEADER)
    other = find(clerk, "complaint.window", ("number", "=", "A10"))
    people = [{"stated_name": "抵押窗口人员"}, {"stated_name": "办税窗口人员", "window_id": other}]
    ticket = register(server, respondent_ids=[[0, 0, one] for one in people])
    meeting = clerk.call("helpdesk.ticket", "action_propose_meeting", [ticket])["res_id"]
    now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M:%S")
    facts = {"analysis": "两家互相推诿。", "starts_at": now, "place": "会议室"}
    clerk.call("complaint.meeting", "write", [meeting], facts)
    clerk.call("complaint.meeting", "action_request", [meeting])
    approval = find(leader, "complaint.approval", ("ticket_id", "=", ticket))
    leader.call("complaint.approval", "action_approve", [approval])
    lines = clerk.call("complaint.meeting.line", "search", [("meeting_id", "=", meeting)])
    for line, share in zip(lines, ("main", "secondary"), strict=True):
        clerk.call("complaint.meeting.line", "write", [line], {"responsibility": share})
    clerk.call("complaint.meeting", "action_all_present", [meeting])
    clerk.call("complaint.meeting", "write", [meeting], {"minutes": "两家均有责任。"})
    clerk.call("complaint.meeting", "action_hold", [meeting])
    return ticket, clerk.call("complaint.slip", "search", [("ticket_id", "=", ticket)])


def test_h5_2_5_who_answers_instead_is_chosen(new_page, server, login, shot):
    ticket, slips = held_meeting(server)
    server.rpc(CLERK).call("complaint.slip", "action_decline", slips[:1], "不属本单位职责")
    clerk = new_page()
    login(clerk, CLERK)
    clerk.goto(f"{server.url}/odoo")
    expect(clerk.locator(".o_complaint_tile[data-key=declined]")).to_be_visible()
    open_case(clerk, server, ticket)
    expect(box(clerk, "choose")).to_have_class(CURRENT)
    clerk.locator(".o_notebook_headers a[name=slips]").click()
    clerk.locator("button[name=action_choose]").click()
    dialog = clerk.locator(".modal-dialog")
    expect(dialog).to_contain_text("不属本单位职责")
    dialog.locator("[name=unit_id] input").fill("人力资源")
    clerk.locator(".o-autocomplete--dropdown-item").first.click()
    shot(clerk, "branch-declined-1-choice")
    dialog.locator("button[name=action_confirm]").click()
    expect(dialog).to_be_hidden()
    rows = clerk.locator(".o_field_widget[name=slip_ids] .o_data_row")
    expect(rows).to_have_count(3)
    shot(clerk, "branch-declined-2-another-unit")


def replied(server):
    """Return a complaint whose unit replied, and its slip."""
    clerk = server.rpc(CLERK)
    ticket = register(server)
    slip = find(clerk, "complaint.slip", ("ticket_id", "=", ticket))
    clerk.call("complaint.slip", "action_receive", [slip])
    reply = {"facts": "经查属实。", "responsibility": "unit", "measures": "张贴材料清单。"}
    reply |= {"measures_owner": "首席代表", "measures_by": soon()}
    clerk.call("complaint.slip", "action_reply", [slip], reply)
    considered = {"no_consideration_reason": "已电话核对"}
    clerk.call("complaint.slip", "action_accept_reply", [slip], considered)
    return ticket, slip


def test_f5_3_2_the_units_report_is_the_next_step_and_the_round_is_seen(
    new_page, server, login, shot
):
    ticket, slip = replied(server)
    now = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(time.time() - 60))
    consent = {"consent_at": now, "consent_how": "phone", "release_contact": True}
    server.rpc(CLERK).call("complaint.slip", "action_delegate_feedback", [slip], consent)
    clerk = new_page()
    login(clerk, CLERK)
    open_case(clerk, server, ticket)
    expect(box(clerk, "tell")).to_have_class(CURRENT)
    expect(clerk.locator(".o_complaint_next_act")).to_contain_text("单位")
    shot(clerk, "branch-delegated-1-with-the-unit")
    report = {
        "mode": "phone",
        "content": "已致歉并告知材料清单",
        "callee": "本人",
        "satisfaction": "4",
        "no_suggestion": True,
    }
    server.rpc("rep_bdc").call("complaint.slip", "action_report_feedback", [slip], report)
    open_case(clerk, server, ticket)
    expect(box(clerk, "tell")).to_have_class(DONE)
    shot(clerk, "branch-delegated-2-reported")
    box(clerk, "feedback").locator("button").click()
    expect(clerk.locator("[name=content]").last).to_contain_text("已致歉并告知材料清单")
    shot(clerk, "branch-delegated-3-report")
    clerk.locator("button[name=action_confirm]:visible").click()
    reopen(new_page(), server, login, ticket, shot)


def reopen(page, server, login, ticket, shot):
    """Close the case and take it up again: it says who did, why, and what was before."""
    clerk = server.rpc(CLERK)
    feedback = find(clerk, "complaint.feedback", ("ticket_id", "=", ticket))
    (state,) = clerk.call("complaint.feedback", "read", [feedback], ["state"])
    if state["state"] != "confirmed":
        clerk.call("complaint.feedback", "action_confirm", [feedback])
    findings = clerk.call("complaint.finding", "search", [("ticket_id", "=", ticket)])
    clerk.call("complaint.finding", "write", findings, {"conclusion": "not_upheld"})
    clerk.call("complaint.finding", "action_confirm", findings)
    clerk.call("helpdesk.ticket", "action_close", [ticket])
    login(page, MANAGER)
    page.goto(f"{server.url}/odoo/complaints/{ticket}")
    page.locator("button[name=action_reopen]").click()
    give_reason(page, "投诉人补充了录像")
    open_case(page, server, ticket)
    expect(page.locator(".o_flow_earlier")).to_contain_text("不动产")
    expect(page.locator(".o_field_widget[name=reopened_by_id]")).to_be_visible()
    expect(page.locator(".o_field_widget[name=end_reason]:visible")).to_contain_text("补充了录像")
    shot(page, "branch-reopened")
