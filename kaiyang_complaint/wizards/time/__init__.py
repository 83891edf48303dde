from . import complaint_calendar_import
