from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools import board_words
from ...tools.codes import LEADERS
from ..access.clean_input import clean_text
from .outcome import UPHELD

# Whom an entry that comes from facts is about, and on which side, follows from the facts.
FROM_FACTS = frozenset({"colour", "staff_id", "window_id", "unit_id", "finding_ids"})


class ComplaintBoardEntry(models.Model):
    """A window or a person on the red or the black side of a board, and why (七.2)."""

    _name = "complaint.board.entry"
    _description = "Entry of a Red and Black Board"
    _inherit = ["complaint.board.withdrawal.mixin", "complaint.procedure.mixin"]
    _order = "board_id, colour desc, sequence, id"
    _check_company_auto = True
    _procedural = {
        "state": "proposed",
        "source": "hand",
        "sequence": 0,
        "composed": False,
        "conduct": False,
        "figures": False,
        "withdraw_reason": False,
        "withdrawn_at": False,
        "withdrawn_by_id": False,
    }

    _rec_names_search = ["staff_id.name", "window_id.number", "unit_id.name"]
    board_id = fields.Many2one(
        "complaint.board", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(related="board_id.company_id", store=True, index=True)
    month = fields.Date(related="board_id.month")
    board_state = fields.Selection(related="board_id.state", string="State of the Board")
    colour = fields.Selection([("red", "Red"), ("black", "Black")], string="Side", required=True)
    staff_id = fields.Many2one(
        "complaint.window.staff", string="Staff Member", index=True, check_company=True
    )
    window_id = fields.Many2one(
        "complaint.window",
        index=True,
        check_company=True,
        compute="_compute_window_id",
        store=True,
        readonly=False,
        precompute=True,
        help="Of a person: where they sat then.",
    )
    unit_id = fields.Many2one(
        "complaint.window.unit",
        check_company=True,
        compute="_compute_unit_id",
        store=True,
        readonly=False,
        precompute=True,
        help="The unit of that time: it stays when the window is handed over or the person moves.",
    )
    sequence = fields.Integer(readonly=True)
    reason = fields.Text(
        string="Reason in Public",
        help="Short public text; it must not identify the complainant.",
    )
    composed = fields.Text(readonly=True, help="The reason as the facts made it.")
    conduct = fields.Char(string="Conduct Items", readonly=True)
    figures = fields.Char(readonly=True)
    finding_ids = fields.Many2many(
        "complaint.finding",
        "complaint_board_entry_finding_rel",
        "entry_id",
        "finding_id",
        string="Related Findings",
        check_company=True,
    )
    source = fields.Selection(
        [("facts", "Proposed from Facts"), ("hand", "Added by Hand")],
        string="Comes From",
        required=True,
        readonly=True,
        default="hand",
    )
    decision = fields.Text(
        string="Reason for Adding or Leaving Out", help="Internal: not shown to the public."
    )
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("left_out", "Left Off"),
            ("shown", "Displayed"),
            ("withdrawn", "Taken Down"),
        ],
        required=True,
        readonly=True,
        default="proposed",
        copy=False,
    )

    # Red and black apart: whoever the facts put on both sides is for people to decide.
    _one_a_person = models.UniqueIndex(
        "(board_id, colour, staff_id) WHERE staff_id IS NOT NULL AND state != 'withdrawn'",
        "This person is already on this board.",
    )
    _one_a_window = models.UniqueIndex(
        "(board_id, colour, window_id, unit_id) WHERE staff_id IS NULL AND state != 'withdrawn'",
        "This window is already on this board.",
    )
    _names_somebody = models.Constraint(
        "CHECK (staff_id IS NOT NULL OR window_id IS NOT NULL)",
        "An entry is about a window or a person.",
    )

    @api.depends("staff_id")
    def _compute_window_id(self):
        for entry in self:
            entry.window_id = entry.window_id or entry.staff_id.window_id

    @api.depends("staff_id", "window_id")
    def _compute_unit_id(self):
        for entry in self:
            entry.unit_id = entry.staff_id.unit_id or entry.window_id.unit_id or entry.unit_id

    @api.depends("staff_id", "window_id", "unit_id")
    def _compute_display_name(self):
        for entry in self:
            window = board_words.place(entry.window_id.number)
            who = (entry.unit_id.name, window, entry.staff_id.name)
            entry.display_name = " ".join(filter(None, who))

    # --- guards -----------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Add entries by hand to boards in preparation, with the reason.

        :raise AccessError: where one rests on a restricted case, for others than leaders
        :raise UserError: where the board stands, or a reason is missing
        """
        entries = super().create(vals_list)
        if not self._by_procedure():
            entries._assert_changeable()
            entries._assert_reasoned()
            entries._assert_may_tell()
        return entries

    def write(self, vals):
        """Change the texts of entries on boards in preparation.

        :raise UserError: where the board stands, or whom an entry is about follows from facts
        """
        if self._by_procedure():
            return super().write(vals)
        self._assert_changeable()
        if FROM_FACTS & vals.keys() and "facts" in self.mapped("source"):
            raise UserError(
                self.env._("Whom it is about follows from the facts. Leave it out instead.")
            )
        result = super().write(vals)
        # Before and after: the values may move an entry to a board that stands.
        self._assert_changeable()
        self._assert_reasoned()
        self._assert_may_tell()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_by_hand(self):
        if self._by_procedure():
            return
        self._assert_changeable()
        if "facts" in self.mapped("source"):
            raise UserError(
                self.env._("What the facts propose is left out with a reason, not deleted.")
            )

    def _assert_changeable(self):
        self.board_id._assert_changeable()
        self._assert_state("proposed", "left_out")

    def _assert_reasoned(self):
        for entry in self:
            if not (entry.reason or "").strip():
                raise ValidationError(
                    self.env._(
                        "Enter a public reason why “%s” is on the board.", entry.display_name
                    )
                )
            if entry.source == "hand" and not (entry.decision or "").strip():
                raise ValidationError(
                    self.env._("Enter why “%s” is added manually.", entry.display_name)
                )

    def _assert_may_tell(self):
        """Let leaders alone put on the board what a restricted case brought to light (七.5).

        :raise AccessError: for everybody else
        """
        user = self.env.user
        groups = [f"kaiyang_complaint.group_complaint_{role}" for role in LEADERS]
        if self.env.su or any(user.has_group(group) for group in groups):
            return
        if any(self.sudo().finding_ids.ticket_id.mapped("is_restricted")):
            raise AccessError(
                self.env._("What a restricted case brought to light is told by a leader alone.")
            )

    # --- what the facts say -----------------------------------------------------------------

    def _key(self):
        """Return the key that identifies an entry when the facts are recomputed."""
        staff = self.staff_id.id or 0
        place = (0, 0) if staff else (self.window_id.id, self.unit_id.id)
        return (self.colour, staff, *place)

    def _has_unconfirmed(self):
        """Return whether a finding on them says upheld that nobody confirmed yet."""
        domain = [
            ("company_id", "=", self.company_id.id),
            ("state", "=", "draft"),
            ("conclusion", "in", UPHELD),
        ]
        if self.staff_id:
            domain.append(("staff_id", "=", self.staff_id.id))
        else:
            domain += [("window_id", "=", self.window_id.id), ("unit_id", "=", self.unit_id.id)]
        return bool(self.env["complaint.finding"].sudo().search_count(domain, limit=1))

    def _take_facts(self, facts):
        """Update the entries from the facts; edited texts are kept."""
        untouched = not self.reason or self.reason == self.composed
        values = {**facts, "reason": facts["composed"] if untouched else self.reason}
        changed = {name: value for name, value in values.items() if self._differs(name, value)}
        if changed:
            self._procedure_write(changed)

    def _differs(self, name, value):
        mine = self[name]
        if isinstance(mine, models.BaseModel):
            # A list is a command that replaces all, as ``_board_facts`` writes it.
            known = set(mine.ids)
            return known != (set(value[0][2]) if isinstance(value, list) else {value} - {False})
        return mine != value

    # --- actions ----------------------------------------------------------------------------------

    def action_leave_out(self, reason=None):
        """Leave entries out of a board in preparation. Without a reason, ask for it.

        :raise UserError: where the board stands
        """
        self.check_access("write")
        self._assert_changeable()
        self._assert_state("proposed")
        reason = clean_text(self.env, reason)
        if not reason:
            return self.env["complaint.reason.wizard"]._open(self, "action_leave_out")
        self._procedure_write({"state": "left_out", "decision": reason})
        return True

    def action_put_back(self):
        """Put entries back that were left out.

        :raise UserError: where the board stands
        """
        self.check_access("write")
        self._assert_changeable()
        self._assert_state("left_out")
        self._procedure_write({"state": "proposed"})
        from_facts = self.filtered(lambda entry: entry.source == "facts")
        from_facts._procedure_write({"decision": False})

    def _after_withdrawal(self, reason):
        for board, entries in self.grouped("board_id").items():
            names = "、".join(entries.mapped("display_name"))
            board._note(self.env._("Withdrawn: %(who)s. %(why)s", who=names, why=reason))

    # --- the hall ---------------------------------------------------------------------------

    def _card(self):
        """Return what the hall reads about an entry, masked as the centre has it."""
        self.ensure_one()
        staff = self.staff_id.name or ""
        is_red = self.colour == "red"
        # The red side praises: it is always shown by the full name.
        names = "full" if is_red else self.company_id.complaint_board_names
        detail = "reason" if is_red else self.company_id.complaint_board_detail
        told = {"reason": self.reason, "conduct": self.conduct}.get(detail) or ""
        who = board_words.shown_name(staff, names)
        place, unit = board_words.place(self.window_id.number), self.unit_id.name or ""
        title, *where = [part for part in (who, place, unit) if part] or [""]
        return {
            "title": title,
            "where": " ".join(where),
            "line": f"{unit}{place}{who}",
            "reason": board_words.shown_words(told, staff, names),
            "figures": (detail == "reason" and self.figures) or "",
        }
