from . import (
    test_between_centres,
    test_centres,
    test_clause,
    test_desk_accounts,
    test_in_office,
    test_search_key,
    test_window_move,
)
