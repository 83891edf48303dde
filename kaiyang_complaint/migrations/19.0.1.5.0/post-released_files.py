import logging

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)


def migrate(cr, _version):
    """Let the files of slips go on under neutral names; the cases get what came.

    What can't be freed of its properties stays with the case alone: a unit sees it no longer.
    """
    env = api.Environment(cr, SUPERUSER_ID, {"lang": "zh_CN"})
    files = env["ir.attachment"].search(
        [("res_model", "=", "complaint.slip"), ("res_id", "!=", 0), ("released_as", "=", False)],
        order="id",
    )
    for file in files:
        slip = env["complaint.slip"].browse(file.res_id).exists()
        if not slip or slip.ticket_id.complaint_state == "archived":
            continue
        try:
            with cr.savepoint():
                file._release()
        except UserError as error:
            _logger.warning("Taken back from slip %s: %s", slip.name, error)
            file.write({"res_model": "helpdesk.ticket", "res_id": slip.ticket_id.id})
