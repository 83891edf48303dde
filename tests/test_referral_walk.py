"""A letter not about window staff, to its referral and answer; a breach, to its transfer."""

import re

import pytest
from desk import SCREENSHOTS
from playwright.sync_api import expect
from test_path import accept, fill, fill_many2one, save, show_more, write_reason

CLERK, SECOND, LEADER = "clerk", "clerk2", "leader"
COMPLAINANT = "罗兴旺"
MATTER = "大厅南门盲道被占"
FOUND = "经现场查看，盲道被共享单车占满，属城市管理事项，与窗口工作人员无关。"
INSTRUCTION = "同意。请执法局三日内清理，并函告结果。"
ANSWER = "已清理盲道并增设停放区，请代为感谢群众监督。"


def register_letter(page, server):
    """Take down a letter about something else; nobody asks for a window or a staff member."""
    page.goto(f"{server.url}/odoo/action-kaiyang_complaint.complaint_action_register_letter")
    fill(page, "partner_name", COMPLAINANT)
    expect(page.locator(".o_complaint_kept .o_complaint_read")).to_be_visible()
    show_more(page)
    page.locator(".o_field_widget[name=is_outside_matter] input").check()
    expect(page.locator(".o_field_widget[name=window_id]")).to_have_count(0)
    expect(page.locator(".o_field_widget[name=respondent_ids]")).to_have_count(0)
    choose(page, "letter_source", 0)
    fill_many2one(page, "opened_by_ids", "吴江")
    fill(page, "page_count", "1")
    fill(page, "service_datetime", "2026/11/20 10:30:00")
    page.keyboard.press("Escape")
    fill(page, "service_item", MATTER)
    write_reason(page, f"我是{COMPLAINANT}，大厅南门的盲道天天被单车占着，请清理。")
    save(page)
    expect(page.locator("button[name=action_accept]")).to_be_visible()


def choose(page, name, place):
    """Choose an option of a selection field by its place in the list."""
    page.locator(f".o_field_widget[name={name}] input").first.click()
    page.locator(".o_select_menu_item").nth(place).click()


def inquire(page, shot):
    """Let the room inquire itself, and conclude."""
    page.locator("button[name=action_investigate]").click()
    fill(page, "evidence", FOUND)
    for name in ("respondent_facts", "mediation"):
        expect(page.locator(f".o_field_widget[name={name}]:visible")).to_have_count(0)
    shot(page, "referral-2-inquiry")
    page.locator("button[name=action_conclude]").click()
    expect(page.locator("button[name=action_conclude]")).to_be_hidden()
    page.locator(".o_breadcrumb .breadcrumb-item a").last.click()


def refer(page, addressee):
    """Prepare the referral and put it before the leader."""
    page.locator("button[name=action_refer]:visible").click()
    expect(page.locator(".o_field_widget[name=subject]")).to_be_visible()
    fill_many2one(page, "authority_id", addressee)


def request(page):
    page.locator("button[name=action_request]").click()
    expect(page.locator("button[name=action_request]")).to_be_hidden()


def sign_off(page, server, approval_id):
    """Sign off as the leader, with a written instruction."""
    page.goto(f"{server.url}/odoo/complaint-approvals/{approval_id}")
    page.locator("button[name=action_instruct]").click()
    page.locator(".modal-dialog [name=reason] textarea").fill(INSTRUCTION)
    page.locator(".modal-dialog button[name=action_confirm]").click()
    expect(page.locator(".o_field_widget[name=instruction]")).to_contain_text(INSTRUCTION)


def print_paper(page, key, name):
    """Print by the button of the form and return the text of the paper."""
    pypdf = pytest.importorskip("pypdf")
    SCREENSHOTS.mkdir(exist_ok=True)
    with page.expect_download() as download:
        page.locator(f".o_statusbar_buttons button[data-hotkey={key}]").click()
    path = SCREENSHOTS / f"{name}.pdf"
    download.value.save_as(path)
    text = "".join(sheet.extract_text() for sheet in pypdf.PdfReader(path).pages)
    return re.sub(r"\s", "", text)


def assert_on_paper(page, number):
    """The letter tells the matter and not who complains; the sheet shows the leader's words."""
    text = print_paper(page, "p", "referral-letter")
    for words in (number, MATTER, FOUND, "综合行政执法局：", "〔姓名〕"):
        assert words in text
    assert COMPLAINANT not in text
    assert INSTRUCTION in print_paper(page, "o", "referral-sheet")


