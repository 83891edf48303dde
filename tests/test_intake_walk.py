"""A call is taken down by keyboard alone, in the order in which people speak; keys are counted."""

import re
import sys

from desk import Rpc
from playwright.sync_api import expect

CLERK = "clerk"
KEY_MS = 40
# What a call may take beside the texts themselves, and how often one goes on.
MOST_KEYS, MOST_STOPS = 45, 12
REASON = "今天上午在A02窗口办转移登记，排了四十分钟，轮到后说系统坏了让明天再来，声音很大。"
NAME, PHONE, MATTER, TIME = "赵大勇", "13985041299", "转移登记", "昨天上午十点半"
SIZES = {"width": 1280, "height": 720}
# Everything that one screen holds.
IN_SIGHT = (
    ".o_complaint_strip",
    ".o_complaint_elements",
    "[name=description] textarea",
    "[name=window_id] input",
    "[name=respondent_ids] input",
    "[name=service_datetime] input",
    "[name=service_item] input",
    "[name=conduct_ids] input",
    "[name=complainant_phone] input",
    "[name=partner_name] input",
    ".o_complaint_card",
    ".o_complaint_foot .btn-primary",
)


class Keyboard:
    """Types as a person does, and counts what is no text of the complaint."""

    def __init__(self, page):
        self.page, self.keys, self.stops = page, 0, 0

    def text(self, words):
        """Type words of the complainant: they are the text itself."""
        self.page.keyboard.type(words, delay=KEY_MS)

    def short(self, keys):
        """Type what stands for something else."""
        self.page.keyboard.type(keys, delay=KEY_MS)
        self.keys += len(keys)

    def go_on(self):
        """Go to the next field."""
        self.page.keyboard.press("Tab", delay=KEY_MS)
        self.keys += 1
        self.stops += 1

    def press(self, key):
        """Press a hotkey."""
        self.page.keyboard.press(key, delay=KEY_MS)
        self.keys += 1


def standing_in(page):
    """Return the name of the field that has the focus."""
    return page.evaluate(
        "document.activeElement.closest('.o_field_widget')?.getAttribute('name') || ''"
    )


def open_intake(page, server):
    """Open the form of a new call; the reason has the focus."""
    page.set_viewport_size(SIZES)
    page.goto(f"{server.url}/odoo/action-kaiyang_complaint.complaint_action_register_phone")
    expect(page.locator("[name=description] textarea")).to_be_focused()


def take_down(page):
    """Take down a call; return what was pressed."""
    keyboard = Keyboard(page)
    keyboard.press("Alt+a")
    expect(page.locator(".o_complaint_strip.o_done")).to_be_visible()
    expect(page.locator("[name=description] textarea")).to_be_focused()
    keyboard.text(REASON)
    for name, type_, words in (
        ("window_id", keyboard.short, "a2"),
        ("respondent_ids", keyboard.short, "1"),
        ("service_datetime", keyboard.text, TIME),
        ("service_item", keyboard.text, MATTER),
        ("conduct_ids", keyboard.short, "8 9"),
        ("complainant_phone", keyboard.text, PHONE),
        ("partner_name", keyboard.text, NAME),
    ):
        keyboard.go_on()
        assert standing_in(page) == name
        type_(words)
    keyboard.go_on()
    return keyboard


def draft_of(server):
    """Return the draft of the call, as the clerk reads it."""
    fields = ["service_item", "window_id", "conduct_ids", "complaint_state", "missing_elements"]
    domain = [("complainant_phone", "=", PHONE)]
    options = {"order": "id desc", "limit": 1}
    (draft,) = Rpc(server, CLERK).call("helpdesk.ticket", "search_read", domain, fields, **options)
    return draft


def test_c1_1_call_is_taken_down_by_keyboard_alone(page, server, login, shot):
    login(page, CLERK)
    open_intake(page, server)
    for place in IN_SIGHT:
        expect(page.locator(place).first).to_be_in_viewport(ratio=1)
    shot(page, "intake-1-start")
    keyboard = take_down(page)
    figures = f"keys beside the texts: {keyboard.keys}, stops: {keyboard.stops}"
    sys.stdout.write(f"{figures}\n")
    assert keyboard.keys <= MOST_KEYS
    assert keyboard.stops <= MOST_STOPS
    expect(page.locator(".o_complaint_element.o_missing")).to_have_count(0)
    expect(page.locator("[name=respondent_ids] .o_chosen")).to_have_count(1)
    expect(page.locator("[name=conduct_ids] .o_chosen")).to_have_text(
        [re.compile("8"), re.compile("9")]
    )
    for place in IN_SIGHT:
        expect(page.locator(place).first).to_be_in_viewport(ratio=1)
    shot(page, "intake-2-taken-down")
    keeps_itself(page, server)
    page.keyboard.press("Alt+q")
    expect(page.locator(".o_complaint_look_text")).to_be_visible()
    page.locator("button[name=action_send]:visible").click()
    number = page.locator(".o_field_widget[name=number]")
    expect(number).to_have_text(re.compile(r"\d{4}-\d{4}"))
    shot(page, "intake-3-accepted")


def keeps_itself(page, server):
    """The draft was saved by itself: a reload brings all of it back."""
    expect(page.locator(".o_complaint_kept .o_complaint_read")).to_be_visible()
    expect(page.locator(".o_form_status_indicator_buttons.invisible")).to_have_count(1)
    draft = draft_of(server)
    assert draft["service_item"] == MATTER
    assert not draft["missing_elements"]
    page.reload()
    expect(page.locator("[name=service_item] input")).to_have_value(MATTER)
    expect(page.locator("[name=description] textarea")).to_have_value(REASON)
    expect(page.locator("[name=respondent_ids] .o_chosen")).to_have_count(1)
    expect(page.locator("[name=complainant_phone] input")).to_have_value(PHONE)


def test_c2_time_is_read_as_it_is_spoken(page, server, login):
    login(page, CLERK)
    open_intake(page, server)
    box = page.locator("[name=service_datetime] input")
    for typed, read in (
        ("11-27 10:30", "10:30"),
        ("昨天下午", "15:00"),
        ("1020", "10:20"),
        ("周五下午三点一刻", "15:15"),
        ("昨晚八点", "20:00"),
    ):
        box.fill(typed)
        box.blur()
        expect(page.locator("[name=service_datetime] [role=status]")).to_contain_text(read)


def test_c2_missing_element_leads_to_its_field(page, server, login):
    login(page, CLERK)
    open_intake(page, server)
    places = {
        "o": "respondent_ids",
        "w": "window_id",
        "t": "service_datetime",
        "m": "service_item",
        "i": "conduct_ids",
        "l": "complainant_phone",
        "r": "description",
    }
    for key, name in places.items():
        page.keyboard.press(f"Alt+{key}")
        assert standing_in(page) == name
    page.locator(".o_complaint_element[data-code=matter]").click()
    assert standing_in(page) == "service_item"
    page.keyboard.type(MATTER)
    page.keyboard.press("Alt+q")
    expect(page.locator("[name=respondent_ids] input")).to_be_focused()
    page.locator("[name=service_datetime] input").fill("说不清")
    page.keyboard.press("Tab")
    expect(page.locator("[name=service_datetime] .o_complaint_wrong")).to_be_visible()
