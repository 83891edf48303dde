"""A red and black board, from the facts to the hall's display and off it again (七.2)."""

import datetime as dt
import uuid

from playwright.sync_api import expect

HALL = {"width": 1920, "height": 1080}
UPRIGHT = {"width": 1080, "height": 1920}
DISPLAYS = ({"width": 1280, "height": 720}, UPRIGHT, {"width": 3840, "height": 2160}, HALL)
# What a card says beyond its own edge, or its side's, or that of the display.
CUT = """() => [...document.querySelectorAll(".card")].filter((card) => {
    const [inner, outer] = [card, card.parentElement].map((one) => one.getBoundingClientRect());
    return !card.hidden && (
        card.scrollWidth > card.clientWidth || card.scrollHeight > card.clientHeight ||
        inner.bottom > outer.bottom || inner.right > outer.right || outer.bottom > innerHeight
    );
}).map((card) => card.textContent)"""
LONG = "推诿扯皮、让群众多次往返，经查属实并已责令整改；" * 12
# The display asks for the board anew every twenty seconds.
WITHIN_A_MINUTE = 60_000


def press(page, name):
    """Press a button of the form."""
    page.click(f".o_form_view button[name={name}]:visible")


def give_reason(page, words):
    """Fill in the dialog that asks for a reason."""
    page.fill(".modal [name=reason] textarea", words)
    page.click(".modal button[name=action_confirm]")
    page.wait_for_selector(".modal", state="detached")


def card(page, name):
    """Return the card of an entry on the form."""
    return page.locator(".o_complaint_board_side .o_kanban_record", has_text=name)


def prepare(manager):
    """Return a board in preparation and the people that are added to it by hand."""
    for board in manager.call("complaint.board", "search", [("status", "in", ["coming", "on"])]):
        manager.call("complaint.board", "action_withdraw", [board], "换榜")
    today = dt.datetime.now(tz=dt.UTC).date()
    month = today.replace(day=1) - dt.timedelta(days=900)
    board = manager.call("complaint.board", "create", {"month": str(month)})
    (window,) = manager.call("complaint.window", "search", [], limit=1)
    people = []
    for colour in ("red", "red", "black"):
        name = f"员{uuid.uuid4().hex[:6]}"
        window = manager.call("complaint.window", "search", [], limit=1)[0]
        staff = manager.call(
            "complaint.window.staff", "create", {"name": name, "window_id": window}
        )
        entry = {
            "board_id": board,
            "colour": colour,
            "staff_id": staff,
            "reason": f"{name}的事迹：{LONG}",
        }
        manager.call("complaint.board.entry", "create", {**entry, "decision": "演示"})
        people.append(name)
    return board, people


def send_to_leader(page, spared, shot):
    """Propose, leave one out with the reason, submit."""
    press(page, "action_propose")
    card(page, spared).locator("button[name=action_leave_out]").click()
    give_reason(page, "本人请求不公示")
    expect(card(page, spared).locator("button[name=action_put_back]")).to_be_visible()
    shot(page, "board-prepared")
    press(page, "action_submit")
    expect(page.locator("button[name=action_take_back]:visible")).to_be_visible()


def approve(page, address):
    """Approve as the leader, on the board itself."""
    page.goto(address)
    press(page, "action_approve")
    expect(page.locator("button[name=action_approve]:visible")).to_have_count(0)


def show(page):
    """Show the board in the hall, and mean it."""
    page.reload()
    press(page, "action_show")
    page.click(".modal .modal-footer .btn-primary")
    expect(page.locator("button[name=action_print]:visible")).to_be_visible()


def open_hall(page, server, manager, board):
    """Open what the display of the hall opens: nobody is logged in."""
    link = manager.call("complaint.board", "action_open_screen", [board])["url"]
    page.set_viewport_size(HALL)
    page.goto(f"{server.url}/complaint/board/{link.rpartition('/')[2]}")


def assert_nothing_cut(hall, shot):
    """On displays of every size and either way up, each card is seen in full."""
    for display in DISPLAYS:
        hall.set_viewport_size(display)
        hall.wait_for_timeout(200)
        assert hall.evaluate(CUT) == []
        shot(hall, f"board-hall-{display['width']}")


def test_u7_2_a_board_is_prepared_approved_shown_and_withdrawn(server, new_page, login, shot):
    manager = server.rpc("manager")
    board, (praised, spared, blamed) = prepare(manager)
    address = f"{server.url}/odoo/complaint-boards/{board}"
    desk, office, hall = new_page(), new_page(), new_page()
    login(desk, "manager")
    desk.goto(address)
    send_to_leader(desk, spared, shot)
    login(office, "leader")
    approve(office, address)
    show(desk)

    open_hall(hall, server, manager, board)
    expect(hall.locator(".red .card", has_text=praised)).to_be_visible()
    expect(hall.locator(".black .card", has_text="员**")).to_be_visible()
    page = hall.content()
    assert blamed not in page
    assert spared not in page
    assert_nothing_cut(hall, shot)

    card(desk, blamed).locator("button[name=action_withdraw]").click()
    give_reason(desk, "已整改到位")
    expect(hall.locator(".black .card")).to_have_count(0, timeout=WITHIN_A_MINUTE)
    expect(hall.locator(".red .card", has_text=praised)).to_be_visible()
    shot(desk, "board-withdrawn")
