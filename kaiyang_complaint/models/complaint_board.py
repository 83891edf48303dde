from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..tools.board_words import month_words

BESIDE_THE_BOARD = ("message_", "activity_")
BOARD = "complaint.board"


class ComplaintBoard(models.Model):
    """The red and black board of a month: proposed from facts, decided by people, shown (七.2).

    From the submission on it stands still; shown, single entries or all of it can be withdrawn.
    """

    _name = BOARD
    _description = "Red and Black Board"
    _inherit = [
        "complaint.board.facts",
        "complaint.board.verbs",
        "complaint.board.letter",
        "complaint.board.screen",
        "complaint.guarded",
        "complaint.discretion",
    ]
    _order = "month desc, id desc"
    _rec_names_search = ["month"]
    _check_company_auto = True
    _procedural = {
        "state": "draft",
        "approval_id": False,
        "letter_id": False,
        "shown_at": False,
        "shown_by_id": False,
        "withdraw_reason": False,
        "withdrawn_at": False,
        "withdrawn_by_id": False,
    }

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    month = fields.Date(
        required=True,
        default=lambda self: self._last_month(),
        help="Findings confirmed, and ratings given, in this month.",
    )
    state = fields.Selection(
        [
            ("draft", "In Preparation"),
            ("submitted", "Before the Leader"),
            ("approved", "To Show"),
            ("shown", "Displayed"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        tracking=True,
    )
    status = fields.Selection(
        [
            ("draft", "In Preparation"),
            ("submitted", "Before the Leader"),
            ("approved", "To Show"),
            ("coming", "Display to Come"),
            ("on", "On Display"),
            ("over", "Display Over"),
            ("withdrawn", "Withdrawn"),
        ],
        string="Display",
        compute="_compute_status",
        search="_search_status",
    )
    display_from = fields.Date(
        string="Shown From", required=True, default=lambda self: self.env.company._complaint_today()
    )
    display_to = fields.Date(
        string="Shown Until",
        required=True,
        compute="_compute_display_to",
        store=True,
        readonly=False,
        precompute=True,
    )
    entry_ids = fields.One2many("complaint.board.entry", "board_id", copy=False)
    red_ids = fields.One2many(
        "complaint.board.entry", "board_id", string="Red Side", domain=[("colour", "=", "red")]
    )
    black_ids = fields.One2many(
        "complaint.board.entry", "board_id", string="Black Side", domain=[("colour", "=", "black")]
    )
    red_count = fields.Integer(string="Red Entries", compute="_compute_counts")
    black_count = fields.Integer(string="Black Entries", compute="_compute_counts")
    approval_state = fields.Selection(related="approval_id.state", string="Decision")
    letter_id = fields.Many2one(
        "complaint.letter", string="Notice as Shown", readonly=True, copy=False
    )
    shown_at = fields.Datetime(readonly=True, copy=False)
    shown_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict", copy=False)

    # What was withdrawn as a whole may be replaced by another board of the month.
    _one_a_month = models.UniqueIndex(
        "(company_id, month) WHERE state != 'withdrawn'", "This month has its board already."
    )
    _on_display = models.Index("(company_id, display_from, display_to) WHERE state = 'shown'")

    def _last_month(self):
        first = self.env.company._complaint_today().replace(day=1)
        return first - relativedelta(months=1)

    @api.depends("month")
    def _compute_display_name(self):
        for board in self:
            board.display_name = f"{month_words(board.month)}红黑榜"

    @api.depends("display_from")
    def _compute_display_to(self):
        for board in self:
            days = (board.company_id or self.env.company).complaint_board_days
            if board.display_from and not board.display_to:
                board.display_to = board.display_from + relativedelta(days=days - 1)

    @api.depends("state", "display_from", "display_to")
    def _compute_status(self):
        for board in self:
            today = (board.company_id or self.env.company)._complaint_today()
            status = board.state
            if status == "shown":
                status = "coming" if board.display_from > today else "on"
                status = "over" if board.display_to < today else status
            board.status = status

    @api.model
    def _search_status(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env.company._complaint_today()
        shown = Domain("state", "=", "shown")
        domains = {
            "coming": shown & Domain("display_from", ">", today),
            "on": shown & Domain("display_from", "<=", today) & Domain("display_to", ">=", today),
            "over": shown & Domain("display_to", "<", today),
        }
        return Domain.OR(domains.get(one) or Domain("state", "=", one) for one in value)

    @api.depends("entry_ids.state", "entry_ids.colour")
    def _compute_counts(self):
        found = self.env["complaint.board.entry"]._read_group(
            [("board_id", "in", self.ids), ("state", "in", ("proposed", "shown"))],
            ["board_id", "colour"],
            ["__count"],
        )
        counts = {(board.id, colour): count for board, colour, count in found}
        for board in self:
            board.red_count = counts.get((board.id, "red"), 0)
            board.black_count = counts.get((board.id, "black"), 0)

    @api.constrains("display_from", "display_to")
    def _check_display(self):
        if any(board.display_from > board.display_to for board in self):
            raise ValidationError(self.env._("The first day of the display comes before its last."))

    # --- guards -----------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Prepare boards, each of one whole month."""
        return super().create([self._of_month(vals) for vals in vals_list])

    def write(self, vals):
        """Change what nobody was asked to approve yet.

        :raise UserError: afterwards
        """
        if not self._is_guarded():
            names = {name for name in vals if not name.startswith(BESIDE_THE_BOARD)}
            if names:
                self._assert_changeable()
        return super().write(self._of_month(vals))

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._assert_state("draft")

    def _of_month(self, vals):
        """Return values in which a month is named by its first day, which others go by."""
        month = fields.Date.to_date(vals.get("month"))
        return {**vals, "month": month.replace(day=1)} if month else vals

    def _assert_changeable(self):
        """Hold a board still from the submission on: what was approved is what is shown.

        :raise UserError: naming the way back
        """
        for board in self:
            if board.state != "draft":
                raise UserError(
                    self.env._(
                        "“%s” stands as it is. Take it back first, as long as it is not shown; "
                        "afterwards it can only be withdrawn.",
                        board.display_name,
                    )
                )
