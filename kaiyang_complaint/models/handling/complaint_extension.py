from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

BASIS = ("reason", "told_at", "complainant_answer")


class ComplaintExtension(models.Model):
    """An extension of the handling limit: reason, answer of the complainant, decision (六.3)."""

    _name = "complaint.extension"
    _description = "Extension of the Handling Limit"
    _inherit = ["complaint.case.part.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _procedural = {
        "state": "draft",
        "approval_id": False,
        "old_deadline_id": False,
        "deadline_id": False,
    }

    _rec_names_search = ["ticket_id.number", "ticket_id.name"]
    state = fields.Selection(
        [
            ("draft", "To Ask For"),
            ("requested", "Asked For"),
            ("granted", "Granted"),
            ("refused", "Refused"),
        ],
        required=True,
        readonly=True,
        default="draft",
    )
    limit_days = fields.Integer(
        string="New Limit",
        required=True,
        default=lambda self: self.env.company.complaint_max_days,
        help="Working days in all, counted from acceptance.",
    )
    reason = fields.Text(
        string="Reason for Extension", help="The special reason why the limit can't be kept."
    )
    told_at = fields.Datetime(string="Complainant Notified On")
    told_how = fields.Selection(
        [
            ("in_person", "In person"),
            ("phone", "By telephone"),
            ("message", "By message"),
            ("letter", "By letter"),
            ("impossible", "Impossible: anonymous, no way to reach them"),
        ],
        string="Complainant Notified",
        required=True,
        default="phone",
    )
    complainant_answer = fields.Text(help="What the complainant said to it.")
    approval_id = fields.Many2one("complaint.approval", readonly=True, copy=False)
    instruction = fields.Text(related="approval_id.instruction")
    old_deadline_id = fields.Many2one("complaint.deadline", readonly=True, copy=False)
    deadline_id = fields.Many2one("complaint.deadline", readonly=True, copy=False)
    old_due_at = fields.Datetime(string="Due Until Now", compute="_compute_due_dates")
    new_due_at = fields.Datetime(
        string="New Due Date",
        compute="_compute_due_dates",
        help="When the limit ends, or would end, once the extension is granted.",
    )

    _one_request = models.UniqueIndex(
        "(ticket_id) WHERE state = 'requested'",
        "An extension of this complaint was asked for already; wait for the decision.",
    )

    @api.depends("ticket_id")
    def _compute_display_name(self):
        for extension in self:
            extension.display_name = self.env._("Extension of %s", extension.ticket_id.number)

    @api.depends(
        "limit_days",
        "deadline_id.due_at",
        "old_deadline_id.due_at",
        "ticket_id.deadline_ids.due_at",
        "ticket_id.deadline_ids.state",
    )
    def _compute_due_dates(self):
        for extension in self:
            # Before the request the limit that runs; afterwards the one that the request was about.
            old = extension.old_deadline_id or extension.ticket_id._running("handling")[:1]
            extension.old_due_at = old.due_at
            extension.new_due_at = extension.deadline_id.due_at or (
                old
                and extension.limit_days > 0
                and old.company_id._complaint_due_at(old.start_date, extension.limit_days)
            )

    # --- guards -----------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Note extensions of complaints that have not ended; they are asked for by a verb.

        :raise UserError: where the complaint has ended, or the values skip the procedure
        """
        extensions = super().create(vals_list)
        extensions.ticket_id._assert_open_for_change()
        return extensions

    def write(self, vals):
        """Change what was not asked for yet.

        :raise UserError: afterwards, and for another complaint
        """
        if not self._by_procedure():
            self._assert_draft()
            if any(vals.get("ticket_id", one.ticket_id.id) != one.ticket_id.id for one in self):
                raise UserError(self.env._("An extension stays with its complaint."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._assert_draft()

    def _assert_draft(self):
        if any(extension.state != "draft" for extension in self):
            raise UserError(
                self.env._("The extension was asked for: what was written can't be changed.")
            )
        self.ticket_id._assert_open_for_change()

    # --- asking -----------------------------------------------------------------------------

    @api.model
    def _open(self, ticket):
        """Return the dialog in which an extension of a complaint is asked for.

        :raise UserError: where the limit can't be extended, or an extension was asked for
        """
        draft = self.search([("ticket_id", "=", ticket.id), ("state", "=", "draft")], limit=1)
        # Not saved: whoever closes the dialog leaves nothing behind.
        extension = draft or self.new({"ticket_id": ticket.id})
        extension._assert_extensible()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask for Extension"),
            "res_model": self._name,
            "res_id": draft.id,
            "view_mode": "form",
            "views": [
                (self.env.ref("kaiyang_complaint.complaint_extension_view_form_ask").id, "form")
            ],
            "target": "new",
            "context": {
                "default_ticket_id": ticket.id,
                "default_limit_days": ticket.company_id.complaint_max_days,
            },
        }

    def action_request(self):
        """Ask the leader in charge for extensions (六.3).

        :raise UserError: where the limit has run out or stopped, is longer already, or would be
            too long; where an extension was asked for before; where the reason, or how and when
            the complainant was told and what they answered, is missing
        """
        self.check_access("write")
        self._assert_draft()
        for extension in self:
            extension._assert_extensible()
            extension._assert_length()
            extension._assert_told()
            extension._request()

    def _request(self):
        """Put the request before the leader in charge; the limit it is about stays on record."""
        ticket = self.ticket_id
        old = ticket._running("handling")
        self._procedure_write({"state": "requested", "old_deadline_id": old.id})
        approval = self.env["complaint.approval"]._ask(self, "extension", self._request_text())
        self._procedure_write({"approval_id": approval.id})
        ticket._message_log(body=self.env._("An extension was asked for."))

    def _request_text(self):
        """Describe the request as text: leaders decide from a list."""
        hows = dict(self._fields["told_how"]._description_selection(self.env))
        told = self.told_at and self.company_id._complaint_local(self.told_at)
        lines = [
            self.env._(
                "Extend the limit from %(old)s to %(new)s, %(days)s working days in all.",
                old=self._long_day(self.old_due_at),
                new=self._long_day(self.new_due_at),
                days=self.limit_days,
            ),
            self.env._("Reason: %s", self.reason),
            self.env._("Complainant notified: %s", hows[self.told_how])
            + (f"，{self._long_day(self.told_at)} {told:%H:%M}" if told else ""),
        ]
        if self.complainant_answer:
            lines.append(self.env._("Answer: %s", self.complainant_answer))
        return "\n".join(lines)

    def _long_day(self, moment):
        """Return the day of a moment as papers write it, on the centre's calendar."""
        day = self.company_id._complaint_local(moment).date()
        return format_date(self.env, day, date_format="long")

    # --- deciding ---------------------------------------------------------------------------

    def _approval_decided(self, approval):
        """Do what was decided: a limit of the new length from the old start, or nothing.

        :raise UserError: where there is nothing left to extend
        """
        self.ensure_one()
        if approval.state == "withdrawn":
            self._procedure_write({"state": "draft", "old_deadline_id": False})
        elif approval.state == "rejected":
            self._procedure_write({"state": "refused"})
            self.ticket_id._message_log(body=self.env._("The extension was refused."))
        else:
            self._grant()

    def _grant(self):
        old, ticket = self.old_deadline_id, self.ticket_id
        if old.state != "running":
            raise UserError(
                self.env._(
                    "The limit of %s has stopped meanwhile: there is nothing left to extend. "
                    "The request can only be rejected or withdrawn.",
                    ticket.display_name,
                )
            )
        # Checked again: the class may have changed, and with it the present limit.
        self._assert_length()
        deadlines = self.env["complaint.deadline"].sudo()
        # Counted from acceptance: 六.3 says how long it may take in all, not how much is added.
        start = old.start_date
        new = deadlines._restart(ticket, "handling", self.limit_days, start_date=start)
        self._procedure_write({"state": "granted", "deadline_id": new.id})
        moved = ticket.sudo().deadline_ids._fit_replies(longer=new.limit_days - old.limit_days)
        for slip in moved.slip_id:
            slip._notify_representative(
                lambda one: one.env._("Slip %s: the reply is due later", one.name),
                "kaiyang_complaint.slip_notice_extended",
            )
        due = self.company_id._complaint_local(new.due_at).date()
        ticket._message_log(body=self.env._("The extension was granted: due %s.", due))

    # --- terms (六.3) -----------------------------------------------------------------------------

    def _assert_extensible(self):
        """Refuse what comes too late, and a second request beside one that is open."""
        ticket = self.ticket_id
        running = ticket._running("handling")
        name, longest = ticket.display_name, ticket.company_id.complaint_max_days
        if not running:
            raise UserError(self.env._("No limit of handling runs on %s.", name))
        # Only the asking has to be in time; the leader may decide later.
        if running.due_at < fields.Datetime.now():
            raise UserError(
                self.env._("The limit of %s has run out. An extension comes before that.", name)
            )
        if "requested" in ticket.extension_ids.mapped("state"):
            raise UserError(
                self.env._("An extension was already requested. Wait for the decision.")
            )
        if running.limit_days >= longest:
            raise UserError(
                self.env._("%s has the longest limit there is: no extension is left.", name)
            )

    def _assert_length(self):
        """Hold the new limit between the present one and the longest there is."""
        longest = self.company_id.complaint_max_days
        present = self.ticket_id._running("handling").limit_days
        if not present < self.limit_days <= longest:
            raise UserError(
                self.env._(
                    "The new limit is counted from acceptance: more than the present "
                    "%(present)s working days, and at most %(longest)s in all.",
                    present=present,
                    longest=longest,
                )
            )

    def _assert_told(self):
        """Demand the reason, and that the complainant was told, as far as they can be."""
        unreachable = self.told_how == "impossible"
        if unreachable and self.ticket_id.complainant_identity != "anonymous":
            raise UserError(self.env._("Only an anonymous complainant can't be told."))
        demanded = BASIS[:1] if unreachable else BASIS
        missing = [
            self._fields[name]._description_string(self.env)
            for name in demanded
            if not self[name] or (isinstance(self[name], str) and not self[name].strip())
        ]
        if missing:
            raise UserError(self.env._("The request lacks: %s.", "、".join(missing)))
        if self.told_at and self.told_at > fields.Datetime.now():
            raise UserError(
                self.env._("The complainant must be notified before the extension is requested.")
            )
