from . import (
    complaint_access_check,
    complaint_dialog_mixin,
    mail_compose_message,
)
