from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import plaintext2html

from ..tools.masking import exposed

TO_STUDY = "kaiyang_complaint.activity_common_issue"
# Verb -> the states it starts from. Buttons are shown by the same table.
VERBS = {
    "study": {"found"},
    "set_measures": {"studying"},
    "publish": {"measured"},
    "dismiss": {"found", "studying", "measured"},
    "take_up": {"published", "dismissed"},
}


class ComplaintCommonIssueVerbs(models.AbstractModel):
    """What is done about a common issue: studied, met with measures, published (五(三))."""

    _name = "complaint.common.issue.verbs"
    _description = "Acts on a Common Issue"

    open_verbs = fields.Char(compute="_compute_open_verbs")

    @api.depends("state")
    def _compute_open_verbs(self):
        for issue in self:
            verbs = [verb for verb, sources in VERBS.items() if issue.state in sources]
            issue.open_verbs = f",{','.join(verbs)},"

    @api.depends("name", "published_text", "ticket_ids")
    def _compute_exposed(self):
        for issue in self:
            issue.exposed = "、".join(issue._exposed())

    def _begin(self, verb):
        """Check that the user may lead and that the state allows the act.

        :raise AccessError: for others than the manager and the leaders
        :raise UserError: where the act is not open
        """
        self.check_access("write")
        if not self._may_lead():
            raise AccessError(self.env._("Measures are set by the manager or a leader."))
        self._assert_state(*VERBS[verb])

    def _demand(self, *names):
        """Refuse an act while something it needs is empty.

        :raise UserError: naming it
        """
        for issue in self:
            missing = [name for name in names if not (str(issue[name] or "")).strip()]
            labels = [self._fields[name]._description_string(self.env) for name in missing]
            if labels:
                raise UserError(self.env._("Still missing: %s.", "、".join(labels)))

    def action_study(self):
        """Have issues studied: somebody is responsible and has a to-do, by a date."""
        self._begin("study")
        self._demand("user_id")
        self._guarded_write({"state": "studying"})
        self._give_to_do()
        return True

    def _give_to_do(self):
        for issue in self.filtered("user_id"):
            issue.activity_schedule(
                TO_STUDY,
                date_deadline=issue.due_date or issue.company_id._complaint_today(),
                user_id=issue.user_id.id,
            )

    def action_set_measures(self):
        """Settle on measures: what is improved, and how.

        :raise UserError: where the measures or the method are missing
        """
        self._begin("set_measures")
        self._demand("measures", "method")
        self._guarded_write({"state": "measured"})
        self.activity_feedback([TO_STUDY])
        return True

    def action_publish(self):
        """Record that measures were made public: where, when, in which words.

        :raise UserError: where measures, medium or date are missing, the date is to come, or the
            text names a complainant
        """
        self._begin("publish")
        self._demand("measures", "medium", "published_on")
        for issue in self:
            if issue.published_on > issue.company_id._complaint_today():
                raise UserError(self.env._("What is to be published later is not published yet."))
            issue._assert_unexposed()
            issue._guarded_write({"state": "published", "closed_at": fields.Datetime.now()})
            issue._log_publication()
        return True

    def _log_publication(self):
        """Keep every publication in the chatter: the next one takes the place of its fields."""
        lines = [
            self.env._(
                "Published on %(day)s: %(medium)s", day=self.published_on, medium=self.medium
            ),
            self.link,
            self.published_text,
        ]
        self.message_post(body=plaintext2html("\n".join(filter(None, lines))))

    def action_dismiss(self, reason=None):
        """Close issues that are none. Without a reason, ask for it."""
        self._begin("dismiss")
        reason = self._said(reason)
        if not reason:
            return self.env["complaint.reason.wizard"]._open(self, "action_dismiss")
        closed = {"state": "dismissed", "dismissal": reason, "closed_at": fields.Datetime.now()}
        self._guarded_write(closed)
        self.activity_unlink([TO_STUDY])
        return True

    def action_take_up(self):
        """Study closed issues once more.

        :raise ValidationError: where an issue of the same kind is open
        """
        self._begin("take_up")
        self._guarded_write({"state": "studying", "dismissal": False})
        self._give_to_do()
        return True

    # --- what is published names nobody -------------------------------------------------------

    def _assert_unexposed(self):
        found = self._exposed()
        if found:
            raise UserError(
                self.env._(
                    "What is published must not tell who complained. It holds: %s.",
                    "、".join(found),
                )
            )

    def _exposed(self):
        """Return what identifies complainants in what is to be published.

        Complaints restricted meanwhile count as well: their complainants least of all.
        """
        tickets = self.env["helpdesk.ticket"].sudo().with_context(active_test=False)
        tickets = tickets.search([("common_issue_ids", "in", self._origin.ids)])
        tickets |= self.ticket_ids._origin.sudo()
        said = "；".join(filter(None, (self.name, self.published_text)))
        return exposed(said, tickets._known_identifiers(), recorded=True)
