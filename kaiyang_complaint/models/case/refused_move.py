from ...tools import flow


def refused_move(ticket, state):
    """Explain why a complaint can't go to a state: from where to where, and what can be done now.

    :param state: the state asked for; empty: the one that a complaint on hold returns to
    """
    env, state = ticket.env, state or ticket.held_state
    labels = dict(ticket._fields["complaint_state"]._description_selection(env))
    verbs = verb_labels(env)
    todo = "、".join(verbs[verb] for verb in flow.open_verbs(ticket.complaint_state))
    return env._(
        "%(complaint)s can't go from “%(origin)s” to “%(target)s”. What can be done now: %(todo)s.",
        complaint=ticket.display_name,
        origin=labels.get(ticket.complaint_state, ""),
        target=labels.get(state, ""),
        todo=todo or env._("wait for the unit's reply, or give feedback"),
    )


def verb_labels(env):
    """Name the acts of ``flow.VERBS`` as their buttons do."""
    return {
        "accept": env._("Accept"),
        "refuse_out_of_scope": env._("Out of Scope"),
        "mark_invalid": env._("Mark as Invalid"),
        "reconsider": env._("Reconsider"),
        "forward": env._("Forward"),
        "settle_on_spot": env._("Settle on the Spot"),
        "hold": env._("Put on Hold"),
        "resume": env._("Resume"),
        "close": env._("Close"),
        "archive_dossier": env._("Archive"),
        "reopen": env._("Reopen"),
    }
