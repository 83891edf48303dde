"""What the online form says: titles of its steps, what is to be mended, what was written."""

from odoo.tools import format_datetime

from .lean_page import read_day


def step_titles(env):
    """Return the titles of the steps."""
    return {
        "window": env._("Which window"),
        "1": env._("When, and what about"),
        "2": env._("Who, and what happened"),
        "3": env._("Photos, recordings, files (optional)"),
        "4": env._("With your name or without"),
        "5": env._("Look it through and send it"),
    }


def fault_words(env, fault):
    """Return what is wrong with a field, in plain words."""
    return {
        "unknown_window": env._(
            "There is no window “%s”. Please look above the window.", fault.culprit
        ),
        "no_window": env._("Write the number of the window, or choose the office."),
        "no_day": env._("Choose the day."),
        "future": env._("The date is yet to come."),
        "no_item": env._("Write what you came for; a few words will do."),
        "no_who": env._("Choose whom it is about."),
        "no_text": env._("Write what happened; a sentence or two will do."),
        "long_text": env._("At most 2000 characters; you wrote %s.", fault.culprit),
        "no_kind": env._("Choose at least one kind."),
        "no_identity": env._("Choose whether you give your name."),
        "no_name": env._("Write your name."),
        "no_phone": env._("Write your telephone number."),
        "short_phone": env._("A mobile number has 11 digits; you wrote %s.", fault.culprit),
        "wrong_phone": env._("This is no telephone number. A landline has its area code."),
    }[fault.kind]


def labels(env, name):
    """Return the choices of an input of the form as pairs, in everyday words."""
    words = {
        "how": {
            "call": env._("Call me"),
            "message": env._("Send a message, I look it up"),
        },
        "when": {
            "any": env._("Any office hours"),
            "morning": env._("9–12 in the morning"),
            "noon": env._("12–14 at noon"),
            "afternoon": env._("14–17 in the afternoon"),
        },
    }
    return list(words[name].items())


def review(form):
    """Return what was written, by parts, each row with the step in which it is changed."""
    env = form.env
    place = form.window_id.display_name or form.unit_id.name
    at = form.service_time or env._("time unknown")
    when = f"{read_day(env, form.service_day)} {at}"
    who = (
        form.staff_text
        or dict(form._fields["respondent"]._description_selection(env))[form.respondent]
    )
    kinds = "；".join(kind.public_label or kind.name for kind in form.conduct_ids)
    files = "、".join(form._files().mapped("name")) or env._("none")
    return [
        (
            "1",
            env._("Where and when"),
            [
                (env._("Window"), place, "window"),
                (env._("Time"), when, "1"),
                (env._("What you came for"), form.service_item, "1"),
            ],
        ),
        (
            "2",
            env._("Who, and what happened"),
            [
                (env._("Whom it is about"), who, "2"),
                (env._("Kind of conduct"), kinds, "2"),
                (env._("What happened"), form.description, "2"),
                (env._("What you would like"), form.wish or env._("none"), "2"),
                (env._("Files"), files, "3"),
            ],
        ),
        ("4", env._("How we reach you"), _contact(form)),
    ]


def _contact(form):
    env = form.env
    if form.complainant_identity != "named":
        return [(env._("Full Name"), env._("anonymous"), "4")]
    told = dict(labels(env, "how"))[form.manner], dict(labels(env, "when"))[form.call_time]
    direct = env._("agreed") if form.allows_unit else env._("not agreed")
    return [
        (env._("Full Name"), form.partner_name, "4"),
        (env._("Telephone"), f"{form.complainant_phone}（{'，'.join(told)}）", "4"),
        (env._("Contact by the office"), direct, "4"),
    ]


def upcoming(form, company):
    """Return what comes after sending, with the last day of each."""
    env = form.env
    local = company._complaint_local(form.accept_by)
    policy = env.ref("kaiyang_complaint.policy_web").sudo()
    anonymous = form.complainant_identity == "anonymous"
    look = (
        env._("The complaint room looks at it")
        if anonymous
        else env._("The complaint room looks at it and contacts you")
    )
    return [
        (
            look,
            env._("By %(day)s, %(time)s", day=read_day(env, local.date()), time=f"{local:%H:%M}"),
        ),
        (
            env._("The office looks into it, the room checks it"),
            env._(
                "Within %(days)s working days after it was accepted, at most %(most)s",
                days=policy.limit_days,
                most=company.complaint_max_days,
            ),
        ),
        (
            env._("You are told the result"),
            env._("Within one working day after the office replied"),
        ),
    ]


def moment(env, company, value):
    """Return a moment as people read it, on the centre's clock."""
    return format_datetime(env, value, tz=company.complaint_tz, dt_format="short")
