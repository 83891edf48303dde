from . import (
    assessment,
    call_portal,
    dossier_archive,
    feedback_portal,
    helpdesk_portal,
    report_portal,
    slip_paper,
    slip_portal,
    tracking,
)
