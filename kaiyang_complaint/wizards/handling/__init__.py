from . import (
    complaint_decline_wizard,
    complaint_reply_wizard,
    complaint_review_wizard,
    complaint_slip_handover,
)
