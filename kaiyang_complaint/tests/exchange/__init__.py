from . import (
    test_gateway,
    test_import,
    test_import_run,
    test_refusal_import,
)
