from odoo.exceptions import UserError

# Role -> the demonstration's user.
CLERKS = ("clerk", "clerk2")
ROLES = (*CLERKS, "manager", "leader", "director", "archivist")


class People:
    """The people of the demonstration, each acting with their own rights.

    :raise UserError: in a database that is not the demonstration's
    """

    def __init__(self, env):
        self.env = env
        self.users = {role: self._user(role) for role in ROLES}
        self._environments = {}

    def _user(self, role):
        user = self.env.ref(f"kaiyang_complaint.demo_user_{role}", raise_if_not_found=False)
        if not user:
            raise UserError(
                self.env._(
                    "This database is not the demonstration: a year is told of its people only. "
                    "Install the addon with its demonstration first."
                )
            )
        return user

    def acting(self, user):
        """Return the environment in which someone acts, by role or as a user."""
        user = self.users.get(user, user)
        if user not in self._environments:
            context = {
                "lang": user.lang,
                "tz": user.tz,
                "allowed_company_ids": user.company_ids.ids,
                "mail_activity_quick_update": True,
            }
            self._environments[user] = self.env(user=user.id, su=False, context=context)
        return self._environments[user]
