from odoo import models
from odoo.exceptions import AccessDenied, UserError
from odoo.fields import Domain


class ResUsers(models.Model):
    """A user may see some complaints, all or none."""

    _inherit = "res.users"

    def complaint_scope(self, path=""):
        """Return the domain of the complaints a user may read; the only definition of it.

        Clerks see all but restricted cases of others, leaders see all, archivists what is closed
        and not restricted, everybody else nothing. Record rules call it, for complaints and for
        what hangs on them.

        :param path: way from the model of the rule to the complaint, such as ``ticket_id.``
        """
        self.ensure_one()
        role = {
            name
            for name in ("clerk", "leader", "director", "archivist")
            if self.has_group(f"kaiyang_complaint.group_complaint_{name}")
        }
        scope = Domain.FALSE
        unrestricted = Domain(f"{path}is_restricted", "=", False)
        # Checked first: whoever leads reads everything, whatever other roles they hold.
        if role & {"leader", "director"}:
            return list(Domain.TRUE)
        if "clerk" in role:
            scope |= unrestricted | Domain(f"{path}user_id", "=", self.id)
        if "archivist" in role:
            ended = Domain(f"{path}complaint_state", "in", ["closed", "archived"])
            scope |= unrestricted & ended
        # A plain list: record rules splice it into domains of their own.
        return list(scope)

    def complaint_submission_scope(self):
        """Return the domain of the online submissions a user may read.

        What was sent and not taken over yet is for the clerks; breaches of discipline for the
        managers, one of whom takes them over, and the leaders. What was taken over is read as its
        complaint; what somebody is still filling in, by nobody.
        """
        waiting = Domain("state", "=", "received")
        roles = ("manager", "leader", "director")
        if not any(self.has_group(f"kaiyang_complaint.group_complaint_{role}") for role in roles):
            waiting &= Domain("is_restricted", "=", False)
        taken = Domain("state", "=", "taken") & Domain(self.complaint_scope("ticket_id."))
        return list(waiting | taken)

    def complaint_dossier_scope(self, path=""):
        """Return the domain of the dossiers a user may see: as their case, and the archive's own.

        A case that is reopened leaves the archivists' sight; the volumes they archived do not.

        :param path: way from the model of the rule to the dossier, such as ``dossier_id.``
        """
        scope = Domain(self.complaint_scope(f"{path}ticket_id."))
        if self.has_group("kaiyang_complaint.group_complaint_archivist"):
            unrestricted = Domain(f"{path}ticket_id.is_restricted", "=", False)
            scope |= unrestricted & Domain(f"{path}state", "=", "archived")
        return list(scope)

    def complaint_archive_scope(self, path=""):
        """Return the domain of the complaints whose dossiers a user keeps (八).

        Archivists and managers keep the dossiers of what is not restricted; those of restricted
        cases, which no archivist reads, the clerk in charge or a leader.

        :param path: way from the model of the rule to the complaint, such as ``ticket_id.``
        """
        self.ensure_one()
        role = {
            name
            for name in ("archivist", "clerk", "manager", "leader", "director")
            if self.has_group(f"kaiyang_complaint.group_complaint_{name}")
        }
        restricted = Domain(f"{path}is_restricted", "=", True)
        scope = Domain.FALSE
        # Roles add up: a manager who also leads keeps the dossiers of both kinds.
        if role & {"archivist", "manager"}:
            scope |= ~restricted
        if role & {"leader", "director"}:
            scope |= restricted
        if "clerk" in role:
            scope |= restricted & Domain(f"{path}user_id", "=", self.id)
        return list(scope)

    def complaint_letter_scope(self):
        """Return the domain of the letters a user may see (七.5).

        Whoever may read all the cases of a letter; a letter without a case is for the room and
        its leaders, and for archivists once it is issued.
        """
        self.ensure_one()
        # “Not any case that is hidden” would be true of letters without a case.
        if Domain(self.complaint_scope()).is_false():
            return list(Domain.FALSE)
        scope = Domain("ticket_ids", "not any", self._complaint_hidden())
        roles = ("clerk", "leader", "director")
        if not any(self.has_group(f"kaiyang_complaint.group_complaint_{role}") for role in roles):
            scope &= Domain("ticket_ids", "!=", False) | Domain("issued_at", "!=", False)
        return list(scope)

    def complaint_result_scope(self, shown, path=""):
        """Return the domain of the results, such as assessments, a user may see.

        The room and its leaders see all, archivists what was published, everybody else nothing.

        :param shown: the states in which a result is, or was, published
        :param path: way from the model of the rule to the result
        """
        self.ensure_one()
        roles = ("clerk", "leader", "director")
        if any(self.has_group(f"kaiyang_complaint.group_complaint_{role}") for role in roles):
            return list(Domain.TRUE)
        if self.has_group("kaiyang_complaint.group_complaint_archivist"):
            return [(f"{path}state", "in", list(shown))]
        return list(Domain.FALSE)

    def complaint_assessment_line_scope(self):
        """Return the domain of the deductions a user may see: as the assessment, and as the case.

        Archivists, who read no open case, read what was published unless it is restricted.
        """
        months = Domain(self.complaint_result_scope(("published",), "assessment_id."))
        cases = Domain(self.complaint_scope("finding_id.ticket_id."))
        if not months.is_true():
            cases = Domain("finding_id.ticket_id.is_restricted", "=", False)
        return list(months & (Domain("finding_id", "=", False) | cases))

    def complaint_approval_scope(self):
        """Return the domain of the requests to leaders a user may see: as what they are about."""
        letters = Domain("letter_id", "any", self.complaint_letter_scope())
        cases = Domain("letter_id", "=", False) & Domain(self.complaint_scope("ticket_id."))
        results = Domain("subject", "!=", False) & Domain(self.complaint_result_scope(()))
        of_cases = Domain("subject", "=", False) & (letters | cases)
        return list(of_cases | results)

    def complaint_report_scope(self):
        """Return the domain of the written reports a user of the desk may see (七.3, 七.5).

        Whoever may read all the cases that a report rests on.
        """
        self.ensure_one()
        if Domain(self.complaint_scope()).is_false():
            return list(Domain.FALSE)
        # The hidden cases are few, those that may be read are not: “no case but …” would be looked
        # up among all.
        hidden = Domain("ticket_id", "any", self._complaint_hidden())
        return list(Domain("finding_ids", "not any", hidden))

    def _complaint_hidden(self):
        """Return the domain of the complaints that a user may not read."""
        return ~Domain(self.complaint_scope())

    def _is_complaint_interface(self):
        """Return whether this is no person but the website, which registers complaints (一.3)."""
        self.ensure_one()
        group = "kaiyang_complaint.group_complaint_integration"
        return self.has_group(group) and not self._is_internal()

    def _is_in_office(self):
        """Return whether the user represents a unit."""
        return bool(self and self.partner_id._representatives())

    def _deactivate_portal_user(self, **post):
        """Refuse to delete accounts of representatives: their slips would have no owner.

        :raise UserError: naming one who is in office
        """
        for user in self:
            if user._is_in_office():
                raise UserError(
                    self.env._(
                        "%s represents a unit: slips are sent to this account. The service centre "
                        "ends the term of a representative; then the account can be deleted.",
                        user.name,
                    )
                )
        return super()._deactivate_portal_user(**post)

    def _check_credentials(self, credential, env):
        """Refuse logins of the website's account: its key serves one call only."""
        if self.env.user._is_complaint_interface():
            raise AccessDenied
        return super()._check_credentials(credential, env)
