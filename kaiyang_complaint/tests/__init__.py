from . import (
    test_access,
    test_base_holes,
    test_clock,
    test_concurrency,
    test_discretion,
    test_flow,
    test_forgery,
    test_import,
    test_import_run,
    test_paper,
    test_paper_access,
    test_portal,
)
