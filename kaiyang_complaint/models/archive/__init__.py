from . import (
    res_company,
    complaint_retention_rule,
    archive_gaps,
    helpdesk_ticket,
    complaint_dossier,
    ir_actions_report,
    ir_attachment,
    complaint_dossier_item,
    complaint_dossier_box,
    complaint_dossier_loan,
    complaint_dossier_batch,
    complaint_dossier_batch_line,
)
