from odoo import fields, models
from odoo.exceptions import AccessError, UserError

UNIT_ANSWERED = "kaiyang_complaint.activity_unit_answered"


class ComplaintSlipVerbs(models.AbstractModel):
    """What the desk and the representative do with a slip (五(二)1, 3, 6)."""

    _name = "complaint.slip.verbs"
    _description = "Acts on a Slip"
    _inherit = ["complaint.guarded"]

    # --- the desk ---------------------------------------------------------------------------

    def action_send(self):
        """Send slips to their representatives and start the units' clocks.

        :raise UserError: where nobody represents the unit, nobody looked through the text, it is
            not a draft, or the complaint is not under way or must not be known to the unit
        """
        self.check_access("write")
        self._assert_state("draft")
        for slip in self:
            slip._assert_may_leave()
            slip._assert_addressed()
            slip._assert_reviewed()
            slip._issue()
        self.ticket_id.activity_feedback([UNIT_ANSWERED])
        self.ticket_id._advance()

    def _assert_may_leave(self):
        """Refuse a slip before acceptance and after the reply, and one that may not leave yet."""
        ticket = self.ticket_id
        if ticket.complaint_state not in ("accepted", "handling"):
            raise UserError(ticket._illegal_move("handling"))
        ticket._assert_forwardable()

    def _assert_addressed(self):
        """Refuse a slip that nobody in office, or only somebody complained about, would get."""
        person = self.representative_id
        if person not in self.unit_id.representative_ids or person.user_id in self.barred_user_ids:
            raise UserError(
                self.env._(
                    "No representative of %s is in office who is not complained about. "
                    "Name one first.",
                    self.unit_id.name,
                )
            )

    def _assert_reviewed(self):
        """Refuse a slip whose text no person has seen as it leaves (五(二)1)."""
        if not self.is_reviewed:
            raise UserError(
                self.env._(
                    "Nobody has looked through the text of %s that leaves. Press “Look Through "
                    "and Forward” there: it shows what is masked, and lets you change it.",
                    self.ticket_id.display_name,
                )
            )

    def action_look_through(self):
        """Open the page that shows the text of a draft slip, to send it from there.

        :raise UserError: where it may not leave
        """
        self.ensure_one()
        self.check_access("write")
        self._assert_state("draft")
        self._assert_may_leave()
        return self.env["complaint.review.wizard"]._open(self.ticket_id, self)

    def _issue(self):
        """Number the slip, start its clock and tell the representative."""
        ticket = self.ticket_id
        issued = ticket.slip_ids.filtered("sent_at")
        self._guarded_write(
            {
                "name": f"{ticket.number}-{len(issued) + 1:02d}",
                "state": "sent",
                "sent_at": fields.Datetime.now(),
                "issued_by_id": self.env.uid,
                "room_opinion": self._opinion_to_send(),
                "summary": self.summary,
            }
        )
        self._keep_names(["representative_id"])
        ticket._start_clock("reply", ticket.policy_id.reply_days, self)
        ticket._time_feedback()
        self._notify_representative(
            self.env._("New complaint slip %s", self.name),
            "kaiyang_complaint.slip_notice_sent",
        )

    def _opinion_to_send(self):
        """Return the opinion as it was looked through; another one, such as a task, is masked."""
        seen = self.room_opinion == self.ticket_id.room_opinion
        return self.room_opinion if seen else self.ticket_id._scrubbed(self.room_opinion)

    def action_accept_reply(self):
        """Take the units' replies: the room holds them for sound."""
        self.check_access("write")
        self._assert_state("replied")
        self._guarded_write({"state": "accepted"})
        self._last_reply()._guarded_write({"state": "accepted"})
        self.ticket_id.activity_feedback([UNIT_ANSWERED])
        self.ticket_id._advance()

    def action_return_reply(self, reason=None):
        """Return replies for rework; the unit's limit runs on. Without a reason, ask for it."""
        self.check_access("write")
        self._assert_state("replied")
        reason = self._said(reason)
        if not reason:
            return self.env["complaint.reason.wizard"]._open(self, "action_return_reply")
        self._guarded_write({"state": "received"})
        for slip in self:
            shown = {"return_reason": slip.ticket_id._scrubbed(reason)}
            slip._last_reply()._guarded_write({"state": "returned", **shown})
        self.ticket_id.activity_feedback([UNIT_ANSWERED])
        for slip in self:
            slip.sudo().deadline_ids._resume(slip.ticket_id.policy_id.reply_days)
            slip.ticket_id._time_feedback()
            slip._notify_representative(
                self.env._("Reply to slip %s returned", slip.name),
                "kaiyang_complaint.slip_notice_returned",
            )
        return True

    # --- the representative, or the desk where paper came back -------------------------------

    def action_receive(self):
        """Sign for slips: the unit has them (签收)."""
        self._assert_addressee()
        self._assert_state("sent")
        self.sudo()._guarded_write(
            {
                "state": "received",
                "received_at": fields.Datetime.now(),
                "received_by_id": self.env.uid,
            }
        )

    def action_reply(self, values):
        """Answer a slip with the result of the unit's inquiry.

        :param dict values: ``facts``, ``responsibility`` (``staff|unit|other|none``), ``measures``,
            optionally ``result`` and ``attachments``: pairs of a file name and its bytes in base64
        :raise UserError: where one of the three is missing; the slip stays as it was
        """
        self.ensure_one()
        self._assert_addressee()
        self._assert_state("received")
        slip = self.sudo()
        slip.env["complaint.slip.reply"]._submit(slip, values)
        slip._guarded_write({"state": "replied"})
        slip.ticket_id._stop_clock("reply", slip)
        slip.ticket_id._time_feedback()
        slip._tell_desk(self.env._("The unit replied to slip %s.", slip.name))

    def action_decline(self, reason=None):
        """Send a slip back that is not the unit's business. Without a reason, ask for it."""
        self._assert_addressee()
        self._assert_state("sent", "received")
        reason = self._said(reason)
        if not reason:
            return self.env["complaint.reason.wizard"]._open(self, "action_decline")
        for slip in self.sudo():
            slip._revoke_contact(self.env._("The unit declined the slip."))
            slip._guarded_write({"state": "declined", "decline_reason": reason})
            slip.deadline_ids._cancel()
            slip.ticket_id._time_feedback()
            slip.ticket_id._advance()
            slip._tell_desk(self.env._("The unit declined slip %s.", slip.name))
        return True

    # --- helpers ------------------------------------------------------------------------------

    def _assert_addressee(self):
        """Let the unit's representatives act, and the desk for them where paper came back.

        :raise AccessError: for everybody else
        """
        self.check_access("read")
        if self.env.user.has_group("kaiyang_complaint.group_complaint_clerk"):
            self.check_access("write")
            return
        for slip in self.sudo():
            if self.env.user not in slip.unit_id.representative_ids.user_id:
                raise AccessError(self.env._("This slip is addressed to another unit."))

    def _last_reply(self):
        return self.env["complaint.slip.reply"].browse(
            [slip.sudo().reply_ids.sorted("id")[-1:].id for slip in self]
        )

    def _notify_representative(self, subject, template, **values):
        """Write to the representative; the message names the slip, never the complainant.

        :param values: what the template shows besides the slip
        """
        self.ensure_one()
        slip = self.sudo()
        slip._notice().message_notify(
            partner_ids=slip._addressee().partner_id.ids,
            subject=subject,
            body=slip.env["ir.qweb"]._render(template, {"slip": slip, **values}),
            email_layout_xmlid="mail.mail_notification_light",
            force_send=False,
        )

    def _tell_desk(self, note):
        """Give the clerk in charge a to-do about what the unit did."""
        self.ensure_one()
        self.ticket_id.activity_schedule(
            UNIT_ANSWERED,
            user_id=self.ticket_id.user_id.id or self.issued_by_id.id,
            summary=note,
        )
