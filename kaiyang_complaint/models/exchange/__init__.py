from . import (
    site,
    gateway,
    helpdesk_ticket,
    complaint_guidance_log,
    complaint_import,
    complaint_import_column,
    complaint_import_line,
)
