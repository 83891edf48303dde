"""The five elements of a complaint (二): staff member, window, time, matter, reason."""

ELEMENTS = ("staff", "window", "time", "matter", "reason")


def missing_elements(given, waiver=None):
    """List which of the five elements a complaint still lacks, in the regulation's order.

    :param given: the elements that were given
    :param waiver: why the staff member's name may be missing: ``duty`` where window and time
        identify the duty, ``anonymous_letter``, or nothing

    >>> missing_elements({"window", "reason"})
    ['staff', 'time', 'matter']
    >>> missing_elements({"time", "matter", "reason"}, waiver="duty")
    ['staff', 'window']
    >>> missing_elements({"window", "matter", "reason"}, waiver="anonymous_letter")
    ['time']
    """
    excused = waiver == "anonymous_letter" or (
        waiver == "duty" and {"window", "time"} <= set(given)
    )
    return [
        element
        for element in ELEMENTS
        if element not in given and not (element == "staff" and excused)
    ]