def send(page):
    """Say how the letter goes out, and that it left."""
    choose(page, "sent_how", 1)
    page.locator("button[name=action_send]").click()
    page.locator(".modal-dialog .modal-footer .btn-primary").click()
    expect(page.locator("button[name=action_send]")).to_be_hidden()


def answer_and_feed_back(page, shot):
    """Record what the unit answered, then tell the complainant."""
    page.locator(".o_statusbar_buttons button[data-hotkey=e]").click()
    page.locator(".modal-dialog [name=answer] textarea").fill(ANSWER)
    shot(page, "referral-6-answer")
    page.locator(".modal-dialog button[name=action_confirm]").click()
    expect(page.locator(".o_field_widget[name=answer]")).to_contain_text(ANSWER)
    page.locator(".o_breadcrumb .breadcrumb-item a, .o_back_button a").last.click()
    page.locator(".o_complaint_next_act").click()
    dialog = page.locator(".modal-dialog")
    dialog.locator("[name=callee] input").fill("本人，已核对姓名")
    dialog.locator("[name=called_number] input").fill("13985007788")
    dialog.locator("[name=content] textarea").fill("已告知执法局办理结果。")
    dialog.locator("[name=satisfaction] .o_radio_item").nth(1).locator("input").check()
    dialog.locator("[name=suggestion] textarea").fill("希望常态化管理。")
    # As long as a hand takes: what moves under the pointer meanwhile loses the click.
    dialog.locator("button[name=action_confirm]").click(delay=200)
    expect(dialog).to_be_hidden()
    expect(page.locator("button[name=action_close]")).to_be_visible()


def approval_of(server, number):
    """Return the request that waits for the leader on a complaint."""
    (approval,) = server.rpc(LEADER).call(
        "complaint.approval",
        "search",
        [("ticket_id.number", "=", number), ("state", "=", "pending")],
    )
    return approval


def test_h5_2_4_from_the_letter_to_the_feedback(new_page, server, login, shot):
    clerk, leader = new_page(), new_page()
    login(clerk, CLERK)
    register_letter(clerk, server)
    shot(clerk, "referral-1-letter")
    number = accept(clerk, seen=None)
    expect(clerk.locator("button[name=action_forward]")).to_be_hidden()
    inquire(clerk, shot)
    refer(clerk, "综合行政执法局")
    shot(clerk, "referral-3-prepared")
    request(clerk)

    login(leader, LEADER)
    sign_off(leader, server, approval_of(server, number))
    shot(leader, "referral-4-signed-off")

    clerk.reload()
    assert_on_paper(clerk, number)
    send(clerk)
    shot(clerk, "referral-5-sent")
    answer_and_feed_back(clerk, shot)
    shot(clerk, "referral-7-fed-back")


def transfer_to_sign_off(server):
    """Return the id of the demonstration's transfer, and its complaint."""
    second = server.rpc(SECOND)
    (transfer,) = second.call(
        "complaint.referral",
        "search_read",
        [("kind", "=", "discipline"), ("state", "=", "requested")],
        ["ticket_id"],
    )
    (ticket,) = second.call("helpdesk.ticket", "read", [transfer["ticket_id"][0]], ["number"])
    return transfer["id"], ticket


def test_u7_5_transfer_of_a_verified_breach(new_page, server, login, shot):
    """The demonstration's breach: signed off, printed, handed over; others see nothing of it."""
    clerk, leader = new_page(), new_page()
    transfer, ticket = transfer_to_sign_off(server)
    login(leader, LEADER)
    sign_off(leader, server, approval_of(server, ticket["number"]))
    login(clerk, SECOND)
    clerk.goto(f"{server.url}/odoo/complaint-referrals/{transfer}")
    expect(clerk.locator(".o_field_widget[name=sent_how] input").first).to_be_visible()
    expect(clerk.locator("button[name=action_send]")).to_be_hidden()
    shot(clerk, "transfer-1-signed-off")
    text = print_paper(clerk, "p", "transfer-letter")
    for words in ("关于移送群众投诉件的函", "纪委监委", ticket["number"], "申国强"):
        assert words in text
    send(clerk)
    clerk.goto(f"{server.url}/odoo/complaints/{ticket['id']}")
    expect(clerk.locator(".o_field_widget[name=number]")).to_have_text(ticket["number"])
    shot(clerk, "transfer-2-sent")
    foreign = server.rpc(CLERK)
    assert foreign.call("complaint.referral", "search_count", [("id", "=", transfer)]) == 0
