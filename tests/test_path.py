"""The whole path of a telephone complaint, from the call to the paper, by those who walk it."""

import datetime as dt
import re

import pytest
from desk import SCREENSHOTS, RpcError
from playwright.sync_api import expect

CLERK, REPRESENTATIVE, FOREIGN = "clerk", "rep_bdc", "rep_ga"
COMPLAINANT = "周志远"
PHONE = "13985001234"
MATTER = "不动产抵押注销登记"
FACTS = "经调取监控，工作人员确未一次性告知所需材料。"
MEASURES = "对当事人批评教育，窗口张贴材料清单。"


def fill_many2one(page, name, text):
    """Choose the first suggestion for what was typed."""
    box = page.locator(f".o_field_widget[name={name}] input").first
    box.fill(text)
    page.locator(".o-autocomplete--dropdown-item", has_text=text).first.click()


def fill(page, name, text):
    """Fill a text field of the form."""
    page.locator(f".o_field_widget[name={name}]").locator("input, textarea").first.fill(text)


def register_call(page, server):
    """Announce, take down the five elements, and accept."""
    page.goto(f"{server.url}/odoo/action-kaiyang_complaint.complaint_action_register_phone")
    expect(page.locator(".o_complaint_strip").first).to_contain_text("您好，您的电话将被录音")
    page.locator("button[name=action_announce]").click()
    expect(page.locator(".o_field_widget[name=announced_at]")).to_be_visible()
    fill(page, "partner_name", COMPLAINANT)
    fill(page, "complainant_phone", PHONE)
    fill_many2one(page, "window_id", "A0")
    fill(page, "service_datetime", "2026/11/20 10:30:00")
    page.keyboard.press("Escape")
    fill(page, "service_item", MATTER)
    fill(page, "respondent_ids", "姓刘的工作人员")
    write_reason(page, f"我是{COMPLAINANT}，跑了三趟，每次都说还差一样材料。")
    fill(page, "no_conduct_reason", "投诉人说不清属于哪一项")
    show_more(page)
    fill(page, "no_recording_reason", "录音设备故障")


def write_reason(page, text):
    """Write down what the complainant says."""
    fill(page, "description", text)


def show_more(page):
    """Show what is seldom asked for at intake."""
    page.locator(".o_complaint_more summary").click()


def save(page):
    """Save what the draft has not saved by itself."""
    page.keyboard.press("Alt+s")
    expect(page.locator(".o_form_status_indicator_buttons.invisible")).to_have_count(1)


def look_through(page, button="action_send"):
    """Open the page that shows the text that leaves, and go on from there."""
    page.locator("button[name=action_look_through]:visible").click()
    expect(page.locator(".o_complaint_look_text")).to_be_visible()
    page.locator(f"button[name={button}]:visible").click()


def accept(page, seen="action_send"):
    """Accept the complaint and return its number.

    `seen`: the button of the page that shows what leaves; nothing, where nothing ever does.
    """
    if seen:
        look_through(page, seen)
    else:
        page.locator("button[name=action_accept]").click()
    title = page.locator(".o_field_widget[name=number]")
    expect(title).to_have_text(re.compile(r"\d{4}-\d{4}"))
    return title.inner_text()


def reply(page, server, number):
    """Sign for the slip and answer it in the portal."""
    page.goto(f"{server.url}/my/complaints")
    page.get_by_text(f"{number}-01").first.click()
    expect(page.locator("body")).to_contain_text("〔姓名〕")
    expect(page.locator("body")).to_contain_text("实名")
    expect(page.locator("body")).not_to_contain_text(COMPLAINANT)
    page.locator("form[action*=receive] button[type=submit]").click()
    page.locator("textarea[name=facts]").fill(FACTS)
    page.locator("[name=responsibility][value=staff]").check()
    page.locator("textarea[name=measures]").fill(MEASURES)
    promise(page)


def soon():
    """Return a day some days from now, as a form writes it."""
    return str(dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=10))


def promise(page):
    """Say who sees to the measures, and until when."""
    page.locator("input[name=measures_owner]").fill("首席代表")
    page.locator("input[name=measures_by]").fill(soon())


def consider(page):
    """Put down what room and representative hold of the reply."""
    dialog = page.locator(".modal-dialog:has([name=consideration])")
    dialog.locator("[name=considered_with] input").fill("首席代表")
    dialog.locator("[name=consideration] textarea").fill("责任在窗口人员，张贴清单。")
    dialog.locator("button[name=action_confirm]").click()
    expect(dialog).to_be_hidden()


