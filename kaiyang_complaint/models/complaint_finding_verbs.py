from odoo import fields, models
from odoo.exceptions import AccessError, UserError

OVERTURNERS = ("manager", "leader", "director")


class ComplaintFindingVerbs(models.AbstractModel):
    """What is done with a finding: confirmed, overturned with the reason, found anew (七.1)."""

    _name = "complaint.finding.verbs"
    _description = "Acts on a Finding"

    def action_confirm(self):
        """Confirm findings, one or many at once: from now on section seven applies to them.

        :raise UserError: naming what is missing; nothing changes
        """
        self.check_access("write")
        self._assert_confirmable()
        self._queue_up()
        self._guarded_write(
            {
                "state": "confirmed",
                "confirmed_at": fields.Datetime.now(),
                "confirmed_by_id": self.env.uid,
            }
        )
        self._note_on_cases(self.env._("Finding confirmed: %s"))
        if not self.has_access("read"):  # a breach narrowed it
            return self.env["ir.actions.act_window"]._for_xml_id(
                "kaiyang_complaint.complaint_action"
            )
        return True

    def action_overturn(self, reason=None):
        """Overturn confirmed findings; what they led to is taken back. Without a reason, ask.

        It is no change of the case: findings on archived cases are overturned as well, and the
        papers stay as they were.

        :raise AccessError: for others than the manager and the leaders
        :raise UserError: where a finding was not confirmed
        """
        self.check_access("read")
        self._assert_may_overturn()
        self._assert_state("confirmed")
        reason = self._said(reason)
        if not reason:
            return self.env["complaint.reason.wizard"]._open(self, "action_overturn")
        findings = self.sudo()._thawed()
        findings._queue_up()
        findings._mark_overturned(reason)
        return True

    def _mark_overturned(self, reason):
        self._guarded_write(
            {
                "state": "overturned",
                "overturned_at": fields.Datetime.now(),
                "overturned_by_id": self.env.uid,
                "overturn_reason": reason,
            }
        )
        self._note_on_cases(self.env._("Finding overturned: %s"), reason)

    def action_find_anew(self):
        """Note a new finding in the place of an overturned one, on archived cases as well.

        :raise AccessError: for others than the manager and the leaders
        :raise UserError: where the finding stands, or another took its place
        """
        self.ensure_one()
        self.check_access("read")
        self._assert_may_overturn()
        self._assert_state("overturned")
        if self.respondent_id.finding_ids._standing():
            raise UserError(self.env._("There is a finding on this respondent already."))
        anew = self.sudo()._thawed()._guarded().create(self._anew_values())
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Finding"),
            "res_model": self._name,
            "res_id": anew.id,
            "views": [(False, "form")],
        }

    def _anew_values(self):
        """Return what the next finding starts with: the same parties, nothing found yet."""
        links = ("ticket_id", "respondent_id", "staff_id", "window_id", "unit_id")
        links += ("representative_id", "conduct_id")
        return {"replaced_id": self.id, "facts": self.facts} | {
            name: self[name].id for name in links
        }

    def _assert_may_overturn(self):
        groups = [f"kaiyang_complaint.group_complaint_{role}" for role in OVERTURNERS]
        if not any(self.env.user.has_group(group) for group in groups):
            raise AccessError(
                self.env._("A finding is overturned by the manager or a leader of the desk.")
            )

    def _note_on_cases(self, text, reason=""):
        """Note on the complaints what was found, all in one stroke: their threads are kept."""
        bodies = {}
        for ticket, findings in self.sudo().grouped("ticket_id").items():
            said = text % "、".join(findings.mapped("display_name"))
            bodies[ticket.id] = f"{said}。{reason}" if reason else said
        tickets = self.env["helpdesk.ticket"].sudo().browse(bodies)
        tickets._thawed()._message_log_batch(bodies=bodies, author_id=self.env.user.partner_id.id)
