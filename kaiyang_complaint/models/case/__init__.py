from . import (
    helpdesk_ticket_stage,
    helpdesk_ticket_channel,
    complaint_aspect,
    helpdesk_ticket_category,
    complaint_tracking_attempt,
    current_round,
    refused_move,
    helpdesk_ticket,
)
