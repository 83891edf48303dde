from datetime import date, timedelta

from odoo import api, models
from odoo.fields import Domain

from ...tools.letter_kinds import KINDS, series_of
from ..engine.sheet import Sheet

WAYS = {"post": "邮寄", "handed_over": "当面送达", "electronic": "电子传输"}


class RegisterSheet(Sheet):
    """The letters of one year that have a number, by series and in its order."""

    kinds = {code: kind.title for code, kind in KINDS.items()}
    ways = WAYS

    def __init__(self, letters, year, kind):
        super().__init__(letters.browse())
        self.year, self.kind = year, kind
        self.letters = self._of_year(letters).sorted(self._place)
        self.hidden = len(self._of_year(letters.sudo())) - len(self.letters)

    def _place(self, letter):
        """Return by what letters are listed: their series, in the order of the kinds."""
        code, begun = self.company.complaint_agency_code, letter.name.partition("〔")[0]
        series = [series_of(kind, agency) for agency in ("", code) for kind in KINDS]
        known = series.index(begun) if begun in series else len(series)
        return known, begun, letter.issued_at, letter.id

    def _of_year(self, letters):
        """Return the letters that were issued in the year, as the centre's wall shows it."""
        company = self.company
        first = company._complaint_midnight(date(self.year, 1, 1) - timedelta(days=1))
        last = company._complaint_midnight(date(self.year, 12, 31))
        domain = Domain("company_id", "=", company.id) & Domain("name", "!=", False)
        domain &= Domain("issued_at", ">=", first) & Domain("issued_at", "<", last)
        if self.kind:
            domain &= Domain("kind", "=", self.kind)
        return letters.search(domain)

    def day_of_year(self, moment):
        """Return month and day of a moment, in the time zone of the centre."""
        local = self.company._complaint_local(moment)
        return f"{local.month}月{local.day}日"

    def clerk(self, letter):
        """Return who drew a letter up: of a referral's, who asked for its sign-off."""
        return (letter.approval_id.requested_by_id or letter.create_uid).name

    def sent(self, letter):
        """Return how and when a letter left."""
        if not letter.sent_at:
            return ""
        return " ".join(filter(None, (self.ways.get(letter.sent_how), letter.sent_note)))

    def remark(self, letter):
        """Return what became of a letter: cancelled, or answered when."""
        if letter.state == "cancelled":
            return f"作废：{letter.cancel_reason}"
        if letter.answered_at:
            day = self.company._complaint_local(letter.answered_at)
            return f"{day.month}月{day.day}日收到复函"
        return ""


class LetterRegister(models.AbstractModel):
    """发文登记簿: the register of the letters of a year, as far as the reader may know them."""

    _name = "report.kaiyang_complaint.report_letter_register"
    _description = "Register of Letters"

    @api.model
    def _get_report_values(self, _docids, data=None):
        data = data or {}
        year = int(data.get("year") or self.env.company._complaint_today().year)
        kind = data.get("kind") if data.get("kind") in KINDS else None
        letters = self.env["complaint.letter"]
        return {"data": data, "docs": letters, "sheet": RegisterSheet(letters, year, kind)}
