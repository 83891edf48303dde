from . import (
    account,
    assessment,
    board_screen,
    call_portal,
    dossier_archive,
    feedback_portal,
    helpdesk_portal,
    report_portal,
    slip_paper,
    slip_portal,
    tracking,
    upload,
)
