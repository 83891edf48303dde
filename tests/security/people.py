"""Who knocks: one person a role, in the centre, in another one, and outside of both."""

from datetime import timedelta

GROUP = "kaiyang_complaint.group_complaint_"
HELPDESK = "helpdesk_mgmt.group_helpdesk_"
PORTAL = "base.group_portal"
# Role -> groups. The clerk is in charge of every case of the centre, the colleague of none.
GROUPS = {
    "clerk": [f"{GROUP}clerk"],
    "colleague": [f"{GROUP}clerk"],
    "manager": [f"{GROUP}manager"],
    "leader": [f"{GROUP}leader"],
    "director": [f"{GROUP}director"],
    "archivist": [f"{GROUP}archivist"],
    "foreign_clerk": [f"{GROUP}clerk"],
    "foreign_manager": [f"{GROUP}manager"],
    "plain": ["base.group_user"],
    "helpdesk_user": [f"{HELPDESK}user"],
    "helpdesk_manager": [f"{HELPDESK}manager"],
    "rep": [PORTAL],
    "other_rep": [PORTAL],
    "portal": [PORTAL],
    "integration": [PORTAL, f"{GROUP}integration"],
}
FOREIGN = ("foreign_clerk", "foreign_manager")
PORTALS = ("rep", "other_rep", "portal", "integration")
# The website never logs in: its key is for single calls.
KEY_ONLY = ("integration",)
PUBLIC = "public"
ROLES = (PUBLIC, *GROUPS)
PASSWORD = "knocks-at-every-door-{role}"
KEY_DAYS = 1


def make(env, centre, abroad):
    """Create the people; return them as users, by role."""
    people = {}
    for role, groups in GROUPS.items():
        company = abroad if role in FOREIGN else centre
        names = [*groups] if role in PORTALS else [*groups, "base.group_allow_export"]
        people[role] = env["res.users"].create(
            {
                "name": f"Matrix {role}",
                "login": f"mx_{role}",
                "password": PASSWORD.format(role=role),
                "email": f"mx_{role}@example.com",
                "company_id": company.id,
                "company_ids": [(6, 0, company.ids)],
                "group_ids": [(6, 0, [env.ref(name).id for name in names])],
                "lang": "zh_CN",
                "tz": "Asia/Shanghai",
            }
        )
    return people


def keys(env, people):
    """Return an API key for each person, by role: passwords are slow to check."""
    return {
        role: env["res.users.apikeys"]
        .with_user(user)
        .sudo()
        ._generate("rpc", "matrix", env.cr.now() + timedelta(days=KEY_DAYS))
        for role, user in people.items()
    }