def find_nobody_at_fault(server, ticket_id):
    """Confirm the findings, so that the complaint may be closed."""
    clerk = server.rpc(CLERK)
    drafts = clerk.call(
        "complaint.finding", "search", [("ticket_id", "=", ticket_id), ("state", "=", "draft")]
    )
    clerk.call("complaint.finding", "write", drafts, {"conclusion": "not_upheld"})
    clerk.call("complaint.finding", "action_confirm", drafts)


def send_reply(page):
    page.locator("form:has(textarea[name=facts]) button[type=submit]").click()
    expect(page.locator("body")).to_contain_text(FACTS)


def open_complaint(page, server, number):
    """Find the complaint as its clerk would: by its number."""
    (ticket,) = server.rpc(CLERK).call(
        "helpdesk.ticket", "search_read", [("number", "=", number)], ["id"]
    )
    page.goto(f"{server.url}/odoo/complaints/{ticket['id']}")
    expect(page.locator(".o_field_widget[name=number]")).to_have_text(number)
    return ticket["id"]


def give_feedback(page):
    """Accept the reply, tell the complainant, close."""
    page.locator(".o_notebook_headers a[name=slips]").click()
    page.locator("button[name=action_accept_reply]").click()
    consider(page)
    page.locator(".o_form_statusbar button.btn-primary").first.click()
    dialog = page.locator(".modal-dialog")
    dialog.locator("[name=callee] input").fill("本人，已核对姓名")
    dialog.locator("[name=content] textarea").fill("已电话告知核查和整改情况。")
    dialog.locator("[name=satisfaction] .o_radio_item").nth(1).locator("input").check()
    dialog.locator("[name=suggestion] textarea").fill("希望网上就能看到材料清单。")


def confirm_and_close(page, server, ticket_id):
    dialog = page.locator(".modal-dialog")
    dialog.locator("button[name=action_confirm]").click()
    expect(dialog).to_be_hidden()
    find_nobody_at_fault(server, ticket_id)
    page.locator("button[name=action_close]").click()
    expect(page.locator("button[name=action_close]")).to_be_hidden()


def test_h5_2_1_from_the_call_to_the_paper(new_page, server, login, shot):
    clerk, representative = new_page(), new_page()
    login(clerk, CLERK)
    register_call(clerk, server)
    shot(clerk, "path-1-intake")
    number = accept(clerk)
    shot(clerk, "path-2-accepted")

    login(representative, REPRESENTATIVE)
    reply(representative, server, number)
    shot(representative, "path-3-reply")
    send_reply(representative)
    shot(representative, "path-4-replied")

    ticket_id = open_complaint(clerk, server, number)
    give_feedback(clerk)
    shot(clerk, "path-5-feedback")
    confirm_and_close(clerk, server, ticket_id)
    shot(clerk, "path-6-closed")
    assert_on_paper(print_form(clerk), number)
    assert_unseen(server, ticket_id, number)


def print_form(page):
    """Print the registration form from the print menu and return its text."""
    pypdf = pytest.importorskip("pypdf")
    page.locator(".o_control_panel .fa-cog").first.click()
    page.locator(".o-dropdown--menu .dropdown-toggle", has=page.locator(".fa-print")).hover()
    with page.expect_download() as download:
        page.locator(".o-dropdown--menu").get_by_text("电话投诉举报登记表").click()
    path = SCREENSHOTS / "path-7-form.pdf"
    download.value.save_as(path)
    return "".join(sheet.extract_text() for sheet in pypdf.PdfReader(path).pages)


def assert_on_paper(text, number):
    """The form holds the number, the parties and the reply."""
    flat = re.sub(r"\s", "", text)
    for expected in (number, COMPLAINANT, "姓刘的工作人员", MATTER, FACTS, MEASURES):
        assert re.sub(r"\s", "", expected) in flat


def assert_unseen(server, ticket_id, number):
    """A representative of another unit sees nothing of it, by any call."""
    foreign = server.rpc(FOREIGN)
    assert foreign.call("complaint.slip", "search_count", [("name", "=like", f"{number}%")]) == 0
    assert foreign.call("helpdesk.ticket", "search_count", [("id", "=", ticket_id)]) == 0
    with pytest.raises(RpcError):
        foreign.call("helpdesk.ticket", "read", [ticket_id], ["name"])


def test_h5_2_1_foreign_slip_has_no_page(page, server, login, shot):
    (slip,) = server.rpc(CLERK).call(
        "complaint.slip", "search_read", [("unit_id.code", "=", "BDC")], ["name"], limit=1
    )
    login(page, FOREIGN)
    page.goto(f"{server.url}/my/complaints/{slip['id']}")
    shot(page, "foreign-slip")
    expect(page.locator("body")).not_to_contain_text(slip["name"])
