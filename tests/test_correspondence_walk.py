"""Letters and the website's complaints: registered, asked about, contacted, accepted, printed."""

import base64
import re
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from desk import SCREENSHOTS, RpcError
from playwright.sync_api import expect
from test_path import accept, fill, fill_many2one, save, write_reason

CALL = "/json/2/helpdesk.ticket/register_complaint"
ORIGINAL = "取号后等了两个小时，窗口一直没有人。"
ADMINISTRATOR = "admin"


def choose_people(page, name, *people):
    """Add people to a many2many of users."""
    for person in people:
        page.locator(f".o_field_widget[name={name}] input").first.fill(person)
        page.locator(".o-autocomplete--dropdown-item", has_text=person).first.click()


def print_sheet(page, name):
    """Print form C from the print menu and return its text."""
    pypdf = pytest.importorskip("pypdf")
    page.locator(".o_control_panel .fa-cog").first.click()
    page.locator(".o-dropdown--menu .dropdown-toggle", has=page.locator(".fa-print")).hover()
    with page.expect_download() as download:
        page.locator(".o-dropdown--menu").get_by_text(re.compile("处理单|Handling Sheet")).click()
    path = SCREENSHOTS / f"{name}.pdf"
    download.value.save_as(path)
    text = "".join(sheet.extract_text() for sheet in pypdf.PdfReader(path).pages)
    return re.sub(r"\s", "", text)


def fill_letter(page):
    """Take down an anonymous letter: how it came in, and what it says."""
    fill(page, "page_count", "2")
    page.locator(".o_field_widget[name=complainant_identity] .o_radio_item input").nth(1).check()
    fill_many2one(page, "window_id", "A0")
    fill(page, "service_datetime", "2026/11/20 10:30:00")
    page.keyboard.press("Escape")
    fill(page, "service_item", "社保补贴申领")
    fill(page, "no_conduct_reason", "来信未说明")
    write_reason(page, "来信反映中午无人值班。")


def choose_source(page):
    """Say that the letter was in the hall's box."""
    field = page.locator(".o_field_widget[name=letter_source]")
    select = field.locator("select")
    if select.count():
        select.select_option(index=1)
        return
    field.locator("input").click()
    page.locator(".o_select_menu_item").first.click()


def test_c1_4_letter_is_opened_by_two_and_accepted(page, server, login, shot):
    login(page, "clerk")
    page.goto(f"{server.url}/odoo/action-kaiyang_complaint.complaint_action_register_letter")
    choose_source(page)
    shot(page, "letter-1-intake")
    fill_letter(page)
    save(page)
    page.locator("button[name=action_look_through]").click()
    expect(page.locator(".modal-dialog .modal-body")).to_be_visible()
    shot(page, "letter-2-opened-by-one")
    page.locator(".modal-dialog footer button").first.click()
    choose_people(page, "opened_by_ids", colleague(server))
    number = accept(page)
    shot(page, "letter-3-accepted")
    text = print_sheet(page, "letter-4-form-c")
    for expected in (number, "☑大厅意见箱", "☑匿名", "来信反映中午无人值班", colleague(server)):
        assert expected in text


def colleague(server):
    """Return the name of the other clerk."""
    (user,) = server.rpc("clerk").call(
        "res.users", "search_read", [("login", "=", "clerk2")], ["name"]
    )
    return user["name"]


@pytest.fixture
def key(new_page, server, login, shot):
    """Make the website's key as the administrator does: by a few clicks."""
    page = new_page()
    login(page, ADMINISTRATOR)
    page.goto(f"{server.url}/odoo/action-kaiyang_complaint.complaint_gateway_key_action")
    expect(page.locator("button[name=action_make]")).to_be_visible()
    shot(page, "website-1-key")
    page.locator("button[name=action_make]").click()
    password = page.locator(".modal input[type=password]")
    shown = page.locator("[name=key]")
    expect(password.or_(shown).first).to_be_visible()
    if password.count():
        password.fill(ADMINISTRATOR)
        page.locator(".modal").last.locator("footer button.btn-primary").click()
    expect(shown).to_be_visible()
    return shown.inner_text().strip()


