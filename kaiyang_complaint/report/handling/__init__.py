from . import (
    extension_notice,
    instruction_sheet,
    investigation_report,
    meeting_minutes,
    slip,
    urging_note,
)
