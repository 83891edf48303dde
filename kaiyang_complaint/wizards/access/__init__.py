from . import (
    complaint_access_check,
    complaint_dialog,
    mail_compose_message,
)
