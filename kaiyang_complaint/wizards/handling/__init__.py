from . import (
    complaint_consideration_wizard,
    complaint_decline_wizard,
    complaint_reply_wizard,
    complaint_review_wizard,
    complaint_slip_handover,
)
