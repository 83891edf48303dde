from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...exceptions import busy
from ...tools import anchor
from .access_log_check import LogCheck

BATCH = 1000
BROKEN = "kaiyang_complaint.activity_log_broken"


class ComplaintAccessChain(models.Model):
    """Where the access log of a centre ends, and whether it was found whole."""

    _name = "complaint.access.chain"
    _description = "Chain of an Access Log"
    _inherit = ["complaint.procedure.mixin", "mail.thread", "mail.activity.mixin"]
    _rec_name = "company_id"

    company_id = fields.Many2one(
        "res.company", string="Service Centre", required=True, readonly=True, ondelete="restrict"
    )
    position = fields.Integer(string="Rows", readonly=True)
    seal = fields.Char(string="Seal of the Last Row", readonly=True)
    anchor_number = fields.Integer(string="Last Anchor", readonly=True)
    anchor_digest = fields.Char(readonly=True)
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
        raise UserError(self.env._("The access log can't be deleted."))

    def _assert_by_log(self):
        if not self._by_procedure():
            raise UserError(self.env._("The access log can't be changed."))

    def _lock(self, company):
        """Return the end of a centre's log, held until the transaction ends.

        :raise BusyError: where someone else logs, or begins the log, at this moment
        """
        head = self.search([("company_id", "=", company.id)])
        if not head:
            with busy(self.env), self.env.cr.savepoint():
                head = self._begin(company)
        # Waits for who logs at this moment. That fails then, and the request is tried again. Odoo's
        # ``lock_for_update`` does not wait: whoever reads a case meanwhile would be refused.
        head.flush_recordset()
        lock = "SELECT 1 FROM complaint_access_chain WHERE id = %s FOR NO KEY UPDATE"
        with busy(self.env):
            self.env.execute_query(SQL(lock, head.id))
        head.invalidate_recordset(["position", "seal"])
        return head

    def _begin(self, company):
        """Create the end record of a log, for a new log or where it was removed.

        The log then goes on after the last row that is there or was anchored, so that the gap
        stays to be seen.
        """
        last = self.env["complaint.access.anchor"]._last(company)
        said = anchor.read(last.content)
        ends = {"position": said.get("rows", 0), "seal": said.get("seal", "")}
        rows = self.env["complaint.access.log"].sudo()
        row = rows.search([("company_id", "=", company.id)], order="position desc", limit=1)
        # Whichever is further: the rows, where anchors lag behind, or the anchor, where rows were
        # removed.
        if row.position > ends["position"]:
            ends = {"position": row.position, "seal": row.seal}
        marks = {"anchor_number": last.number}
        if said:
            marks["anchor_digest"] = anchor.digest(said)
        return self._with_procedure().create({"company_id": company.id} | ends | marks)

    def _extend(self, rows):
        """Number and seal rows on from the end, and return them."""
        log = self.env["complaint.access.log"]
        position, seal = self.position, self.seal or ""
        for row in rows:
            position += 1
            row.update(position=position, previous_seal=seal)
            seal = row["seal"] = log._seal(seal, row)
        self._procedure_write({"position": position, "seal": seal})
        return rows

    # --- the proof --------------------------------------------------------------------------------

    @api.model
    def _verify(self, company):
        """Verify the log of a centre from its first row, against itself and its anchors.

        :return: what is wrong with it; nothing where it is whole
        """
        return "\n".join(LogCheck(company).run().findings)

    @api.model
    def _rows(self, company, after=-1):
        """Yield the rows of a log from the database, in their order.

        ``astray`` is true of a row with a link that is not the one sealed.

        :param after: the position before the first one that is wanted
        """
        self.env["complaint.access.log"].flush_model()
        # In batches, by the position: a log of many years never stands in memory as a whole.
        last = after
        while True:
            rows = self.env.execute_query_dict(
                SQL(
                    """SELECT company_id, position, at, act, user_name, subject, reason,
                              previous_seal, seal, version, user_ref, ticket_ref, slip_ref,
                              user_id IS DISTINCT FROM user_ref AND user_ref IS NOT NULL
                              AND (user_id IS NOT NULL OR EXISTS (
                                  SELECT FROM res_users WHERE id = user_ref))
                           OR ticket_id IS DISTINCT FROM ticket_ref AND ticket_ref IS NOT NULL
                              AND (ticket_id IS NOT NULL OR EXISTS (
                                  SELECT FROM helpdesk_ticket WHERE id = ticket_ref))
                           OR slip_id IS DISTINCT FROM slip_ref AND slip_ref IS NOT NULL
                              AND (slip_id IS NOT NULL OR EXISTS (
                                  SELECT FROM complaint_slip WHERE id = slip_ref)) AS astray
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
        """Verify the logs of centres, or of all.

        :return: the checks by company; what they found is kept
        """
        checks = {company: LogCheck(company).run() for company in companies or self._centres()}
        for company, check in checks.items():
            if check.is_begun():
                found = {"verified_at": fields.Datetime.now()}
                found["finding"] = "\n".join(check.findings)
                self._of(company)._procedure_write(found)
        return checks

    @api.model
    def _centres(self):
        """Return the centres whose logs were begun, even if someone removed what tells so."""
        also_archived = [("active", "in", (True, False))]
        every = self.env["res.company"].sudo().search(also_archived, order="id")
        # Deleting the head must not take a centre out of the check.
        return every.filtered(lambda company: LogCheck(company).is_begun())

    def _of(self, company):
        chains = self.sudo()
        return chains.search([("company_id", "=", company.id)]) or chains._begin(company)

    def _verify_and_tell(self, companies):
        """Verify, and return the notification of what was found."""
        checks = self._check(companies)
        told = [
            f"{company.name}: {line}"
            for company, check in checks.items()
            for line in check.findings
        ]
        whole = self.env._("The log is whole: %s rows.", sum(c.count for c in checks.values()))
        remarks = [line for check in checks.values() for line in check.remarks]
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Access Log"),
                "message": "\n".join(told or [whole, *remarks]),
                "type": "danger" if told else "success",
                "sticky": bool(told or remarks),
            },
        }

    @api.model
    def _cron_verify(self):
        """Verify every log; where one is broken, give its managers a to-do, once."""
        for company, check in self._check(self.env["res.company"]).items():
            if check.findings:
                self._of(company)._warn("\n".join(check.findings))

    def _warn(self, finding):
        """Give the managers a to-do where something was found, unless they have one."""
        if finding:
            for user in self._managers() - self.activity_ids.user_id:
                self.activity_schedule(BROKEN, user_id=user.id, note=finding)

    def _managers(self):
        group = self.env.ref("kaiyang_complaint.group_complaint_manager")
        return group.all_user_ids.filtered(
            lambda user: user.active and self.company_id in user.company_ids
        )
