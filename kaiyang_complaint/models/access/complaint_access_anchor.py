import base64
import logging
from datetime import datetime

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools import anchor
from ...tools.chain import NO_PAST, Past
from .access_log_check import LogCheck
from .access_seal_folder import SealFolder

_logger = logging.getLogger(__name__)
STAMP = "%Y-%m-%dT%H:%M:%SZ"


class ComplaintAccessAnchor(models.Model):
    """How many rows the access log of a centre had at a moment, and the last one's seal, signed.

    Who may write in the database can compute all seals again, and remove rows with the memory of
    where the log ends. They cannot sign: the key lies in a file of the server (``SealFolder``),
    with copies of the anchors. Nor do they reach what is out of the house: anchors are printed on
    the monthly report and downloaded by the auditor.
    """

    _name = "complaint.access.anchor"
    _description = "Anchor of an Access Log"
    _inherit = ["complaint.procedure.mixin"]
    _order = "number desc"
    _rec_name = "number"

    company_id = fields.Many2one(
        "res.company", string="Service Centre", required=True, readonly=True, ondelete="restrict"
    )
    number = fields.Integer(string="Anchor No.", required=True, readonly=True)
    at = fields.Datetime(string="Sealed At", required=True, readonly=True)
    row_count = fields.Integer(string="Rows Sealed", required=True, readonly=True)
    content = fields.Text(
        required=True, readonly=True, help="The signed content, with its signature."
    )
    # From what is signed, not from what stands beside it.
    short = fields.Char(string="Anchor Code", compute="_compute_from_content")
    fingerprint = fields.Char(string="Fingerprint of the Key", compute="_compute_from_content")
    finding = fields.Text(
        string="Broken When Sealed",
        compute="_compute_from_content",
        help="Empty where the log was whole when the anchor was made.",
    )
    file = fields.Binary(string="Anchor File", compute="_compute_file")
    file_name = fields.Char(compute="_compute_file")

    _number_unique = models.UniqueIndex("(company_id, number)", "This anchor was made already.")

    @api.depends("content")
    def _compute_from_content(self):
        for record in self:
            said = anchor.read(record.content)
            record.short = anchor.short(anchor.digest(said)) if said else ""
            record.fingerprint = anchor.fingerprint(said["public_key"]) if said else ""
            record.finding = said.get("finding", "")

    @api.depends("content")
    def _compute_file(self):
        for record in self:
            day = record.company_id._complaint_local(record.at).date()
            record.file = base64.b64encode(record.content.encode())
            record.file_name = f"access-log-{record.company_id.id}-{day}-{record.number}.json"

    # --- only added to ------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse anchors that were not made of a log.

        :raise UserError: for everybody but the log
        """
        if not self._by_procedure():
            raise UserError(self.env._("Anchors are made from the access log alone."))
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

    # --- sealing --------------------------------------------------------------------------------

    def action_download(self):
        """Return the download of the anchor's file."""
        self.ensure_one()
        file = f"/web/content/{self._name}/{self.id}/file"
        return {
            "type": "ir.actions.act_url",
            "url": f"{file}?download=true&filename_field=file_name",
            "target": "download",
        }

    @api.model
    def _of_now(self, company):
        """Return the anchor of a log as it is now: today's where nothing was added since."""
        last = self._last(company)
        head = self.env["complaint.access.chain"].sudo().search([("company_id", "=", company.id)])
        if last and last.row_count == head.position and last._is_of_today():
            return last
        return self._seal_log(company)

    @api.model
    def _cron_seal(self):
        """Seal the log of every centre once a day; where one is broken, tell its managers."""
        chains = self.env["complaint.access.chain"].sudo()
        rooms = self.env["helpdesk.ticket.team"].sudo().search([("is_complaint_room", "=", True)])
        # Also centres that no longer have a room: their logs are still there.
        companies = rooms.company_id.union(
            *(company for (company,) in chains._read_group([], ["company_id"]))
        )
        due = companies.filtered(lambda company: not self._last(company)._is_of_today())
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(due))
        for company in due:
            self._seal_log(company)
            cron._commit_progress(1)

    def _is_of_today(self):
        company = self.company_id
        return bool(self) and (
            company._complaint_local(self.at).date() == company._complaint_today()
        )

    def _last(self, company):
        return self.sudo().search([("company_id", "=", company.id)], limit=1)

    def _seal_log(self, company):
        """Make the next anchor of a centre's log, as it is now.

        What was added since the last one is verified first. A broken log is sealed too, with what
        is wrong: what is added from now on is proved again.

        :raise ConcurrencyError: where someone else logs or seals; the server tries again
        """
        # Locked first, so that no row is added between the check and the seal.
        head = self.env["complaint.access.chain"].sudo()._lock(company)
        last = self._last(company)
        finding = "\n".join(LogCheck(company, whole=not last).run().findings)
        key = self._key(head, last)
        facts = self._facts(head, last) | {"finding": finding}
        made = (
            self.sudo()
            ._with_procedure()
            .create(
                {
                    "company_id": company.id,
                    "number": facts["number"],
                    "at": datetime.fromisoformat(facts["at"]).replace(tzinfo=None),
                    "row_count": facts["rows"],
                    "content": anchor.sign(facts, key["private_key"]),
                }
            )
        )
        digest = anchor.digest(anchor.read(made.content))
        head._procedure_write({"anchor_number": made.number, "anchor_digest": digest})
        head._warn(finding)
        made._keep_copies()
        return made.with_env(self.env)

    def _facts(self, head, last):
        """Return what the next anchor states of a log."""
        company, previous = head.company_id, anchor.read(last.content)
        return {
            "centre": company.id,
            "centre_name": company.name,
            "number": last.number + 1,
            "at": fields.Datetime.now().strftime(STAMP),
            "rows": head.position,
            "last_id": self._last_row(company).id or 0,
            "seal": head.seal or "",
            "past": previous["past"] if previous else self._seal_past(company),
            "previous": anchor.digest(previous) if previous else "",
        }

    def _last_row(self, company):
        log = self.env["complaint.access.log"].sudo()
        return log.search([("company_id", "=", company.id)], order="position desc", limit=1)

    def _seal_past(self, company):
        """Return the digest of the users and cases in rows of old, whose seals leave them out."""
        log = self.env["complaint.access.log"].sudo()
        old = [("company_id", "=", company.id), ("version", "in", (False, 0))]
        if not log.search_count(old, limit=1):
            return NO_PAST
        self.env.execute_query(
            SQL(
                """UPDATE complaint_access_log
                      SET user_ref = user_id, ticket_ref = ticket_id, slip_ref = slip_id
                    WHERE company_id = %s AND coalesce(version, 0) = 0
                RETURNING id""",
                company.id,
            )
        )
        log.invalidate_model(["user_ref", "ticket_ref", "slip_ref"])
        past = Past()
        for row in self.env["complaint.access.chain"]._rows(company):
            past.add(row)
        return past.digest()

    def _key(self, head, last):
        """Return the key of the server; the first use makes it.

        :raise UserError: where it can't be kept
        """
        folder = SealFolder(self.env.cr.dbname)
        key = folder.key()
        if key:
            return key
        try:
            key = folder.make_key(fields.Datetime.now().strftime(STAMP))
        except OSError as error:
            _logger.exception("The key of the access log can't be kept in %s", folder.path)
            message = self.env._("The key of the access log can't be stored on the server.")
            raise UserError(message) from error
        mark = anchor.fingerprint(anchor.public_key(key["private_key"]))
        if last:
            _logger.warning("The key of the access logs was lost; the new one is %s", mark)
            head.message_post(
                body=self.env._(
                    "The key that signs the anchors was lost. The new key's fingerprint is "
                    "%(new)s; it was %(old)s until anchor %(number)s.",
                    new=mark,
                    old=last.fingerprint,
                    number=last.number,
                )
            )
        else:
            _logger.info("The key of the access logs was made: %s", mark)
        return key

    def _keep_copies(self):
        """Keep the anchors that have no copy yet in the server's folder, once this is committed."""
        folder, company = SealFolder(self.env.cr.dbname), self.company_id
        kept, _text = folder.kept(company.id)
        missing = self.search([("company_id", "=", company.id), ("number", ">", kept)])
        copies = [(company.id, one.number, one.content) for one in missing.sorted("number")]

        def keep():
            try:
                for copy in copies:
                    folder.keep(*copy)
            except OSError:
                _logger.exception("Anchors of the access log can't be copied to %s", folder.path)

        # Afterwards: a copy of an anchor that was rolled back would look like a forged log.
        self.env.cr.postcommit.add(keep)
