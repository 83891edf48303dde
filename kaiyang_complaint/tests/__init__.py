from . import (
    test_flow,
    test_import,
    test_import_run,
    test_paper,
)
