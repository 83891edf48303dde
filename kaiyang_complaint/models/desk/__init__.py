from . import (
    case_rows,
    case_search,
    desk_overview,
    first_steps,
    helpdesk_ticket_team,
    ir_http,
    next_step,
    public_progress,
    helpdesk_ticket,
    complaint_analysis_query,
    complaint_analysis,
    complaint_settings,
)
