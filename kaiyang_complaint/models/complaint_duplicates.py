from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools import flow


class ComplaintDuplicates(models.AbstractModel):
    """Complaints of one matter: each later one points to the first, never to another duplicate."""

    _name = "complaint.duplicates"
    _description = "Duplicate Complaints"

    # The helpdesk's own field, of which it marks ordinary tickets as well.
    duplicate_id = fields.Many2one(
        "helpdesk.ticket",
        index="btree_not_null",
        check_company=True,
        compute="_compute_duplicate_id",
        store=True,
        readonly=False,
        recursive=True,
    )
    may_end_as_duplicate = fields.Boolean(compute="_compute_may_end_as_duplicate")

    @api.depends("is_restricted", "duplicate_id.is_restricted")
    def _compute_duplicate_id(self):
        """Let go of restricted complaints: a link would tell others that they exist (七.5)."""
        for ticket in self:
            original = ticket.duplicate_id
            parted = ticket.is_restricted or original.is_restricted
            ticket.duplicate_id = False if parted else original

    @api.depends("complaint_state", "duplicate_id.complaint_state")
    def _compute_may_end_as_duplicate(self):
        for ticket in self:
            ticket.may_end_as_duplicate = (
                ticket.complaint_state == "draft" and not ticket._why_not_end_as_duplicate()
            )

    @api.constrains("duplicate_id")
    def _check_duplicate_of(self):
        for ticket in self.filtered(
            lambda one: (
                one.duplicate_id and (one.is_complaint or one.sudo().duplicate_id.is_complaint)
            )
        ):
            original = ticket.duplicate_id
            if original == ticket or original.duplicate_id or ticket.duplicate_ids:
                raise ValidationError(
                    self.env._(
                        "A duplicate points to the complaint that came first, and that one to no "
                        "other. Link them by “Same Matter”."
                    )
                )
            ticket._assert_linkable(original)

    def _assert_linkable(self, other):
        """Refuse links from and to what others must not learn of, or what is no complaint."""
        if self.is_restricted or other.is_restricted:
            raise UserError(
                self.env._("A restricted complaint is linked to no other: it is kept to itself.")
            )
        if not (self.is_complaint and other.is_complaint):
            raise UserError(self.env._("Only complaints are linked as one matter."))

    def _mail_track(self, tracked_fields, initial_values):
        """Keep the title of the other complaint out of the chatter: it may be restricted later."""
        if self.is_complaint:
            tracked_fields = {
                name: field for name, field in tracked_fields.items() if name != "duplicate_id"
            }
        return super()._mail_track(tracked_fields, initial_values)

    def _same_matter(self):
        """Return the other complaints of the same matter."""
        first = self.duplicate_id or self._origin
        return (first | first.duplicate_ids) - self._origin

    # --- linking ----------------------------------------------------------------------------

    def action_same_matter(self, other_id):
        """Link this complaint to another of the same matter (五(三)); both then show the other.

        What was linked to this one goes along: all point to the one that came first.

        :raise AccessError: where the user may not change this one or read the other
        :raise UserError: where this one has ended, or either is restricted
        """
        self.ensure_one()
        other = self.browse(other_id)
        other.check_access("read")
        self.check_access("write")
        self._assert_open_for_change()
        self._assert_linkable(other)
        first = other.duplicate_id or other
        if first != self:
            moved = self | self.duplicate_ids
            (moved - first)._guarded_write({"duplicate_id": first.id})
            self._message_log(body=self.env._("Same matter as %s.", first._known_as()))
            first._log_beside(self.env._("%s is the same matter.", self._known_as()))
        return True

    def action_not_same_matter(self, other_id):
        """Undo a link: a duplicate leaves the others, or the first one lets a duplicate go.

        :raise AccessError: where the user may not change this complaint
        :raise UserError: where it has ended
        """
        self.ensure_one()
        self.check_access("write")
        self._assert_open_for_change()
        leaving = self if self.duplicate_id else self.duplicate_ids & self.browse(other_id)
        first = leaving.duplicate_id
        leaving._guarded_write({"duplicate_id": False})
        for ticket in leaving:
            first._log_beside(self.env._("%s is a matter of its own.", ticket._known_as()))
            ticket._message_log(body=self.env._("A matter of its own."))
        return True

    def _log_beside(self, text):
        """Note in a complaint what became of another; one that is archived takes no more notes."""
        if self.complaint_state != "archived":
            self._message_log(body=text)

    def _known_as(self):
        """Name a complaint without its title: what is written down stays when it is restricted."""
        return self.env._("A draft") if self.number == "/" else self.number

    # --- ending -----------------------------------------------------------------------------

    def action_end_as_duplicate(self):
        """End drafts by which complainants repeat what is being handled already.

        They are answered by the first complaint. A draft of another person, or of what has ended,
        goes its own way: the regulation owes it an answer (六).

        :raise UserError: saying why a draft is to be handled by itself
        """
        self._begin("mark_invalid")
        for ticket in self:
            obstacle = ticket._why_not_end_as_duplicate()
            if obstacle:
                raise UserError(obstacle)
            first = ticket.duplicate_id
            ticket.action_mark_invalid(self.env._("Duplicate of %s.", first.number))
            first._message_log(
                body=self.env._("The complainant said it again; that draft was ended.")
            )
        return True

    def _why_not_end_as_duplicate(self):
        """Return why a complaint has to be handled by itself, or nothing."""
        first = self.duplicate_id
        if not first:
            return self.env._("Link it first to the complaint that it repeats.")
        if first.complaint_state not in flow.RUNNING:
            return self.env._(
                "%s is not being handled: handle this complaint by itself, or see to that one.",
                first.display_name,
            )
        if not self._is_same_complainant(first):
            return self.env._("Another person complains: they are owed an answer of their own.")
        return ""

    def _is_same_complainant(self, other):
        """Tell whether one person complains twice: by the telephone, or the name without one."""
        mine, theirs = self.sudo(), other.sudo()
        if mine.complainant_phone_key or theirs.complainant_phone_key:
            return mine.complainant_phone_key == theirs.complainant_phone_key
        return bool(mine.partner_name) and mine.partner_name == theirs.partner_name
