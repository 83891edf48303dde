from odoo import models

from ..tools import board_words


class ComplaintFindingBoards(models.AbstractModel):
    """What findings do to red and black boards (七.2)."""

    _name = "complaint.finding.boards"
    _description = "Boards That Rest on a Finding"

    def _board_party(self):
        """Return who is answerable: a person, or where nobody is named a window under its unit."""
        is_person = self.liable == "staff" and self.staff_id
        if is_person:
            return (self.staff_id.id, 0, 0)
        return (0, self.window_id.id, self.unit_id.id)

    def _board_facts(self):
        """Return what a board says of the findings of one party; the last tells the place."""
        staff = self._board_party_id()
        last = self[-1:]
        return {
            "colour": "black",
            "staff_id": staff,
            "window_id": last.window_id.id,
            "unit_id": last.unit_id.id,
            "finding_ids": [(6, 0, self.ids)],
            **self._board_words(),
        }

    def _board_party_id(self):
        return self[-1:]._board_party()[0] or False

    def _board_words(self):
        conducts = list(dict.fromkeys(filter(None, self.mapped("conduct_id.name"))))
        is_partly = set(self.mapped("conclusion")) == {"partly"}
        return {
            "composed": board_words.black_words(conducts, is_partly),
            "conduct": "；".join(conducts),
            "figures": board_words.black_figures(len(self)),
        }

    def _withdraw_from_boards(self):
        """Take off the boards what rested on these findings, and keep its history.

        Findings that were overturned, or whose case is restricted now, carry nothing any more:
        the others among these do. An entry that rests on others as well stays, with their
        figures.
        """
        gone = self.sudo().filtered(
            lambda one: one.state == "overturned" or one.ticket_id.is_restricted
        )
        reason = self.env._("The finding it rested on no longer stands in public.")
        entries = self.env["complaint.board.entry"].sudo()
        entries = entries.search([("finding_ids", "in", gone.ids), ("state", "!=", "withdrawn")])
        fallen = entries.browse()
        for entry in entries:
            standing = entry.finding_ids.filtered("is_counted") - gone
            if standing:
                entry._take_facts(
                    {**standing._board_words(), "finding_ids": [(6, 0, standing.ids)]}
                )
                entry.board_id._note(self.env._("Rests on fewer findings: %s", entry.display_name))
            elif entry.state != "left_out":
                fallen |= entry
        fallen._take_off(reason)
