def element_labels(env):
    """Name the five elements in the user's language (二), by the codes of ``tools.elements``."""
    return {
        "staff": env._("Staff member"),
        "window": env._("Window"),
        "time": env._("Time of service"),
        "matter": env._("Matter"),
        "reason": env._("Reason"),
    }
