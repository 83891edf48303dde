"""The day begins on a page of heaps, and each leads to its work."""

from playwright.sync_api import expect


def heap(page, key):
    """Return the tile of a heap."""
    return page.locator(f".o_complaint_tile[data-key={key}]")


def test_h5_2_6_clerk_goes_from_the_heap_to_what_is_overdue(page, login, shot):
    login(page, "clerk")
    shot(page, "my-day-clerk")
    count = int(heap(page, "overdue").locator(".display-5").inner_text())
    assert count, "the demonstration has something overdue"
    heap(page, "overdue").click()
    expect(page.locator(".o_list_view .o_data_row")).to_have_count(count)
    expect(page.locator(".o_data_row .badge.text-bg-danger").first).to_be_visible()
    shot(page, "my-day-overdue")


def test_t6_3_leader_decides_from_the_heap(page, server, login, shot):
    clerk = server.rpc("clerk")
    (asked,) = clerk.call(
        "complaint.extension",
        "search_read",
        [("state", "=", "requested")],
        ["ticket_id", "new_due_at"],
        limit=1,
    )
    login(page, "leader")
    shot(page, "my-day-leader")
    heap(page, "decide").click()
    shot(page, "my-day-requests")
    page.locator(".o_data_row button[name=action_approve]").first.click()
    expect(page.locator(".o_data_row button[name=action_approve]")).to_have_count(0)
    (granted,) = clerk.call("complaint.extension", "read", [asked["id"]], ["state"])
    assert granted["state"] == "granted"
    limits = clerk.call(
        "complaint.deadline",
        "search_read",
        [
            ("ticket_id", "=", asked["ticket_id"][0]),
            ("kind", "=", "handling"),
            ("state", "=", "running"),
        ],
        ["due_at"],
    )
    assert [limit["due_at"] for limit in limits] == [asked["new_due_at"]]
