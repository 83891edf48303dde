from odoo import models

from ..tools import board_words


class ComplaintBoardEntryVerbs(models.AbstractModel):
    """What is done with an entry: left out, put back, withdrawn; and how the hall sees it."""

    _name = "complaint.board.entry.verbs"
    _description = "Acts on an Entry of a Board"
    _inherit = ["complaint.board.withdrawn"]

    def action_leave_out(self, reason=None):
        """Leave entries out of a board in preparation. Without a reason, ask for it.

        :raise UserError: where the board stands
        """
        self.check_access("write")
        self._assert_changeable()
        self._assert_state("proposed")
        reason = self._said(reason)
        if not reason:
            return self.env["complaint.reason.wizard"]._open(self, "action_leave_out")
        self._guarded_write({"state": "left_out", "decision": reason})
        return True

    def action_put_back(self):
        """Put entries back that were left out.

        :raise UserError: where the board stands
        """
        self.check_access("write")
        self._assert_changeable()
        self._assert_state("left_out")
        self._guarded_write({"state": "proposed"})
        from_facts = self.filtered(lambda entry: entry.source == "facts")
        from_facts._guarded_write({"decision": False})

    def _taken_off(self, reason):
        for board, entries in self.grouped("board_id").items():
            names = "、".join(entries.mapped("display_name"))
            board._note(self.env._("Withdrawn: %(who)s. %(why)s", who=names, why=reason))

    # --- the hall ---------------------------------------------------------------------------

    def _card(self):
        """Return what the hall reads about an entry, masked as the centre has it."""
        self.ensure_one()
        staff = self.staff_id.name or ""
        is_red = self.colour == "red"
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
