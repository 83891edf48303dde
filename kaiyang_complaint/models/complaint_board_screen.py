from odoo import models

from ..tools.board_words import day_words, month_words

SIDES = (
    ("red", "红榜", "服务优良", "本期红榜虚位以待", "用心服务群众，争当服务标兵"),
    ("black", "黑榜", "警示整改", "本期黑榜暂无公示", "感谢窗口人员的优质服务"),
)


class ComplaintBoardScreen(models.AbstractModel):
    """A board as the hall sees it: a constant number of queries, and no word of who complained."""

    _name = "complaint.board.screen"
    _description = "Board on the Hall's Display"

    def _screen(self):
        """Return what the hall's display shows of a board."""
        self.ensure_one()
        entries = self.entry_ids.filtered(lambda entry: entry.state in ("proposed", "shown"))
        return {
            "month": month_words(self.month),
            "period": f"{day_words(self.display_from)}至{day_words(self.display_to)}",
            "sides": [
                {
                    "colour": colour,
                    "title": title,
                    "motto": motto,
                    "empty": empty,
                    "wish": wish,
                    "cards": [entry._card() for entry in entries if entry.colour == colour],
                }
                for colour, title, motto, empty, wish in SIDES
            ],
        }

    def action_preview(self):
        """Open the page of the hall's display with this board, marked as a preview."""
        self.ensure_one()
        self.check_access("read")
        url = f"/complaint/board/preview/{self.id}"
        return {"type": "ir.actions.act_url", "url": url, "target": "new"}

    def action_open_screen(self):
        """Open the page that the hall's display shows now.

        :raise AccessError: for others than managers and administrators
        """
        company = self[:1].company_id or self.env.company
        url = company._complaint_board_url()
        return {"type": "ir.actions.act_url", "url": url, "target": "new"}
