"""What the desk refuses: out of scope, invalid; and what is counted (四.2, 四.3, 三)."""

import os
import re

import psycopg2
import pytest
from desk import SCREENSHOTS, open_rare_acts, press_rare
from playwright.sync_api import expect
from psycopg2 import sql
from test_path import fill, save, write_reason

CLERK, LEADER = "clerk", "leader"
NAME, PHONE, REASON = "郗望舒", "13985047716", "楼下烧烤店油烟整夜往上窜"
AUTHORITY, WORD = "县综合行政执法局", "油烟"
HINT = "请注明店名和楼栋"
TEXTS = ("text", "character varying", "json", "jsonb", "bytea")


def register(page, server):
    """Take down a call that turns out to be about something else."""
    page.goto(f"{server.url}/odoo/action-kaiyang_complaint.complaint_action_register_phone")
    fill(page, "partner_name", NAME)
    fill(page, "complainant_phone", PHONE)
    write_reason(page, REASON)
    save(page)
    expect(page.locator("button[name=action_refuse_out_of_scope]")).to_be_visible()


def say_to_a_colleague(server, ticket_id):
    """Leave a note and a file in the chatter, as one does."""
    rpc = server.rpc(CLERK)
    rpc.call("helpdesk.ticket", "message_post", [ticket_id], body=f"{NAME} 又来电催问")
    rpc.call(
        "ir.attachment",
        "create",
        {"name": f"{NAME}.txt", "raw": REASON, "res_model": "helpdesk.ticket", "res_id": ticket_id},
    )


def places_of(*words):
    """Return the columns of the database that hold one of some words."""
    with psycopg2.connect(dbname=os.environ["KC_DATABASE"]) as connection:
        cursor = connection.cursor()
        cursor.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns "
            "JOIN information_schema.tables USING (table_schema, table_name) "
            "WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND data_type IN %s",
            [TEXTS],
        )
        return [column[:2] for column in cursor.fetchall() if holds(cursor, *column, words)]


def holds(cursor, table, column, kind, words):
    """Tell whether a column holds one of some words, as they are or as JSON writes them."""
    forms = {form for word in words for form in (word, escaped(word))}
    text = "encode({}, 'escape')" if kind == "bytea" else "{}::text"
    query = sql.SQL(f"SELECT 1 FROM {{}} WHERE {text} LIKE ANY(%s) LIMIT 1").format(
        sql.Identifier(table), sql.Identifier(column)
    )
    likes = [f"%{form}%".replace("\\", "\\\\") for form in forms]
    cursor.execute(query, [likes])
    return bool(cursor.fetchall())


def escaped(word):
    """Return a word as JSON writes it in ASCII."""
    return word.encode("ascii", "backslashreplace").decode()


def print_note(page):
    """Print the note that is offered and return its text."""
    pypdf = pytest.importorskip("pypdf")
    with page.expect_download() as download:
        page.locator("button[name=action_print_note]").click()
    path = SCREENSHOTS / "refusal-4-note.pdf"
    download.value.save_as(path)
    text = "".join(sheet.extract_text() for sheet in pypdf.PdfReader(path).pages)
    return re.sub(r"\s", "", text)


def find(rpc):
    """Return the id of the draft."""
    return rpc.call("helpdesk.ticket", "search", [("partner_name", "=", NAME)], limit=1)[0]


def choose_authority(page):
    """Find the authority by what the caller speaks of, and read its number to them."""
    dialog = page.locator(".modal-dialog")
    dialog.locator("[name=authority_id] input").fill(WORD)
    page.locator(".o-autocomplete--dropdown-item", has_text=AUTHORITY).click()
    expect(dialog.locator("[name=phone]")).to_contain_text("0851-87251231")
    dialog.locator("[name=hint] input").fill(HINT)


