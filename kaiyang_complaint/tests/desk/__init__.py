from . import (
    test_analysis,
    test_chart,
    test_dashboard,
    test_day,
    test_demo,
    test_first_steps,
    test_handover,
    test_plans,
    test_rounds,
    test_settings,
    test_statistics_month,
    test_translation,
)
