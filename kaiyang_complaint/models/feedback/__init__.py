from . import (
    res_company,
    complaint_feedback,
    complaint_slip,
    calls_to_room,
    helpdesk_ticket,
    complaint_common_issue,
    complaint_phrase,
)
