"""An archivist's day: what is missing, into the archive, into a box, out on loan, into the list."""

import io

import openpyxl
from playwright.sync_api import expect
from test_dossier_walk import say_why_alone


def press(page, name):
    """Press a button of the form or dialog, and confirm where it asks."""
    page.locator(f"button[name={name}]:visible").first.click()


def fill(page, name, text):
    """Fill a field of the form in."""
    page.locator(f".o_field_widget[name={name}] :is(input, textarea)").first.fill(text)


def test_a8_archivist_walks_a_case_into_the_archive_and_lends_it(page, login, shot):
    login(page, "archivist")
    page.locator(".o_complaint_tile[data-key=closed]").wait_for()
    shot(page, "archive-desk")
    page.locator(".o_complaint_tile[data-key=incomplete]").click()
    lacking = page.locator(".o_data_row [name=archive_gaps]").first
    expect(lacking).not_to_be_empty()
    shot(page, "archive-incomplete")
    page.go_back()
    archive_one(page, shot)
    box_and_label(page, shot)
    lend_and_take_back(page, shot)
    catalogue(page, shot)


def archive_one(page, shot):
    """Take the first complete case into the archive."""
    page.locator(".o_complaint_tile[data-key=complete]").click()
    page.locator(".o_data_row [name=number]").first.click()
    press(page, "action_open_dossier")
    page.locator(".o_field_widget[name=item_ids] .o_data_row").first.wait_for()
    shot(page, "archive-dossier")
    press(page, "action_file")
    page.locator(".modal-footer .btn-primary").click()
    say_why_alone(page)
    expect(page.locator(".o_field_widget[name=number]")).not_to_be_empty(timeout=60000)
    shot(page, "archive-archived")


def box_and_label(page, shot):
    """Put it into a box, and print what is glued onto that."""
    press(page, "action_put_into_box")
    page.locator(".modal .o_field_widget[name=box_id], .modal [name=is_new]").first.wait_for()
    shot(page, "archive-boxing")
    press(page, "action_put")
    box = page.locator(".o_field_widget[name=box_id]")
    expect(box).not_to_be_empty()
    dossier = page.url
    box.locator("a").first.click()
    page.locator(".o_field_widget[name=dossier_ids] .o_data_row").first.wait_for()
    shot(page, "archive-box")
    with page.expect_download() as download:
        page.locator(".o_statusbar_buttons button[data-hotkey=p]").click()
    assert download.value.suggested_filename.endswith(".pdf")
    page.goto(dossier)


def lend_and_take_back(page, shot):
    """Lend the original and take it back with a word on its condition."""
    press(page, "action_lend")
    page.locator(".o_field_widget[name=kind] input[data-value=original]").check()
    fill(page, "borrower", "陈莉")
    fill(page, "borrower_unit", "县审计局")
    fill(page, "purpose", "专项审计")
    page.locator(".o_form_button_save:visible").click()
    press(page, "action_return")
    fill(page, "reason", "完好，页数无误")
    shot(page, "archive-return")
    press(page, "action_confirm")
    expect(page.locator(".o_field_widget[name=condition]")).to_contain_text("完好")
    shot(page, "archive-loan")


def catalogue(page, shot):
    """Download the catalogue of the year."""
    page.goto(page.url.split("/odoo")[0] + "/odoo/complaint-dossiers")
    page.locator(".o_data_row").first.wait_for()
    shot(page, "archive-dossiers")
    buttons = ".o_control_panel button[name]:visible, .o_list_buttons button[name]:visible"
    page.locator(buttons).last.click()
    page.locator(".modal button[name=action_download]").wait_for()
    with page.expect_download() as download:
        press(page, "action_download")
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    assert book.sheetnames == ["案卷目录", "卷内目录"]
    assert book["案卷目录"].max_row > 1
