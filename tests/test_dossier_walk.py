"""A closed case, from its compilation to its number in the archive, by the archivist."""

import re

import pytest
from desk import RpcError
from playwright.sync_api import expect

ARCHIVIST = "archivist"
WAITING = [
    ("complaint_state", "=", "closed"),
    ("archive_gap_codes", "in", [False, ""]),
    ("slip_ids", "!=", False),
]
ADDED = "现场照片说明"
REASON = "与登记表重复，另存业务档案。"


@pytest.fixture
def rpc(server):
    """Return the API as the archivist."""
    return server.rpc(ARCHIVIST)


def rows(page):
    return page.locator(".o_field_widget[name=item_ids] .o_data_row")


def titles(page):
    return rows(page).locator("td[name=title]").all_inner_texts()


def compile_dossier(page, server, ticket_id):
    """Open the case, and its dossier by the button."""
    page.goto(f"{server.url}/odoo/complaints-ended/{ticket_id}")
    page.locator("button[name=action_open_dossier]:visible").first.click()
    expect(rows(page).first).to_be_visible()


def drag_last_to_the_top(page):
    """Sort the last paper before all others, and save."""
    last = titles(page)[-1]
    rows(page).last.locator(".o_row_handle").hover()
    page.mouse.down()
    target = rows(page).first.bounding_box()
    page.mouse.move(target["x"] + 8, target["y"] + 2, steps=8)
    page.mouse.up()
    expect(rows(page).first.locator("td[name=title]")).to_have_text(last)
    page.locator(".o_form_button_save").click()
    expect(rows(page).first.locator("td[name=title]")).to_have_text(last)


def leave_out(page, title):
    """Leave a paper out, with the reason."""
    row = rows(page).filter(has_text=title).first
    row.locator("button[name=action_leave_out]").click()
    page.locator(".modal-dialog [name=reason] textarea").fill(REASON)
    page.locator(".modal-dialog button[name=action_confirm]").click()
    expect(page.locator(".modal-dialog")).to_have_count(0)
    expect(rows(page).filter(has_text=REASON)).to_have_count(1)


def add_file(page):
    """Add a file that the desk never had."""
    page.get_by_role("button", name=re.compile("Add a File|添加文件")).click()
    dialog = page.locator(".modal-dialog")
    note = {"name": "说明.txt", "mimeType": "text/plain", "buffer": "照片三张".encode()}
    dialog.locator("input[type=file]").set_input_files(note)
    dialog.locator("[name=title] input").fill(ADDED)
    dialog.locator("button[name=action_add]").click()
    expect(rows(page).filter(has_text=ADDED)).to_have_count(1)


def archive(page):
    """Archive for good: the button asks once more."""
    page.locator("button[name=action_file]").click()
    page.locator(".modal-dialog .modal-footer .btn-primary").click()


def say_why_alone(page):
    """Say why nobody but the compiler has checked the dossier."""
    dialog = page.locator(".modal-dialog:has([name=reason])")
    dialog.locator("[name=reason] textarea").fill("只有一名档案员")
    dialog.locator("button[name=action_confirm]").click()


def test_a8_from_the_closed_case_into_the_archive(page, login, server, rpc, shot):
    (ticket,) = rpc.call(
        "helpdesk.ticket", "search_read", WAITING, ["number"], limit=1, order="id desc"
    )
    login(page, ARCHIVIST)
    compile_dossier(page, server, ticket["id"])
    drag_last_to_the_top(page)
    leave_out(page, "转办单")
    add_file(page)
    shot(page, "dossier-1-compiled")
    archive(page)
    say_why_alone(page)
    expect(page.locator(".o_field_widget[name=number]")).to_have_text(re.compile(r"\d{4}$"))
    expect(page.locator("button[name=action_file]")).to_be_hidden()
    shot(page, "dossier-2-archived")
    (dossier,) = rpc.call(
        "complaint.dossier",
        "search_read",
        [("ticket_id", "=", ticket["id"])],
        ["number", "page_count", "state"],
    )
    assert dossier["state"] == "archived"
    assert dossier["page_count"] > 0
    with pytest.raises(RpcError):
        rpc.call("complaint.dossier", "write", [dossier["id"]], {"note": "改"})


def test_a8_what_is_missing_keeps_a_case_out(page, login, server, rpc, shot):
    (ticket,) = rpc.call(
        "helpdesk.ticket",
        "search_read",
        [("complaint_state", "=", "closed"), ("archive_gap_codes", "=", "measures")],
        ["number"],
        limit=1,
    )
    login(page, ARCHIVIST)
    page.goto(f"{server.url}/odoo/complaints-ended/{ticket['id']}")
    page.locator("button[name=action_open_dossier]:visible").first.click()
    expect(page.locator(".alert-warning .o_field_widget[name=gaps]")).not_to_be_empty()
    archive(page)
    expect(page.locator(".modal-dialog .modal-body")).to_contain_text(re.compile("measure|整改"))
    shot(page, "dossier-3-incomplete")
