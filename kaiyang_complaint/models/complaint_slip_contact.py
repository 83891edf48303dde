from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import flow


class ComplaintSlipContact(models.AbstractModel):
    """A complainant's name and telephone, lent to a unit that answers them itself (五(三)).

    They are never a field of the slip: who sees them asks for them, with a reason, on record.
    """

    _name = "complaint.slip.contact"
    _description = "Contact Released with a Slip"

    contact_released_at = fields.Datetime(readonly=True, copy=False)
    contact_released_by_id = fields.Many2one(
        "res.users",
        string="Released By",
        readonly=True,
        copy=False,
        groups="kaiyang_complaint.group_complaint_user",
    )
    contact_release_reason = fields.Text(
        string="Contact Released For",
        readonly=True,
        copy=False,
        groups="kaiyang_complaint.group_complaint_user",
    )

    def action_release_contact(self, reason=None):
        """Let units see the complainant's name and telephone, for an answer of their own.

        Without a reason, ask for it.

        :raise UserError: where the complainant is anonymous or asks for confidentiality, the
            complaint is restricted, or no unit has the slip
        """
        self.check_access("write")
        self._assert_contact_releasable()
        reason = self._said(reason)
        if not reason:
            title = self.env._("Release Contact: What For")
            return self.env["complaint.reason.wizard"]._open(self, "action_release_contact", title)
        self.env["complaint.access.log"]._log(self, "release", reason)
        self._guarded_write(
            {
                "contact_released_at": fields.Datetime.now(),
                "contact_released_by_id": self.env.uid,
                "contact_release_reason": reason,
            }
        )
        return True

    def action_revoke_contact(self, reason=None):
        """Take the contact back from units; what was seen stays on record."""
        self.check_access("write")
        self._revoke_contact(self._said(reason) or self.env._("Revoked by hand."))

    def _revoke_contact(self, reason):
        """End releases that are open, for whatever reason the procedure gives."""
        open_ones = self.sudo().filtered("contact_released_at")
        if open_ones:
            self.env["complaint.access.log"]._log(open_ones, "revoke", reason)
            open_ones._guarded_write(
                {
                    "contact_released_at": False,
                    "contact_released_by_id": False,
                    "contact_release_reason": False,
                }
            )

    def action_show_contact(self, reason):
        """Return the complainant's ``name`` and ``phone`` to the unit they were released to.

        Every time is put on record, with the reason.

        :raise AccessError: where the contact is not, or no longer, released to the user's unit
        :raise UserError: without a reason
        """
        self.ensure_one()
        self._assert_addressee()
        slip = self.sudo()
        if not slip.contact_released_at or slip._contact_obstacle():
            raise AccessError(self.env._("The contact of this complainant is not released."))
        reason = self._said(reason)
        if not reason:
            raise UserError(self.env._("Say what you need the contact for. Nothing was shown."))
        self.env["complaint.access.log"]._log(self, "show", reason)
        return {"name": slip.ticket_id.partner_name, "phone": slip.ticket_id.complainant_phone}

    def _assert_contact_releasable(self):
        for slip in self:
            slip._assert_contact_open()
            if slip.contact_released_at:
                raise UserError(self.env._("The contact is released to this unit already."))

    def _assert_contact_open(self):
        obstacle = self.sudo()._contact_obstacle()
        if obstacle:
            raise UserError(obstacle)

    def _contact_obstacle(self):
        """Return why the contact must not be known to the unit, or nothing."""
        ticket = self.ticket_id
        if ticket.complaint_state in flow.ENDS:
            return self.env._("The complaint has ended: there is nothing left to answer.")
        if ticket.is_restricted:
            return self.env._("Nobody outside learns who complained in a restricted case.")
        if ticket.complainant_identity == "anonymous":
            return self.env._("The complainant is anonymous: there is no contact to release.")
        if ticket.is_confidential:
            return self.env._("The complainant asks that their identity be kept from the unit.")
        if self.state in ("draft", "declined"):
            return self.env._("No unit has slip %s: there is nobody to release to.", self.name)
        return ""
