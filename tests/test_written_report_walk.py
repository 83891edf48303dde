"""A window at fault in two months running, to the written report of its chief representative."""

import datetime as dt
from zoneinfo import ZoneInfo

from playwright.sync_api import expect
from test_lifecycle import odoo

CLERK, LEADER, REP = "clerk", "leader", "rep_bdc"
LETTER, REPORT = "complaint.letter", "complaint.written.report"
WINDOW = "A03"
PHONE = {"width": 390, "height": 844}
PHOTO = {"name": "整改后窗口.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n photo"}


# Early in a year the demonstration's cases lie in one month: one of them goes a month back.
MONTH_BACK = """
case = env.ref("kaiyang_complaint.demo_upheld_01")
env.cr.execute(
    "UPDATE helpdesk_ticket SET accepted_at = accepted_at - INTERVAL '1 month' WHERE id = %s",
    [case.id],
)
case.invalidate_recordset()
case.modified(["accepted_at"])
case.finding_ids._ask_reports()
env.cr.commit()
"""


def drafts(clerk):
    """Return the reports on a window of the demonstration whose letter is drawn up."""
    waiting = [("window_id.number", "=", WINDOW), ("state", "=", "draft")]
    return clerk.call(REPORT, "search_read", waiting, ["letter_id"], limit=1)


def asked(server):
    """Let the letter leave that asks for a report."""
    clerk = server.rpc(CLERK)
    if not drafts(clerk):
        odoo("shell", "-d", server.db, "--no-http", script=MONTH_BACK)
    [report] = drafts(clerk)
    letter = [report["letter_id"][0]]
    clerk.call(LETTER, "action_request", letter)
    server.rpc(LEADER).call(LETTER, "action_approve", letter)
    clerk.call(LETTER, "action_issue", letter)
    clerk.call(LETTER, "write", letter, {"sent_how": "handed_over"})
    clerk.call(LETTER, "action_send", letter)
    return report["id"], letter[0]


def fill_in(page, causes):
    """Fill in what a report needs."""
    today = dt.datetime.now(ZoneInfo("Asia/Shanghai")).date()
    page.fill("textarea[name=causes]", causes)
    page.fill("textarea[name=measures]", "一、每周集中学习业务。\n二、设立材料预审岗。")
    page.fill("input[name=measures_by]", str(today + dt.timedelta(days=20)))
    page.check("input[name=to_unit]")
    page.fill("input[name=unit_addressee]", "局办公室")
    page.fill("input[name=to_unit_on]", str(today - dt.timedelta(days=1)))


def write(page, server, report, shot):
    """Write in the portal, on a telephone: first a draft with a photo, then all of it."""
    page.set_viewport_size(PHONE)
    page.goto(f"{server.url}/my")
    page.locator("a[href*='/my/reports']").first.click()
    shot(page, "report-1-list")
    page.locator(f"a[href$='/my/reports/{report}']").click()
    page.fill("textarea[name=causes]", "窗口人员业务不熟。")
    page.set_input_files("input[name=attachments]", PHOTO)
    shot(page, "report-2-form")
    page.locator("button[name=act][value=save]").click()
    expect(page.locator("a[href*='/file/']")).to_contain_text("整改后窗口")
    page.locator("button[name=act][value=submit]").click()
    expect(page.locator("textarea[name=causes]")).to_be_visible()
    fill_in(page, "窗口人员业务不熟，未一次性告知。")
    page.check("input[name=sure]")
    page.locator("button[name=act][value=submit]").click()
    expect(page.locator("textarea[name=causes]")).to_have_count(0)
    shot(page, "report-3-submitted")


def send_back(page, server, shot):
    """Return the report from My Day, with the reason."""
    page.goto(f"{server.url}/odoo")
    page.locator(".o_complaint_tile[data-key=reports]").click()
    page.locator(".o_data_row [name=window_id]", has_text=WINDOW).first.click()
    expect(page.locator(".o_field_widget[name=causes]")).to_contain_text("未一次性告知")
    shot(page, "report-4-desk")
    page.locator("button[name=action_return]").click()
    page.fill(".modal .o_field_widget[name=reason] textarea", "请补充日常巡查方面的原因。")
    page.locator(".modal button[name=action_confirm]").click()
    expect(page.locator(".o_field_widget[name=return_reason]")).to_contain_text("日常巡查")


def rewrite(page, server, report, shot):
    """Write it anew: what was written is still there."""
    page.goto(f"{server.url}/my/reports/{report}")
    expect(page.locator("[name=return_reason]")).to_contain_text("日常巡查")
    expect(page.locator("textarea[name=measures]")).to_have_value(
        "一、每周集中学习业务。\n二、设立材料预审岗。"
    )
    shot(page, "report-5-returned")
    page.fill("textarea[name=causes]", "窗口人员业务不熟，日常巡查不够。")
    page.check("input[name=sure]")
    page.locator("button[name=act][value=submit]").click()
    expect(page.locator("textarea[name=causes]")).to_have_count(0)


def put_on_file(page, server, report, shot):
    """Put the report on file: the letter that asked is answered."""
    page.goto(f"{server.url}/odoo/complaint-written-reports/{report}")
    page.locator("button[name=action_accept]").click()
    page.locator(".modal-footer .btn-primary").click()
    expect(page.locator(".o_field_widget[name=received_at]")).to_be_visible()
    shot(page, "report-6-on-file")


def test_u7_3b_representative_reports_in_writing(new_page, server, login, shot):
    report, letter = asked(server)
    representative, clerk = new_page(), new_page()
    login(representative, REP)
    write(representative, server, report, shot)
    login(clerk, CLERK)
    send_back(clerk, server, shot)
    rewrite(representative, server, report, shot)
    put_on_file(clerk, server, report, shot)
    [answered] = server.rpc(CLERK).call(LETTER, "read", [letter], ["state", "answer_file_ids"])
    assert answered["state"] == "answered"
    assert len(answered["answer_file_ids"]) == 2
