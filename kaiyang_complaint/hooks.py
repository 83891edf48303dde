"""What installing and uninstalling do beyond what Odoo does by itself."""

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG


def uninstall_hook(env):
    """Take the complaints along: nothing would guard what citizens confided once we are gone.

    Left behind they would be ordinary tickets, open to every helpdesk user.
    """
    tickets = env["helpdesk.ticket"].with_context(
        active_test=False, **{MODULE_UNINSTALL_FLAG: True}
    )
    tickets.search([("is_complaint", "=", True)]).unlink()
    teams = env["helpdesk.ticket.team"].with_context(active_test=False)
    rooms = teams.search([("is_complaint_room", "=", True)])
    kinds = ("complaint_sequence_id", "referral_sequence_id", "transfer_sequence_id")
    sequences = env["ir.sequence"].union(*(rooms[kind] for kind in kinds))
    rooms.write(dict.fromkeys(kinds, False))
    sequences.unlink()
