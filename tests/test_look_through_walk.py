"""No slip leaves before a person has seen the text that leaves: the page, by mouse and by keys."""

import re

import pytest
from playwright.sync_api import expect

CLERK, REPRESENTATIVE = "clerk", "rep_bdc"
NAME, PHONE = "赵大勇", "13985412345"
REASON = (
    f"我叫{NAME}，电话{PHONE}，家住龙岗镇坝子村三组12号。今天上午在A02窗口办抵押权注销，"
    "排了四十分钟，轮到后说系统坏了。村口小卖部的老板可以作证。"
)
BY_HAND = "村口小卖部的老板"
OPINION = "请核查叫号记录。"
HANDLING = ".o_field_widget[name=complaint_state] [data-value=handling]"
# Text, fill and size of what carries text of its own on the page.
CONTRAST = """() => {
    const luminance = (color) => {
        const [r, g, b] = color.match(/[\\d.]+/g).map(Number).slice(0, 3).map((value) => {
            const part = value / 255;
            return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const fill = (element) => {
        for (; element; element = element.parentElement) {
            const color = getComputedStyle(element).backgroundColor;
            if (!/, 0\\)$|transparent/.test(color)) {
                return color;
            }
        }
        return "rgb(255, 255, 255)";
    };
    const low = [];
    for (const element of document.querySelectorAll(".o_complaint_look *")) {
        const own = [...element.childNodes].some(
            (node) => node.nodeType === Node.TEXT_NODE && node.data.trim()
        );
        if (own && element.offsetParent) {
            const pair = [getComputedStyle(element).color, fill(element)].map(luminance);
            const ratio = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
            if (ratio < 4.5) {
                low.push([element.textContent, ratio]);
            }
        }
    }
    return low;
}"""


def register(server, **vals):
    """Take down a complaint; return it as a draft."""
    clerk = server.rpc(CLERK)

    def find(model, *domain):
        (found,) = clerk.call(model, "search", list(domain), limit=1)
        return found

    values = {
        "team_id": find("helpdesk.ticket.team", ("is_complaint_room", "=", True)),
        "channel_id": find("helpdesk.ticket.channel", ("complaint_code", "=", "phone")),
        "partner_name": NAME,
        "complainant_phone": PHONE,
        "no_recording_reason": "来电人不同意录音",
        "no_conduct_reason": "投诉人说不清",
        "window_id": find("complaint.window", ("unit_id.code", "=", "BDC")),
        "service_datetime": "2026-11-18 02:30:00",
        "service_item": "抵押权注销登记",
        "description": f"<p>{REASON}</p>",
        "respondent_ids": [(0, 0, {"stated_name": "抵押窗口当班人员"})],
        **vals,
    }
    (ticket,) = clerk.call("helpdesk.ticket", "create", [values])
    return ticket


def open_page(page, server, ticket):
    """Open the draft, and from there the page that shows what leaves."""
    page.goto(f"{server.url}/odoo/complaints/{ticket}")
    page.locator("button[name=action_look_through]:visible").click()
    expect(page.locator(".o_complaint_look_text")).to_be_visible()


def leaving(page):
    """Return the text that leaves, as it is on the screen."""
    return page.locator(".o_complaint_look_text").inner_text()


def select(page, words):
    """Select some words of the text that leaves."""
    page.locator(".o_complaint_look_text").evaluate(
        """(text, words) => {
            const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(words);
                if (at >= 0) {
                    text.focus();
                    const { currentNode: node } = walker;
                    getSelection().setBaseAndExtent(node, at, node, at + words.length);
                    return;
                }
            }
            throw new Error(`no ${words}`);
        }""",
        words,
    )


def type_at_the_end(page, words):
    """Type behind everything else."""
    page.locator(".o_complaint_look_text").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def read_slip(page, server, number):
    """Return what the representative reads as the text of the slip."""
    page.goto(f"{server.url}/my/complaints?search={number}")
    page.locator(".o_complaint_slips a").first.click()
    expect(page.locator("body")).to_contain_text(OPINION)
    return page.locator("body").inner_text()


def number_of(server, ticket):
    (values,) = server.rpc(CLERK).call("helpdesk.ticket", "read", [ticket], ["number"])
    return values["number"]


def assert_masked(page):
    """Nothing of what identifies the complainant is shown, and nothing is warned of."""
    text = leaving(page)
    assert NAME not in text
    assert PHONE not in text
    expect(page.locator(".o_complaint_look_exposed")).to_be_hidden()


