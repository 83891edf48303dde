from . import (
    res_company,
    ir_sequence,
    complaint_clause,
    complaint_authority,
    complaint_count_mixin,
    complaint_search_key_mixin,
    complaint_window_unit,
    complaint_window,
    complaint_window_staff,
    complaint_representative,
    helpdesk_ticket_team,
    res_users,
)
