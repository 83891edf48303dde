"""What was found is confirmed, bars from awards, and is overturned with its history."""

import re

from playwright.sync_api import expect

CLERK, MANAGER, LEADER = "clerk", "manager", "leader"
REASON = "复核认定：窗口已一次性告知，材料清单有签收。"


def proposed(server):
    """Return a proposed finding against a person, of a case that was looked into."""
    domain = [
        ("state", "=", "draft"),
        ("staff_id", "!=", False),
        ("ticket_id.complaint_state", "in", ["replied", "fed_back", "closed"]),
    ]
    names = ["ticket_id", "staff_id", "respondent_id"]
    (finding,) = server.rpc(CLERK).call("complaint.finding", "search_read", domain, names, limit=1)
    return finding


def complete(server, finding):
    """Correct the proposal, as the clerk does in the list."""
    rpc = server.rpc(CLERK)
    (item,) = rpc.call("helpdesk.ticket.category", "search", [("conduct_number", "=", 1)], limit=1)
    values = {
        "conduct_id": item,
        "conclusion": "upheld",
        "liable": "staff",
        "responsibility": "main",
        "facts": "经查，窗口未一次性告知所需材料，情况属实。",
    }
    rpc.call("complaint.finding", "write", [finding["id"]], values)


def open_findings(page, server, ticket_id):
    """Open the page of findings of a complaint."""
    page.goto(f"{server.url}/odoo/complaints/{ticket_id}")
    page.locator(".o_notebook_headers a[name=findings]").click()


def staff_form(page, server, staff_id):
    page.goto(f"{server.url}/odoo/window-staff/{staff_id}")
    return page.locator(".o_field_widget[name=bar_status]")


def bars_of(server, finding_id):
    domain = [("finding_id", "=", finding_id)]
    names = ["state", "lift_reason", "staff_id"]
    return server.rpc(MANAGER).call("complaint.bar", "search_read", domain, names)


def test_u7_3a_from_the_finding_to_the_bar_and_back(new_page, server, login, shot):
    finding = proposed(server)
    complete(server, finding)
    clerk, manager = new_page(), new_page()
    login(clerk, CLERK)
    confirm(clerk, server, finding, shot)
    expect(staff_form(clerk, server, finding["staff_id"][0])).to_have_text(re.compile(r"\S"))
    shot(clerk, "finding-3-barred")
    eligibility(clerk, server, shot)
    login(manager, MANAGER)
    overturn(manager, server, finding["id"], shot)
    bars = bars_of(server, finding["id"])
    assert {bar["state"] for bar in bars} == {"lifted"}
    assert all(REASON in bar["lift_reason"] for bar in bars)
    manager.goto(f"{server.url}/odoo/complaint-bars/{bars[0]['id']}")
    expect(manager.locator(".o-mail-Message").first).to_contain_text(REASON)
    shot(manager, "finding-7-history")


def confirm(page, server, finding, shot):
    """The clerk confirms all findings of the complaint."""
    open_findings(page, server, finding["ticket_id"][0])
    shot(page, "finding-1-proposed")
    page.locator(".o_notebook button[name=action_confirm_findings]").click()
    expect(page.locator("button[name=action_confirm_findings]")).to_have_count(0)
    shot(page, "finding-2-confirmed")


def overturn(page, server, finding_id, shot):
    """The manager overturns a finding, with the reason."""
    page.goto(f"{server.url}/odoo/complaint-findings/{finding_id}")
    page.locator("button[name=action_overturn]").click()
    page.locator(".modal-dialog .o_field_widget[name=reason] textarea").fill(REASON)
    shot(page, "finding-5-overturning")
    page.locator(".modal-dialog button[name=action_confirm]").click()
    expect(page.locator("button[name=action_find_anew]")).to_be_visible()
    shot(page, "finding-6-overturned")


def eligibility(page, server, shot):
    """Whoever gives an award asks first: the barred stand on top."""
    page.goto(f"{server.url}/odoo/action-kaiyang_complaint.complaint_eligibility_action")
    page.locator(".modal-dialog button[name=action_show]").click()
    first = page.locator(".o_list_view .o_data_row").first
    expect(first.locator(".badge.text-bg-danger")).to_be_visible()
    shot(page, "finding-4-eligibility")
