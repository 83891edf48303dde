from . import (
    complaint_reply_wizard,
    complaint_review_wizard,
)
