from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .complaint_parties import STAFF_ONLY


class ComplaintIntake(models.AbstractModel):
    """What the desk records at the telephone and in the room (五(一)1, 2)."""

    _name = "complaint.intake"
    _description = "Intake of a Complaint"

    received_at = fields.Datetime(help="When the call, the visit or the message came in.")
    received_on = fields.Date(
        compute="_compute_received_on",
        store=True,
        help="The day on which it came in, where the centre stands: statistics go by it.",
    )
    receptionist_id = fields.Many2one(
        "res.users", string="Received By", help="Who answered the call or met the visitor."
    )
    announced_at = fields.Datetime(
        readonly=True,
        copy=False,
        help="When the announcement was read to the caller; recording starts no earlier.",
    )
    recording_ids = fields.Many2many(
        "ir.attachment",
        "complaint_recording_rel",
        "ticket_id",
        "attachment_id",
        copy=False,
        groups=STAFF_ONLY,
    )
    recording_seconds = fields.Integer(string="Length of Recording (s)", copy=False)
    no_recording_reason = fields.Char(string="Not Recorded Because", copy=False)
    visit_place = fields.Char(string="Place of the Visit")
    visitor_count = fields.Integer(string="Number of Visitors", default=1)
    complainant_signature = fields.Binary(
        string="Complainant's Signature",
        attachment=True,
        copy=False,
        groups=STAFF_ONLY,
        help="The complainant read the record and signs that it is right (五(一)2).",
    )
    complainant_signed_at = fields.Datetime(
        string="Signed At", compute="_compute_complainant_signed_at", store=True, copy=False
    )
    signed_form_ids = fields.Many2many(
        "ir.attachment",
        "complaint_signed_form_rel",
        "ticket_id",
        "attachment_id",
        string="Signed Form (scan)",
        copy=False,
        groups=STAFF_ONLY,
    )

    _by_day = models.Index("(received_on) WHERE received_on IS NOT NULL")

    @api.depends("received_at", "is_complaint", "company_id.complaint_tz")
    def _compute_received_on(self):
        for ticket in self:
            counted = ticket.is_complaint and ticket.received_at
            company = ticket.company_id
            ticket.received_on = counted and company._complaint_local(ticket.received_at).date()

    @api.model
    def default_get(self, fields):
        """Prepare the form of a channel: the action says which by ``complaint_channel``."""
        defaults = super().default_get(fields)
        code = self.env.context.get("complaint_channel")
        if code:
            room = self.env["helpdesk.ticket.team"]._complaint_room()
            channel = self.env["helpdesk.ticket.channel"].search(
                [("complaint_code", "=", code)], limit=1
            )
            defaults |= self._complaint_defaults(room)
            defaults |= {"team_id": room.id, "channel_id": channel.id, "complaint_state": "draft"}
        return {name: value for name, value in defaults.items() if name in fields}

    @api.depends("complainant_signature")
    def _compute_complainant_signed_at(self):
        for ticket in self:
            signed_at = ticket.complainant_signed_at or fields.Datetime.now()
            ticket.complainant_signed_at = signed_at if ticket.complainant_signature else False

    @api.constrains("channel_id", "team_id")
    def _check_channel(self):
        for ticket in self:
            if ticket.is_complaint and not ticket.channel_code:
                raise ValidationError(
                    self.env._(
                        "Choose how the complaint came in: on-site, phone, website or letter."
                    )
                )

    @api.constrains("recording_ids")
    def _check_recordings(self):
        self.sudo().recording_ids._assert_recordings()

    @api.constrains("signed_form_ids")
    def _check_signed_forms(self):
        self.sudo().signed_form_ids._assert_signed()

    @api.constrains("complainant_signature")
    def _check_signature(self):
        for ticket in self.sudo().with_context(bin_size=False):
            self.env["ir.attachment"]._assert_signature(ticket.complainant_signature)

    def action_announce(self):
        """Stamp the moment at which the announcement was read to the caller (五(一)1).

        Nothing happens where it was stamped before: the first stamp stands.
        """
        self.check_access("write")
        self._assert_open_for_change()
        fresh = self.filtered(lambda ticket: not ticket.announced_at)
        fresh._guarded_write({"announced_at": fields.Datetime.now()})

    def _check_intake(self):
        """Refuse acceptance while what the channel demands was not recorded.

        :raise UserError: naming what is missing
        """
        for ticket in self:
            check = getattr(ticket, f"_check_intake_{ticket.channel_code}", None)
            if check:
                check()

    def _check_intake_phone(self):
        if not (self.announced_at or self.no_recording_reason):
            raise UserError(
                self.env._(
                    "Read the announcement to the caller and confirm it, or say why the call "
                    "is not recorded."
                )
            )

    def _check_intake_onsite(self):
        if not (self.complainant_signature or self.signed_form_ids):
            raise UserError(
                self.env._(
                    "The complainant has to verify the record: let them sign on the screen, or "
                    "attach the scan of the signed form."
                )
            )

    def _assert_announced(self, vals):
        """Refuse a recording of a call that starts before its announcement."""
        if vals.get("recording_ids") or vals.get("recording_seconds"):
            silent = self.filtered(
                lambda ticket: ticket.channel_code == "phone" and not ticket.announced_at
            )
            if silent:
                raise UserError(
                    self.env._("Read the announcement to the caller before recording starts.")
                )
