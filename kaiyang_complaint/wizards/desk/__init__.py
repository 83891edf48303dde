from . import (
    complaint_bulk_act,
    complaint_bulk_act_line,
    complaint_clerk_handover,
    complaint_statistics_month,
)
