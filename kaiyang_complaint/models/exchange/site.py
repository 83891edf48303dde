from datetime import UTC
from zoneinfo import ZoneInfo

from odoo import fields
from odoo.tools import plaintext2html

from ...tools import import_fields

AS_THEY_ARE = (
    "external_ref",
    "partner_name",
    "complainant_phone",
    "complainant_address",
    "complainant_id_number",
    "service_item",
    "service_ref",
)


class Site:
    """Conversion of the values of a complaints site, from a file or a call (一.3)."""

    def __init__(self, env):
        self.env = env

    def registered(self, room, refs):
        """Return the room's complaints with some of the site's numbers, be they hidden or not."""
        tickets = self.env["helpdesk.ticket"].sudo().with_context(active_test=False)
        domain = [("team_id", "=", room.id), ("external_ref", "in", refs)]
        return tickets.search_fetch(domain, ["external_ref", "complaint_state"])

    def windows(self, company):
        """Return the ids of a centre's windows by what is left of their numbers."""
        windows = self.env["complaint.window"].search_fetch(
            [("company_id", "=", company.id)], ["number"]
        )
        return {import_fields.window_key(window.number): window.id for window in windows}

    def draft(self, room, company, values):
        """Return the values of a draft, fit for JSON: safe markup, moments in UTC.

        :param values: texts, and moments in the centre's wall time, by field
        """
        taken = {name: values[name] for name in AS_THEY_ARE if name in values}
        moments = {
            name: self._utc(company, values[name])
            for name in import_fields.MOMENTS
            if name in values
        }
        nameless = import_fields.is_nameless(values.get("partner_name", ""))
        return {
            **taken,
            **moments,
            "team_id": room.id,
            "channel_id": self.env.ref("kaiyang_complaint.channel_web").id,
            "name": import_fields.title_of(values),
            "description": plaintext2html(values["description"]),
            "complainant_identity": "anonymous" if nameless else "named",
        }

    def _utc(self, company, moment):
        """Turn the wall time of the centre into a moment of the database, as a text."""
        zone = ZoneInfo(company.complaint_tz)
        return fields.Datetime.to_string(moment.replace(tzinfo=zone).astimezone(UTC))
