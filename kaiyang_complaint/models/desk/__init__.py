from . import (
    desk_overview,
    helpdesk_ticket_team,
    public_progress,
    helpdesk_ticket,
    complaint_analysis_query,
    complaint_analysis,
    res_config_settings,
)
