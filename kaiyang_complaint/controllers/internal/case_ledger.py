import json

from odoo import http
from odoo.fields import Domain
from odoo.http import request, route
from werkzeug.exceptions import BadRequest

from ...report.desk.case_ledger import CaseLedger
from .spooled import XLSX, spooled


class CaseLedgerDownload(http.Controller):
    """Hands out the ledger of what a list shows."""

    @route("/complaint/ledger.xlsx", type="http", auth="user", methods=["POST"])
    def ledger(self, data):
        """Send the complaints of a list that the user may read, and log it.

        :param data: JSON of ``domain``, and ``ids`` where lines are selected
        """
        try:
            ledger = CaseLedger(request.env, _domain(data))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise BadRequest from error
        ledger.log()
        return spooled(ledger.save, ledger.file_name(), XLSX)


def _domain(data):
    """Return the domain of what is asked for."""
    asked = json.loads(data)
    ids = asked.get("ids")
    return Domain([("id", "in", [int(one) for one in ids])] if ids else asked["domain"])
