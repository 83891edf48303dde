from . import (
    complaint_access_check,
    mail_compose_message,
)
