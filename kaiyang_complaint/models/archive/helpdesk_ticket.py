from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools import archive_checks, flow
from ..case.refused_move import refused_move
from .archive_gaps import ArchiveGaps
from .complaint_retention_rule import RETENTIONS


class HelpdeskTicket(models.Model):
    """The dossier of a complaint: what it lacks, and its archiving (八)."""

    _inherit = "helpdesk.ticket"

    dossier_ids = fields.One2many("complaint.dossier", "ticket_id", string="Dossiers")
    dossier_id = fields.Many2one(
        "complaint.dossier",
        compute="_compute_dossier_id",
        store=True,
        index="btree_not_null",
        help="The one in preparation, or the one archived last.",
    )
    dossier_state = fields.Selection(related="dossier_id.state", string="State of the Dossier")
    may_archive = fields.Boolean(
        compute="_compute_may_archive", help="Whether the user keeps the dossier of this case."
    )
    archive_gap_codes = fields.Char(
        compute="_compute_archive_gap_codes",
        store=True,
        help="Checks that a closed case does not pass, for searching.",
    )
    archive_due_on = fields.Date(string="Archive By", compute="_compute_archive_due")
    archive_is_overdue = fields.Boolean(
        string="Overdue for the Archive",
        compute="_compute_archive_due",
        search="_search_archive_is_overdue",
    )
    archive_gaps = fields.Text(
        string="Missing", compute="_compute_archive_gaps", help="A line for each gap."
    )
    expected_retention = fields.Selection(
        RETENTIONS,
        compute="_compute_expected_retention",
        help="According to the current retention rules.",
    )

    _to_archive = models.Index("(company_id, closed_date) WHERE complaint_state = 'closed'")

    # --- archiving --------------------------------------------------------------------------------

    @api.depends("is_restricted", "user_id")
    @api.depends_context("uid")
    def _compute_may_archive(self):
        kept = self.filtered_domain(self.env.user.complaint_archive_scope())
        for ticket in self:
            ticket.may_archive = ticket in kept

    @api.depends("dossier_ids.volume")
    def _compute_dossier_id(self):
        for ticket in self:
            ticket.dossier_id = ticket.dossier_ids.sorted("volume")[-1:]

    def action_open_dossier(self):
        """Open the dossier of a case; one that is closed gets it compiled where it has none.

        :raise AccessError: where there is none, for anyone who does not keep dossiers
        :raise UserError: where there is none and the case is not closed
        """
        self.ensure_one()
        self.check_access("read")
        dossier = self.dossier_id
        may_begin = self.may_archive or not dossier
        if self.complaint_state == "closed" and dossier.state != "draft" and may_begin:
            dossier = self._compile_dossier()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Dossier"),
            "res_model": "complaint.dossier",
            "res_id": dossier.id,
            "views": [(False, "form")],
        }

    def _compile_dossier(self):
        """Return the dossier of a closed case in preparation, compiled from what the case has.

        :raise AccessError: for anyone who does not keep it
        :raise UserError: where the case is not closed
        """
        self.ensure_one()
        self.check_access("read")
        if "archive_dossier" not in flow.open_verbs(self.complaint_state or ""):
            raise UserError(refused_move(self, "archived"))
        dossier = self.env["complaint.dossier"]._for_case(self)
        if not dossier.compiled_at:
            dossier.action_compile()
        return dossier

    def action_archive_dossier(self, reason=None):
        """Archive closed cases: compile, check, number, print, freeze (八).

        :param reason: why a manager archives what is incomplete
        :raise AccessError: for anyone who does not keep the dossiers of these cases
        :raise UserError: where a case is not closed, or lacks something: naming it
        """
        dossiers = self.env["complaint.dossier"]
        for ticket in self:
            dossiers |= ticket._compile_dossier()
        return dossiers.action_file(reason)

    # --- what is missing before archiving ---------------------------------------------------------

    @api.depends(
        "complaint_state",
        "dossier_ids.item_ids.mends",
        "dossier_ids.item_ids.left_out",
        *archive_checks.reads(),
    )
    def _compute_archive_gap_codes(self):
        for ticket in self:
            closed = ticket.complaint_state == "closed"
            ticket.archive_gap_codes = ",".join(ArchiveGaps(ticket).found()) if closed else False

    # --- what is due for archiving ----------------------------------------------------------------

    @api.depends("complaint_state", "closed_date", "company_id.complaint_archive_days")
    def _compute_archive_due(self):
        for ticket in self:
            waits = ticket.complaint_state == "closed" and ticket.closed_date
            due = waits and ticket.company_id._complaint_archive_due(ticket.closed_date)
            ticket.archive_due_on = due
            ticket.archive_is_overdue = bool(due) and due < ticket.company_id._complaint_today()

    @api.model
    def _search_archive_is_overdue(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        overdue = Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("closed_date", "<", company._complaint_archive_since())
            for company in self.env.companies
        )
        return Domain("complaint_state", "=", "closed") & overdue

    @api.depends("archive_gap_codes")
    @api.depends_context("lang")
    def _compute_archive_gaps(self):
        for ticket in self:
            closed = ticket.complaint_state == "closed"
            ticket.archive_gaps = closed and "\n".join(ArchiveGaps(ticket.sudo()).sentences())

    @api.depends("complaint_state")
    def _compute_expected_retention(self):
        """Ask each rule once for all the cases, in the order of the rules."""
        self.expected_retention = False
        for company, tickets in self.filtered("is_complaint").grouped("company_id").items():
            left = tickets
            for rule in self.env["complaint.retention.rule"]._rules_of(company):
                matched = rule._of(left).with_env(self.env)
                matched.expected_retention = rule.retention
                left -= matched

    # --- what is left open when a case ends (八) --------------------------------------------------

    def _before_round_ends(self, state):
        """End what must not outlast a round of handling, and leave nothing open when archiving.

        A contact that was lent to a unit would otherwise be open again once a case is reopened.
        """
        result = super()._before_round_ends(state)
        self.slip_ids._revoke_contact(self.env._("The round of handling has ended."))
        if state == "archived":
            self.env["complaint.dossier"]._withdraw_todos(self)
        return result
