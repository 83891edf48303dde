from . import (
    call_portal,
    dossier_batch,
    feedback_portal,
    helpdesk_portal,
    slip_paper,
    slip_portal,
    tracking,
)
