"""Accounts that a manager opens and changes, who has no right to users as such."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import escape_psql
from odoo.tools.mail import email_normalize

from ...tools.codes import GROUP_PREFIX, LEADERS, MANAGER_GROUP
from ..access.clean_input import clean_text

# What a manager gives; nothing else.
ROLES = ("clerk", "manager", "leader", "director", "archivist")
ACCOUNT_STATES = [("new", "Has not logged in yet"), ("active", "Has logged in")]
INVITATION = "kaiyang_complaint.mail_template_invitation"


def notice(kind, message):
    """Return the action that closes a dialog, says something and shows what has changed."""
    return {
        "type": "ir.actions.client",
        "tag": "display_notification",
        "params": {
            "type": kind,
            "message": message,
            "sticky": kind == "warning",
            "next": {"type": "ir.actions.client", "tag": "soft_reload"},
        },
    }


class DeskAccounts:
    """Accounts of a centre: of the desk, and of those who represent a unit.

    What the user may do is checked here, and only what was checked is done with all rights.

    :param env: of the user who asks
    :param company: the centre
    :raise AccessError: for others than managers of the centre
    """

    def __init__(self, env, company):
        self.env, self.company = env, company
        user = env.user
        if not (user.has_group(MANAGER_GROUP) and company in user.company_ids):
            raise AccessError(env._("Only managers of the centre open and change its accounts."))

    # --- who it is --------------------------------------------------------------------------------

    def address(self, given):
        """Return an e-mail address as accounts are known by it.

        :raise UserError: for what is none
        """
        address = email_normalize(clean_text(self.env, given))
        if not address:
            raise UserError(
                self.env._("“%s” is no e-mail address. Nothing was saved: correct it.", given or "")
            )
        return address

    def holder(self, address):
        """Return the account that has an address, in use or not, with all rights; or none."""
        users = self.env["res.users"].sudo().with_context(active_test=False)
        login = Domain("login", "=ilike", escape_psql(address))
        return users.search(login | Domain("email_normalized", "=", address), limit=1)

    def representative_account(self, address):
        """Return the account of who represents, or represented, a unit of the centre; or none.

        :raise UserError: where the address belongs to another account
        """
        holder = self.holder(address)
        if not holder:
            return holder
        if not holder.share:
            raise UserError(
                self.env._(
                    "%s is the address of an account of the staff. Nothing was saved: a "
                    "representative needs an address of their own.",
                    address,
                )
            )
        offices = self.env["complaint.representative"].sudo().with_context(active_test=False)
        known = [("user_id", "=", holder.id), ("company_id", "=", self.company.id)]
        if not (holder._is_portal() and offices.search_count(known, limit=1)):
            raise UserError(
                self.env._(
                    "%s is the address of another account already. Nothing was saved: use another "
                    "address, or choose that account under Hall, Representatives, New.",
                    address,
                )
            )
        return holder

    def assert_may_change(self, user):
        """Refuse accounts that a manager may not change.

        :raise AccessError: for their own account and those of administrators and other centres
        :raise UserError: for what is no account of the staff
        """
        user = user.sudo()
        if user == self.env.user:
            raise AccessError(
                self.env._("Nobody changes the roles of their own account: ask another manager.")
            )
        if user.has_group("base.group_erp_manager"):
            raise AccessError(
                self.env._("%s is an administrator: their account is theirs to change.", user.name)
            )
        if not user._is_internal():
            raise UserError(self.env._("%s has no account of the staff.", user.name))
        if self.company not in user.company_ids or user.company_ids - self.env.user.company_ids:
            raise AccessError(
                self.env._(
                    "%s also works for another centre: the system administrator changes the roles.",
                    user.name,
                )
            )

    # --- what is done -----------------------------------------------------------------------------

    def open_for_staff(self, name, address, phone, roles):
        """Open an account with roles of the desk, and send the invitation.

        :raise UserError: where name, address or role is missing, or the address is in use
        """
        address = self.address(address)
        holder = self.holder(address)
        if holder:
            raise UserError(
                self.env._(
                    "%(address)s is the address of the account of %(name)s already. Nothing was "
                    "saved: choose that account instead, or use another address.",
                    address=address,
                    name=holder.name,
                )
            )
        groups = self._groups(roles)
        user = self.env["res.users"].sudo().with_context(no_reset_password=True)
        user = user.create(
            {
                **self._person(name, address, phone),
                "login": address,
                "company_id": self.company.id,
                "company_ids": [Command.set(self.company.ids)],
                "group_ids": [Command.set(groups.ids)],
            }
        )
        self._join_room(user)
        self._tell_leaders(user, set(), set(roles))
        return user

    def open_for_representative(self, name, address, phone):
        """Open an account of the portal, as Odoo does for who signs up."""
        users = self.env["res.users"].sudo().with_company(self.company)
        return users.with_context(no_reset_password=True)._create_user_from_template(
            {
                **self._person(name, address, phone),
                "login": address,
                "company_id": self.company.id,
                "company_ids": [Command.set(self.company.ids)],
            }
        )

    def change_roles(self, user, roles):
        """Give an account of the staff these roles of the desk, and take the others from it.

        :raise UserError: where none is left, or the user is in charge of open complaints
        """
        self.assert_may_change(user)
        wanted, user = self._groups(roles), user.sudo()
        before = self.roles(user)
        every = self._groups(ROLES)
        user.write(
            {
                "group_ids": [
                    *(Command.unlink(group.id) for group in every - wanted),
                    *(Command.link(group.id) for group in wanted),
                ]
            }
        )
        self._join_room(user)
        self._tell_leaders(user, before, set(roles))

    def close(self, user):
        """Take an account of the staff out of use.

        :raise UserError: where the user is in charge of open complaints
        """
        self.assert_may_change(user)
        user.sudo().active = False

    def invite(self, user):
        """Send the mail by which somebody chooses a password; return the notice that says so.

        :raise UserError: for who has logged in already
        """
        user = user.sudo()
        if user.login_date:
            raise UserError(
                self.env._(
                    "%s has logged in already. Whoever forgot the password asks for a new one on "
                    "the login page.",
                    user.name,
                )
            )
        user.partner_id.signup_prepare()
        template = self.env.ref(INVITATION).sudo().with_context(lang=user.lang)
        mail = template.send_mail(user.id, force_send=True, raise_exception=False)
        # A mail that left is deleted.
        left = self.env["mail.mail"].sudo().browse(mail).exists()
        if left.state in ("exception", "cancel"):
            return notice(
                "warning",
                self.env._(
                    "The account is open, but the invitation to %s did not leave: the system "
                    "administrator checks the outgoing mail server. Then send it again.",
                    user.email,
                ),
            )
        return notice("success", self.env._("Invitation sent to %s", user.email))

    @staticmethod
    def roles(user):
        """Return the roles that an account was given, each by the end of its group's name."""
        return {
            role for role in ROLES if user.env.ref(GROUP_PREFIX + role) in user.sudo().group_ids
        }

    def _person(self, name, address, phone):
        name = clean_text(self.env, name)
        if not name:
            raise UserError(self.env._("The name is missing. Nothing was saved."))
        phone = clean_text(self.env, phone) or False
        return {"name": name, "email": address, "phone": phone, "lang": self.env.lang or "en_US"}

    def _groups(self, roles):
        strange = set(roles) - set(ROLES)
        if strange:
            raise AccessError(self.env._("Only roles of the desk are given here."))
        if not roles:
            raise UserError(self.env._("Choose at least one role. Nothing was saved."))
        groups = self.env["res.groups"]
        for role in roles:
            groups |= self.env.ref(GROUP_PREFIX + role)
        return groups

    def _join_room(self, user):
        """Make who registers complaints a member of the room, and nobody else."""
        rooms = self.env["helpdesk.ticket.team"].sudo()
        room = rooms.search(
            [("is_complaint_room", "=", True), ("company_id", "=", self.company.id)], limit=1
        )
        is_clerk = user.has_group(f"{GROUP_PREFIX}clerk")
        room.user_ids = [Command.link(user.id) if is_clerk else Command.unlink(user.id)]

    def _tell_leaders(self, user, before, roles):
        """Tell the leaders whom a manager lets decide, or no longer."""
        if not (before ^ roles) & {"manager", *LEADERS}:
            return
        leaders = self.env["res.users"].sudo()
        for role in LEADERS:
            leaders |= self.env.ref(GROUP_PREFIX + role).sudo().all_user_ids
        leaders = leaders.filtered(
            lambda one: one.active and self.company in one.company_ids and one != user
        )
        labels = "、".join(self.env.ref(GROUP_PREFIX + role).name for role in sorted(roles))
        self.env["mail.thread"].sudo().message_notify(
            partner_ids=leaders.partner_id.ids,
            author_id=self.env.user.partner_id.id,
            subject=self.env._("Roles of %s changed", user.name),
            body=self.env._(
                "%(manager)s gave the account %(name)s (%(login)s) these roles: %(roles)s",
                manager=self.env.user.name,
                name=user.name,
                login=user.login,
                roles=labels,
            ),
        )
