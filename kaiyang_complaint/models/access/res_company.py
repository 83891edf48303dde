from datetime import UTC
from zoneinfo import ZoneInfo

from odoo import fields, models
from odoo.tools.mail import email_normalize, formataddr


class ResCompany(models.Model):
    """A centre's name, address and clock."""

    _inherit = "res.company"

    complaint_center_name = fields.Char(
        string="Service Centre",
        help="Name of the centre on forms; the company's name where empty.",
    )
    complaint_signature = fields.Char(
        string="Signature of Letters",
        help="Full name of the centre, as head and signature of letters; its name on forms where "
        "empty.",
    )
    complaint_tz = fields.Selection(
        lambda self: self.env["res.partner"]._fields["tz"]._description_selection(self.env),
        string="Centre's Time Zone",
        required=True,
        default="Asia/Shanghai",
    )

    def _complaint_title(self):
        """Return the name of the centre as papers print it."""
        return self.complaint_center_name or self.name

    def _complaint_signed_name(self):
        """Return the full name of the centre as letters are headed and signed with it (落款)."""
        return self.complaint_signature or self._complaint_title()

    def _complaint_sender(self):
        """Return from whom mails of the desk come: the centre, by its name and its address.

        Without an address of the company, the one Odoo sends notifications from.
        """
        company = self.sudo()
        known = (company.email, company.default_from_email, company.catchall_email)
        address = next(filter(None, map(email_normalize, known)), None)
        return formataddr(
            (self._complaint_title(), address or self.env.ref("base.partner_root").sudo().email)
        )

    def _complaint_local(self, moment):
        """Turn a UTC moment of the database into the centre's wall time."""
        return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(self.complaint_tz))

    def _complaint_today(self):
        """Return today's date in the time zone of the centre."""
        return self._complaint_local(fields.Datetime.now()).date()
