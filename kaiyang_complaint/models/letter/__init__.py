from . import (
    complaint_approval_mixin,
    complaint_dispatch_mixin,
    complaint_approval,
    helpdesk_ticket,
    complaint_letter,
)
