from dateutil.relativedelta import relativedelta
from odoo import SUPERUSER_ID, fields, models
from odoo.tools import SQL

ASSESS = "kaiyang_complaint.activity_assess"


class ComplaintAssessmentVerbs(models.AbstractModel):
    """What people do with a month: compute, publish, look at what it rests on (七.1)."""

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
