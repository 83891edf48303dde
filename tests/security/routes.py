"""What is asked at every route: its parameters filled with what belongs to a hidden case."""

import base64
import itertools
import json
import re

from . import classified, people

CONVERTER = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>")
FILE = base64.b64encode(b"x").decode()
# What routes read from what they are given, though they declare no such parameter.
UNDECLARED = {
    "/ticket/close": ("ticket_id", "stage_id"),
    "/mail/unfollow": ("pid",),
    "/web/binary/upload_attachment": ("id", "ufile"),
}
# A parameter that holds an id -> the model it is of.
IDS = {
    "attachment": "ir.attachment",
    "attachment_id": "ir.attachment",
    "batch_id": "complaint.dossier.batch",
    "board_id": "complaint.board",
    "call_id": "complaint.call",
    "dossier_id": "complaint.dossier",
    "file_id": "ir.attachment",
    "follower_id": "mail.followers",
    "measure_id": "complaint.measure",
    "message_id": "mail.message",
    "report_id": "complaint.written.report",
    "slip_id": "complaint.slip",
    "ticket_id": "helpdesk.ticket",
}
# Where a parameter holds an id of another model than elsewhere.
AVATAR = "/mail/avatar/mail.message/<int:res_id>/author_avatar/<int:width>x<int:height>"
IDS_OF_ROUTE = {AVATAR: {"res_id": "mail.message"}}
# Parameters that name a record together: model, id. Filled with each record of the case.
NAMED = (
    ("thread_model", "thread_id"),
    ("res_model", "res_id"),
    ("model", "res_id"),
    ("model", "id"),
)
# What stands in other parameters, whatever the case.
PLAIN = {
    "_hash": "0" * 64,
    "action": "add",
    "bus_data": {},
    "channel_id": 0,
    "data": FILE,
    "emails": [],
    "field_name": "name",
    "is_image": False,
    "is_internal": True,
    "model_name": "helpdesk.ticket",
    "name": "x",
    "partner_ids": [],
    "pid": 1,
    "url": "/web/image/x.png",
    "act": "save",
    "access_token": "0" * 32,
    "acts": "save",
    "body": "x",
    "code": "0000000000",
    "content": "x",
    "context": {},
    "fetch_params": {},
    "field": "name",
    "filename": "x.txt",
    "filterby": "all",
    "number": "1",
    "page": 1,
    "post_data": {"body": "x"},
    "purpose": "x",
    "reason": "x",
    "search": "",
    "token": "0" * 32,
    "unique": "x",
    "update_data": {"body": "x", "attachment_ids": []},
}
MOST = 6


def knock(person, world, short=False):
    """Let a person knock at every route that is called at all."""
    if person.role in people.KEY_ONLY:
        return
    for route, about in world.routes.items():
        group = classified.route_class(route)
        if group == classified.CASE:
            _ask_for_cases(person, world, route, _more(route, about), 1 if short else 2)
        elif group == classified.PLAIN and not _missing(about, route):
            _ask(person, route, {**about, "methods": ["GET"]}, {}, "")
    for door in (_data, _tokens, _bus, _automations):
        door(person, world)


def _more(route, about):
    """Return a route with what its page reads without saying so."""
    return {**about, "parameters": [*about["parameters"], *UNDECLARED.get(route, ())]}


def _missing(about, route):
    """Tell whether a route takes what no case has: then it is not asked."""
    inside = {name for _kind, name in CONVERTER.findall(route)}
    posted = about["type"] == "http" and about["methods"] == ["POST"]
    return bool({*about["required"]} - inside) or posted


def _ask_for_cases(person, world, route, about, most):
    for case in world.hidden_cases(person.role):
        for values in itertools.islice(_fillings(world, case, route, about["parameters"]), most):
            _ask(person, route, about, values, case)


def _fillings(world, case, route, names):
    """Yield values for the parameters of a route, one set for each record it could name."""
    given = {name: PLAIN[name] for name in names if name in PLAIN}
    single = {name: IDS[name] for name in names if name in IDS}
    for pair in NAMED:
        if {*pair} <= {*names}:
            for model, one in world.records_of(case, threads=True):
                yield {**given, **world.first(case, single), pair[0]: model, pair[1]: one}
            return
    if "thread_model" in names:
        given["thread_model"] = "helpdesk.ticket"
    rest = {"id": "ir.attachment", "res_id": "complaint.assessment"}
    rest |= IDS_OF_ROUTE.get(route, {})
    single |= {name: rest[name] for name in names if name in rest}
    if not single:
        yield given
        return
    most = max(len(world.of(case, model)) for model in single.values())
    for index in range(min(most, MOST)):
        yield {**given, **world.first(case, single, index)}


