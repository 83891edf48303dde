"""The manager assesses the month that is over, the leader approves it, it is published."""

import io

import openpyxl
from playwright.sync_api import expect
from test_path import fill_many2one

MANAGER, LEADER = "manager", "leader"
REASON = "窗口未按整改要求公示办事清单。"


def found(server):
    """Let the clerk confirm a finding of the demonstration: it counts in the current month."""
    findings = server.rpc("clerk")
    (draft,) = findings.call(
        "complaint.finding",
        "search",
        [("state", "=", "draft"), ("staff_id", "!=", False), ("window_id", "!=", False)],
        limit=1,
    )
    (item,) = findings.call(
        "helpdesk.ticket.category", "search", [("conduct_number", "=", 3)], limit=1
    )
    values = {"facts": "经查属实。", "conclusion": "upheld", "responsibility": "main"}
    values |= {"liable": "staff", "conduct_id": item}
    findings.call("complaint.finding", "write", [draft], values)
    findings.call("complaint.finding", "action_confirm", [draft])


def press(page, name):
    """Press the button of a verb that shows, and confirm where it asks."""
    page.locator(f"button[name={name}]:visible").first.click()


def edit(page, name, text):
    """Write into a cell of the row that is edited."""
    row = page.locator(".o_data_row.o_selected_row")
    row.locator(f"td[name={name}]").click()
    row.locator(f".o_field_widget[name={name}] input").fill(text)


def adjust(page, server, shot):
    """Compute the current month and take back half of what the window loses, with the reason."""
    page.goto(f"{server.url}/odoo/complaint-assessments")
    page.locator(".o_data_row").first.click()
    press(page, "action_compute")
    row = page.locator(".o_data_row", has=page.locator("td[name=points]", has_text="-3")).first
    row.locator("td[name=points]").click()
    edit(page, "points", "-1.5")
    edit(page, "reason", "当日主动改正，从轻。")
    page.locator(".o_form_button_save").click()
    expect(page.locator(".o_form_button_save")).to_be_hidden()
    expect(page.locator("button[name=action_reset]:visible")).to_have_count(1)
    shot(page, "assessment-1-adjusted")


def last_month(server):
    """Open the month before for the manager, as the job would have done; return its id."""
    manager = server.rpc(MANAGER)
    months = manager.call("complaint.assessment", "search_read", [], ["month"], order="month desc")
    year, month, _day = map(int, months[0]["month"].split("-"))
    before = f"{year - (month == 1)}-{(month - 2) % 12 + 1:02}-01"
    known = [one["id"] for one in months if one["month"] == before]
    return known[0] if known else manager.call("complaint.assessment", "create", {"month": before})


def enter_by_hand(page):
    """Enter points by hand, with the reason."""
    page.locator(".o_field_x2many_list_row_add a").first.click()
    fill_many2one(page, "window_id", "A03")
    edit(page, "points", "-2")
    edit(page, "reason", REASON)
    page.locator(".o_form_button_save").click()
    expect(page.locator(".o_form_button_save")).to_be_hidden()


def submit(page, shot):
    """Compute the month, enter points by hand, and put it before the leader."""
    press(page, "action_compute")
    expect(page.locator("button[name=action_submit]:visible")).to_be_visible()
    enter_by_hand(page)
    press(page, "action_submit")
    expect(page.locator("button[name=action_withdraw]:visible")).to_be_visible()
    shot(page, "assessment-2-submitted")


def download(page, act):
    """Return the bytes of what an act downloads."""
    with page.expect_download() as downloaded:
        act()
    return downloaded.value.path().read_bytes()


def publish(page, shot):
    """Publish the month: it has its number now."""
    press(page, "action_publish")
    page.locator(".modal-footer .btn-primary").click()
    expect(page.locator("button[name=action_publish]:visible")).to_have_count(0)
    expect(page.locator(".o_field_widget[name=name]")).to_contain_text("开政服通〔")
    shot(page, "assessment-4-published")


def approve(leader, server, month, shot):
    """Approve the month as the leader, in the list of requests."""
    leader.goto(f"{server.url}/odoo/complaint-approvals")
    name = server.rpc(MANAGER).call("complaint.assessment", "read", [month], ["display_name"])
    about = leader.locator("td[name=about]", has_text=name[0]["display_name"])
    row = leader.locator(".o_data_row", has=about)
    shot(leader, "assessment-3-leader")
    row.locator("button[name=action_approve]").click()
    expect(row).to_have_count(0)


def print_notice(page):
    """Print by the button of the form."""
    page.locator(".o_statusbar_buttons button[data-hotkey=p]:visible").click()


def test_u7_1_month_from_computing_to_the_notice(server, new_page, login, shot):
    found(server)
    page = new_page()
    login(page, MANAGER)
    page.goto(f"{server.url}/odoo/action-kaiyang_complaint.complaint_assessment_action_open")
    page.locator(".o_data_row").first.wait_for()
    adjust(page, server, shot)
    month = last_month(server)
    address = f"{server.url}/odoo/complaint-assessments/{month}"
    page.goto(address)
    submit(page, shot)

    leader = new_page()
    login(leader, LEADER)
    approve(leader, server, month, shot)
    page.goto(address)
    publish(page, shot)
    notice = download(page, lambda: print_notice(page))
    assert notice.startswith(b"%PDF-")
    book = download(page, lambda: press(page, "action_download"))
    rows = list(openpyxl.load_workbook(io.BytesIO(book)).worksheets[0].values)
    assert REASON in rows[1]
