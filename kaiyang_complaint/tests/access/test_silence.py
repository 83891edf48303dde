"""Nobody learns who complained, or what of, who may not: every role by every door (七.5)."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .silence_common import READERS, TEXT, SilenceCommon

QUIET = ("odoo.models", "odoo.addons.base.models.ir_rule", "odoo.domains", "py.warnings")
# Where the words have to be found, or planting them would prove nothing.
KNOWN = {"helpdesk.ticket", "mail.message", "mail.activity", "ir.attachment"}
PROCESSES = {"complaint.contact", "complaint.approval", "complaint.investigation"}


@tagged("post_install", "-at_install")
class TestSilence(SilenceCommon):
    def attempt(self, records, method, *args, **kwargs):
        """Return what a call answers; nothing where it is refused."""
        try:
            with mute_logger(*QUIET):
                return getattr(records, method)(*args, **kwargs)
        except (AccessError, UserError, ValueError, NotImplementedError):
            return []

    def hidden(self):
        """Yield case, the records in which its words stand as one user, and role and model."""
        for case in READERS:
            tainted = self.tainted(case)
            running = PROCESSES if case in ("ordinary", "restricted") else set()
            self.assertLessEqual(KNOWN | running, tainted.keys())
            for role, user in self.excluded(case):
                for name, records in tainted.items():
                    yield case, records.with_user(user), {"role": role, "model": name}

    def test_u7_5_nothing_is_read(self):
        for case, records, door in self.hidden():
            readable = records.sudo(False)._filtered_access("read")
            fields = self.attempt(records, "fields_get", [], ["type"]) if readable else []
            for name in fields:
                answer = self.attempt(readable, "read", [name])
                self.assert_silent(answer, case, field=name, **door)
            self.assert_silent(self.attempt(records, "read", ["display_name"]), case, **door)

    def test_u7_5_nothing_is_found(self):
        for case, records, door in self.hidden():
            model = records.browse()
            ours = [("id", "in", records.ids)]
            fields = self.attempt(model, "fields_get", [], ["type"]) or {}
            names = [name for name, info in fields.items() if info["type"] in TEXT]
            self.assert_silent(self.attempt(model, "search_read", ours, names), case, **door)
            specification = {name: {} for name in names}
            answer = self.attempt(model, "web_search_read", ours, specification)
            self.assert_silent(answer, case, **door)
            for name in names:
                for word in self.unheard(case, door["role"]):
                    found = self.attempt(model, "search", [(name, "ilike", word)])
                    with self.subTest(case=case, field=name, **door):
                        self.assertFalse({*records.ids} & {one.id for one in found})

    def test_u7_5_nothing_is_suggested_counted_or_exported(self):
        for case, records, door in self.hidden():
            model = records.browse()
            for word in self.unheard(case, door["role"]):
                self.assert_silent(self.attempt(model, "name_search", word), case, **door)
            fields = self.attempt(model, "fields_get", [], ["type", "groupable"]) or {}
            ours = [("id", "in", records.ids)]
            for name, info in fields.items():
                if info.get("groupable"):
                    groups = self.attempt(model, "formatted_read_group", ours, [name], ["__count"])
                    self.assert_silent(groups, case, field=name, **door)
                if info["type"] in TEXT:
                    rows = self.attempt(records, "export_data", [name])
                    self.assert_silent(rows, case, field=name, **door)

    def test_u7_5_nothing_was_mailed(self):
        for case, readers in READERS.items():
            allowed = {getattr(self, role).partner_id for role in readers}
            messages = self.tainted(case).get("mail.message", self.env["mail.message"]).sudo()
            told = messages.notification_ids.res_partner_id | messages.partner_ids
            with self.subTest(case=case):
                self.assertFalse({*told} - allowed)
            mails = self.env["mail.mail"].sudo().search([("mail_message_id", "in", messages.ids)])
            with self.subTest(case=case, mails=mails):
                self.assertFalse({*mails.recipient_ids} - allowed)


@tagged("post_install", "-at_install")
class TestSilenceOverHttp(HttpCase, SilenceCommon):
    """The same silence over the real doors: pages, files, exports and the API."""

    def setUp(self):
        super().setUp()
        self.users = {
            role: getattr(self, role)
            for role in ("colleague", "archivist", "outsider", "plain", "portal", "rep")
        }

    def pages(self, ticket, files):
        """Return the addresses at which something of a complaint could be had."""
        reports = self.env["ir.actions.report"].sudo().search([("model", "=", "helpdesk.ticket")])
        return [
            *(f"/web/content/{file.id}" for file in files),
            *(f"/web/content/{file.id}?access_token={file.access_token}" for file in files),
            f"/web/image/helpdesk.ticket/{ticket.id}/complainant_signature",
            f"/web/content/helpdesk.ticket/{ticket.id}/description",
            f"/my/ticket/{ticket.id}",
            f"/my/ticket/{ticket.id}?access_token={ticket.sudo().access_token}",
            f"/mail/view?model=helpdesk.ticket&res_id={ticket.id}",
            "/my/tickets",
            "/my/complaints?filterby=all",
            *(f"/my/complaints/{slip.id}" for slip in ticket.sudo().slip_ids),
            *(f"/report/html/{report.report_name}/{ticket.id}" for report in reports),
            *(f"/report/pdf/{report.report_name}/{ticket.id}" for report in reports),
        ]

    def calls(self, ticket):
        """Return calls of the web client that ask for a complaint: address and parameters."""
        thread = {"thread_model": "helpdesk.ticket", "thread_id": ticket.id}
        yield "/mail/thread/messages", thread
        yield "/mail/data", {"fetch_params": [["mail.thread", {**thread, "request_list": []}]]}
        ours = [["id", "=", ticket.id]]
        for method, args in (
            ("web_read", [[ticket.id], {"partner_name": {}, "description": {}}]),
            ("web_search_read", [ours, {"partner_name": {}}]),
            ("name_search", ["", ours]),
            ("export_data", [[ticket.id], ["partner_name", "message_ids/body"]]),
        ):
            params = {"model": "helpdesk.ticket", "method": method, "args": args, "kwargs": {}}
            yield f"/web/dataset/call_kw/helpdesk.ticket/{method}", params

    def test_u7_5_no_page_and_no_call_tells(self):
        tainted = {case: self.tainted(case) for case in READERS}
        for role, user in self.users.items():
            self.authenticate(user.login, user.login.ljust(8, "x"))
            for case in READERS:
                if role in READERS[case]:
                    continue
                files = tainted[case]["ir.attachment"].sudo()
                files.generate_access_token()
                for page in self.pages(self.cases[case], files):
                    with mute_logger("odoo.http", *QUIET):
                        answer = self.url_open(page).text
                    self.assert_silent(answer, case, role=role, page=page)
                for address, params in self.calls(self.cases[case]):
                    with mute_logger("odoo.http", *QUIET):
                        answer = self.url_open(address, json={"params": params}).json()
                    self.assert_silent(answer, case, role=role, page=address)
