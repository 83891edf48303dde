"""A complaint that was heard before is recognised; what many complain of is made public."""

import re

from desk import RpcError
from playwright.sync_api import expect
from test_path import fill, fill_many2one, write_reason

CLERK, MANAGER, LEADER, ARCHIVIST = "clerk", "manager", "leader", "archivist"
EARLIER_PHONE = "13800010034"
REASON = (
    "给女儿办房屋赠与登记，窗口说材料不行就推出来，问哪里不行，说没有这个规定，让我自己去问律师。"
)
MEASURES = "每件申请设办理时限提醒，超期前两日自动提醒经办人并告知申请人。"


def earlier(server):
    """Return the complaint that was made before, the one that is being handled."""
    domain = [("complainant_phone", "=", EARLIER_PHONE), ("complaint_state", "=", "handling")]
    (ticket,) = server.rpc(CLERK).call("helpdesk.ticket", "search_read", domain, ["number"])
    return ticket


def register(page, server):
    """Begin a complaint like the one made before: the banner grows while it is written."""
    page.goto(f"{server.url}/odoo/action-kaiyang_complaint.complaint_action_register_phone")
    banner = page.locator(".o_field_widget[name=repeats_summary]")
    expect(banner).to_have_count(0)
    fill(page, "partner_name", "罗世芬")
    fill(page, "complainant_phone", "138-0001-0034")
    fill_many2one(page, "window_id", "A02")
    expect(banner).to_be_visible()
    fill(page, "service_item", "房屋赠与登记")
    write_reason(page, REASON)
    expect(banner).to_contain_text(re.compile(r"\d"))


def test_f5_3_5_repeated_complaint_is_recognised_and_linked(page, server, login, shot):
    first = earlier(server)
    login(page, CLERK)
    register(page, server)
    page.locator(".o_field_widget[name=repeats_summary]").scroll_into_view_if_needed()
    shot(page, "repeats-0-banner")
    row = page.locator(f".o_complaint_similar[data-id='{first['id']}']")
    expect(row).to_contain_text("%")
    shot(page, "repeats-1-while-writing")
    row.locator("button[name=same_matter]").click()
    expect(row).to_have_class(re.compile("o_linked"))
    expect(page.locator(".o_field_widget[name=duplicate_id]")).to_contain_text(first["number"])
    shot(page, "repeats-2-linked")
    end_as_duplicate(page)
    shot(page, "repeats-3-ended")

    page.goto(f"{server.url}/odoo/complaints/{first['id']}")
    page.locator(".o_notebook_headers a[name=repeats]").click()
    expect(page.locator(".o_complaint_earlier tr.table-info")).not_to_have_count(0)
    shot(page, "repeats-4-both-sides")


def end_as_duplicate(page):
    page.locator("button[name=action_end_as_duplicate]").click()
    page.locator(".modal-footer .btn-primary").click()
    expect(page.locator(".o_field_widget[name=end_reason]")).to_be_visible()


def found_issue(server):
    """Return an issue that was found by itself, with a complaint of it."""
    domain = [("state", "=", "found"), ("source", "=", "conduct")]
    (issue, *_more) = server.rpc(MANAGER).call(
        "complaint.common.issue", "search_read", domain, ["ticket_ids"]
    )
    tickets = server.rpc(CLERK)
    (ticket,) = tickets.call("helpdesk.ticket", "read", issue["ticket_ids"][:1], ["partner_name"])
    return issue["id"], ticket["partner_name"]


def study(page, server, issue_id, shot):
    """The leader finds the issue on the day's page and makes somebody responsible."""
    page.locator(".o_complaint_tile[data-key=study]").click()
    expect(page.locator(".o_list_view .o_data_row").first).to_be_visible()
    shot(page, "issue-1-tile")
    page.goto(f"{server.url}/odoo/complaint-common-issues/{issue_id}")
    fill_many2one(page, "user_id", "周文敏")
    page.locator("button[name=action_study]").click()
    expect(page.locator("button[name=action_set_measures]")).to_be_visible()
    shot(page, "issue-2-studied")


def set_measures(page, server, issue_id):
    """The manager writes down what is improved and how."""
    page.goto(f"{server.url}/odoo/complaint-common-issues/{issue_id}")
    page.locator(".o_notebook_headers a[name=measures]").click()
    fill(page, "measures", MEASURES)
    fill(page, "method", "人社局窗口一周内启用，投诉室每月核对一次。")
    page.locator("button[name=action_set_measures]").click()
    page.locator(".o_notebook_headers a[name=publication]").click()


def submit(page, complainant, shot):
    """A text that names a complainant is refused, one that doesn't goes to the leader."""
    fill(page, "medium", "开阳政务服务公众号")
    fill(page, "published_text", f"感谢{complainant}反映问题。")
    page.locator(".o_field_widget[name=medium] input").click()
    expect(page.locator(".o_field_widget[name=exposed]")).to_contain_text(complainant)
    page.locator("button[name=action_submit]").click()
    dialog = page.locator(".modal-dialog")
    expect(dialog).to_contain_text(complainant)
    shot(page, "issue-3-refused")
    dialog.locator(".modal-footer .btn-primary").click()
    fill(page, "published_text", f"针对群众反映较多的办理超时问题：{MEASURES}")
    page.locator("button[name=action_submit]").click()
    expect(page.locator("button[name=action_take_back]")).to_be_visible()


def consent(page, shot):
    """The leader reads what is to be published, and consents."""
    page.reload()
    page.locator("button[name=action_approve]").click()
    expect(page.locator("button[name=action_approve]")).to_be_hidden()
    shot(page, "issue-4-consented")


def publish(page, shot):
    """The manager records when it was published; text and date stand from then on."""
    page.reload()
    page.locator(".o_notebook_headers a[name=publication]").click()
    expect(page.locator(".o_field_widget[name=published_text] textarea")).to_have_count(0)
    fill(page, "published_on", "2026/11/20")
    page.keyboard.press("Escape")
    page.locator("button[name=action_publish]").click()
    expect(page.locator("button[name=action_take_up]")).to_be_visible()
    shot(page, "issue-5-published")


def test_f5_3_5_common_issue_from_the_tile_to_publication(new_page, server, login, shot):
    issue_id, complainant = found_issue(server)
    leader, manager = new_page(), new_page()
    login(leader, LEADER)
    study(leader, server, issue_id, shot)
    login(manager, MANAGER)
    set_measures(manager, server, issue_id)
    submit(manager, complainant, shot)
    consent(leader, shot)
    publish(manager, shot)
    issues = server.rpc(LEADER).call("complaint.common.issue", "read", [issue_id], ["state"])
    assert issues[0]["state"] == "published"


def test_f5_3_5_archivists_have_no_common_issues(server):
    try:
        found = server.rpc(ARCHIVIST).call("complaint.common.issue", "search_count", [])
    except RpcError as error:
        found = error.name
    assert found == "odoo.exceptions.AccessError"
