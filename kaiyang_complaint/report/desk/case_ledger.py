"""The ledger of complaints as a spreadsheet: a line for each that a list shows."""

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import html2plaintext

from ...tools.codes import GROUP_PREFIX
from ...tools.masking import PLACEHOLDERS
from ..engine.spreadsheet import Spreadsheet

# Field and width of each column; its heading is its label in the list.
COLUMNS = {
    "number": 15,
    "received_at": 16,
    "channel_id": 9,
    "complainant_identity": 8,
    "partner_name": 11,
    "complainant_phone": 15,
    "window_id": 20,
    "window_unit_id": 20,
    "respondent_ids": 14,
    "service_item": 22,
    "description": 44,
    "conduct_ids": 22,
    "complaint_class": 10,
    "accepted_at": 16,
    "due_at": 16,
    "closed_date": 16,
    "complaint_state": 9,
    "user_id": 10,
    "dossier_id": 22,
}
# What identifies the complainant, and what stands in its place.
CONTACT = {"partner_name": "name", "complainant_phone": "phone"}
TEXTS = ("service_item", "description")
BATCH = 500


class CaseLedger(Spreadsheet):
    """The complaints of a list, as far as whoever downloads it may read them.

    A file goes further than the desk: of complainants who asked for confidentiality it names
    nobody, whoever downloads it; nor of any, for users who may not read the contact.

    :param env: of the user; headings are in their language
    :param domain: of the list, or of the lines selected in it
    :raise AccessError: for anyone but clerks
    """

    def __init__(self, env, domain):
        if not env.user.has_group(GROUP_PREFIX + "clerk"):
            raise AccessError(env._("The ledger is downloaded by clerks and managers alone."))
        self.env, self.tickets = env, env["helpdesk.ticket"]
        super().__init__(f"{env.company._complaint_title()} 投诉台账")
        ours = Domain("is_complaint", "=", True) & Domain(domain)
        self.ids = self.tickets.search(ours, order="received_at, id").ids
        self.hidden = {
            name: not self.tickets._has_field_access(self.tickets._fields[name], "read")
            for name in COLUMNS
        }

    def log(self):
        """Put into the access log that the complaints left as a file; return the rows.

        Of restricted complaints each has a row of its own, which only those read who may know of
        it: a number would tell the others that there are some (七.5).
        """
        log, tickets = self.env["complaint.access.log"], self.tickets.browse(self.ids)
        hidden = tickets.filtered("is_restricted")
        reason = self.env._("Ledger downloaded as a spreadsheet.")
        subjects = {
            company: self.env._("%s complaints", len(ours))
            for company, ours in (tickets - hidden).sudo().grouped("company_id").items()
        }
        return log._log_summary(subjects, "ledger", reason) + log._log(hidden, "ledger", reason)

    def sheets(self):
        """Yield the one sheet."""
        columns = [(self._heading(name), width) for name, width in COLUMNS.items()]
        yield "投诉台账", [("序号", 6), *columns], self._rows()

    def _heading(self, name):
        """Return the label of a field: the one of the list, where the helpdesk has another."""
        listed = {
            "number": self.env._("Complaint No."),
            "channel_id": self.env._("Channel"),
            "partner_name": self.env._("Complainant"),
            "description": self.env._("Reason"),
            "closed_date": self.env._("Closing Time"),
            "user_id": self.env._("Clerk in Charge"),
        }
        return listed.get(name) or self.tickets._fields[name]._description_string(self.env)

    def _rows(self):
        for start in range(0, len(self.ids), BATCH):
            self.env.invalidate_all()
            batch = self.tickets.browse(self.ids[start : start + BATCH])
            for number, ticket in enumerate(batch, start + 1):
                yield (number, *self._line(ticket))

    def _line(self, ticket):
        masked = ticket.is_confidential or any(self.hidden[name] for name in CONTACT)
        for name in COLUMNS:
            if name in CONTACT and (masked or self.hidden[name]):
                known = ticket.sudo()[name]
                yield PLACEHOLDERS[CONTACT[name]] if known else ""
            elif self.hidden[name]:
                yield ""
            else:
                said = self._said(ticket, name)
                yield ticket._scrubbed(said) if masked and name in TEXTS else said

    def _said(self, ticket, name):
        """Return the value of a field as a person reads it."""
        field, value = ticket._fields[name], ticket[name]
        if not value or (name == "number" and value == "/"):
            return ""
        if field.relational:
            return "、".join(value.mapped("display_name"))
        if field.type == "selection":
            return dict(field._description_selection(self.env))[value]
        if field.type == "datetime":
            return f"{ticket.company_id._complaint_local(value):%Y-%m-%d %H:%M}"
        if field.type == "html":
            return html2plaintext(value, include_references=False).strip()
        return value

    def file_name(self):
        """Return what the file is called."""
        today = fields.Date.to_string(self.env.company._complaint_today())
        return f"投诉台账 {today}.xlsx"