def push(server, key, ref, **values):
    """Register a complaint as the website does."""
    return requests.post(
        f"{server.url}{CALL}",
        json={"external_ref": ref, "description": ORIGINAL, **values},
        headers={"Authorization": f"bearer {key}"},
        timeout=60,
    )


def test_c1_3_website_registers_and_the_clerk_asks_contacts_and_accepts(
    page, server, login, shot, key
):
    ref = f"GZ-{uuid.uuid4().hex[:8]}"
    with ThreadPoolExecutor(2) as pool:
        answers = [*pool.map(lambda _: push_whole(server, key, ref), range(2))]
    assert sorted(answer["created"] for answer in answers) == [False, True]
    assert_key_opens_nothing_else(server, key)

    login(page, "clerk")
    open_by_ref(page, server, ref)
    shot(page, "website-2-arrived")
    ask_for_what_is_missing(page, shot)
    fill_many2one(page, "window_id", "A0")
    fill(page, "service_datetime", "2026/11/20 10:30:00")
    page.keyboard.press("Escape")
    fill(page, "no_conduct_reason", "网上投诉未说明")
    save(page)
    expect(page.locator("button[name=action_ask_missing]").first).to_be_hidden()
    note_contact(page, shot)
    number = accept(page)
    shot(page, "website-6-accepted")
    text = print_sheet(page, "website-7-form-c")
    for expected in (number, ref, ORIGINAL, "电话，已联系上", "说明了叫号情况"):
        assert expected in text


def push_whole(server, key, ref):
    file = {"name": "叫号单.txt", "content": base64.b64encode(b"A012").decode()}
    answer = push(
        server,
        key,
        ref,
        partner_name="潘晓燕",
        complainant_phone="13985009876",
        service_item="社保补贴申领",
        staff=["姓罗的工作人员"],
        attachments=[file],
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def assert_key_opens_nothing_else(server, key):
    """The key is no way in, by whatever door."""
    headers = {"Authorization": f"bearer {key}"}
    url = f"{server.url}/json/2/helpdesk.ticket/search_read"
    assert requests.post(url, json={}, headers=headers, timeout=60).status_code == 403
    assert push(server, "0" * 40, "x").status_code == 401
    assert push(server, key, "x", window="ZZ99").status_code == 422
    with pytest.raises((PermissionError, RpcError)):
        server.rpc("complaint-interface-1", key)


def open_by_ref(page, server, ref):
    (ticket,) = server.rpc("clerk").call(
        "helpdesk.ticket", "search_read", [("external_ref", "=", ref)], ["id"]
    )
    page.goto(f"{server.url}/odoo/complaints/{ticket['id']}")
    page.wait_for_selector(".o_field_widget[name=external_ref] input")
    expect(page.locator(".o_field_widget[name=external_ref] input")).to_have_value(ref)


def ask_for_what_is_missing(page, shot):
    """Ask by the button in the alert; what was asked for is shown there afterwards."""
    page.locator("button[name=action_ask_missing]").first.click()
    dialog = page.locator(".modal-dialog")
    expect(dialog.locator("[name=words]")).to_contain_text("窗口号")
    dialog.locator("[name=is_reached] input").uncheck()
    dialog.locator("[name=note] textarea").fill("无人接听，已发短信。")
    shot(page, "website-3-ask")
    dialog.locator("footer button.btn-primary").click()
    expect(page.locator(".alert [name=question]")).to_be_visible()
    shot(page, "website-4-asked")


def note_contact(page, shot):
    page.locator("button[name=action_contact]").click()
    dialog = page.locator(".modal-dialog")
    dialog.locator("[name=note] textarea").fill("投诉人回电，说明了叫号情况。")
    dialog.locator("footer button.btn-primary").click()
    expect(dialog).to_be_hidden()
    page.locator(".o_notebook_headers a[name=contacts]").click()
    shot(page, "website-5-contacts")
