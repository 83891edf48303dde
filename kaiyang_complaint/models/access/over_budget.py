"""Says in words what a file takes too much of."""


def over_budget(env, error):
    """Return what a user is told of a file that was ended or never opened.

    :param error: an ``OverBudgetError``
    """
    limit = error.limit
    return {
        "time": env._("This file takes longer than %s seconds to open. It was not read.", limit),
        "memory": env._("This file needs more than %s MB of memory. It was not read.", limit),
        "unpacked": env._("This file unpacks to more than %s MB. It was not read.", limit),
        "text": env._("This file is larger than %s MB. Split it.", limit),
        "entries": env._("This file has more than %s parts. It was not read.", limit),
        "lines": env._("This file has more than %s lines. Split it.", limit),
        "rows": env._("This file has more than %s rows. Split it.", limit),
        "cells": env._(
            "This file has more than %s cells. Split it, or delete what is formatted but empty.",
            limit,
        ),
        "broken": env._("This file is damaged: the program that opened it broke off."),
    }[error.kind]
