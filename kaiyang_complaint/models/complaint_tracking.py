import hmac
from datetime import timedelta
from ipaddress import ip_network

from odoo import api, fields, models, tools

from ..tools import tracking_code
from .complaint_parties import STAFF_ONLY

# Stands for the code where there is none: nothing that is typed comes out like this.
NO_CODE = "???-???-???"
GUESSES, MINUTES = 10, 15
HOME_PREFIX = 64


class ComplaintTracking(models.AbstractModel):
    """How a complainant asks where their complaint is, without telling who they are."""

    _name = "complaint.tracking"
    _description = "Query Code of a Complaint"

    tracking_code = fields.Char(
        string="Query Code",
        readonly=True,
        copy=False,
        groups=STAFF_ONLY,
        help="Tell the complainant: with the number and this code they can look up on the "
        "website how far their complaint is.",
    )

    # What the page looks up; drafts and refused complaints have no code.
    _by_tracked_number = models.Index("(number) WHERE tracking_code IS NOT NULL")

    @api.model
    def _tracked(self, number, code):
        """Return the complaint that a number and its code belong to, or none.

        What is wrong with them makes no difference, not even in time.
        """
        found = self.sudo().search(
            [("number", "=", tracking_code.tidy_number(number)), ("tracking_code", "!=", False)]
        )
        typed = tracking_code.tidy_code(code).encode()
        known = {NO_CODE: found.browse()} | {ticket.tracking_code: ticket for ticket in found}
        right = [one for one in known if hmac.compare_digest(one.encode(), typed)]
        return known[right[0]] if right else found.browse()

    def _public_facts(self):
        """Return what the page shows a complainant: no names, no texts."""
        self.ensure_one()
        due = self.due_at and self.company_id._complaint_local(self.due_at).date()
        return {
            "picture": self._public_picture() | {"on_hold": False},
            "said": self._said_to_complainant(),
            "due": due,
            "phone": self.company_id.complaint_phone,
        }

    def _said_to_complainant(self):
        """Say in one sentence how far the complaint is."""
        told = {
            "replied": self.env._(
                "The matter was looked into. The complaint room will tell you the result."
            ),
            "fed_back": self.env._("You were told the result. The case will be closed now."),
            "closed": self.env._("Your complaint was settled and closed."),
        }
        told["archived"] = told["closed"]
        return told.get(
            self.complaint_state, self.env._("Your complaint was accepted and is being handled.")
        )


class ComplaintTrackingGuess(models.Model):
    """One wrong guess at a query code: too many from one address, and it has to wait.

    Rows, as ``auth_totp`` keeps them for its codes, for every worker to count: the cooldown of the
    login counts in the memory of one worker and knows only users.
    """

    _name = "complaint.tracking.guess"
    _description = "Wrong Guess at a Query Code"

    address = fields.Char(required=True, readonly=True, help="A digest: nobody's address is kept.")

    _by_address = models.Index("(address, create_date)")

    @api.model
    def _note(self, address):
        """Remember that a wrong code came from an address."""
        self.sudo().create({"address": self._digest(address)})

    @api.model
    def _is_too_much(self, address):
        """Tell whether an address guessed wrong so often that it has to wait."""
        domain = [("address", "=", self._digest(address)), ("create_date", ">=", self._since())]
        return self.sudo().search_count(domain, limit=GUESSES) >= GUESSES

    @api.autovacuum
    def _gc_guesses(self):
        """Forget the guesses that count no more."""
        self.sudo().search([("create_date", "<", self._since())]).unlink()

    def _since(self):
        return fields.Datetime.now() - timedelta(minutes=MINUTES)

    def _digest(self, address):
        """Return what stands for an address; a household's version 6 addresses are one."""
        if ":" in address:
            address = str(ip_network((address, HOME_PREFIX), strict=False))
        return tools.hmac(self.env(su=True), "complaint-tracking", address)
