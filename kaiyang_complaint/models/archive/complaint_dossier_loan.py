from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..access.clean_input import clean_text

KINDS = [("original", "Paper Original"), ("copy", "Copy"), ("reading", "Reading on Site")]
LENT_DAYS = 15


class ComplaintDossierLoan(models.Model):
    """Who had a dossier, what for, and when it came back. It is only added to (八)."""

    _name = "complaint.dossier.loan"
    _description = "Loan of a Dossier"
    _inherit = ["complaint.procedure.mixin", "complaint.signer.mixin"]
    _signers = ("lent_by_id", "returned_by_id")
    _order = "lent_at desc, id desc"
    _rec_name = "dossier_id"
    _rec_names_search = ["dossier_id", "borrower"]
    _check_company_auto = True
    _procedural = {"lent_by_id": False, "returned_at": False, "returned_by_id": False}

    dossier_id = fields.Many2one(
        "complaint.dossier",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('state', '=', 'archived')]",
    )
    company_id = fields.Many2one(related="dossier_id.company_id", store=True, index=True)
    borrower = fields.Char(required=True)
    borrower_unit = fields.Char(string="Borrower's Unit", required=True)
    borrower_phone = fields.Char(string="Borrower's Phone")
    purpose = fields.Char(string="Lent For", required=True)
    kind = fields.Selection(KINDS, string="Form of Loan", required=True, default="reading")
    lent_at = fields.Datetime(required=True, default=fields.Datetime.now)
    lent_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    due_on = fields.Date(
        string="To Be Returned By",
        compute="_compute_due_on",
        store=True,
        readonly=False,
        precompute=True,
    )
    returned_at = fields.Datetime(readonly=True, copy=False)
    returned_by_id = fields.Many2one(
        "res.users", string="Taken Back By", readonly=True, ondelete="restrict", copy=False
    )
    condition = fields.Text(
        string="Condition When Returned", readonly=True, copy=False, help="Complete, undamaged?"
    )
    state = fields.Selection(
        [("lent", "Lent"), ("overdue", "Overdue"), ("returned", "Returned to the Archive")],
        compute="_compute_state",
        search="_search_state",
    )

    _original_once = models.UniqueIndex(
        "(dossier_id) WHERE kind = 'original' AND returned_at IS NULL",
        "The paper original of this dossier is already on loan.",
    )
    _by_day = models.Index("(lent_at, id)")
    _out_by_due = models.Index("(due_on) WHERE returned_at IS NULL")

    @api.depends("kind", "lent_at")
    def _compute_due_on(self):
        """Propose: what is read on site stays there, the original comes back in two weeks."""
        for loan in self:
            days = {"original": LENT_DAYS, "reading": 0}.get(loan.kind)
            loan.due_on = days is not None and loan._lent_on() + timedelta(days=days)

    @api.depends("returned_at", "due_on")
    def _compute_state(self):
        for loan in self:
            today = (loan.company_id or self.env.company)._complaint_today()
            late = loan.due_on and loan.due_on < today
            loan.state = "returned" if loan.returned_at else "overdue" if late else "lent"

    @api.model
    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        out, today = Domain("returned_at", "=", False), self.env.company._complaint_today()
        late = out & Domain("due_on", "<", today)
        domains = {"returned": ~out, "overdue": late, "lent": out & ~late}
        return Domain.OR(domains[state] for state in value if state in domains)

    @api.constrains("lent_at", "due_on", "kind")
    def _check_days(self):
        for loan in self:
            if loan.kind != "copy" and not loan.due_on:
                raise ValidationError(self.env._("Enter the return date of the dossier."))
            if loan.due_on and loan.due_on < loan._lent_on():
                raise ValidationError(self.env._("A dossier is returned after it was lent."))

    def _lent_on(self):
        """Return the day of the loan in the time zone of the centre."""
        company = self.company_id or self.env.company
        return company._complaint_local(self.lent_at or fields.Datetime.now()).date()

    # --- only added to --------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Record who takes a dossier out.

        :raise UserError: where it is not archived, or its original is out, naming who has it
        """
        dossiers = self.env["complaint.dossier"].browse(
            vals["dossier_id"] for vals in vals_list if vals.get("kind") == "original"
        )
        dossiers._assert_original_in()
        loans = super().create(vals_list)
        if any(loan.dossier_id.state != "archived" for loan in loans):
            raise UserError(self.env._("Only what is in the archive is lent."))
        loans._procedure_write({"lent_by_id": self.env.uid})
        return loans

    def write(self, vals):
        """Refuse changes: what was lent to whom stays on record; the day to return may move.

        :raise UserError: for everything else, and for what was returned
        """
        if not self._by_procedure() and (
            vals.keys() - {"due_on"} or any(self.mapped("returned_at"))
        ):
            raise UserError(
                self.env._("A loan stays on record as it is. Only the day to return may be moved.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A loan stays on record."))

    def action_return(self, condition=None):
        """Take dossiers back. Without a word on their condition, ask for it.

        :raise AccessError: for those who keep no dossiers
        :raise UserError: where one was returned already
        """
        self.check_access("write")
        if any(self.mapped("returned_at")):
            raise UserError(self.env._("This was returned already."))
        condition = clean_text(self.env, condition)
        if not condition:
            title = self.env._("In What Condition Was It Returned?")
            return self.env["complaint.reason.wizard"]._open(self, "action_return", title)
        self._procedure_write(
            {
                "returned_at": fields.Datetime.now(),
                "returned_by_id": self.env.uid,
                "condition": condition,
            }
        )
        return True
