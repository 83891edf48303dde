from . import (
    test_gateway,
    test_import,
    test_import_cases,
    test_import_run,
    test_import_undo,
    test_refusal_import,
)
