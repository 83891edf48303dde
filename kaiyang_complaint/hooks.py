"""What installing and uninstalling do beyond what Odoo does by itself."""

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

from .models.ir_sequence import LETTER

# What dossiers and findings, and so their cases, can't be deleted before; latest first, for a
# correction holds what it corrects.
HOLDING = ("complaint.dossier.loan", "complaint.dossier.batch", "complaint.assessment.line")


def uninstall_hook(env):
    """Take the complaints along: nothing would guard what citizens confided once we are gone.

    Left behind they would be ordinary tickets, open to every helpdesk user.
    """
    leaving = env(context={**env.context, "active_test": False, MODULE_UNINSTALL_FLAG: True})
    for name in HOLDING:
        leaving[name].search([], order="id desc").unlink()
    leaving["helpdesk.ticket"].search([("is_complaint", "=", True)]).unlink()
    teams = env["helpdesk.ticket.team"].with_context(active_test=False)
    rooms = teams.search([("is_complaint_room", "=", True)])
    sequences = rooms.complaint_sequence_id
    rooms.complaint_sequence_id = False
    sequences |= env["ir.sequence"].search([("code", "=like", f"{LETTER}%")])
    sequences.unlink()
