from . import (
    helpdesk_ticket,
    same_matter,
    complaint_respondent,
    complaint_contact,
    complaint_call,
    complaint_guidance_log,
    helpdesk_ticket_team,
)
