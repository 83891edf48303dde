"""The day begins on a page of tiles, and each leads to its work."""

from playwright.sync_api import expect


def tile(page, key):
    """Return the tile of a key."""
    return page.locator(f".o_complaint_tile[data-key={key}]")


def test_h5_2_6_clerk_goes_from_the_tile_to_what_is_overdue(page, login, shot):
    login(page, "clerk")
    shot(page, "my-day-clerk")
    count = int(tile(page, "overdue").locator(".o_complaint_tile_count").inner_text())
    assert count, "the demonstration has something overdue"
    tile(page, "overdue").click()
    expect(page.locator(".o_list_view .o_data_row")).to_have_count(count)
    expect(page.locator(".o_data_row .badge.text-bg-danger").first).to_be_visible()
    shot(page, "my-day-overdue")


def running_limit(rpc, ticket_id):
    """Return when the handling limit of a complaint ends."""
    running = [("ticket_id", "=", ticket_id), ("kind", "=", "handling"), ("state", "=", "running")]
    (limit,) = rpc.call("complaint.deadline", "search_read", running, ["due_at"])
    return limit["due_at"]


def test_t6_3_leader_decides_from_the_tile(page, server, login, shot):
    clerk = server.rpc("clerk")
    asked = [("state", "=", "requested")]
    (extension,) = clerk.call("complaint.extension", "search_read", asked, [], limit=1)
    login(page, "leader")
    shot(page, "my-day-leader")
    tile(page, "decide").click()
    number = extension["ticket_id"][1].split()[0]
    request = page.locator(".o_data_row", has_text=number)
    expect(request).to_have_count(1)
    shot(page, "my-day-requests")
    request.locator("button[name=action_approve]").click()
    expect(request).to_have_count(0)
    assert running_limit(clerk, extension["ticket_id"][0]) == extension["new_due_at"]
