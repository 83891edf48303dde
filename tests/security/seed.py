"""Prepare a database for the matrix: people, cases, planted words; write down what is there.

Runs inside Odoo: ``main(env, path)`` commits and leaves a JSON file for the client.
"""

import json
import pathlib

from . import cases, people, planting, registry, words

ROOM = "kaiyang_complaint.team_complaint_room"


def main(env, path):
    """Seed the database and write the manifest."""
    register = words.Words()
    room = env.ref(ROOM)
    home = room.company_id or env.company
    env = env(context={**env.context, "allowed_company_ids": home.ids, "lang": "zh_CN"})
    abroad = env["res.company"].create({"name": "矩阵邻县政务服务中心"})
    persons = people.make(env, home, abroad)
    halls = _halls(env, persons, room.with_env(env), abroad)
    made = cases.Cases(env, register, persons, *halls)
    made.make()
    _settle(env)
    heard = planting.heard(env, register, persons)
    env = env(context={**env.context, "allowed_company_ids": (home + abroad).ids})
    planting.plant(env, register, made)
    admin = env.ref("base.user_admin")
    manifest = {
        "planted": register.planted,
        "literal": register.literal,
        "heard": heard,
        "people": {
            role: {"uid": user.id, "login": user.login}
            for role, user in {**persons, "admin": admin}.items()
        },
        "keys": people.keys(env, {**persons, "admin": admin}),
        "records": planting.records(env, made),
        "tokens": planting.tokens(env, made),
        "standing": planting.standing(env),
        "models": registry.models(env),
        "routes": registry.routes(env),
        "reports": registry.reports(env),
        "automations": registry.automations(env),
        "model_ids": registry.model_ids(env),
        "templates": registry.templates(env),
    }
    _settle(env)
    pathlib.Path(path).write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")


def _halls(env, persons, room, company):
    """Return our centre and the other one."""
    room.user_ids += persons["clerk"] + persons["colleague"] + persons["manager"]
    theirs = env(context={**env.context, "allowed_company_ids": company.ids})
    team = {"name": "矩阵邻县投诉室", "is_complaint_room": True, "company_id": company.id}
    abroad = theirs["helpdesk.ticket.team"].create(team)
    abroad.user_ids = persons["foreign_clerk"] + persons["foreign_manager"]
    other = env["complaint.window.unit"].create({"name": "矩阵另一单位", "code": "MXO"})
    env["complaint.representative"].create(
        {"user_id": persons["other_rep"].id, "unit_id": other.id}
    )
    ours = cases.Centre(env, room, "A", clerk=persons["clerk"], reps=persons["rep"])
    foreign_rep = theirs["res.users"].create(
        {
            "name": "Matrix foreign rep",
            "login": "mx_foreign_rep",
            "email": "mx_foreign_rep@example.com",
            "company_id": company.id,
            "company_ids": [(6, 0, company.ids)],
            "group_ids": [(6, 0, theirs.ref("base.group_portal").ids)],
        }
    )
    return ours, cases.Centre(theirs, abroad, "B", clerk=persons["foreign_clerk"], reps=foreign_rep)


def _settle(env):
    """Write what waits for the end of the transaction, such as notifications."""
    env.flush_all()
    env.cr.commit()
