import json

from odoo import http
from odoo.http import request, route

from ...report.desk.case_ledger import CaseLedger
from .spooled import XLSX, spooled


class CaseLedgerDownload(http.Controller):
    """Hands out the ledger of what a list shows."""

    @route("/complaint/ledger.xlsx", type="http", auth="user", methods=["POST"])
    def ledger(self, data):
        """Send the complaints of a list that the user may read, and log it.

        :param data: JSON of ``domain``, and ``ids`` where lines are selected
        """
        asked = json.loads(data)
        ids = asked.get("ids")
        domain = [("id", "in", ids)] if ids else asked["domain"]
        ledger = CaseLedger(request.env, domain)
        ledger.log()
        return spooled(ledger.save, ledger.file_name(), XLSX)
