from collections import Counter
from datetime import timedelta

from dateutil.relativedelta import relativedelta
from odoo import fields, models
from odoo.exceptions import UserError

from ..tools.masking import exposed

YEAR = relativedelta(years=1)


class ComplaintBoardVerbs(models.AbstractModel):
    """What people do with a board: the manager prepares and shows, the leader approves (七.2)."""

    _name = "complaint.board.verbs"
    _description = "Acts on a Board"
    _inherit = ["complaint.submitted", "complaint.board.withdrawn"]

    # --- approval ---------------------------------------------------------------------------

    def action_submit(self):
        """Put boards before the leader.

        :raise UserError: where the month is not over, nobody is on the board, somebody stands on
            both sides, or a reason tells who complained
        """
        self.check_access("write")
        self._assert_state("draft")
        for board in self:
            board._assert_month_over()
            board._assert_presentable()
            board._guarded_write({"state": "submitted"})
            approval = self.env["complaint.approval"]._ask(board, "board", board._request_text())
            board._guarded_write({"approval_id": approval.id})

    def _request_text(self):
        """Put the board into words: leaders decide from a list."""
        sides = self.env["complaint.board.entry"]._fields["colour"]._description_selection(self.env)
        lines = [
            self.display_name,
            self.env._(
                "On display from %(start)s to %(end)s",
                start=self.display_from,
                end=self.display_to,
            ),
        ]
        standing = self._standing()
        for colour, label in sides:
            entries = standing.filtered(lambda entry, colour=colour: entry.colour == colour)
            lines += [f"{label} ({len(entries)})", *entries.mapped(self._line_of)]
        return "\n".join(lines)

    def _line_of(self, entry):
        return f"· {entry.display_name}：{entry.reason}"

    def _approval_decided(self, approval):
        """Take what the leader decided; what is not approved goes back to who prepares it."""
        self.ensure_one()
        state = "approved" if approval.state == "approved" else "draft"
        self._guarded_write({"state": state})
        if approval.instruction:
            self._note(approval.instruction)

    def action_take_back(self):
        """Take boards back that are not shown yet; they need their approval again.

        :raise UserError: where a board is shown, or was never submitted
        """
        self._take_back("submitted")

    # --- the hall ---------------------------------------------------------------------------

    def action_show(self):
        """Show boards that are approved: from today at the earliest, as long as was approved.

        :raise UserError: where a board is not approved
        """
        self.check_access("write")
        self._assert_state("approved")
        for board in self:
            board._assert_presentable()
            late = max(board.company_id._complaint_today() - board.display_from, timedelta())
            standing = board._standing()
            standing._guarded_write({"state": "shown"})
            board._guarded_write(
                {
                    "state": "shown",
                    "display_from": board.display_from + late,
                    "display_to": board.display_to + late,
                    "shown_at": fields.Datetime.now(),
                    "shown_by_id": self.env.uid,
                }
            )
            board._issue_letter()
            board.company_id.sudo()._complaint_board_url()

    def _taken_off(self, reason):
        for board in self:
            board._note(self.env._("Withdrawn: %s", reason))
            board._cancel_letter(reason)

    def _note(self, text):
        """Keep in the history of the board what happened, and who did it."""
        self._message_log(body=text, author_id=self.env.user.partner_id.id)

    # --- what may be shown ------------------------------------------------------------------

    def _standing(self):
        """Return the entries that are, or will be, on the board."""
        return self.entry_ids.filtered(lambda entry: entry.state in ("proposed", "shown"))

    def _assert_month_over(self):
        after = self.month + relativedelta(months=1)
        if self.company_id._complaint_today() < after:
            raise UserError(
                self.env._("The month of “%s” is not over: facts still come.", self.display_name)
            )

    def _assert_presentable(self):
        """Refuse a board with nobody on it, somebody on both sides, or words that tell too much."""
        entries = self._standing()
        if not entries:
            raise UserError(
                self.env._("Nobody is on “%s”. Propose from the facts first.", self.display_name)
            )
        people = Counter(entry._key()[1:] for entry in entries)
        both = entries.filtered(lambda entry: people[entry._key()[1:]] > 1)
        if both:
            raise UserError(
                self.env._("On both sides of the board: %s.", both[0].display_name),
            )
        said = "；".join(filter(None, entries.mapped("reason")))
        found = exposed(said, self._cases()._known_identifiers(), recorded=True)
        if found:
            raise UserError(
                self.env._(
                    "A board says nothing of who complained. Take out: %s.", "、".join(found)
                )
            )

    def _cases(self):
        """Return the complaints of the past year about those on the board."""
        entries, company = self._standing().sudo(), self.company_id
        since = company._complaint_midnight(self.month - YEAR)
        people = self.env["complaint.respondent"].sudo()
        people = people.search(
            [
                ("company_id", "=", company.id),
                ("received_at", ">=", since),
                "|",
                ("staff_id", "in", entries.staff_id.ids),
                ("window_id", "in", entries.window_id.ids),
            ]
        )
        return people.ticket_id | entries.finding_ids.ticket_id
