from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from .complaint_parties import STAFF_ONLY

OPENERS = 2
# What the arrival of a letter has to tell, beside who opened and who signed it.
LETTER_FACTS = ("letter_source", "opened_at", "page_count")


class ComplaintCorrespondence(models.AbstractModel):
    """What is recorded of letters and of the website's complaints on arrival (五(一)3, 4)."""

    _name = "complaint.correspondence"
    _description = "Letters and the Website"
    _inherit = ["complaint.questions"]

    letter_source = fields.Selection(
        [
            ("box", "Suggestion box of the hall"),
            ("post", "By post"),
            ("handed_in", "Handed in"),
        ],
        string="Came By",
        copy=False,
    )
    opened_at = fields.Datetime(
        copy=False, help="When the box was emptied and the letter opened (五(一)3)."
    )
    opened_by_ids = fields.Many2many(
        "res.users",
        "complaint_letter_opener_rel",
        "ticket_id",
        "user_id",
        domain=[("share", "=", False)],
        copy=False,
        help="Two people open each letter together.",
    )
    page_count = fields.Integer(string="Pages", copy=False)
    letter_scan_ids = fields.Many2many(
        "ir.attachment",
        "complaint_letter_scan_rel",
        "ticket_id",
        "attachment_id",
        string="Scans of the Letter",
        copy=False,
        groups=STAFF_ONLY,
    )

    _page_count_positive = models.Constraint(
        "CHECK (page_count >= 0)", "A letter has no fewer than no pages."
    )

    @api.model
    def default_get(self, fields):
        """Say of a letter what is likely: it is being opened now, by the user and somebody else."""
        defaults = super().default_get(fields)
        if self.env.context.get("complaint_channel") == "letter":
            defaults |= self._letter_defaults()
        return {name: value for name, value in defaults.items() if name in fields}

    def _letter_defaults(self):
        opener = Command.link(self.env.uid)
        return {"opened_at": fields.Datetime.now(), "opened_by_ids": [opener]}

    @api.onchange("complainant_identity", "channel_id")
    def _onchange_anonymous_letter(self):
        """Excuse the name of the staff member in a letter that nobody signed (二)."""
        if self.channel_code == "letter" and self.complainant_identity == "anonymous":
            self.staff_waiver = self.staff_waiver or "anonymous_letter"
        elif self.staff_waiver == "anonymous_letter":
            self.staff_waiver = False

    def _check_intake_letter(self):
        """Refuse a letter whose arrival was not put on record.

        :raise UserError: naming what is missing
        """
        lacking = [
            self._fields[name]._description_string(self.env)
            for name in LETTER_FACTS
            if not self[name]
        ]
        if len(self.opened_by_ids) < OPENERS:
            lacking.append(self.env._("the two people who opened it"))
        if self.complainant_identity == "named" and not (self.partner_name or "").strip():
            lacking.append(self.env._("who signed it, unless it is anonymous"))
        if lacking:
            raise UserError(self.env._("The record of the letter lacks: %s.", "、".join(lacking)))
        if self.opened_at > fields.Datetime.now():
            raise UserError(self.env._("The letter can't have been opened in the future."))

    def _check_intake_web(self):
        """Refuse a website's complaint before anybody tried to reach the complainant.

        :raise UserError: saying what to do
        """
        if not self.contact_ids:
            raise UserError(
                self.env._(
                    "Contact the complainant first and note it: a complaint of the website is "
                    "accepted after that. An attempt that failed counts where it is noted."
                )
            )

    @api.model
    def register_complaint(self, external_ref, description, **details):
        """Register a complaint of the website as a draft, once under each of its numbers (一.3).

        ``POST /json/2/helpdesk.ticket/register_complaint`` with the API key of the interface.

        :param external_ref: the site's own number of the complaint
        :param description: what is complained about, and why
        :param details: ``name`` (title), ``partner_name``, ``complainant_phone``,
            ``complainant_address``, ``complainant_id_number``, ``is_confidential``, ``window``
            (number), ``staff`` (badges or names), ``received_at``, ``service_datetime`` (the
            centre's time, or with an offset), ``service_item``, ``service_ref``, ``conduct``
            (numbers), ``attachments`` (``name`` and ``content``, base64)
        :return: ``{"external_ref", "created", "state"}``
        :raise AccessError: for anyone but the user of the interface
        :raise UserError: naming all that is wrong; nothing was registered
        """
        call = {**details, "external_ref": external_ref, "description": description}
        return self.env["complaint.gateway"]._take_in(call)
