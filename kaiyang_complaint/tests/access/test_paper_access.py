from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools.misc import mute_logger

from .paper_common import PHONE, PaperCommon

# Prints and looks at what the web client asks the server for.
PRINT_IN_CLIENT = """
(async () => {
    const asked = [];
    const modules = odoo.loader.modules;
    modules.get("@web/core/network/download").download._download = (options) => {
        asked.push(options.data);
    };
    await odoo.__WOWL_DEBUG__.root.env.services.action.doAction("%s", {
        additionalContext: {active_ids: [1, 2], active_model: "helpdesk.ticket"},
    });
    const [url, type] = JSON.parse(asked[0].data);
    const context = JSON.parse(asked[0].context);
    if (url === "/report/pdf/%s/1,2" && type === "qweb-pdf" && context.lang && context.tz) {
        console.log("test successful");
    } else {
        console.error(JSON.stringify(asked));
    }
})();
"""


@tagged("post_install", "-at_install")
class TestPaperAccess(PaperCommon, HttpCase):
    def get(self, user, url):
        self.authenticate(user.login, user.login)
        return self.url_open(url)

    def test_x2_desk_prints_over_the_route(self):
        ticket = self.accepted()
        for url in (f"/report/pdf/{PHONE}/{ticket.id}", f"/report/pdf/{PHONE}"):
            answer = self.get(self.clerk, url)
            self.assertEqual(answer.headers["Content-Type"], "application/pdf")
            self.assertEqual(answer.content[:4], b"%PDF")
        self.assertEqual(self.get(self.leader, f"/report/pdf/{PHONE}/{ticket.id}").status_code, 200)

    def test_x2_client_downloads_without_asking_for_wkhtmltopdf(self):
        self.clerk.tz = "Asia/Shanghai"
        self.browser_js(
            "/odoo", PRINT_IN_CLIENT % (PHONE, PHONE), "odoo.isReady", login=self.clerk.login
        )

    @mute_logger("odoo.http")
    def test_x2_nobody_else_prints_a_complaint(self):
        ticket = self.replied()
        for user in (self.rep, self.other_rep, self.outsider, self.archivist):
            for converter in ("pdf", "html", "text"):
                url = f"/report/{converter}/{PHONE}/{ticket.id}"
                answer = self.get(user, url)
                self.assertGreaterEqual(answer.status_code, 400, f"{user.login} {url}")
                self.assertNotIn("王小明", answer.text)

    def test_x2_restricted_case_prints_for_its_clerk_and_leaders_only(self):
        ticket = self.new_complaint(is_discipline_matter=True)
        ticket.sudo().user_id = self.clerk
        self.assertTrue(self.text(PHONE, ticket, user=self.clerk))
        self.assertTrue(self.text(PHONE, ticket, user=self.leader))
        with self.assertRaises(AccessError):
            self.streams(PHONE, ticket, user=self.manager)
        # Refused before the record is asked: what others read may still be in the cache.
        reports = self.registry["ir.actions.report"]
        with patch.object(reports, "_chosen_for") as asked, self.assertRaises(AccessError):
            self.streams(PHONE, ticket, user=self.manager)
        asked.assert_not_called()

    def test_x2_reprint_of_a_kept_paper_needs_the_right_to_read(self):
        ticket = self.accepted()
        self.env.ref(PHONE).write({"attachment": "'form.pdf'", "attachment_use": True})
        self.env["ir.actions.report"].with_user(self.clerk)._render_qweb_pdf(PHONE, ticket.ids)
        with self.assertRaises(AccessError):
            self.streams(PHONE, ticket, user=self.outsider)
