from odoo import api, fields, models
from odoo.exceptions import UserError

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
            ticket.is_settleable = accepted and not ticket._what_keeps_from_settling()

    # --- calling ----------------------------------------------------------------------------

    def action_call_to_room(self):
        """Call the representative and the staff complained about to the room, each of them once.

        :raise UserError: where nobody may be called: restricted, not on-site, not just accepted
        """
        self.check_access("write")
        for ticket in self:
            ticket._assert_callable()
        calls = self.env["complaint.call"]._call(
            [vals for ticket in self for vals in ticket._people_to_call()]
        )
        return True if calls else self._notice_of_nobody()

    def _assert_callable(self):
        if self.is_restricted:
            raise UserError(
                self.env._("Nobody is called about a restricted complaint: they would learn of it.")
            )
        if not self.is_visit:
            raise UserError(self.env._("Only a complaint made on site calls people to the room."))
        if self.complaint_state != "accepted":
            raise UserError(
                self.env._("People are called once a complaint is accepted, until it is forwarded.")
            )

    def _people_to_call(self):
        """Return the values of a call for each person who was not called in the present round."""
        called = {(call.role, call.unit_id.id, call.name) for call in self._calls_of_round()}
        people = {
            (person["role"], person["unit_id"], person["name"]): person
            for person in [*self._representatives_to_call(), *self._staff_to_call()]
        }
        common = {
            "ticket_id": self.id,
            "place": self._scrubbed(self.visit_place) or self.env._("Complaint Room"),
        }
        return [{**common, **person} for key, person in people.items() if key not in called]

    def _calls_of_round(self):
        """Return who was called in the present round of handling."""
        since = self._since()
        return self.call_ids.filtered(lambda call: since and call.called_at >= since)

    def _representatives_to_call(self):
        """Yield the representative in office of each unit who is not complained about."""
        people = self.respondent_ids
        for unit in self._units_complained_about():
            representative = unit._current_representative(people.staff_id)
            windows = (self.window_id | people.window_id).filtered(
                lambda window, unit=unit: window.unit_id == unit
            )
            if representative:
                yield {
                    "role": "representative",
                    "name": representative.user_id.name,
                    "representative_id": representative.id,
                    "unit_id": unit.id,
                    "window_id": windows[:1].id,
                }

    def _staff_to_call(self):
        """Yield those complained about who are known by a name."""
        for person in self.respondent_ids:
            name = person.staff_id.display_name or person.stated_name
            if name:
                yield {
                    "role": "staff",
                    "name": name,
                    "staff_id": person.staff_id.id,
                    "unit_id": person.unit_id.id,
                    "window_id": person.window_id.id,
                }

    def _notice_of_nobody(self):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "message": self.env._(
                    "Everybody known was called already. Name a respondent or a chief "
                    "representative first to call somebody else."
                ),
            },
        }

    # --- settling ---------------------------------------------------------------------------

    def action_settle_on_spot(self, values=None):
        """Answer the complainant face to face and close the complaint in the same visit.

        :param dict values: ``content`` (the answer), ``result``, ``satisfaction``, ``suggestion``
            or ``no_suggestion``, ``signature`` (base64) or ``scans``: pairs of a file name and its
            bytes in base64. Without values, ask for them.
        :raise UserError: where it can't be settled on the spot, nobody arrived, or something of
            the above is missing; nothing changes
        """
        self.ensure_one()
        self._begin("settle_on_spot")
        self._assert_settleable()
        if values is None:
            return self.env["complaint.settlement.wizard"]._open(self)
        facts = {name: self._given(values).get(name) for name in SETTLEMENT}
        with self.env.cr.savepoint():
            self.env["complaint.feedback"]._tell_on_spot(self, facts, values.get("scans") or [])
        self._guarded_write({"settled_on_spot": True})
        self._reapply_policy()
        self._move_to("fed_back")
        self._after_advance("fed_back")
        self.action_close()
        return True

    def _assert_settleable(self):
        obstacle = self._what_keeps_from_settling()
        if obstacle:
            raise UserError(obstacle)
        calls = self._calls_of_round()
        if not calls:
            raise UserError(
                self.env._("Nobody was called to the room yet. Call them, and record who arrived.")
            )
        if "arrived" not in calls.mapped("state"):
            raise UserError(
                self.env._(
                    "Nobody has arrived yet of those called: %s. Record who arrived first.",
                    "、".join(calls.mapped("name")),
                )
            )

    def _what_keeps_from_settling(self):
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
        if self._since() and self._slips_of_round():
            return self.env._("A slip went to the unit: its reply comes first.")
        return ""
