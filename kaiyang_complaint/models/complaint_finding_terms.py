from odoo import api, models
from odoo.exceptions import UserError, ValidationError

# States of a complaint in which it was looked into.
LOOKED_INTO = ("replied", "fed_back", "closed", "archived")
REQUIRED = ("conclusion",)
REQUIRED_UPHELD = ("facts", "conduct_id", "responsibility", "liable")


class ComplaintFindingTerms(models.AbstractModel):
    """What the regulation demands of a finding, with refusals that say so (七.1)."""

    _name = "complaint.finding.terms"
    _description = "Terms of a Finding"

    @api.constrains("respondent_id", "ticket_id", "staff_id")
    def _check_respondent(self):
        for finding in self:
            party = finding.respondent_id
            if party.ticket_id != finding.ticket_id:
                raise ValidationError(
                    self.env._("A finding is about a respondent of its own complaint.")
                )
            if party.staff_id and finding.staff_id != party.staff_id:
                raise ValidationError(
                    self.env._("%s is who was complained about.", party.display_name)
                )

    def _assert_findable(self):
        """Refuse findings before acceptance, and after the archiving."""
        early = self.ticket_id.filtered(lambda case: not case.accepted_at)
        if early:
            raise UserError(
                self.env._("%s was not accepted: there is nothing to find.", early[0].display_name)
            )
        archived = self.ticket_id.filtered(lambda case: case.complaint_state == "archived")
        if archived and not self._is_thawed():
            raise UserError(self._frozen_message(archived[0]))

    def _assert_draft(self):
        """Refuse changes of what was confirmed."""
        if any(finding.state != "draft" for finding in self):
            raise UserError(
                self.env._(
                    "What was confirmed stays as it is. A manager or a leader may overturn it, "
                    "with the reason."
                )
            )

    def _assert_confirmable(self):
        """Demand what a finding rests on (七.1).

        :raise UserError: naming what is missing, or who has to be identified first
        """
        self._assert_state("draft")
        for finding in self:
            if finding.ticket_id.complaint_state not in LOOKED_INTO:
                raise UserError(
                    self.env._(
                        "%s is still being looked into: a finding is confirmed once it has its "
                        "reply, or the room's inquiry is concluded.",
                        finding.ticket_id.display_name,
                    )
                )
            finding._assert_complete()

    def _assert_complete(self):
        is_upheld = self.conclusion in ("upheld", "partly")
        demanded = REQUIRED + (REQUIRED_UPHELD if is_upheld else ())
        missing = [
            self._fields[name]._description_string(self.env)
            for name in demanded
            if not self[name] or (name == "facts" and not self.facts.strip())
        ]
        if missing:
            raise UserError(
                self.env._(
                    "“%(finding)s” lacks: %(missing)s.",
                    finding=self.display_name,
                    missing="、".join(missing),
                )
            )
        if is_upheld:
            self._assert_liable_known()

    def _assert_liable_known(self):
        """Demand that whoever is at fault is known by name, or by number."""
        if self.liable == "staff" and not self.staff_id:
            raise UserError(
                self.env._(
                    "“%s” is nobody we know: choose the staff member first, or find the window "
                    "at fault.",
                    self.respondent_id.display_name,
                )
            )
        if self.liable == "window" and not self.window_id:
            raise UserError(self.env._("Choose the window that is at fault."))
