from . import (
    case_rows,
    case_search,
    complaint_case_event,
    desk_overview,
    first_steps,
    helpdesk_ticket_team,
    public_progress,
    helpdesk_ticket,
    complaint_analysis_query,
    complaint_analysis,
    complaint_settings,
)
