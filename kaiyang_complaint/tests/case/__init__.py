from . import (
    test_automation_lookup,
    test_case_events,
    test_hooks,
    test_path,
    test_phrases,
    test_tracking,
    test_walk,
)
