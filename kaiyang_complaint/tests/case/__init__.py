from . import (
    test_automation_lookup,
    test_path,
    test_tracking,
    test_walk,
)
