from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools.mail import email_normalize

from .desk_accounts import ACCOUNT_STATES, DeskAccounts

# Who answers for a unit, and for which slips, follows from these.
DAYS = ("date_from", "date_to", "away_from", "away_to")
IN_OFFICE = frozenset({"user_id", "unit_id", "staff_id", "sequence", "active", *DAYS})
# What of a contact is kept here.
CONTACT = ("name", "email", "phone")


class ComplaintRepresentative(models.Model):
    """The chief representative of a unit, or the one who stands in for them: a portal user."""

    _name = "complaint.representative"
    _description = "Chief Representative"
    _order = "unit_id, sequence, id"
    _rec_name = "user_id"
    _check_company_auto = True

    user_id = fields.Many2one("res.users", string="Portal User", required=True, index=True)
    partner_id = fields.Many2one(related="user_id.partner_id", string="Contact")
    contact_name = fields.Char(
        string="Name", compute="_compute_contact", inverse="_inverse_contact", compute_sudo=True
    )
    contact_email = fields.Char(
        string="E-Mail",
        compute="_compute_contact",
        inverse="_inverse_contact",
        compute_sudo=True,
        help="Where notices of slips go. Representatives can't change it themselves.",
    )
    contact_phone = fields.Char(
        string="Telephone",
        compute="_compute_contact",
        inverse="_inverse_contact",
        compute_sudo=True,
    )
    unit_id = fields.Many2one(
        "complaint.window.unit", required=True, index=True, check_company=True
    )
    company_id = fields.Many2one(related="unit_id.company_id", store=True, index=True)
    staff_id = fields.Many2one(
        "complaint.window.staff",
        string="As Staff Member",
        check_company=True,
        help="Set where the representative also serves in the hall: slips that complain about "
        "this person go to the next representative.",
    )
    sequence = fields.Integer(default=1, help="1 is the chief representative, 2 the second.")
    date_from = fields.Date(
        string="In Office Since", help="Empty: in office already. Slips go to nobody before."
    )
    date_to = fields.Date(string="In Office Until")
    away_from = fields.Date(
        string="On Leave From",
        help="Meanwhile the next representative of the unit stands in: slips go there.",
    )
    away_to = fields.Date(string="On Leave Until")
    is_in_office = fields.Boolean(
        string="In Office Today",
        compute="_compute_is_in_office",
        compute_sudo=True,
        help="Within the term, not on leave, and with an account to log in with.",
    )
    lacks_address = fields.Boolean(
        compute="_compute_lacks_address",
        compute_sudo=True,
        help="No notice of a slip reaches them: the account has no e-mail address.",
    )
    account_state = fields.Selection(
        ACCOUNT_STATES, string="Account", compute="_compute_account_state", compute_sudo=True
    )
    active = fields.Boolean(
        default=True, help="In office: archive the record to end the representative's access."
    )

    _term_unique = models.UniqueIndex(
        "(unit_id, user_id) WHERE active", "This person already represents the unit."
    )

    @api.depends("active", "user_id.active", *DAYS)
    def _compute_is_in_office(self):
        for person in self:
            today = (person.company_id or self.env.company)._complaint_today()
            begun = not person.date_from or person.date_from <= today
            over = person.date_to and person.date_to < today
            away = (
                person.away_from
                and person.away_from <= today
                and (not person.away_to or person.away_to >= today)
            )
            able = person.active and person.user_id.active
            person.is_in_office = able and begun and not over and not away

    @api.depends("user_id.partner_id.name", "user_id.partner_id.email", "user_id.partner_id.phone")
    def _compute_contact(self):
        for person in self:
            for name in CONTACT:
                person[f"contact_{name}"] = person.user_id.partner_id[name]

    @api.depends("user_id.partner_id.email")
    def _compute_lacks_address(self):
        for person in self:
            person.lacks_address = person.user_id and not email_normalize(
                person.user_id.partner_id.email
            )

    @api.depends("user_id.state")
    def _compute_account_state(self):
        for person in self:
            person.account_state = person.user_id.state

    def _inverse_contact(self):
        """Keep name and address where Odoo looks for them; who may write here may do so."""
        for person in self:
            person.sudo().partner_id.write({name: person[f"contact_{name}"] for name in CONTACT})

    @api.constrains("user_id")
    def _check_portal_user(self):
        for person in self:
            if not person.user_id.has_group("base.group_portal"):
                raise ValidationError(
                    self.env._(
                        "%s is not a portal user. Grant portal access to the contact first.",
                        person.user_id.name,
                    )
                )

    @api.constrains("away_from", "away_to")
    def _check_leave(self):
        for person in self:
            if person.away_to and not (person.away_from and person.away_from <= person.away_to):
                raise ValidationError(self.env._("A leave begins before it ends."))

    @api.model_create_multi
    def create(self, vals_list):
        """Open the portal of representatives to new ones."""
        people = super().create(vals_list)
        people._grant_portal_group()
        # Slips that waited for somebody in office have found them.
        people.unit_id._readdress_slips()
        return people

    def write(self, vals):
        """Open the portal of representatives to who takes over, with the slips they find there."""
        # Of the old unit as well: its slips need another representative.
        units = self.unit_id
        result = super().write(vals)
        if "user_id" in vals:
            self._grant_portal_group()
        if IN_OFFICE & vals.keys():
            (units | self.unit_id)._readdress_slips()
        return result

    def unlink(self):
        """Pass on the slips of representatives who are gone."""
        units = self.unit_id
        result = super().unlink()
        units._readdress_slips()
        return result

    def _grant_portal_group(self):
        """Let the person see the pages of representatives; their slips follow from the unit."""
        group = self.env.ref("kaiyang_complaint.group_complaint_representative")
        group.sudo().user_ids |= self.user_id

    def action_hand_over(self):
        """Open the dialog in which somebody's open slips go to another representative."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Hand Over Open Slips"),
            "res_model": "complaint.slip.handover",
            "view_mode": "form",
            "target": "new",
            "context": {"default_representative_id": self.id},
        }

    def action_invite_again(self):
        """Send the invitation once more to who has never logged in.

        :raise UserError: for who has
        """
        self.ensure_one()
        self.check_access("write")
        return DeskAccounts(self.env, self.company_id).invite(self.user_id)

    def _in_office(self):
        """Return those who answer for their units today, in order."""
        return self.sudo().filtered("is_in_office").sorted("sequence").sudo(self.env.su)

    @api.model
    def _cron_end_terms(self):
        """End the access of those whose term is over, and pass on what who is away today holds."""
        self.search([("date_to", "<", fields.Date.context_today(self))]).active = False
        dated = Domain.OR(Domain(name, "!=", False) for name in DAYS)
        self.search(dated).unit_id._readdress_slips()
