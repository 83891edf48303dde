import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError, ValidationError
from odoo.http import Response
from odoo.tools.misc import clean_context
from werkzeug.exceptions import Conflict

from ...exceptions import busy
from ...report.archive.dossier_sheet import DossierSheet
from ...report.engine import dossier_binding, paper, pdfa
from ...tools.codes import MANAGER_GROUP
from ..access.access_revocation import AccessRevocation
from ..access.clean_input import clean_text
from ..access.complaint_lock_mixin import case_models
from ..access.record_files import attach
from .archive_gaps import ArchiveGaps
from .bound_papers import BoundPapers
from .collected_papers import CollectedPapers
from .complaint_dossier_item import ITEM_FACTS
from .complaint_retention_rule import RETENTIONS
from .rare_characters import lacking, with_chinese_font
from .volume_watch import ALARM, BROKEN, VolumeWatch, compare_share, found

SECTION_ORDER = ("result", "handling", "complaint", "other")
STEP = 10
CHINESE = "zh_CN"
REPORT = "kaiyang_complaint.report_dossier"


class ComplaintDossier(models.Model):
    """The papers of a complaint as they go into the archive: one case, one dossier (八).

    A case that is reopened after that gets another volume (续卷).
    """

    _name = "complaint.dossier"
    _description = "Dossier"
    _inherit = [
        "complaint.case.part.mixin",
        "complaint.signer.mixin",
        "complaint.confidential.mixin",
        "mail.activity.mixin",
    ]
    _reference_path = "number"
    _order = "year desc, sequence desc, id desc"
    _check_company_auto = True
    _procedural = {
        "state": "draft",
        "volume": 1,
        "year": 0,
        "sequence": 0,
        "number": False,
        "retention_rule_id": False,
        "compiled_by_id": False,
        "compiled_at": False,
        "checked_by_id": False,
        "checked_at": False,
        "unchecked_reason": False,
        "archived_by_id": False,
        "archived_at": False,
        "archived_gaps": False,
        "gaps_reason": False,
        "attachment_id": False,
        "sha256": False,
        "missing_glyphs": False,
        "box_id": False,
        "integrity": False,
        "compared_at": False,
        "found_sha256": False,
    }

    _signers = ("compiled_by_id", "checked_by_id")
    _rec_names_search = ["number", "name", "ticket_id.number"]
    state = fields.Selection(
        [("draft", "Being Compiled"), ("archived", "Archived")],
        required=True,
        readonly=True,
        default="draft",
    )
    name = fields.Char(string="Dossier Title", required=True)
    volume = fields.Integer(
        readonly=True, default=1, help="A case that was reopened after archiving has several."
    )
    fonds_name = fields.Char(string="Fonds")
    category_name = fields.Char(string="Dossier Category")
    year = fields.Integer(readonly=True, help="The year in which the case was closed.")
    sequence = fields.Integer(string="Archive No.", readonly=True)
    number = fields.Char(string="Dossier No.", readonly=True, copy=False, index="trigram")
    retention = fields.Selection(RETENTIONS, required=True, default="y10")
    retention_rule_id = fields.Many2one(
        "complaint.retention.rule", readonly=True, ondelete="restrict"
    )
    retention_reason = fields.Char(
        string="Other Retention Because",
        help="Reason for a retention period other than the rule's.",
    )
    item_ids = fields.One2many("complaint.dossier.item", "dossier_id", string="Documents")
    date_from = fields.Date(compute="_compute_extent", store=True)
    date_to = fields.Date(compute="_compute_extent", store=True)
    item_count = fields.Integer(string="Number of Documents", compute="_compute_extent", store=True)
    page_count = fields.Integer(string="Pages", compute="_compute_extent", store=True)
    missing_glyphs = fields.Char(string="Characters Without a Font", readonly=True, copy=False)
    note = fields.Text(string="About This Dossier", help="Printed on the reference sheet (备考表).")
    compiled_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    compiled_at = fields.Datetime(readonly=True)
    checked_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    checked_at = fields.Datetime(readonly=True)
    unchecked_reason = fields.Text(
        string="Not Checked by Another Person Because",
        readonly=True,
        help="Printed on the reference sheet, in place of who checked the dossier.",
    )
    archived_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    archived_at = fields.Datetime(readonly=True)
    gaps = fields.Text(string="Missing", compute="_compute_gaps", help="A line for each gap.")
    is_complete = fields.Boolean(
        string="Complete", compute="_compute_gaps", search="_search_is_complete"
    )
    archived_gaps = fields.Text(string="Missing When Archived", readonly=True)
    gaps_reason = fields.Text(string="Archived All the Same Because", readonly=True)
    attachment_id = fields.Many2one(
        "ir.attachment", string="Archived File", readonly=True, copy=False, ondelete="restrict"
    )
    sha256 = fields.Char(string="SHA-256", readonly=True, copy=False)
    case_state = fields.Selection(
        related="ticket_id.complaint_state", string="State of the Case", tracking=False
    )
    may_keep = fields.Boolean(related="ticket_id.may_archive")
    is_out_of_order = fields.Boolean(
        compute="_compute_is_out_of_order", help="The documents are not ordered by kind."
    )
    unit_id = fields.Many2one(related="ticket_id.window_unit_id", store=True, index=True)
    box_id = fields.Many2one(
        "complaint.dossier.box",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    loan_ids = fields.One2many("complaint.dossier.loan", "dossier_id", string="Loans")
    note_ids = fields.One2many(
        "complaint.dossier.note", "dossier_id", string="Notes After Archiving", readonly=True
    )
    integrity = fields.Selection(
        [("intact", "Unchanged"), ("changed", "Changed"), ("missing", "Missing")],
        string="Archived File Is",
        readonly=True,
        copy=False,
        help="What the last comparison with the hash found.",
    )
    compared_at = fields.Datetime(string="Last Compared", readonly=True, copy=False)
    found_sha256 = fields.Char(string="SHA-256 Now", readonly=True, copy=False)

    _one_in_preparation = models.UniqueIndex(
        "(ticket_id) WHERE state = 'draft'", "A dossier of this case is being prepared already."
    )
    _number_unique = models.UniqueIndex(
        "(company_id, number) WHERE number IS NOT NULL",
        "Another dossier already has this number.",
    )
    _by_year = models.Index("(year, sequence, id)")
    _to_compare = models.Index("(compared_at NULLS FIRST, id) WHERE state = 'archived'")
    _altered = models.Index("(company_id) WHERE integrity IN ('changed', 'missing')")

    @api.depends("number", "name")
    def _compute_display_name(self):
        for dossier in self:
            dossier.display_name = " ".join(filter(None, (dossier.number, dossier.name)))

    @api.depends("item_ids.date", "item_ids.left_out", "item_ids.page_count")
    def _compute_extent(self):
        for dossier in self:
            items = dossier.item_ids.filtered(lambda item: not item.left_out)
            days = [day for day in items.mapped("date") if day]
            dossier.date_from = min(days, default=False)
            dossier.date_to = max(days, default=False)
            dossier.item_count = len(items)
            dossier.page_count = sum(items.mapped("page_count"))

    @api.depends("state", "archived_gaps", "ticket_id", "missing_glyphs", *ITEM_FACTS)
    @api.depends_context("lang")
    def _compute_gaps(self):
        for dossier in self:
            archived = dossier.state == "archived"
            ticket = self.env["helpdesk.ticket"] if archived else dossier.ticket_id
            live = "\n".join(ArchiveGaps(ticket.sudo()).sentences()) if ticket else ""
            dossier.gaps = dossier.archived_gaps if archived else live
            dossier.is_complete = not dossier.gaps

    @api.model
    def _search_is_complete(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return [
            "|",
            "&",
            ("state", "=", "archived"),
            ("archived_gaps", "=", False),
            "&",
            ("state", "=", "draft"),
            ("ticket_id.archive_gap_codes", "in", (False, "")),
        ]

    @api.constrains("retention", "retention_reason")
    def _check_retention(self):
        for dossier in self:
            rule = dossier.retention_rule_id
            reason = (dossier.retention_reason or "").strip()
            if rule and rule.retention != dossier.retention and not reason:
                raise ValidationError(
                    self.env._(
                        "“%s” prescribes a different retention period: enter the reason.",
                        rule.name,
                    )
                )

    # --- guards -----------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse dossiers that were not compiled from their case.

        :raise UserError: for everybody but the procedure
        """
        if not self._by_procedure():
            raise UserError(self.env._("A dossier is compiled on its case: use the button there."))
        return super().create(vals_list)

    def write(self, vals):
        """Change a dossier in preparation; an archived one can't be changed (八).

        :raise UserError: for an archived dossier, and for another complaint
        """
        if not self._by_procedure():
            self._assert_draft()
            if "ticket_id" in vals:
                raise UserError(self.env._("A dossier stays with its case."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._assert_draft()

    def _assert_draft(self):
        """Refuse changes of archived records, for every user.

        :raise UserError: naming the way back
        """
        for dossier in self:
            if dossier.state != "draft":
                raise UserError(
                    self.env._(
                        "“%s” is archived: nobody changes it any more. A manager may reopen the "
                        "case; what comes then makes another volume.",
                        dossier.display_name,
                    )
                )

    # --- order, and what archiving withdraws ------------------------------------------------------

    @api.depends("item_ids.sequence", "item_ids.section", "item_ids.left_out")
    def _compute_is_out_of_order(self):
        for dossier in self:
            items = dossier.item_ids.filtered(lambda item: not item.left_out)
            sections = items.sorted("sequence").mapped(lambda item: item.section)
            ranks = [SECTION_ORDER.index(section) for section in sections]
            dossier.is_out_of_order = ranks != sorted(ranks)

    @api.model
    def _withdraw_todos(self, tickets):
        """Delete activities and scheduled messages: they can no longer be carried out."""
        parts = AccessRevocation(tickets.env).parts(tickets.sudo())
        # A letter that rests on several cases is part of its main one.
        parts["complaint.letter"] = tickets.sudo().letter_ids
        for name, records in parts.items():
            about = [("res_id", "in", records.ids)]
            todos, later = tickets.env["mail.activity"], tickets.env["mail.scheduled.message"]
            ended = [("activity_type_id", "!=", tickets.env.ref(ALARM).id)]
            todos.sudo().search([("res_model", "=", name), *about, *ended]).unlink()
            later.sudo().search([("model", "=", name), *about]).unlink()

    # --- compilation ------------------------------------------------------------------------------

    @api.model
    def _for_case(self, ticket):
        """Return the dossier of a case that is in preparation; begin one where there is none.

        :raise AccessError: where there is none, for anyone who does not keep it
        :raise UserError: where someone else archives the case just now
        """
        ticket = ticket.sudo()
        self._lock_rows(ticket)
        of_case, dossiers = [("ticket_id", "=", ticket.id)], self.sudo()
        draft = dossiers.search([*of_case, ("state", "=", "draft")])
        if draft:
            return self.browse(draft.id)
        return self._begin_volume(ticket, dossiers.search_count(of_case) + 1)

    def _begin_volume(self, ticket, volume):
        company = ticket.company_id
        suffix = f"（续卷{volume - 1}）" if volume > 1 else ""
        # Its thread is for alarms: what happens to the case is noted on the case.
        quiet = {"mail_create_nolog": True, "mail_create_nosubscribe": True}
        dossier = (
            self._without_caller_defaults()
            .with_context(**quiet)
            .create(
                {
                    "ticket_id": ticket.id,
                    "name": f"{self._title_of(ticket)}{suffix}",
                    "fonds_name": company.complaint_fonds_name or company._complaint_title(),
                    "category_name": company.complaint_category_name,
                    "volume": volume,
                }
            )
        )
        return dossier.with_env(self.env)

    @api.model
    def _lock_rows(self, records):
        """Lock records until the end of the transaction.

        :raise UserError: where someone else has one of them at this moment
        """
        try:
            records.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._("Another user is working on this dossier. Try again.")
            ) from error

    def _without_caller_defaults(self):
        """Return the records as their procedure creates others: by no default of a caller."""
        return self.with_env(self.env(context=clean_context(self.env.context)))._with_procedure()

    def _title_of(self, ticket):
        """Return what a case is about, without the complainant: it stands on the spine."""
        about = "、".join((ticket.respondent_ids.unit_id | ticket.window_unit_id).mapped("name"))
        matter = ticket._scrubbed(ticket.service_item or ticket.name or "")
        return f"关于{about}{matter}的投诉举报案"

    def action_compile(self):
        """Add the papers of the case; the archivist's order, additions and notes are kept.

        :raise AccessError: for anyone who does not keep the dossier
        :raise UserError: where it is archived, or its case is not closed
        """
        self.check_access("write")
        self._renew()
        now = {"compiled_by_id": self.env.uid, "compiled_at": fields.Datetime.now()}
        self._procedure_write(now)
        self._forget_check()

    def action_check(self):
        """Put on record that another person than the compiler went through the dossiers (检查人).

        :raise AccessError: for anyone who does not keep them
        :raise UserError: for the compiler, and where one is archived
        """
        self.check_access("write")
        self._assert_draft()
        own = self.filtered(lambda one: one.compiled_by_id in (self.env.user, one.env["res.users"]))
        if own:
            raise UserError(
                self.env._("Who compiled a dossier does not check it: another person does.")
            )
        self._note_check(self.env.user, fields.Datetime.now())

    def _note_check(self, user, moment, reason=None):
        """Put down who checked the dossiers, or why nobody did."""
        vals = {"checked_by_id": user.id, "checked_at": moment, "unchecked_reason": reason}
        self._procedure_write(vals)

    def _forget_check(self):
        """Have dossiers that were changed since checked again."""
        checked = self.filtered(lambda one: one.state == "draft" and one.checked_by_id)
        checked._note_check(self.env["res.users"], False)

    def _lacks_check(self):
        """Return whether nobody but the compiler has been through the dossier, nor said why."""
        if self.unchecked_reason:
            return False
        # Who archives what another person compiled has been through it.
        checker = self.checked_by_id or self.env.user
        return checker == (self.compiled_by_id or self.env.user)

    def _renew(self):
        """Bring dossiers up to what their cases have now.

        :raise UserError: where one is archived, or its case is not closed
        """
        self._assert_draft()
        for dossier in self:
            dossier._assert_closed()
            dossier._take_in()
            dossier.item_ids._look_at_files()
            dossier._procedure_write({"missing_glyphs": "".join(lacking(dossier))})
            dossier._apply_retention()

    def _assert_closed(self):
        ticket = self.sudo().ticket_id
        if ticket.complaint_state != "closed":
            raise UserError(self.env._("%s is under way: close it first.", ticket.display_name))

    def _take_in(self):
        """Add the papers the dossier has not, and drop those the case no longer has."""
        papers = {self._key(vals): vals for vals in self._papers()}
        items = self.item_ids._with_procedure()
        held = {self._key(item) for item in items}
        items.filtered(lambda one: not one.is_added and self._key(one) not in papers).unlink()
        new = [vals for key, vals in papers.items() if key not in held]
        self._sort_in(new)
        self._without_caller_defaults().env["complaint.dossier.item"].create(new)
        if new:
            self._forget_check()
        # The cache has new papers last, wherever they stand; the PDF is bound in this order.
        self.invalidate_recordset(["item_ids"])

    def _add_file(self, name, content, values):
        """Put a file of the archivist's into the dossier, behind the others of its section.

        :param content: its bytes, in base64
        :raise UserError: where the dossier is archived, or has this file already
        """
        self.ensure_one()
        self.check_access("write")
        self._assert_draft()
        file = attach(self._without_caller_defaults(), [(name, content)])
        self._assert_new(file)
        vals = {"section": "other", **values, "dossier_id": self.id, "attachment_id": file.id}
        self._sort_in([vals])
        item = self.env["complaint.dossier.item"].create(vals)
        item._look_at_files()
        return item

    def _assert_new(self, file):
        """Refuse a file whose content is in the dossier already, under whatever name."""
        content = file.sudo().checksum
        for item in self.sudo().item_ids:
            if content and not item.left_out and item.attachment_id.checksum == content:
                raise UserError(
                    self.env._("This file is in the dossier already: “%s”.", item.title)
                )

    def _apply_retention(self):
        """Set how long it is kept: by rule, unless the archivist decided otherwise."""
        rule = self.env["complaint.retention.rule"]._first_for(self.ticket_id)
        vals = {"retention_rule_id": rule.id}
        if rule and not self.retention_reason:
            vals["retention"] = rule.retention
        self._procedure_write(vals)

    @api.model
    def _key(self, item):
        """Return what a paper is known by, as values or as a record."""
        if isinstance(item, dict):
            return item.get("attachment_id") or (item["report_id"], item["res_id"])
        return item.attachment_id.id or (item.report_id.id, item.res_id)

    def _sort_in(self, new):
        """Give new papers their places: each behind the last one of its section, or before it."""
        items = self.item_ids.exists()._with_procedure()
        order = list(items.sorted(lambda item: (item.sequence, item.id)))
        rank = {section: place for place, section in enumerate(SECTION_ORDER)}
        for vals in new:
            before = [
                place
                for place, one in enumerate(order)
                if rank[one["section"]] <= rank[vals["section"]]
            ]
            order.insert(before[-1] + 1 if before else 0, vals)
        for place, one in enumerate(order, 1):
            if isinstance(one, dict) or one.sequence != place * STEP:
                one["sequence"] = place * STEP

    # --- what is collected ------------------------------------------------------------------------

    def _papers(self):
        """Return the values of all papers of the case, in the order of the dossier."""
        return CollectedPapers(self).values()

    def _owns(self, file):
        """Return whether a file is one of the case, or was put into its dossier by hand."""
        file = file.sudo()
        if file.res_model == self._name:
            return file.res_id == self.id
        if file.res_model not in case_models(self.env) or not file.res_id:
            return False
        owner = self.env[file.res_model].sudo().browse(file.res_id).exists()
        return owner._cases() == self.sudo().ticket_id

    # --- bound PDF --------------------------------------------------------------------------------

    def _paper_pdf(self):
        """Return the PDF of the whole dossier; its items learn their pages and hashes.

        Of an archived dossier that is the file that was archived. Who may read a dossier gets all
        of it, whatever paper or file its items came from.

        :raise UserError: naming the paper that can't be printed, or what no archive would take, or
            an archived file that was changed since
        """
        self.ensure_one()
        self.check_access("read")
        dossier = self.sudo()._in_chinese()
        if dossier.state == "archived":
            self._assert_intact()
            return dossier.attachment_id.raw
        with TemporaryDirectory(prefix="dossier-") as folder:
            target = Path(folder) / "dossier.pdf"
            dossier._bind(Path(folder), target)
            return target.read_bytes()

    def _in_chinese(self):
        """Return the dossier as it is filed, whatever language its compiler works in."""
        installed = self.env["res.lang"]._get_data(code=CHINESE)
        return self.with_context(lang=CHINESE) if installed else self

    def _bind(self, folder, target):
        with with_chinese_font(self.env):
            rows = BoundPapers(self).rows(folder)
            self._note_rows(rows)
            values = {"sheet": DossierSheet(self, rows)}
            frame = paper.write_pdf(str(self.env["ir.qweb"]._render(REPORT, values)))
        dossier_binding.bind(frame, rows, target)
        flaws = pdfa.flaws(target)
        if flaws:
            raise UserError(
                self.env._("This is no PDF that an archive takes:\n%s", "\n".join(flaws))
            )

    def _note_rows(self, rows):
        """Put down on the items where they are, and by what they are recognised."""
        for row in rows:
            vals = {
                "page_from": row.page_from if row.page_count else 0,
                "page_count": row.page_count,
                "sha256": row.sha256,
                "is_embedded": not row.page_count,
                "file_only_reason": row.reason,
            }
            item = row.item
            if any((item[name] or "") != (value or "") for name, value in vals.items()):
                item._procedure_write(vals)
            if row.reason:
                item.attachment_id._set_print_state_after_binding(row.reason)

    def _files_only(self):
        """Say which papers could not be printed and stay files, and why; nothing where all were."""
        named = [
            f"“{item.title}” ({item.file_only_reason})"
            for item in self.item_ids
            if item.file_only_reason and not item.left_out
        ]
        files = "、".join(named)
        return (
            self.env._("Kept as files, because they can't be printed: %s.", files) if files else ""
        )

    # --- archiving --------------------------------------------------------------------------------

    # Not ``action_archive``: Odoo has a method of that name, which switches records off.
    def action_file(self, reason=None):
        """Archive dossiers: check, number, print, freeze, and close the case for good (八).

        A manager may archive what is incomplete, and anybody what nobody but themselves has
        checked, for a reason that stands in the dossier; without the reason, ask for it.

        :raise AccessError: for anyone who does not keep the dossier
        :raise UserError: where it is archived or incomplete, or its case is not closed; naming
            what is missing. Nothing was numbered.
        """
        self.check_access("write")
        reason = clean_text(self.env, reason)
        self._lock_rows(self.sudo().ticket_id)
        self._lock_rows(self)
        self._renew()
        incomplete = self.filtered(lambda one: not one.is_complete)
        if incomplete and not reason:
            self._assert_manager(incomplete)
            title = self.env._("Archive Though Incomplete: Give the Reason")
            return self.env["complaint.reason.wizard"]._open(self, "action_file", title)
        self._assert_manager(incomplete)
        if not reason and any(one._lacks_check() for one in self):
            title = self.env._("Nobody Else Has Checked This Dossier: Give the Reason")
            return self.env["complaint.reason.wizard"]._open(self, "action_file", title)
        for dossier in self.sorted("id"):
            dossier._archive(reason)
        return True

    def action_preview(self):
        """Open the PDF: the archived one, or what it would be now."""
        self.ensure_one()
        self.check_access("read")
        if self.attachment_id:
            url = f"/web/content/{self.attachment_id.id}"
            return {"type": "ir.actions.act_url", "url": url, "target": "new"}
        return self.env.ref("kaiyang_complaint.report_dossier").report_action(self)

    def _assert_manager(self, incomplete):
        """Let managers alone archive what is incomplete.

        :raise UserError: for everybody else, naming what is missing
        """
        if incomplete and not self.env.user.has_group(MANAGER_GROUP):
            lines = [f"{one.display_name}\n{one.gaps}" for one in incomplete]
            raise UserError(self.env._("Not complete yet:\n%s", "\n".join(lines)))

    def _archive(self, reason):
        self.ensure_one()
        gaps = self.gaps
        now = fields.Datetime.now()
        if self._lacks_check():
            self._note_check(self.env["res.users"], False, reason)
        elif not (self.checked_by_id or self.unchecked_reason):
            self._note_check(self.env.user, now)
        self._procedure_write(
            {
                "archived_at": now,
                "archived_by_id": self.env.uid,
                "compiled_by_id": (self.compiled_by_id or self.env.user).id,
                "archived_gaps": gaps,
                "gaps_reason": gaps and reason,
            }
        )
        self._draw_number()
        pdf = self._paper_pdf()
        if self.gaps != gaps and not self.gaps_reason:
            # Only all the pages show what can't be drawn.
            raise UserError(
                self.env._("Not complete yet:\n%s", f"{self.display_name}\n{self.gaps}")
            )
        self._keep(pdf)
        (self.attachment_id | self.sudo().item_ids.attachment_id)._freeze()
        # The order is that of what needs what. Who, when and the number are printed, so they are
        # written before the PDF; the PDF is drawn while the dossier still counts as a draft, since
        # an archived one returns its file; the case is frozen last, for everything above still
        # writes to it.
        self._procedure_write({"state": "archived"})
        self._end_case()

    def _keep(self, pdf):
        """Keep the file of the dossier, and by what it is recognised as unchanged."""
        file = (
            self._without_caller_defaults()
            .env["ir.attachment"]
            .create(
                {
                    "name": f"{self.number}.pdf",
                    "raw": pdf,
                    "mimetype": "application/pdf",
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
        )
        digest = hashlib.sha256(pdf).hexdigest()
        self._procedure_write({"attachment_id": file.id, "sha256": digest})

    def _end_case(self):
        """Archive the case; when it was closed stays as it was."""
        ticket = self.ticket_id.sudo()._unlocked()
        # helpdesk_mgmt sets it anew at every stage that is closed, and “Archived” is one. The year
        # of the dossier follows from the day of closing.
        closed_date = ticket.closed_date
        ticket._move_to("archived")
        ticket._procedure_write({"closed_date": closed_date})
        done = self.env._("Archived as %s.", self.number)
        ticket._message_log(body=" ".join(filter(None, (done, self._files_only()))))

    # --- the number -----------------------------------------------------------------------------

    def _draw_number(self):
        """Draw the next number of the year, without a gap: a failure gives it back.

        The year is the one in which the case was closed: by it dossiers are filed (立卷年度).

        :raise BusyError: where someone else draws it just now; the server tries again
        :raise UserError: where the centre's settings lack something
        """
        company = self.company_id
        year = company._complaint_local(self.sudo().ticket_id.closed_date or self.archived_at).year
        sequence = self._next_sequence(year)
        number = company._complaint_dossier_number(year, self.retention, sequence)
        with busy(self.env), self.env.cr.savepoint():
            # Flushed within the savepoint, so that the unique index answers here, where ``busy``
            # can turn it into “try again”, and not somewhere later in the transaction.
            self._procedure_write({"year": year, "sequence": sequence, "number": number})
            self.flush_recordset()

    def _next_sequence(self, year):
        series = [("company_id", "=", self.company_id.id), ("year", "=", year)]
        if self.company_id.complaint_dossier_series == "retention":
            series.append(("retention", "=", self.retention))
        last = self.sudo().search(series, order="sequence desc", limit=1)
        used = self.company_id._complaint_numbers_used(year, self.retention)
        return max(last.sequence, used) + 1

    # --- whether it is what was archived ----------------------------------------------------------

    @api.model
    def _cron_compare(self):
        """Compare tonight's share of the archived volumes with their hashes."""
        compare_share(self.env)

    def action_compare(self):
        """Compare archived volumes with their hashes now, and say what was found.

        :raise AccessError: for anyone who does not keep them
        """
        self.check_access("write")
        archived = self.filtered(lambda one: one.state == "archived")
        VolumeWatch(archived).compare()
        altered = archived.filtered(lambda one: one.integrity in BROKEN)
        whole = self.env._("Unchanged since archiving: %s.", len(archived))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": altered._altered_words() or whole,
                "type": "danger" if altered else "success",
                "sticky": bool(altered),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_examine(self):
        """Download a changed volume all the same, to examine it.

        :raise AccessError: for anyone who does not keep it
        """
        self.ensure_one()
        self.check_access("write")
        url = f"/complaint/archive/volume/{self.id}/examine"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}

    def _assert_intact(self):
        """Refuse volumes that are not what was archived.

        :raise UserError: naming them
        """
        altered = self.filtered(lambda one: found(one)[0] in BROKEN)
        if altered:
            raise UserError(altered._altered_words())

    def _altered_words(self):
        """Return, a line each, what is wrong with volumes that are not what was archived."""
        words = {
            "changed": self.env._("differs from the file that was archived (its hash is another)"),
            "missing": self.env._("its file is missing"),
        }
        return "\n".join(f"{one.number}: {words[found(one)[0]]}" for one in self)

    def _altered_page(self):
        """Return the error whose page says that a volume is not what was archived."""
        state, digest = found(self)
        values = {"dossier": self, "state": state, "digest": digest}
        page = self.env["ir.qweb"]._render("kaiyang_complaint.dossier_altered", values)
        headers = {"Cache-Control": "no-store"}
        return Conflict(response=Response(page, status=409, headers=headers, mimetype="text/html"))

    # --- notes after archiving --------------------------------------------------------------------

    def action_note(self, text=None):
        """Add a note to the reference sheet of archived volumes. Without its text, ask for it.

        The volumes themselves stay as they are; their notes are printed beside them.

        :raise AccessError: for anyone who does not keep them
        :raise UserError: where one is not archived: it has its own text for the sheet
        """
        self.check_access("write")
        self._assert_state("archived")
        text = clean_text(self.env, text)
        if not text:
            title = self.env._("Add a Note to the Reference Sheet")
            return self.env["complaint.reason.wizard"]._open(self, "action_note", title)
        self._note_down(text, self.env.user)
        return True

    def _note_down(self, text, user=None):
        """Put a note on the reference sheets; without a user it is the system's own."""
        now = fields.Datetime.now()
        vals = {"text": text, "noted_at": now, "noted_by_id": user and user.id}
        notes = self._without_caller_defaults().sudo().env["complaint.dossier.note"]
        notes.create([{**vals, "dossier_id": dossier.id} for dossier in self])

    # --- in the archive ---------------------------------------------------------------------------

    def action_put_into_box(self):
        """Ask for the box into which archived dossiers are put.

        :raise UserError: where they don't belong into one box
        """
        self._assert_boxable()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Put into a Box"),
            "res_model": "complaint.dossier.boxing",
            "view_mode": "form",
            "target": "new",
            "context": {"default_dossier_ids": self.ids},
        }

    def _put_into(self, box):
        """Put dossiers into a box, or take them out of theirs.

        Where the paper stands is no part of the case: an archived one may be moved.

        :raise AccessError: for those who keep no dossiers
        :raise UserError: where they don't belong into this box
        """
        self.check_access("write")
        self._assert_boxable()
        if box and any((one.year, one.retention) != (box.year, box.retention) for one in self):
            raise UserError(
                self.env._("A box holds dossiers of one year that are kept equally long.")
            )
        self._unlocked()._procedure_write({"box_id": box.id})

    def _assert_boxable(self):
        if any(dossier.state != "archived" for dossier in self):
            raise UserError(self.env._("Only archived dossiers can be boxed."))
        if len({(one.company_id, one.year, one.retention) for one in self}) > 1:
            raise UserError(
                self.env._("A box holds dossiers of one year that are kept equally long.")
            )

    def action_lend(self):
        """Open a new loan of a dossier."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Lend"),
            "res_model": "complaint.dossier.loan",
            "views": [(False, "form")],
            "context": {"default_dossier_id": self.id},
        }

    def _assert_original_in(self):
        """Refuse to lend an original that is out, naming who has it."""
        out = self.env["complaint.dossier.loan"].search(
            [
                ("dossier_id", "in", self.ids),
                ("kind", "=", "original"),
                ("returned_at", "=", False),
            ],
            limit=1,
        )
        if out:
            raise UserError(
                self.env._(
                    "The original of %(dossier)s is with %(borrower)s (%(unit)s).",
                    dossier=out.dossier_id.number,
                    borrower=out.borrower,
                    unit=out.borrower_unit,
                )
            )