def switch_the_name(page, shot):
    """Show the name by keys, mask it again, and show it by a click: the warning follows."""
    warning = page.locator(".o_complaint_look_exposed")
    name = page.locator(".o_complaint_look_mark").first
    name.focus()
    page.keyboard.press("Enter")
    expect(name).to_have_text(NAME)
    expect(warning).to_contain_text(NAME)
    shot(page, "look-through-1-shown")
    assert not page.evaluate(CONTRAST)
    page.keyboard.press("Space")
    expect(name).not_to_have_text(NAME)
    expect(warning).to_be_hidden()
    name.click()
    expect(warning).to_contain_text(NAME)


def test_h5_2_1_representative_reads_exactly_what_the_clerk_saw(new_page, server, login, shot):
    clerk, representative = new_page(), new_page()
    ticket = register(server)
    login(clerk, CLERK)
    open_page(clerk, server, ticket)
    expect(clerk.locator(".o_field_widget[name=opinion] textarea")).to_be_focused()
    expect(clerk.locator(".o_field_widget[name=original]")).to_contain_text(PHONE)
    assert_masked(clerk)
    switch_the_name(clerk, shot)
    select(clerk, BY_HAND)
    clerk.keyboard.press("Alt+i")
    expect(clerk.locator(".o_complaint_look_text")).not_to_contain_text(BY_HAND)
    type_at_the_end(clerk, "请尽快答复。")
    clerk.locator(".o_field_widget[name=opinion] textarea").fill(OPINION)
    shot(clerk, "look-through-2-changed")
    text = leaving(clerk)
    assert text.endswith("可以作证。请尽快答复。")
    clerk.locator("button[name=action_send]:visible").click()
    expect(clerk.locator(HANDLING)).to_have_class(re.compile("o_arrow_button_current"))

    login(representative, REPRESENTATIVE)
    page = read_slip(representative, server, number_of(server, ticket))
    shot(representative, "look-through-3-slip")
    assert text in page
    assert NAME in page
    assert PHONE not in page
    assert BY_HAND not in page


def test_h5_2_1_refused_it_stays_on_the_page(page, server, login, shot):
    """Nothing typed is lost where the complaint can't be accepted."""
    ticket = register(server)
    login(page, CLERK)
    open_page(page, server, ticket)
    type_at_the_end(page, "另有一事。")
    server.rpc(CLERK).call("helpdesk.ticket", "write", [ticket], {"service_item": False})
    page.locator("button[name=action_send]:visible").click()
    expect(page.locator(".modal-dialog .modal-body")).to_be_visible()
    shot(page, "look-through-4-refused")
    page.locator(".modal-dialog footer button").first.click()
    assert leaving(page).endswith("另有一事。")
    assert number_of(server, ticket) == "/"


def test_h5_2_1_what_was_only_accepted_waits_in_its_tile(page, server, login, shot):
    ticket = register(server, service_item="抵押权变更登记")
    login(page, CLERK)
    open_page(page, server, ticket)
    type_at_the_end(page, "另有一事。")
    page.locator("button[name=action_accept_only]:visible").click()
    expect(page.locator("button[name=action_look_through]:visible")).to_be_visible()
    number = number_of(server, ticket)

    page.goto(f"{server.url}/odoo/action-kaiyang_complaint.complaint_action_day")
    page.locator(".o_complaint_tile[data-key=review]").click()
    row = page.locator(".o_data_row", has_text=number)
    shot(page, "look-through-5-list")
    row.locator("button[name=action_look_through]").click()
    expect(page.locator(".o_complaint_look_text")).to_contain_text("另有一事。")
    page.locator("button[name=action_send]:visible").click()
    expect(page.locator(".o_list_view")).to_be_visible()
    expect(page.locator(".o_data_row", has_text=number)).to_have_count(0)


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_h5_2_1_page_fits(page, server, login, shot, size):
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    ticket = register(server)
    login(page, CLERK)
    open_page(page, server, ticket)
    shot(page, f"look-through-6-{width}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    content = page.locator(".o_content")
    assert content.evaluate("element => element.scrollWidth - element.clientWidth") <= 0
    expect(page.locator("button[name=action_send]:visible")).to_be_in_viewport()
    assert not page.evaluate(CONTRAST)
