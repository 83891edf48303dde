"""A clerk finds a case by what they know of it, acts on several, and takes the ledger along."""

import io

import openpyxl
from playwright.sync_api import expect

NUMBER = ".o_field_widget[name=number]"
# Not the columns that may be cut: what one looks for in a line.
WHOLE = ("number", "received_at", "due_at", "due_status", "complaint_state")
CUT = """(cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth).length"""


def known(server):
    """Return an open case of the clerk that one telephone number leads to."""
    rpc = server.rpc("clerk")
    domain = [("complaint_state", "=", "handling"), ("complainant_phone", "=like", "1__________")]
    cases = rpc.call("helpdesk.ticket", "search_read", domain, ["number", "complainant_phone"])
    phones = [case["complainant_phone"] for case in cases]
    return next(case for case in cases if phones.count(case["complainant_phone"]) == 1)


def test_p4_1_a_case_is_found_from_the_day_the_palette_and_the_list(page, server, login, shot):
    case = known(server)
    phone, number = case["complainant_phone"], case["number"]
    login(page, "clerk")
    page.locator(".o_complaint_find input").wait_for()
    page.keyboard.press("Alt+g")
    page.keyboard.type(f"{phone[:3]} {phone[3:7]} {phone[7:]}")
    page.keyboard.press("Enter")
    expect(page.locator(NUMBER).first).to_contain_text(number)
    page.keyboard.press("Control+k")
    page.locator(".o_command_palette input").fill(phone)
    expect(page.locator(".o_command_palette .o_command", has_text=number)).to_be_visible()
    shot(page, "find-palette")
    page.keyboard.press("Escape")
    page.goto(f"{server.url}/odoo/complaints?view_type=list")
    page.locator(".o_searchview_input").fill(number[-4:])
    page.keyboard.press("Enter")
    expect(page.locator(".o_data_row [name=number]", has_text=number)).to_be_visible()
    shot(page, "find-list")


def test_p4_1_lines_are_whole_at_1280_and_acts_tell_what_came_of_each(page, server, login, shot):
    page.set_viewport_size({"width": 1280, "height": 800})
    login(page, "clerk")
    page.goto(f"{server.url}/odoo/complaints?view_type=list")
    page.locator(".o_data_row").first.wait_for()
    for name in WHOLE:
        cells = page.locator(f".o_data_row td[name={name}]")
        assert cells.evaluate_all(CUT) == 0, name
    last = page.locator(".o_data_row td[name=user_id]").first.bounding_box()
    assert last["x"] + last["width"] <= 1280
    shot(page, "list-1280")
    for line in (0, 1):
        page.locator(".o_data_row .o_list_record_selector input").nth(line).check()
    page.get_by_role("button", name="指定经办人").click()
    dialog = page.locator(".modal-content")
    dialog.locator(".o_field_widget[name=user_id] input").fill("吴江")
    page.locator(".o-autocomplete--dropdown-item", has_text="吴江").first.click()
    dialog.locator("button[name=action_run]:visible").click()
    expect(dialog.locator(".o_field_widget[name=line_ids] .o_data_row")).to_have_count(2)
    expect(dialog.locator(".o_field_widget[name=summary]")).to_contain_text("件")
    shot(page, "bulk-outcome")


def test_p4_6_the_ledger_holds_what_the_list_shows(page, server, login):
    login(page, "clerk")
    page.goto(f"{server.url}/odoo/complaints?view_type=list")
    page.locator(".o_data_row").first.wait_for()
    count = page.locator(".o_data_row").count()
    page.locator(".o_cp_action_menus button, .o_control_panel .fa-cog").first.click()
    with page.expect_download() as waiting:
        page.locator(".o_complaint_ledger").click()
    book = io.BytesIO(waiting.value.path().read_bytes())
    sheet = openpyxl.load_workbook(book).active
    assert sheet.max_row == count + 1
    assert sheet["B1"].value == "投诉编号"
