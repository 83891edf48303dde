from odoo import api, fields, models
from odoo.exceptions import UserError

from ..access.clean_input import clean_values
from ..case.helpdesk_ticket import CurrentRound
from .calls_to_room import CallsToRoom

# What the desk fills in; the rest of the record follows from the act.
SETTLEMENT = ("content", "result", "satisfaction", "suggestion", "no_suggestion", "signature")


class HelpdeskTicket(models.Model):
    """Complaints settled on the spot (五(二)2)."""

    _inherit = "helpdesk.ticket"

    call_ids = fields.One2many("complaint.call", "ticket_id", string="Calls to the Room")
    is_settleable = fields.Boolean(
        compute="_compute_is_settleable",
        help="It may be settled on the spot, as soon as somebody who was called has arrived.",
    )

    delegated_feedback_id = fields.Many2one(
        "complaint.feedback",
        string="Left to the Unit",
        compute="_compute_delegated_feedback_id",
        help="The answer to the complainant that a unit gives, or reported.",
    )
    delegation_state = fields.Selection(
        [("asked", "With the Unit"), ("reported", "Reported by the Unit")],
        string="Answer of the Unit",
        compute="_compute_delegated_feedback_id",
    )

    # --- left to a unit (五(三)) ------------------------------------------------------------------

    @api.depends("feedback_ids.state")
    def _compute_delegated_feedback_id(self):
        for ticket in self:
            left = ticket.feedback_ids.filtered(lambda one: one.state in ("asked", "reported"))
            ticket.delegated_feedback_id = left[:1]
            ticket.delegation_state = left[:1].state

    # --- settled on the spot (五(二)2) ------------------------------------------------------------

    @api.depends(
        "complaint_state",
        "channel_id.is_visit",
        "is_restricted",
        "is_outside_matter",
        "needs_meeting",
        "slip_ids.sent_at",
    )
    def _compute_is_settleable(self):
        for ticket in self:
            accepted = ticket.complaint_state == "accepted"
            ticket.is_settleable = accepted and not ticket._settlement_obstacle()

    # --- calling ----------------------------------------------------------------------------

    def action_call_to_room(self):
        """Call the representative and the staff complained about to the room, each of them once.

        :raise UserError: where nobody may be called: restricted, not on-site, not just accepted
        """
        self.check_access("write")
        for ticket in self:
            ticket._assert_callable()
        calls = self.env["complaint.call"]._call(
            [vals for ticket in self for vals in CallsToRoom(ticket).to_make()]
        )
        return True if calls else CallsToRoom(self).notice_of_nobody()

    def _assert_callable(self):
        if self.is_restricted:
            raise UserError(
                self.env._(
                    "Nobody can be called about a restricted complaint: it would disclose it."
                )
            )
        if not self.is_visit:
            raise UserError(
                self.env._("People can be called to the room only for an on-site complaint.")
            )
        if self.complaint_state != "accepted":
            raise UserError(
                self.env._("People are called once a complaint is accepted, until it is forwarded.")
            )

    # --- settling ---------------------------------------------------------------------------

    def action_settle_on_spot(self, values=None):
        """Answer the complainant face to face, and close the complaint once nothing is missing.

        :param dict values: ``content`` (the answer), ``result``, ``satisfaction``, ``suggestion``
            or ``no_suggestion``, ``signature`` (base64) or ``scans``: pairs of a file name and its
            bytes in base64. Without values, ask for them.
        :raise UserError: where it can't be settled on the spot, nobody arrived, or something of
            the above is missing; nothing changes
        """
        self.ensure_one()
        self._begin("settle_on_spot")
        obstacle = self._settlement_obstacle()
        if obstacle:
            raise UserError(obstacle)
        CallsToRoom(self).assert_arrived()
        if values is None:
            return self.env["complaint.settlement.wizard"]._open(self)
        facts = {name: clean_values(self.env, values).get(name) for name in SETTLEMENT}
        # The record is refused after its files were attached: whoever catches the refusal, such as
        # a page, finds nothing of them.
        with self.env.cr.savepoint():
            self.env["complaint.feedback"]._create_on_spot(self, facts, values.get("scans") or [])
        self._procedure_write({"settled_on_spot": True})
        # Settled on the spot, the limit of on-site complaints (五(二)2) no longer applies: the
        # policy is chosen again before the clock stops.
        self._reapply_policy()
        self._move_to("fed_back")
        self._after_advance("fed_back")
        # What was found has yet to be confirmed, as a rule: closing waits for it.
        if not self._what_keeps_open():
            self.action_close()
        return True

    def _settlement_obstacle(self):
        """Return why the complaint can't be settled in the room, or nothing."""
        self.ensure_one()
        if not self.is_visit:
            return self.env._("Only a complaint made on site can be settled on the spot.")
        if self.is_restricted:
            return self.env._(
                "A restricted complaint is never settled with those complained about."
            )
        if self.is_outside_matter:
            return self.env._("What is not about window staff is referred, not settled here.")
        if self.needs_meeting:
            return self.env._(
                "Major complaints, and those about several units, go to a meeting: they can't be "
                "settled on the spot."
            )
        if CurrentRound(self).slips():
            return self.env._("A slip went to the unit: its reply comes first.")
        return ""
