from . import complaint_reason_wizard, complaint_reply_wizard
