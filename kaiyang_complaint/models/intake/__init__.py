from . import (
    element_labels,
    known_identifiers,
    same_matter,
    search_fields,
    helpdesk_ticket,
    complaint_respondent,
    complaint_contact,
    complaint_call,
    complaint_guidance_log,
    helpdesk_ticket_team,
)
