from . import (
    test_asked,
    test_call_back,
    test_common_issue,
    test_common_similar,
    test_delegated_feedback,
)