def test_p4_2_refused_and_gone(page, server, login, shot):
    login(page, CLERK)
    rpc = server.rpc(CLERK)
    before = rpc.call("complaint.guidance.log", "search_count", [])
    register(page, server)
    ticket_id = find(rpc)
    say_to_a_colleague(server, ticket_id)
    page.goto(f"{server.url}/odoo/complaints/{ticket_id}")
    expect(page.locator(".o-mail-Chatter")).to_contain_text(NAME)
    shot(page, "refusal-1-draft")
    press_rare(page, "action_refuse_out_of_scope")
    choose_authority(page)
    shot(page, "refusal-2-dialog")
    assert places_of(NAME, PHONE, REASON)
    page.locator(".modal-dialog button[name=action_confirm]").click()
    expect(page.locator("button[name=action_print_note]")).to_be_visible()
    expect(page.locator(".o_form_view")).to_contain_text(AUTHORITY)
    shot(page, "refusal-3-done")
    assert_note(print_note(page))
    assert places_of(NAME, PHONE, REASON, HINT) == []
    assert rpc.call("complaint.guidance.log", "search_count", []) == before + 1
    assert rpc.call("helpdesk.ticket", "search_count", [("id", "=", ticket_id)]) == 0


def assert_note(text):
    """The note says where to go and names nobody."""
    for expected in ("不予受理告知书", AUTHORITY, "0851-87251231", HINT):
        assert expected in text
    for secret in (NAME, PHONE, REASON):
        assert secret not in text


def test_p4_2_leader_sees_how_many_were_guided_where(page, server, login, shot):
    login(page, LEADER)
    page.goto(f"{server.url}/odoo/complaint-guidance")
    expect(page.locator(".o_pivot_view .o_content")).to_contain_text("县住房和城乡建设局")
    shot(page, "refusal-5-pivot")
    page.locator(".o_switch_view.o_graph").click()
    expect(page.locator(".o_graph_canvas_container canvas")).to_be_visible()
    shot(page, "refusal-6-graph")


def test_p4_3_invalid_and_reconsidered(page, server, login, shot):
    login(page, CLERK)
    page.goto(f"{server.url}/odoo/action-kaiyang_complaint.complaint_action_register_phone")
    fill(page, "complainant_phone", "13985047717")
    write_reason(page, "只说“你们都不行”，不肯说是谁、什么事。")
    save(page)
    page.locator("button[name=action_mark_invalid]").click()
    dialog = page.locator(".modal-dialog")
    expect(dialog.locator("[name=ground] input").first).to_be_checked()
    shot(page, "invalid-1-dialog")
    dialog.locator("button[name=action_confirm]").click()
    expect(page.locator("button[name=action_reconsider]")).to_be_visible()
    expect(page.locator(".o_field_widget[name=invalid_ground]")).to_be_visible()
    shot(page, "invalid-2-marked")
    page.locator("button[name=action_reconsider]").click()
    dialog.locator("[name=reason] textarea").fill("来电人补充了窗口和事项")
    shot(page, "invalid-3-reconsidered-because")
    dialog.locator("button[name=action_confirm]").click()
    menu = open_rare_acts(page)
    expect(menu.locator("button[name=action_mark_invalid]")).to_be_visible()
    expect(page.locator(".o_field_widget[name=invalid_ground]")).to_be_hidden()


def test_c3_statistics_by_aspect_and_by_item(page, server, login, shot):
    login(page, LEADER)
    page.goto(f"{server.url}/odoo/complaints-by-aspect")
    expect(page.locator(".o_graph_canvas_container canvas")).to_be_visible()
    shot(page, "aspects-1-graph")
    page.locator(".o_switch_view.o_pivot").click()
    for aspect in ("服务态度", "办事效率", "工作作风"):
        expect(page.locator(".o_pivot_view .o_content")).to_contain_text(aspect)
    shot(page, "aspects-2-pivot")
    page.goto(f"{server.url}/odoo/complaints-by-conduct")
    expect(page.locator(".o_pivot_view .o_content")).to_contain_text("态度粗暴、与群众争吵")
    shot(page, "aspects-3-items")


def test_p4_2_directory_is_found_by_typing(page, server, login, shot):
    login(page, CLERK)
    page.goto(f"{server.url}/odoo/complaint-authorities")
    expect(page.locator(".o_list_view")).to_contain_text(AUTHORITY)
    expect(page.locator(".o_list_button_add")).to_have_count(0)
    page.locator(".o_searchview_input").fill("物业")
    page.locator(".o_searchview_autocomplete .o-dropdown-item").first.click()
    expect(page.locator(".o_data_row")).to_have_count(1)
    shot(page, "authorities")
