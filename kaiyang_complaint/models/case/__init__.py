from . import (
    helpdesk_ticket_stage,
    helpdesk_ticket_channel,
    complaint_aspect,
    complaint_phrase,
    helpdesk_ticket_category,
    complaint_case_event,
    complaint_tracking_attempt,
    on_duty,
    refused_move,
    helpdesk_ticket,
    mail_activity,
    res_users,
)
