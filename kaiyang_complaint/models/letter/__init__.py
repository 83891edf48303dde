from . import (
    complaint_submitted,
    complaint_dispatched,
    complaint_approval,
    helpdesk_ticket,
    complaint_letter,
)
