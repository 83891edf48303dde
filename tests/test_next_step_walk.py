"""One next step: a case leads its clerk on, from the keyboard, the chart and after a reload."""

import re

from playwright.sync_api import expect
from test_branches_walk import CLERK, find, register
from test_path import consider

FACTS = "经查属实，未一次性告知。"


def answered(server):
    """Return a complaint whose unit replied, and nobody checked it."""
    clerk = server.rpc(CLERK)
    ticket = register(server)
    slip = find(clerk, "complaint.slip", ("ticket_id", "=", ticket))
    clerk.call("complaint.slip", "action_receive", [slip])
    reply = {"facts": FACTS, "responsibility": "none", "measures": "张贴材料清单。"}
    clerk.call("complaint.slip", "action_reply", [slip], reply)
    return ticket


def open_by_link(page, server, ticket):
    """Open a ticket as a link does that knows its number alone."""
    page.goto(f"{server.url}/odoo/helpdesk.ticket/{ticket}")
    expect(page.locator(".o_form_view .o_field_widget[name=name]").first).to_be_visible()


def accept_reply(page, shot):
    """Look at slip and reply side by side, and accept."""
    page.keyboard.press("Alt+q")
    dialog = page.locator(".modal-dialog")
    expect(dialog.locator(".o_field_widget[name=reply_ids]")).to_contain_text(FACTS)
    expect(dialog.locator(".o_field_widget[name=summary]")).to_be_visible()
    shot(page, "next-step-1-reply")
    dialog.locator("button[name=action_accept_reply]").click()
    consider(page)


def feed_back(page, shot):
    """Tell the complainant by the box of the chart; what is compulsory is asked for."""
    page.locator(".o_flow_box[data-key=feedback] button").click()
    dialog = page.locator(".modal-dialog:has([name=callee])")
    expect(dialog.locator("[name=content] textarea")).to_have_value(re.compile(FACTS))
    dialog.locator("button[name=action_confirm]").click()
    expect(dialog.locator(".o_field_widget[name=callee]")).to_have_class(
        re.compile("o_field_invalid")
    )
    shot(page, "next-step-2-feedback")
    dialog.locator("[name=callee] input").fill("本人，已核对姓名")
    dialog.locator("[name=satisfaction] .o_radio_item input").nth(1).check()
    dialog.locator("[name=no_suggestion] input").check()
    dialog.locator("button[name=action_confirm]").click()
    expect(dialog).to_be_hidden()


def test_x1_a_case_leads_its_clerk_on(page, server, login, shot):
    ticket = answered(server)
    login(page, CLERK)
    open_by_link(page, server, ticket)
    expect(page.locator(".o_complaint_next_act")).to_have_count(1)
    page.reload()
    step = page.locator(".o_complaint_next_act")
    expect(step).to_contain_text("回复")
    expect(page.locator(".o_form_statusbar .btn-primary")).to_have_count(1)
    accept_reply(page, shot)
    expect(step).to_contain_text("反馈")
    feed_back(page, shot)
    expect(page.locator(".o_complaint_next_title")).to_contain_text("结论")
    shot(page, "next-step-3-findings")


def test_x1_a_ticket_of_another_team_keeps_its_form(page, server, login):
    domain = [("is_complaint", "=", False)]
    (other,) = server.rpc("admin").call("helpdesk.ticket", "search", domain, limit=1)
    login(page, "admin")
    open_by_link(page, server, other)
    expect(page.locator(".o_complaint_next")).to_have_count(0)
