from . import (
    res_company,
    resource_calendar_attendance,
    mail_activity,
    complaint_due_mixin,
    complaint_sla_policy,
    complaint_calendar_year,
    complaint_calendar_day,
    complaint_deadline,
)
