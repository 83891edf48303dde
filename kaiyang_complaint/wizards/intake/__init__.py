from . import (
    complaint_invalid_wizard,
    complaint_refusal_wizard,
    complaint_settlement_wizard,
)
