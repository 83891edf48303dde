from odoo import api, fields, models
from odoo.tools import html2plaintext

from .helpdesk_ticket import BESIDE_THE_CASE

STATES = [
    ("draft", "To Send"),
    ("sent", "Sent"),
    ("received", "Signed For"),
    ("replied", "Replied"),
    ("accepted", "Reply Accepted"),
    ("declined", "Declined"),
]


class ComplaintSlip(models.Model):
    """The slip that forwards a complaint to a unit: all its chief representative gets to see."""

    _name = "complaint.slip"
    _description = "Forwarding Slip"
    _inherit = [
        "complaint.frozen",
        "complaint.slip.concert",
        "complaint.slip.verbs",
        "complaint.slip.urging",
        "complaint.slip.address",
        "complaint.slip.contact",
        "complaint.slip.delegation",
        "complaint.discretion",
        "complaint.timed",
        "mail.activity.mixin",
        "complaint.signer.mixin",
    ]
    _signers = ("representative_id", "issued_by_id", "received_by_id")
    _order = "id desc"
    _check_company_auto = True
    _reference_path = "name"
    _procedural = {
        "name": False,
        "state": "draft",
        "sent_at": False,
        "issued_by_id": False,
        "received_at": False,
        "received_by_id": False,
        "decline_reason": False,
        "contact_released_at": False,
        "contact_released_by_id": False,
        "contact_release_reason": False,
        "escalation_ids": False,
    }

    name = fields.Char(string="Slip No.", readonly=True, copy=False)
    ticket_id = fields.Many2one(
        "helpdesk.ticket",
        string="Complaint",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
        groups="kaiyang_complaint.group_complaint_user",
    )
    company_id = fields.Many2one(related="ticket_id.company_id", store=True, index=True)
    unit_id = fields.Many2one(
        "complaint.window.unit",
        string="Unit in Charge",
        required=True,
        index=True,
        check_company=True,
    )
    representative_id = fields.Many2one(
        "complaint.representative", index="btree_not_null", check_company=True, tracking=True
    )
    barred_user_ids = fields.Many2many(
        "res.users",
        "complaint_slip_barred_rel",
        string="Barred Representatives",
        compute="_compute_barred_user_ids",
        store=True,
        compute_sudo=True,
        help="Representatives who are complained about: the slip stays hidden from them.",
    )
    is_lead = fields.Boolean(string="Lead Unit")
    state = fields.Selection(STATES, required=True, readonly=True, default="draft", tracking=True)
    room_opinion = fields.Text(string="Opinion of the Room")
    summary = fields.Text(
        compute="_compute_summary",
        store=True,
        readonly=False,
        precompute=True,
        help="What the complaint is about, without the complainant.",
    )
    is_reviewed = fields.Boolean(
        string="Looked Through",
        compute="_compute_is_reviewed",
        compute_sudo=True,
        help="A person saw the text of the slip as it is, and let it leave so.",
    )
    respondent_names = fields.Char(
        string="Respondents", compute="_compute_respondent_names", compute_sudo=True
    )
    complainant_label = fields.Char(
        string="Complainant",
        compute="_compute_complainant_label",
        compute_sudo=True,
        help="Named or anonymous: what a unit knows of the complainant.",
    )
    service_item = fields.Char(
        string="Matter", compute="_compute_service_item", store=True, compute_sudo=True
    )
    service_datetime = fields.Datetime(related="ticket_id.service_datetime", related_sudo=True)
    attachment_ids = fields.One2many(
        "ir.attachment",
        "res_id",
        string="Released Attachments",
        domain=[("res_model", "=", "complaint.slip"), ("res_field", "=", False)],
    )
    issued_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict", copy=False)
    sent_at = fields.Datetime(readonly=True, copy=False)
    received_at = fields.Datetime(string="Signed For At", readonly=True, copy=False)
    received_by_id = fields.Many2one(
        "res.users", string="Signed For By", readonly=True, ondelete="restrict", copy=False
    )
    decline_reason = fields.Text(readonly=True, copy=False)
    reply_ids = fields.One2many("complaint.slip.reply", "slip_id", string="Replies")
    deadline_ids = fields.One2many("complaint.deadline", "slip_id", string="Deadlines")
    due_at = fields.Datetime(string="Reply Due", compute="_compute_due_at", store=True)
    is_provisional = fields.Boolean(
        string="Provisional Date",
        compute="_compute_is_provisional",
        compute_sudo=True,
        help="The limit runs into a year whose schedule is not published yet.",
    )

    _open_by_unit = models.Index("(unit_id, due_at) WHERE state IN ('sent', 'received')")

    @api.depends("name", "unit_id")
    def _compute_display_name(self):
        for slip in self:
            slip.display_name = slip.name or self.env._("Draft slip to %s", slip.unit_id.name)

    @api.depends("ticket_id.description", "ticket_id.slip_summary", "ticket_id.reviewed_at")
    def _compute_summary(self):
        for slip in self:
            ticket = slip.sudo().ticket_id
            if slip.state != "draft":
                slip.summary = slip.summary
            elif ticket.reviewed_at:
                slip.summary = ticket.slip_summary
            else:
                slip.summary = ticket and ticket._scrubbed(html2plaintext(ticket.description or ""))

    @api.depends("summary", "ticket_id.slip_summary", "ticket_id.reviewed_at")
    def _compute_is_reviewed(self):
        for slip in self:
            ticket = slip.ticket_id
            slip.is_reviewed = ticket.reviewed_at and slip.summary == ticket.slip_summary

    @api.depends("ticket_id.service_item", "ticket_id.partner_name", "ticket_id.complainant_phone")
    def _compute_service_item(self):
        for slip in self:
            ticket = slip.ticket_id
            slip.service_item = ticket and ticket._scrubbed(ticket.service_item)

    @api.depends("unit_id.representative_ids.staff_id", "ticket_id.respondent_ids.staff_id")
    def _compute_barred_user_ids(self):
        for slip in self:
            accused = slip.ticket_id.respondent_ids.staff_id
            slip.barred_user_ids = slip.unit_id.representative_ids.filtered(
                lambda person, accused=accused: person.staff_id in accused
            ).user_id

    @api.depends("unit_id", "ticket_id.respondent_ids.unit_id")
    def _compute_respondent_names(self):
        for slip in self:
            people = slip.ticket_id.respondent_ids
            concerned = people.filtered(lambda person, unit=slip.unit_id: person.unit_id == unit)
            slip.respondent_names = "、".join(concerned.mapped("display_name"))

    @api.depends("ticket_id.complainant_identity", "ticket_id.is_confidential")
    def _compute_complainant_label(self):
        """Tell whether the complainant gave a name, and nothing of it: not even a surname."""
        for slip in self:
            anonymous = slip.ticket_id.complainant_identity == "anonymous"
            label = "匿名" if anonymous else "实名"
            confidential = not anonymous and slip.ticket_id.is_confidential
            slip.complainant_label = f"{label}，要求保密" if confidential else label

    @api.depends("deadline_ids.due_at", "deadline_ids.state")
    def _compute_due_at(self):
        for slip in self:
            counted = slip.deadline_ids.filtered(lambda deadline: deadline.state != "cancelled")
            slip.due_at = max(counted.mapped("due_at"), default=False)

    @api.depends("deadline_ids.is_provisional", "deadline_ids.state")
    def _compute_is_provisional(self):
        for slip in self:
            running = slip.deadline_ids.filtered(lambda deadline: deadline.state == "running")
            slip.is_provisional = any(running.mapped("is_provisional"))

    def _files_for_unit(self):
        """Return the files representatives may open: those released to them, and their own.

        What the desk attached to its internal notes stays with the desk.

        :raise AccessError: where the user may not read the slips
        """
        self.check_access("read")
        slips = self.sudo()
        noted = slips.message_ids.filtered(
            lambda message: message.is_internal or message.subtype_id.internal
        ).attachment_ids
        return (slips.attachment_ids - noted) + slips.reply_ids.attachment_ids

    def _unit_picture(self):
        """Return how far the complaint is, as far as the unit of the slip may know (annex 1).

        :raise AccessError: where the user may not read the slip
        """
        self.check_access("read")
        return self.sudo().ticket_id._unit_picture(self.sudo())

    # --- guards -----------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse slips of a complaint that has ended."""
        slips = super().create(vals_list)
        slips.ticket_id._assert_open_for_change()
        return slips

    def write(self, vals):
        """Refuse changes of what was sent, and of a case that has ended.

        Who writes another text for the unit on a draft has seen it: the case keeps it so.
        """
        content = {"ticket_id", "unit_id", "summary", "room_opinion", "is_lead"} & vals.keys()
        if not self._is_guarded():
            if content:
                self._assert_state("draft")
            if any(not name.startswith(BESIDE_THE_CASE) for name in vals):
                self.ticket_id._assert_open_for_change()
        result = super().write(vals)
        if "summary" in vals and not self._is_guarded():
            for slip in self:
                slip.ticket_id.action_review_text(vals["summary"], slip.room_opinion)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._assert_state("draft")
