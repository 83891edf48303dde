"""The leader's dashboard in Chinese: no cell in error, and every figure a door to its cases."""

import re

from playwright.sync_api import expect

LEADER = "leader"
SETTLED = 1500
DASHBOARD = "action-kaiyang_complaint.complaint_action_dashboard"
# The cells are painted on a canvas: what they say is asked of the page's own model.
ERRORS = """() => {
    const loader = odoo.__WOWL_DEBUG__.root.env.services.spreadsheet_dashboard_loader;
    const { getters } = loader.getActiveDashboard().model;
    return getters
        .getSheetIds()
        .flatMap((sheet) => Object.values(getters.getEvaluatedCells(sheet)))
        .filter((cell) => cell.type === "error")
        .map((cell) => `${cell.value}: ${cell.message}`);
}"""


def open_dashboard(page, server):
    page.goto(f"{server.url}/odoo/{DASHBOARD}")
    expect(page.locator(".o-scorecard")).to_have_count(10)
    page.wait_for_timeout(SETTLED)


def test_c3_dashboard_leads_to_the_cases(page, server, login, shot):
    login(page, LEADER)
    open_dashboard(page, server)
    shot(page, "dashboard-1")
    assert page.evaluate(ERRORS) == []
    page.mouse.move(700, 500)
    page.mouse.wheel(0, 2600)
    page.wait_for_timeout(SETTLED)
    shot(page, "dashboard-2-figures")
    # The first cell of a row filters by it; the others are figures.
    page.locator(".o-dashboard-clickable-cell").last.click()
    expect(page.locator(".o_list_view")).to_be_visible()
    expect(page).to_have_url(re.compile("complaints-counted"))
    shot(page, "dashboard-3-cases")
    page.locator(".o_data_row .o_data_cell").first.click()
    expect(page.locator(".o_form_view .o_field_widget[name=number]")).to_be_visible()
