from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext

from ..tools import look_through, masking
from .complaint_parties import STAFF_ONLY

# What the text for the unit is made from, what is masked in it, and what the room asks.
SOURCES = (
    "description",
    "service_item",
    "room_opinion",
    "partner_id",
    "partner_name",
    "partner_email",
    "complainant_phone",
    "complainant_address",
    "complainant_id_number",
)
UNSEEN = {"reviewed_at": False, "reviewed_by_id": False}


class HelpdeskTicket(models.Model):
    """What leaves on the slips of a complaint: a person sees it, and may change it, before.

    What nobody looked through, such as a complaint accepted in bulk, waits (五(二)1).
    """

    _inherit = "helpdesk.ticket"

    slip_summary = fields.Text(
        string="Text for the Unit",
        readonly=True,
        copy=False,
        groups=STAFF_ONLY,
        help="What the complaint is about, as it goes onto the slip.",
    )
    reviewed_at = fields.Datetime(
        string="Looked Through At",
        readonly=True,
        copy=False,
        help="When a person saw the text that leaves; no slip leaves before.",
    )
    reviewed_by_id = fields.Many2one(
        "res.users", string="Looked Through By", readonly=True, ondelete="restrict", copy=False
    )
    awaits_review = fields.Boolean(
        string="To Look Through",
        compute="_compute_awaits_review",
        store=True,
        help="Nothing keeps the slip from leaving but that nobody looked through its text.",
    )

    _awaiting_review = models.Index("(user_id) WHERE awaits_review IS TRUE")

    @api.depends(
        "complaint_state",
        "reviewed_at",
        "complaint_class",
        "is_restricted",
        "is_outside_matter",
        "window_unit_id",
        "respondent_ids.unit_id",
        "meeting_ids.state",
        "slip_ids.state",
        "reopened_at",
    )
    def _compute_awaits_review(self):
        for ticket in self:
            ticket.awaits_review = (
                ticket.complaint_state in ("accepted", "handling")
                and not ticket.reviewed_at
                and not ticket._what_keeps_slips()
                and (ticket.complaint_state == "accepted" or bool(ticket._units_not_asked()))
            )

    def write(self, vals):
        """Ask to look through once more where a change concerns what leaves."""
        if self._is_guarded() or vals.keys().isdisjoint(SOURCES):
            return super().write(vals)
        prepared = self.sudo().filtered(lambda ticket: ticket.reviewed_at or ticket.slip_summary)
        before = {ticket: [ticket[name] for name in SOURCES] for ticket in prepared}
        result = super().write(vals)
        for ticket, values in before.items():
            ticket._forget_review(values)
        return result

    def _forget_review(self, before):
        """Take back what was looked through, where it was made from something else than is there.

        A text that was prepared from another reason is of no use any more.
        """
        changed = {name for name, value in zip(SOURCES, before, strict=True) if self[name] != value}
        if changed:
            stale = {"slip_summary": False} if "description" in changed else {}
            self._guarded_write({**UNSEEN, **stale})

    # --- what leaves ------------------------------------------------------------------------

    def _text_to_review(self):
        """Return the text for the unit and the opinion of the room, for a person to check."""
        self.ensure_one()
        drafted = self.slip_ids.filtered(lambda slip: slip.state == "draft")[:1].room_opinion
        opinion = self.room_opinion or drafted or self.company_id.complaint_default_opinion
        return look_through.compose(self._stretches()), self._scrubbed(opinion)

    def _stretches(self):
        """Return the text for the unit stretch by stretch: as prepared, or as masking proposes."""
        proposed = self._masked_stretches(html2plaintext(self.description or ""))
        prepared = self.sudo().slip_summary
        if not prepared:
            return proposed
        taken = look_through.taken_up(proposed, prepared)
        if taken is not None:
            return taken
        # What a person changed by hand stays so: what still tells something is marked, not masked.
        return [{**one, "masked": False} for one in self._masked_stretches(prepared)]

    def _masked_stretches(self, text):
        return look_through.stretches(masking.segments(text, self.sudo()._known_identifiers()))

    def _exposed(self, text):
        """List what a text still gives away of people."""
        return masking.exposed(text, self.sudo()._known_identifiers())

    def action_review_text(self, summary, opinion=None):
        """Put on record what a person saw, and perhaps changed, of what leaves (五(二)1).

        The slips carry exactly this. A change of the reason, of the matter, of the opinion or of
        the complainant's particulars asks for it again.

        :param str summary: the text for the unit
        :param str opinion: what the room asks of the unit; nothing: the standard wording
        :raise AccessError: where the user may not change the complaint
        :raise UserError: where there is no text, nothing may ever leave, or the case has ended
        """
        self.ensure_one()
        self.check_access("write")
        self._assert_open_for_change()
        if self._is_own():
            raise UserError(self._what_keeps_slips())
        if not self._said(summary):
            raise UserError(
                self.env._("The text for the unit is empty. Write what the unit is to look into.")
            )
        self._prepare_text(summary, opinion)
        self._guarded_write({"reviewed_at": fields.Datetime.now(), "reviewed_by_id": self.env.uid})
        return True

    def _prepare_text(self, summary, opinion):
        """Keep what was written of the text for the unit: nobody has looked it through yet."""
        standard = self.company_id.complaint_default_opinion
        replaced = {self.room_opinion, standard, False}
        opinion = self._said(opinion) or standard
        self._guarded_write(
            {"slip_summary": self._said(summary), "room_opinion": opinion, **UNSEEN}
        )
        drafts = self.slip_ids.filtered(
            lambda slip: slip.state == "draft" and slip.room_opinion in replaced
        )
        drafts.write({"room_opinion": opinion})

    # --- leaving ----------------------------------------------------------------------------

    def _forward_on_acceptance(self):
        """Forward what was just accepted, may leave, and was looked through; the rest waits."""
        self.filtered(
            lambda ticket: (
                ticket.complaint_state == "accepted"
                and ticket.reviewed_at
                and ticket.representative_id
                and ticket.is_forwardable
            )
        ).action_forward()

    def action_look_through(self):
        """Open the page that shows the text that leaves, to accept or to forward the complaint.

        :raise UserError: where the complaint can't be accepted or forwarded now
        """
        self.ensure_one()
        self.check_access("write")
        if self.complaint_state == "draft":
            self._begin("accept")
            self._assert_complete()
            self._check_intake()
        elif self.complaint_state != "handling":
            self._begin("forward")
        self._assert_forwardable()
        return self.env["complaint.review.wizard"]._open(self)

    def _what_keeps_from_sending(self, slip):
        """Return why a slip, or those of all units in charge, would not leave now, or nothing."""
        self.ensure_one()
        people = self._people_to_send_to(slip)
        if obstacle := self._what_keeps_slips():
            return obstacle
        if not people:
            return self.env._("Choose the window or the unit the complaint is about.")
        lacking = "、".join(unit.name for unit, person in people if not person)
        if lacking:
            return self.env._(
                "No representative of %s is in office who is not complained about. Name one first.",
                lacking,
            )
        return ""

    def _people_to_send_to(self, slip):
        """Return who would get the slips: pairs of a unit and its representative."""
        if slip:
            return [(slip.unit_id, slip.representative_id)]
        drafts = self.slip_ids.filtered(lambda one: one.state == "draft").grouped("unit_id")
        return [
            (unit, drafts[unit][:1].representative_id or self._representative_of(unit))
            if unit in drafts
            else (unit, self._representative_of(unit))
            for unit in self._units_not_asked()
        ]

    def _addressees(self, slip):
        """Return in words who would get a slip, until when the reply is due, and their own task."""
        policies = self.env["complaint.sla.policy"].sudo()._candidates(self.company_id)
        days = (self.policy_id or policies._first_match(self)).reply_days
        lines = []
        for unit, person in self._people_to_send_to(slip):
            parts = [
                unit.name,
                person.display_name or self.env._("nobody in office"),
                self.env._("reply within %s working days", days),
            ]
            if task := self._task_of(unit):
                parts.append(self.env._("task: %s", self._scrubbed(task)))
            lines.append(" · ".join(parts))
        return lines
