"""The demonstration can be logged in to, in Chinese."""


def test_admin_sees_the_desk(page, server, login, shot):
    login(page, "admin")
    shot(page, "admin-home")
    assert server.rpc("admin").call("res.users", "search_count", [("login", "=", "admin")]) == 1
    assert page.locator(".o_main_navbar").is_visible()
