"""The five elements of a complaint (二): staff member, window, time, matter, reason."""

ELEMENTS = ("staff", "window", "time", "matter", "reason")
# What is not about window staff has no window, nobody at it, and no hour there (五(二)4).
OF_STAFF = frozenset({"staff", "window", "time"})


def missing_elements(given, waiver=None, is_outside=False):
    """List which of the five elements a complaint still lacks, in the regulation's order.

    :param given: the elements that were given
    :param waiver: why the staff member's name may be missing: ``duty`` where window and time
        identify the duty, ``anonymous_letter``, or nothing
    :param is_outside: whether the matter is not about window staff

    >>> missing_elements({"window", "reason"})
    ['staff', 'time', 'matter']
    >>> missing_elements({"time", "matter", "reason"}, waiver="duty")
    ['staff', 'window']
    >>> missing_elements({"window", "matter", "reason"}, waiver="anonymous_letter")
    ['time']
    >>> missing_elements({"matter"}, is_outside=True)
    ['reason']
    """
    excused = set(OF_STAFF if is_outside else ())
    if waiver == "anonymous_letter" or (waiver == "duty" and {"window", "time"} <= set(given)):
        excused.add("staff")
    return [element for element in ELEMENTS if element not in given and element not in excused]