def _ask(person, route, about, values, case):
    """Ask at one route, by each of its methods."""
    values, inside = dict(values), {}

    def fill(match):
        name = match.group(2)
        inside[name] = True
        default = 1 if match.group(1) in {"int", "model"} else "x"
        return str(values.get(name, default))

    path = CONVERTER.sub(fill, route)
    outside = {name: value for name, value in values.items() if name not in inside}
    if about["type"] in {"jsonrpc", "json"}:
        person.rpc("route", route, path, outside, case)
        return
    if "ufile" in about["parameters"]:
        data = {**_plain(outside), "csrf_token": person.csrf or ""}
        person.page("route", route, "POST", path, data=data, files={"ufile": ("x.txt", b"x")})
        return
    for method in about["methods"] or ["GET"]:
        if method == "GET":
            person.page("route", route, "GET", path, params=_plain(outside))
        elif about["type"] == "http":
            data = {**_plain(outside), "csrf_token": person.csrf or ""}
            person.page("route", route, "POST", path, data=data)
        else:
            person.page("route", route, method, path, json=outside)


def _plain(values):
    return {
        name: json.dumps(value) if isinstance(value, dict | list) else value
        for name, value in values.items()
    }


# --- doors that take more than a record --------------------------------------------------------


def _data(person, world):
    """Ask what a chatter asks, in the shape it asks."""
    for case in world.hidden_cases(person.role):
        for model, one in world.records_of(case, threads=True):
            thread = {"thread_model": model, "thread_id": one}
            wanted = ["activities", "attachments", "followers", "scheduledMessages"]
            params = {"fetch_params": [["mail.thread", {**thread, "request_list": wanted}]]}
            person.rpc("chatter", model, "/mail/data", params, case)
            person.rpc("chatter", model, "/mail/thread/messages", thread, case)
            person.rpc("chatter", model, "/mail/chatter_fetch", thread, case)
            post = {**thread, "post_data": {"body": "x", "message_type": "comment"}}
            said = person.rpc("chatter", model, "/mail/message/post", post, case)
            if said.is_ok and isinstance(said.result, dict) and said.result.get("message_id"):
                what = (case, model, "put beside a case")
                person.tally.leak(person.role, "chatter", model, what, about=str(one))
        files = world.of(case, "ir.attachment")[:MOST]
        data = {"file_ids": ",".join(map(str, files)), "zip_name": "x.zip"}
        data["csrf_token"] = person.csrf or ""
        person.page("route", "/mail/attachment/zip", "POST", "/mail/attachment/zip", data=data)
        for kind, one in itertools.product(("content", "image"), world.of(case, "ir.attachment")):
            person.page(kind, "ir.attachment", "GET", f"/web/{kind}/{one}")


def _tokens(person, world):
    """Open files by their token: a link travels, the right to read does not."""
    for _case, one, token in world.tokens:
        for kind in ("content", "image"):
            path = f"/web/{kind}/{one}?access_token={token}"
            person.page(kind, "ir.attachment", "GET", path)


def _bus(person, _world):
    """Listen to what is on the bus for the person, and for whom they say they are."""
    for first in (True, False):
        params = {"channels": ["broadcast", "helpdesk.ticket"], "last": 0, "is_first_poll": first}
        person.rpc("bus", "/websocket/peek_notifications", "/websocket/peek_notifications", params)


def _automations(person, world):
    """Run what only automations run."""
    if person.role in people.PORTALS or person.role == people.PUBLIC:
        return
    for action, model in world.automations.items():
        for case in ("open", "restricted", "archived"):
            ids = world.of(case, model)[:1]
            if not ids:
                continue
            context = {"active_model": model, "active_id": ids[0], "active_ids": ids}
            params = {"action_id": int(action), "context": context}
            said = person.rpc("action", model, "/web/action/run", params, f"{case}: {action}")
            if said.is_ok:
                what = (case, model, "an automation's action was run")
                person.tally.leak(person.role, "action", model, what, about=str(action))
