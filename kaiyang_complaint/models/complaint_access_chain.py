from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..exceptions import busy
from ..tools.chain import Chain

BATCH = 1000
BROKEN = "kaiyang_complaint.activity_log_broken"


class ComplaintAccessChain(models.Model):
    """Where the access log of a centre ends, and whether it was found whole."""

    _name = "complaint.access.chain"
    _description = "Chain of an Access Log"
    _inherit = ["complaint.guarded", "mail.thread", "mail.activity.mixin"]
    _rec_name = "company_id"

    company_id = fields.Many2one(
        "res.company", string="Service Centre", required=True, readonly=True, ondelete="restrict"
    )
    position = fields.Integer(string="Rows", readonly=True)
    seal = fields.Char(string="Seal of the Last Row", readonly=True)
    verified_at = fields.Datetime(string="Last Verified", readonly=True)
    finding = fields.Text(
        string="Result of the Check", readonly=True, help="Empty where the log was found whole."
    )

    _one_a_centre = models.UniqueIndex("(company_id)", "A centre has one access log.")

    # --- only the log itself moves it -------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse chains that no log began.

        :raise UserError: for everybody but the log
        """
        self._assert_by_log()
        return super().create(vals_list)

    def write(self, vals):
        """Refuse every change but the log's own.

        :raise UserError: for everybody but the log
        """
        if any(not name.startswith(("message_", "activity_")) for name in vals):
            self._assert_by_log()
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_never(self):
        raise UserError(self.env._("What is in the access log can't be deleted."))

    def _assert_by_log(self):
        if not self._is_guarded():
            raise UserError(self.env._("What is in the access log can't be changed."))

    def _lock(self, company):
        """Return the end of a centre's log, held until the transaction ends.

        :raise BusyError: where somebody else logs, or begins the log, at this moment
        """
        head = self.search([("company_id", "=", company.id)])
        if not head:
            with busy(self.env), self.env.cr.savepoint():
                head = self._guarded().create({"company_id": company.id})
        # Waits for who logs at this moment. That fails then, and the request is tried again.
        head.flush_recordset()
        lock = "SELECT 1 FROM complaint_access_chain WHERE id = %s FOR NO KEY UPDATE"
        with busy(self.env):
            self.env.execute_query(SQL(lock, head.id))
        head.invalidate_recordset(["position", "seal"])
        return head

    def _extend(self, rows):
        """Number and seal rows on from the end, and return them."""
        log = self.env["complaint.access.log"]
        position, seal = self.position, self.seal or ""
        for row in rows:
            position += 1
            row.update(position=position, previous_seal=seal)
            seal = row["seal"] = log._seal(seal, row)
        self._guarded_write({"position": position, "seal": seal})
        return rows

    # --- the proof --------------------------------------------------------------------------------

    @api.model
    def _verify(self, company):
        """Recompute the log of a centre from its first row, a batch at a time.

        :return: what is wrong with it, naming the first row that is; nothing where it is whole
        """
        head = self.sudo().search([("company_id", "=", company.id)])
        chain = Chain()
        for row in self._rows(company):
            sealed = (row["position"], row["previous_seal"] or "")
            facts = self.env["complaint.access.log"]._facts(row)
            if not chain.follow(*sealed, facts, row["seal"]):
                return self._broken(chain, row)
        if not chain.ends_at(head.position, head.seal or ""):
            return self.env._(
                "The log ends with row %(last)s; it should end with row %(head)s.",
                last=chain.position,
                head=head.position,
            )
        return ""

    def _broken(self, chain, row):
        if row["position"] != chain.position + 1:
            return self.env._(
                "Row %(missing)s is missing: after row %(last)s comes row %(next)s.",
                missing=chain.position + 1,
                last=chain.position,
                next=row["position"],
            )
        return self.env._(
            "Row %(position)s was changed, or does not follow the row before it: %(subject)s.",
            position=row["position"],
            subject=row["subject"],
        )

    def _rows(self, company):
        """Yield the rows of a log as they stand in the database, in their order."""
        self.env["complaint.access.log"].flush_model()
        last = -1
        while True:
            rows = self.env.execute_query_dict(
                SQL(
                    """SELECT company_id, position, at, act, user_name, subject, reason,
                              previous_seal, seal
                         FROM complaint_access_log
                        WHERE company_id = %s AND position > %s
                     ORDER BY position LIMIT %s""",
                    company.id,
                    last,
                    BATCH,
                )
            )
            yield from rows
            if len(rows) < BATCH:
                return
            last = rows[-1]["position"]

    def _check(self, companies):
        """Verify the logs of centres, or of all; keep the findings and return the chains."""
        every = [("company_id", "in", companies.ids)] if companies else []
        heads = self.sudo().search(every, order="company_id")
        for head in heads:
            finding = self._verify(head.company_id)
            head._guarded_write({"verified_at": fields.Datetime.now(), "finding": finding})
        return heads

    def _verify_and_tell(self, companies):
        """Verify, and return the notification of what was found."""
        heads = self._check(companies)
        broken = heads.filtered("finding")
        whole = self.env._("The log is whole: %s rows.", sum(heads.mapped("position")))
        message = "\n".join(f"{head.company_id.name}: {head.finding}" for head in broken)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Access Log"),
                "message": message or whole,
                "type": "danger" if broken else "success",
                "sticky": bool(broken),
            },
        }

    @api.model
    def _cron_verify(self):
        """Verify every log; where one is broken, give its managers a to-do, once."""
        for head in self._check(self.env["res.company"]).filtered("finding"):
            warned = head.activity_ids.user_id
            for user in head._managers() - warned:
                head.activity_schedule(BROKEN, user_id=user.id, note=head.finding)

    def _managers(self):
        group = self.env.ref("kaiyang_complaint.group_complaint_manager")
        return group.all_user_ids.filtered(
            lambda user: user.active and self.company_id in user.company_ids
        )
