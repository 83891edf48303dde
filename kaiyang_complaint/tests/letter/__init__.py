from . import (
    test_approval,
    test_approval_list,
    test_letter,
    test_letter_at_once,
    test_letter_frozen,
    test_letter_joined,
    test_letter_paper,
    test_letter_people,
    test_letter_way,
    test_new_kind,
)
