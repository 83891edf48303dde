from . import (
    res_company,
    complaint_feedback,
    complaint_slip,
    helpdesk_ticket,
    complaint_common_issue,
)
