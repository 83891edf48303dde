from . import (
    test_calendar,
    test_calendar_import,
    test_clock,
    test_clock_edges,
    test_recount,
    test_working_days,
)
