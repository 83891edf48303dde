from . import (
    complaint_clerk_handover,
    complaint_statistics_month,
)
