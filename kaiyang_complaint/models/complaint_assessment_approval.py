from odoo import models
from odoo.exceptions import UserError

from ..tools.masking import exposed
from .complaint_assessment_verbs import ASSESS


class ComplaintAssessmentApproval(models.AbstractModel):
    """How a month is submitted to the leader in charge, decided on, and taken back (七.1)."""

    _name = "complaint.assessment.approval"
    _description = "Approval of an Assessment"
    _inherit = ["complaint.submitted"]

    def action_submit(self):
        """Put months that are over before the leader in charge.

        :raise UserError: where a month is not over, or not computed from what stands today, or
            its reasons tell who complained
        """
        self.check_access("write")
        for assessment in self:
            assessment._hold()
            assessment._assert_state("draft")
            assessment._assert_over()
            assessment._assert_current()
            assessment._assert_unnamed()
            assessment._guarded_write({"state": "submitted"})
            approval = self.env["complaint.approval"]._ask(
                assessment, "assessment", assessment._request_text()
            )
            assessment._guarded_write({"approval_id": approval.id})
            assessment.activity_unlink([ASSESS])
            assessment._message_log(body=self.env._("Submitted to the leader in charge."))
        return True

    def _assert_over(self):
        if not self._is_over():
            raise UserError(
                self.env._(
                    "%s is not over: it is submitted from the first day of the next month on.",
                    self.display_name,
                )
            )

    def _assert_current(self):
        """Refuse a month that rests on findings or rules that have changed since.

        :raise UserError: naming the way on
        """
        if self.computed_at and self._is_current():
            return
        if self.state == "draft":
            message = self.env._("%s: compute it first. What it rests on has changed since.")
        else:
            message = self.env._(
                "%s: a finding was overturned since. Take it back, compute it and submit it again."
            )
        raise UserError(message % self.display_name)

    def _assert_unnamed(self):
        """Refuse reasons that the notice prints in which something of a complainant stands.

        :raise UserError: naming it
        """
        lines = self.env["complaint.assessment.line"].sudo()
        lines = lines.search([("assessment_id", "in", self.ids)])
        said = "；".join(lines.filtered(lambda line: line.kind == "manual").mapped("reason"))
        if not said:
            return
        found = exposed(said, lines.ticket_id._known_identifiers(), recorded=True)
        if found:
            raise UserError(
                self.env._(
                    "A notice says nothing of who complained. Take out of the reasons: %s.",
                    "、".join(found),
                )
            )

    def _request_text(self):
        """Put the month into numbers and words: leaders decide from a list."""
        lines = [
            self.env._(
                "Windows %(window)s, staff %(staff)s, representatives %(representative)s points; "
                "%(total)s in all, by %(count)s lines.",
                window=f"{self.window_points:g}",
                staff=f"{self.staff_points:g}",
                representative=f"{self.representative_points:g}",
                total=f"{self.total_points:g}",
                count=self.line_count,
            )
        ]
        if self.adjusted_count:
            lines.append(self.env._("Adjusted with a reason: %s.", self.adjusted_count))
        if self.hidden_count:
            lines.append(self.env._("On restricted cases: %s.", self.hidden_count))
        if self.draft_count:
            lines.append(self.env._("Findings not confirmed yet: %s.", self.draft_count))
        ranked = [row for row in self._ranked("unit") if row["points"] < 0][:3]
        lines += [f"{row['record'].name} {row['points']:g}" for row in ranked]
        return "\n".join(lines)

    def _approval_decided(self, approval):
        """Take what the leader decided: the month may be published, or is reviewed anew."""
        self.ensure_one()
        states = {"approved": "approved", "rejected": "draft", "withdrawn": "draft"}
        self._guarded_write({"state": states[approval.state]})
        labels = dict(approval._fields["state"]._description_selection(self.env))
        said = "：".join(filter(None, (labels[approval.state], approval.instruction)))
        self._message_log(body=said, author_id=self.env.user.partner_id.id)
        if approval.state != "withdrawn":
            asker = approval.requested_by_id
            self.activity_schedule(ASSESS, user_id=asker.id, note=said)

    def action_withdraw(self):
        """Take months back that are not published; they need their approval again.

        :raise UserError: where a month was never submitted, or is published
        """
        for assessment in self._take_back("submitted"):
            assessment._message_log(body=self.env._("Taken back after the approval."))
        return True
