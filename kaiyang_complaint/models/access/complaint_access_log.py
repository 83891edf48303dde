from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import chain
from ...tools.codes import TICKET

ACTS = [
    ("release", "Contact Released to the Unit"),
    ("show", "Contact Shown to a Representative"),
    ("revoke", "Release Revoked"),
    ("refer", "Contact Disclosed with a Referral"),
    ("delete", "Draft Deleted"),
    ("ledger", "Ledger Downloaded"),
]
VERSION = 2
REFERENCES = ("user_ref", "ticket_ref", "slip_ref")


class ComplaintAccessLog(models.Model):
    """Who was let see a complainant's contact, or deleted a draft, when and why (四.6).

    It is only added to.

    Each row carries a seal over itself and the row before; ``complaint.access.chain`` remembers
    where a centre's rows end. What was changed, left out, put in or cut off shows
    (``LogCheck``); that all seals were computed again, or all rows removed, shows against the
    anchors (``complaint.access.anchor``).
    """

    _name = "complaint.access.log"
    _description = "Access Log"
    _inherit = ["complaint.procedure.mixin"]
    _order = "position desc, id desc"
    _rec_name = "position"

    company_id = fields.Many2one(
        "res.company", string="Service Centre", required=True, readonly=True, ondelete="restrict"
    )
    position = fields.Integer(string="Serial No.", required=True, readonly=True)
    at = fields.Datetime(string="Time", required=True, readonly=True)
    act = fields.Selection(ACTS, required=True, readonly=True)
    user_name = fields.Char(string="By Whom", required=True, readonly=True)
    subject = fields.Char(
        string="Complaint or Slip", required=True, readonly=True, help="Its number at the time."
    )
    reason = fields.Text(string="Reason Given", required=True, readonly=True)
    previous_seal = fields.Char(readonly=True)
    seal = fields.Char(required=True, readonly=True)
    # What the seal covers: 2, or nothing in rows from before 19.0.1.5.0, whose seals leave out the
    # references.
    version = fields.Integer(readonly=True)
    # Whom and what the row names, sealed: no links, so that they never hold anything up.
    user_ref = fields.Integer(string="User ID", readonly=True)
    ticket_ref = fields.Integer(string="Complaint ID", readonly=True)
    slip_ref = fields.Integer(string="Slip ID", readonly=True)
    # Links for the reader: empty once the record is gone, and else as the references.
    user_id = fields.Many2one("res.users", readonly=True, ondelete="set null")
    ticket_id = fields.Many2one(
        "helpdesk.ticket",
        string="Complaint",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    slip_id = fields.Many2one(
        "complaint.slip", readonly=True, index="btree_not_null", ondelete="set null"
    )

    _position_unique = models.UniqueIndex(
        "(company_id, position)", "This position of the log is taken."
    )

    # --- only added to ------------------------------------------------------------------------

    @api.model
    def _log(self, slips, act, reason):
        """Record what the user does with the contact behind some slips; return the rows.

        :param slips: slips, referrals, or complaints
        :param act: ``release``, ``show``, ``revoke``, ``refer``, ``ledger``, or ``delete`` of
            drafts that are about to be deleted
        :raise BusyError: where someone else logs at this moment; the server tries again
        """
        rows = {}
        for company, ours in slips.sudo().grouped("company_id").items():
            rows[company] = [self._row(slip, act, reason) for slip in ours]
        return self._add(rows)

    @api.model
    def _log_summary(self, subjects, act, reason):
        """Record what the user does with many complaints at once, naming none of them.

        :param subjects: of each centre, in words, what it was done with
        :raise BusyError: where someone else logs at this moment; the server tries again
        """
        return self._add(
            {
                company: [{**self._values(company, act, reason), "subject": subject}]
                for company, subject in subjects.items()
            }
        )

    def _add(self, rows_of):
        rows = []
        for company, mine in rows_of.items():
            rows += self.env["complaint.access.chain"].sudo()._lock(company)._extend(mine)
        return self.sudo()._with_procedure().create(rows)

    def _row(self, slip, act, reason):
        ticket = slip if slip._name == TICKET else slip.ticket_id
        own_name = slip.name if slip != ticket else ""
        subject = own_name or ticket.number
        if act == "delete":
            # Of a draft nothing is kept but what kind it was; its link would hold it up.
            subject = f"#{slip.id} {slip.channel_id.paper_name or ''}".strip()
            ticket = ticket.browse()
        links = {"ticket": ticket.id, "slip": slip._name == "complaint.slip" and slip.id}
        return {
            **self._values(slip.company_id, act, reason),
            **{f"{name}_id": link for name, link in links.items()},
            **{f"{name}_ref": link for name, link in links.items()},
            "subject": subject,
        }

    def _values(self, company, act, reason):
        """Return what a row holds that names no case."""
        user = self.env.user
        return {
            "version": VERSION,
            "user_id": user.id,
            "user_ref": user.id,
            "ticket_ref": False,
            "slip_ref": False,
            "company_id": company.id,
            "at": fields.Datetime.now(),
            "act": act,
            "user_name": f"{user.name} ({user.login})",
            "reason": reason.strip(),
        }

    @api.model
    def _facts(self, row):
        """Return what is sealed of a row, in the one order; rows of old leave out the first."""
        version = row.get("version")
        references = [version, *(row.get(name) or 0 for name in REFERENCES)] if version else []
        return [
            *references,
            row["company_id"],
            row["position"],
            fields.Datetime.to_string(row["at"]),
            row["act"],
            row["user_name"],
            row["subject"],
            row["reason"],
        ]

    @api.model
    def _seal(self, previous, row):
        return chain.seal(previous, self._facts(row))

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse rows that nothing happened for.

        :raise UserError: for everybody but the acts themselves
        """
        if not self._by_procedure():
            raise UserError(self.env._("Rows of the access log come from what is done, alone."))
        return super().create(vals_list)

    def write(self, vals):
        """Refuse every change, for every user.

        :raise UserError: always
        """
        if vals:
            raise UserError(self.env._("The access log can't be changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_never(self):
        raise UserError(self.env._("The access log can't be deleted."))

    # --- the proof ------------------------------------------------------------------------------

    def action_verify(self):
        """Verify the logs of the user's centres; report the result.

        :raise AccessError: for those who may not read the log
        """
        self.check_access("read")
        return self.env["complaint.access.chain"]._verify_and_tell(self.env.companies)

    def action_download_anchor(self):
        """Return the download of the anchor of the user's centre as its log is now.

        :raise AccessError: for those who may not read the log
        """
        self.check_access("read")
        return self.env["complaint.access.anchor"]._of_now(self.env.company).action_download()
