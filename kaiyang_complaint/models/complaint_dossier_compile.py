from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.tools.misc import clean_context

SECTION_ORDER = ("result", "handling", "complaint", "other")
STEP = 10


class ComplaintDossierCompile(models.AbstractModel):
    """How a dossier is put together from its case, and put together again (forms.md G)."""

    _name = "complaint.dossier.compile"
    _description = "Compilation of a Dossier"
    _inherit = ["complaint.dossier.papers"]

    is_out_of_order = fields.Boolean(
        compute="_compute_is_out_of_order", help="Papers of one kind stand before those of another."
    )

    @api.depends("item_ids.sequence", "item_ids.section", "item_ids.left_out")
    def _compute_is_out_of_order(self):
        for dossier in self:
            items = dossier.item_ids.filtered(lambda item: not item.left_out)
            sections = items.sorted("sequence").mapped(lambda item: item.section)
            ranks = [SECTION_ORDER.index(section) for section in sections]
            dossier.is_out_of_order = ranks != sorted(ranks)

    @api.model
    def _for_case(self, ticket):
        """Return the dossier of a case that is in preparation; begin one where there is none.

        :raise AccessError: where there is none, for anyone who does not keep it
        :raise UserError: where somebody else archives the case just now
        """
        ticket = ticket.sudo()
        self._hold(ticket)
        of_case, dossiers = [("ticket_id", "=", ticket.id)], self.sudo()
        draft = dossiers.search([*of_case, ("state", "=", "draft")])
        if draft:
            return self.browse(draft.id)
        return self._begin_volume(ticket, dossiers.search_count(of_case) + 1)

    def _begin_volume(self, ticket, volume):
        company = ticket.company_id
        suffix = f"（续卷{volume - 1}）" if volume > 1 else ""
        dossier = self._plainly().create(
            {
                "ticket_id": ticket.id,
                "name": f"{self._title_of(ticket)}{suffix}",
                "fonds_name": company.complaint_fonds_name or company._complaint_title(),
                "category_name": company.complaint_category_name,
                "volume": volume,
            }
        )
        return dossier.with_env(self.env)

    @api.model
    def _hold(self, records):
        """Keep records from everybody else until the transaction ends.

        :raise UserError: where somebody else has one of them at this moment
        """
        try:
            records.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._("Somebody else is working on this dossier just now. Try again.")
            ) from error

    def _plainly(self):
        """Return the records as their procedure creates others: by no default of a caller."""
        return self.with_env(self.env(context=clean_context(self.env.context)))._guarded()

    def _title_of(self, ticket):
        """Say what a case is about, without the complainant: it stands on the spine."""
        about = "、".join((ticket.respondent_ids.unit_id | ticket.window_unit_id).mapped("name"))
        matter = ticket._scrubbed(ticket.service_item or ticket.name or "")
        return f"关于{about}{matter}的投诉举报案"

    def action_compile(self):
        """Take in what the case has; what the archivist sorted, added and wrote stays.

        :raise AccessError: for anyone who does not keep the dossier
        :raise UserError: where it is archived, or its case is not closed
        """
        self.check_access("write")
        self._renew()
        now = {"compiled_by_id": self.env.uid, "compiled_at": fields.Datetime.now()}
        self._guarded_write(now)

    def _renew(self):
        """Bring dossiers up to what their cases have now.

        :raise UserError: where one is archived, or its case is not closed
        """
        self._assert_draft()
        for dossier in self:
            dossier._assert_closed()
            dossier._take_in()
            dossier._apply_retention()

    def _assert_closed(self):
        ticket = self.sudo().ticket_id
        if ticket.complaint_state != "closed":
            raise UserError(self.env._("%s is under way: close it first.", ticket.display_name))

    def _take_in(self):
        """Add the papers the dossier has not, and drop those the case no longer has."""
        papers = {self._key(vals): vals for vals in self._papers()}
        items = self.item_ids._guarded()
        held = {self._key(item) for item in items}
        items.filtered(lambda one: not one.is_added and self._key(one) not in papers).unlink()
        new = [vals for key, vals in papers.items() if key not in held]
        self._sort_in(new)
        self._plainly().env["complaint.dossier.item"].create(new)
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
        file = self._plainly()._attach([(name, content)])
        self._assert_new(file)
        vals = {"section": "other", **values, "dossier_id": self.id, "attachment_id": file.id}
        self._sort_in([vals])
        return self.env["complaint.dossier.item"].create(vals)

    def _assert_new(self, file):
        """Refuse a file whose content is in the dossier already, under whatever name."""
        content = file.sudo().checksum
        for item in self.sudo().item_ids:
            if content and not item.left_out and item.attachment_id.checksum == content:
                raise UserError(
                    self.env._("This file is in the dossier already: “%s”.", item.title)
                )

    def _apply_retention(self):
        """Say how long it is kept: by rule, unless the archivist decided otherwise."""
        rule = self.env["complaint.retention.rule"]._first_for(self.ticket_id)
        vals = {"retention_rule_id": rule.id}
        if rule and not self.retention_reason:
            vals["retention"] = rule.retention
        self._guarded_write(vals)

    @api.model
    def _key(self, item):
        """Return what a paper is known by, as values or as a record."""
        if isinstance(item, dict):
            return item.get("attachment_id") or (item["report_id"], item["res_id"])
        return item.attachment_id.id or (item.report_id.id, item.res_id)

    def _sort_in(self, new):
        """Give new papers their places: each behind the last one of its section, or before it."""
        items = self.item_ids.exists()._guarded()
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
