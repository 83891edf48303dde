"""Three upheld complaints against one person, to the letter that returns them to their unit."""

import re

import pytest
from desk import SCREENSHOTS, press_rare
from playwright.sync_api import expect
from test_path import fill, fill_many2one

CLERK, DIRECTOR = "clerk", "director"
STAFF = "吴玉芳"
COMPLAINANTS = ("何昌凤", "夏启明", "吴秀琼")


def case_of(server):
    """Return the last of the three cases of the demonstration."""
    found = server.rpc(CLERK).call(
        "helpdesk.ticket", "search", [("partner_name", "=", COMPLAINANTS[-1])], limit=1
    )
    return found[0]


def choose_kind(page, kind):
    """Choose the kind of letter among those that fit the case."""
    page.locator(".o_field_widget[name=kind] input").first.click()
    page.locator(".o_select_menu_item", has_text=kind).click()


def write_letter(page, server, shot):
    """Write the letter from the case; its text comes from the facts."""
    page.goto(f"{server.url}/odoo/complaints/{case_of(server)}")
    press_rare(page, "action_write_letter")
    expect(page.locator(".o_field_widget[name=subject]")).to_be_visible()
    choose_kind(page, re.compile("退回|Letter of Return"))
    fill_many2one(page, "staff_id", STAFF)
    body = page.locator(".o_field_widget[name=body] textarea")
    expect(body).to_have_value(re.compile("投诉3次"))
    shot(page, "letter-1-written")
    return body


def print_letter(page, name):
    """Print by the button of the form and return the bytes of the paper."""
    SCREENSHOTS.mkdir(exist_ok=True)
    with page.expect_download() as download:
        page.locator(".o_statusbar_buttons button[data-hotkey=p]").click()
    path = SCREENSHOTS / f"{name}.pdf"
    download.value.save_as(path)
    return path.read_bytes()


def text_of(content):
    """Return the text of a paper without white space."""
    pypdf = pytest.importorskip("pypdf")
    path = SCREENSHOTS / "letter-text.pdf"
    path.write_bytes(content)
    text = "".join(sheet.extract_text() for sheet in pypdf.PdfReader(path).pages)
    path.unlink()
    return re.sub(r"\s", "", text)


def consent(page, server, shot):
    """Consent as the main leader, in the list of letters."""
    page.goto(f"{server.url}/odoo/complaint-letters")
    row = page.locator(
        ".o_data_row", has_text=f"退回窗口工作人员{STAFF}", has=page.locator(".fa-check")
    )
    shot(page, "letter-3-director")
    row.locator("button[name=action_approve]").click()
    expect(row.locator("button[name=action_approve]")).to_have_count(0)


def ask(page, body, shot):
    """Ask for consent: a text that names a complainant is refused, and tells whom it names."""
    words = body.input_value()
    fill(page, "body", f"{COMPLAINANTS[0]}等人反映：\n{words}")
    page.locator("button[name=action_request]").click()
    expect(page.locator(".modal-dialog, .o_notification")).to_contain_text(COMPLAINANTS[0])
    page.locator(".modal-dialog .btn-primary").click()
    fill(page, "body", words)
    page.locator(".o_form_button_save").click()
    assert "草稿" in text_of(print_letter(page, "letter-draft"))
    page.locator("button[name=action_request]").click()
    expect(page.locator("button[name=action_withdraw]")).to_be_visible()
    shot(page, "letter-2-requested")


def issue(page, shot):
    """Issue the letter: it has its number now."""
    page.reload()
    page.locator("button[name=action_issue]").click()
    page.locator(".modal-dialog .modal-footer .btn-primary").click()
    expect(page.locator(".o_field_widget[name=name]")).to_contain_text("开政服函〔")
    shot(page, "letter-4-issued")


def test_u7_3c_letter_of_return(new_page, server, login, shot):
    clerk, director = new_page(), new_page()
    login(clerk, CLERK)
    ask(clerk, write_letter(clerk, server, shot), shot)
    login(director, DIRECTOR)
    consent(director, server, shot)
    issue(clerk, shot)
    first = print_letter(clerk, "letter-return")
    text = text_of(first)
    assert f"关于退回窗口工作人员{STAFF}的函" in text
    assert "草稿" not in text
    assert not [name for name in COMPLAINANTS if name in text]
    assert print_letter(clerk, "letter-return") == first


def test_e_register_and_list(new_page, server, login, shot):
    page = new_page()
    login(page, CLERK)
    page.goto(f"{server.url}/odoo/complaint-letters")
    expect(page.locator(".o_data_row").first).to_be_visible()
    shot(page, "letters-list")
    page.locator(".o_control_panel button", has_text=re.compile("登记簿|Register")).first.click()
    SCREENSHOTS.mkdir(exist_ok=True)
    with page.expect_download() as download:
        page.locator(".modal-dialog button[name=action_print]").click()
    path = SCREENSHOTS / "letter-register.pdf"
    download.value.save_as(path)
    assert "发文登记簿" in text_of(path.read_bytes())
