from odoo import models

from .registration_form import RegistrationSheet

SOURCES = (("box", "大厅意见箱"), ("post", "邮寄"), ("handed_in", "当面递交"))
HOWS = {
    "phone": "电话",
    "message": "信息",
    "mail": "邮件",
    "in_person": "当面",
    "impossible": "未留联系方式",
}
CONTACT_ROWS = 2
FORM = "report_registration_letter"


class LetterSheet(RegistrationSheet):
    """A letter, or a complaint of the website, as the sheet that goes around with it (五(二)3)."""

    sources = SOURCES

    @property
    def platforms(self):
        """The channels without paper that have this form, and the complaint's own."""
        channels = self.record.env["helpdesk.ticket.channel"].sudo()
        own = self.record.channel_id.sudo().filtered(lambda channel: not channel.is_letter)
        return own | channels.search(
            [
                ("registration_form", "=", FORM),
                ("is_letter", "=", False),
                ("company_id", "in", (self.company.id, False)),
            ]
        )

    def platform(self, channel):
        """Return the box of a channel, with room for the number that a complaint has there."""
        number = "，工单号：" if channel.has_external_ref else ""
        return self.tick(channel == self.record.channel_id, f"{channel.paper_name}{number}")

    @property
    def came_in_at(self):
        """When the letter was opened, or the website's complaint received."""
        return self.record.opened_at or self.record.received_at

    @property
    def openers(self):
        """Who opened the letter."""
        return "、".join(self.record.opened_by_ids.mapped("name"))

    @property
    def scans(self):
        """The files of the scanned letter: nobody else's right to them follows from the sheet."""
        return "、".join(self.record.sudo().letter_scan_ids.mapped("name"))

    @property
    def contacts(self):
        """The contacts with the complainant, the first one first, with room for the pen."""
        rows = self.record.contact_ids.sorted(lambda contact: (contact.contacted_at, contact.id))
        return self.rows(rows, CONTACT_ROWS)

    def how(self, contact):
        """Return how the complainant was contacted, and whether they were reached."""
        if not contact or contact.how == "impossible":
            return HOWS.get(contact.how, "")
        return f"{HOWS[contact.how]}，{'已联系上' if contact.is_reached else '未联系上'}"

    @property
    def referrals(self):
        """The referrals that left for an outside authority."""
        left = self.record.referral_ids.filtered(lambda one: one.state in ("sent", "answered"))
        return left.sorted("id")

    @property
    def concern(self):
        """Whether the matter is about window staff; a draft has yet to be judged."""
        if not self.record.accepted_at:
            return None
        return "outside" if self.record.is_outside_matter else "hall"


class RegistrationFormLetter(models.AbstractModel):
    """Form C: letters and the website's complaints (五(一)3, 4)."""

    _name = f"report.kaiyang_complaint.{FORM}"
    _description = "Handling Sheet: Letter or Website"
    _inherit = ["complaint.registration.form"]
    _sheet_type = LetterSheet
