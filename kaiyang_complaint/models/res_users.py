from odoo import models
from odoo.fields import Domain


class ResUsers(models.Model):
    """A user may see some complaints, all or none."""

    _inherit = "res.users"

    def complaint_scope(self, path=""):
        """Return the domain of the complaints a user may see: the one place that says so (§5).

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
        if role & {"leader", "director"}:
            return list(Domain.TRUE)
        if "clerk" in role:
            scope |= unrestricted | Domain(f"{path}user_id", "=", self.id)
        if "archivist" in role:
            ended = Domain(f"{path}complaint_state", "in", ["closed", "archived"])
            scope |= unrestricted & ended
        return list(scope)
