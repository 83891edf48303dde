from dateutil.relativedelta import relativedelta
from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..tools.masking import exposed

ASSESS = "kaiyang_complaint.activity_assess"


class ComplaintAssessmentVerbs(models.AbstractModel):
    """What people do with a month: compute, submit, take back, publish (七.1)."""

    _name = "complaint.assessment.verbs"
    _description = "Acts on an Assessment"

    # --- computing --------------------------------------------------------------------------

    def action_compute(self):
        """Compute months from the findings and rules as they stand: as often as one likes.

        Lines by hand and what a reviewer decided stay.

        :raise UserError: where a month was submitted
        """
        self.check_access("write")
        for assessment in self:
            assessment._hold()
            assessment._assert_state("draft")
            new, changed, gone = assessment._compute_lines()
            if new or changed or gone:
                assessment._message_log(
                    body=self.env._(
                        "Computed: %(new)s lines new, %(changed)s changed, %(gone)s gone.",
                        new=new,
                        changed=changed,
                        gone=gone,
                    )
                )
        return True

    def _hold(self):
        """Let nobody else act on the months until this transaction ends."""
        if self.ids:
            ids = tuple(sorted(self.ids))
            self.env.cr.execute(
                SQL("SELECT 1 FROM complaint_assessment WHERE id IN %s ORDER BY id FOR UPDATE", ids)
            )
            self.invalidate_recordset(["state"])

    # --- approval ---------------------------------------------------------------------------

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
        said = " ".join(lines.filtered(lambda line: line.kind == "manual").mapped("reason"))
        if not said:
            return
        cases = lines.ticket_id
        names = [*cases.mapped("partner_name"), *cases.mapped("partner_id.name")]
        numbers = [*cases.mapped("complainant_phone"), *cases.mapped("complainant_id_number")]
        found = exposed(said, names, numbers)
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
        self.check_access("write")
        self._assert_state("submitted", "approved")
        for assessment in self:
            if assessment.state == "submitted":
                assessment.approval_id.action_withdraw()
            else:
                assessment._guarded_write({"state": "draft", "approval_id": False})
                assessment._message_log(body=self.env._("Taken back after the approval."))
        return True

    def action_decide(self, verb="action_approve"):
        """Decide on months from their own form.

        :raise AccessError: for others than leaders of the role, and for who asked
        """
        self.check_access("read")
        approvals = self.approval_id.filtered(lambda one: one.state == "pending")
        if not approvals:
            raise UserError(self.env._("Nothing here waits for a decision."))
        return getattr(approvals, verb)()

    def action_approve(self):
        """Approve months as they stand."""
        return self.action_decide()

    def action_reject(self):
        """Send months back into review: ask for the reason."""
        return self.action_decide("action_reject")

    # --- publishing -------------------------------------------------------------------------

    def action_publish(self):
        """Publish approved months: the notice gets its number, and all of it is frozen.

        :raise UserError: where a month is not approved, or a finding was overturned since; no
            number is lost then
        """
        self.check_access("write")
        for assessment in self.sorted("month"):
            assessment._hold()
            assessment._assert_state("approved")
            assessment._assert_current()
            assessment._guarded_write(
                {
                    "state": "published",
                    "published_at": fields.Datetime.now(),
                    "published_by_id": self.env.uid,
                }
            )
            assessment._issue_notice()
            assessment.activity_unlink([ASSESS])
            assessment._message_log(body=self.env._("%s was published.", assessment.name))
        return True

    def _closed_message(self):
        """Say why a month can't be changed any more, and what can be done."""
        if self.state == "published":
            return self.env._(
                "%s is published and stands as it is. A finding that is overturned gives its "
                "points back in the open month.",
                self.display_name,
            )
        return self.env._(
            "%s is submitted. Take it back first, as long as it is not published.",
            self.display_name,
        )

    # --- people, other screens --------------------------------------------------------------

    def _remind_managers(self):
        """Give a to-do to the managers of the room: the month is over."""
        group = self.env.ref("kaiyang_complaint.group_complaint_manager")
        managers = group.sudo().all_user_ids.filtered(
            lambda user: self.company_id in user.company_ids and user.id != SUPERUSER_ID
        )
        rooms = self.env["helpdesk.ticket.team"].sudo().search([("is_complaint_room", "=", True)])
        for user in managers & rooms.user_ids or managers:
            self.activity_schedule(ASSESS, user_id=user.id)

    def _ends_at(self):
        """Return the UTC moment at which the month is over on the wall."""
        last = self.month + relativedelta(months=1, days=-1)
        return self.company_id._complaint_midnight(last)

    def action_open_drafts(self):
        """Open the findings of the month that nobody confirmed yet."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "kaiyang_complaint.complaint_finding_action"
        )
        return {**action, "domain": list(self._drafts_domain()), "context": {}}

    def action_open_lines(self):
        """Open the lines of the month as a list, a pivot table and a chart."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "kaiyang_complaint.complaint_assessment_line_action"
        )
        return {
            **action,
            "name": self.display_name,
            "domain": [("assessment_id", "=", self.id)],
            "context": {"default_assessment_id": self.id},
        }

    def action_download(self):
        """Download the month as a spreadsheet, as far as the user may read it."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/complaint/assessment/{self.id}.xlsx",
            "target": "download",
        }
