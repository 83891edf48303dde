"""Words in every text of every record of a case, and where they already were said. Inside Odoo."""

import json
from collections import defaultdict

from odoo.tools import SQL

from .expected import readers
from .words import PLAIN, Finder

TICKET = "helpdesk.ticket"
# What names a record of a case by model and id: model -> the two fields.
BESIDE = {
    "mail.message": ("model", "res_id"),
    "mail.activity": ("res_model", "res_id"),
    "ir.attachment": ("res_model", "res_id"),
    "mail.scheduled.message": ("model", "res_id"),
    "calendar.event": ("res_model", "res_id"),
    "mail.followers": ("res_model", "res_id"),
}
# What hangs on such a record.
BEHIND = {
    "mail.mail": "mail_message_id",
    "mail.tracking.value": "mail_message_id",
    "mail.notification": "mail_message_id",
    "mail.message.reaction": "message_id",
}
TEXTS = {"char", "text", "html"}
# Texts that machines read: a word in them would break what it stands in.
TECHNICAL = {
    *("access_token", "archive_gap_codes", "checksum", "complainant_phone_key", "db_datas"),
    *("email_add_signature", "email_from", "email_layout_xmlid", "email_to", "headers"),
    *("message_id", "mimetype", "missing_elements", "model", "previous_seal", "references"),
    *("reply_to", "res_field", "res_model", "seal", "sha256", "store_fname", "tracking_code"),
    *("type", "url", "notification_notes", "composed", "consented", "recurrence_update"),
    *("videocall_location", "rrule", "event_tz", "videocall_channel", "video_call"),
}
# What decides by being there or not whose a record is.
DECIDING = {("complaint.approval", "subject"), ("complaint.approval", "origin")}
# Secrets that stand for the case: their own value is the word.
SECRETS = ("access_token", "tracking_code")


def family(env, made):
    """Return the records of every case by case and model, the cases' own and what points there."""
    found = defaultdict(set)
    for case, ticket in made.tickets.items():
        found[case, TICKET] |= set(ticket.ids)
    for (case, model), records in made.parts.items():
        found[case, model] |= set(records.ids)
    links = _links(env)
    while True:
        size = sum(map(len, found.values()))
        for case, model in [*found]:
            for owner, field in links.get(model, ()):
                found[case, owner] |= _pointing(env, owner, field, found[case, model])
        if size == sum(map(len, found.values())):
            break
    for case, model in [*found]:
        for owner, (by_model, by_id) in BESIDE.items():
            domain = [(by_model, "=", model), (by_id, "in", list(found[case, model]))]
            found[case, owner] |= set(_all(env, owner).search(domain).ids)
        for owner, field in BEHIND.items():
            messages = found[case, "mail.message"]
            found[case, owner] |= _pointing(env, owner, field, messages)
    return {key: ids for key, ids in found.items() if ids}


def _links(env):
    """Return, by model of a case, what points to it by a many2one: model and field."""
    links = defaultdict(list)
    for name, model in env.items():
        if not name.startswith("complaint.") or model._abstract or not model._auto:
            continue
        for field in model._fields.values():
            ours = field.type == "many2one" and field.store and field.comodel_name in PARENTS
            if ours and not model._transient:
                links[field.comodel_name].append((name, field.name))
    return links


# From which a record that points to one of them gets its case.
PARENTS = {
    TICKET,
    *("complaint.slip", "complaint.finding", "complaint.meeting", "complaint.dossier"),
    *("complaint.investigation", "complaint.letter"),
}


def _all(env, model):
    return env[model].sudo().with_context(active_test=False)


def _pointing(env, model, field, ids):
    return set(_all(env, model).search([(field, "in", list(ids))]).ids)


def records(env, made):
    """Return, by case and model, the ids of what belongs to it."""
    found = defaultdict(dict)
    for (case, model), ids in family(env, made).items():
        found[case][model] = sorted(ids)
    return found


# --- planting -------------------------------------------------------------------------------------


def plant(env, words, made):
    """Write a word into every text of every record of every case, past all procedures."""
    env.flush_all()
    for (case, model), ids in family(env, made).items():
        for record in env[model].sudo().browse(sorted(ids)):
            _plant_record(words, case, record)
    for model in ("complaint.window.unit", "complaint.window", "complaint.window.staff"):
        abroad = [("company_id", "=", made.abroad.company.id)]
        for record in env[model].sudo().search(abroad):
            _plant_record(words, "abroad", record)
    _plant_record(words, "abroad", made.abroad.authority.sudo())
    env.invalidate_all()


def place_of(record):
    """Return where a word in a record is said to stand: for what is beside a case, beside what."""
    name = record._name
    if name == "mail.notification":
        return f"{name}:{record.mail_message_id.model}"
    if name not in BESIDE:
        return name
    owner = record[BESIDE[name][0]]
    if name == "mail.message" and record.is_internal and not _is_told(record):
        return f"note:{owner}"
    return f"{name}:{owner}"


def _is_told(message):
    """Tell whether a message goes to somebody outside of the desk, such as a representative."""
    return any(user.share for user in message.notification_ids.res_partner_id.user_ids)


def _plant_record(words, case, record):
    place = place_of(record)
    for field in record._fields.values():
        if field.name in SECRETS and field.store and field.type == "char" and record[field.name]:
            words.literal[record[field.name]] = [case, place, field.name, record.id]
        if not _takes_words(record, field):
            continue
        word = words.new(case, place, field.name, record.id)
        text = f"<p>{word}</p>" if field.type == "html" else f" {word}"
        column = SQL.identifier(field.name)
        written = SQL("COALESCE(%s, '') || %s", column, text)
        if field.translate:
            translations = {"en_US": text, "zh_CN": text}
            written = SQL("%s::jsonb", json.dumps(translations))
        record.env.cr.execute(
            SQL(
                "UPDATE %s SET %s = %s WHERE id = %s",
                SQL.identifier(record._table),
                column,
                written,
                record.id,
            )
        )


def _takes_words(_record, field):
    stored = field.store and field.column_type and not field.inherited
    deciding = (field.model_name, field.name) in DECIDING
    return stored and field.type in TEXTS and field.name not in TECHNICAL and not deciding


def tokens(env, made):
    """Return files of every case with the token that opens files elsewhere: case, id, token."""
    found = []
    for (case, model), ids in family(env, made).items():
        if model == "ir.attachment":
            files = env[model].sudo().browse(sorted(ids)[:2])
            found += [[case, file.id, file.generate_access_token()[0]] for file in files]
    return found


def standing(env):
    """Return the models in whose tables a planted word stands, to be held against the classes."""
    env.flush_all()
    found = []
    for name, model in env.items():
        if model._abstract or not model._auto:
            continue
        query = SQL(
            "SELECT 1 FROM %s AS t WHERE t::text ~ %s LIMIT 1",
            SQL.identifier(model._table),
            PLAIN.pattern.decode(),
        )
        if env.execute_query(query):
            found.append(name)
    return sorted(found)


# --- what was already said ---------------------------------------------------------------------


def heard(env, words, persons):
    """Return what the steps of the desk told whom, on the bus and by mail, who may not read it."""
    finder = Finder(words.planted, words.literal)
    told = []
    for door, user, text in [*_bus(env), *_mails(env)]:
        role = role_of(user, persons)
        for word, (case, place, field, _record) in finder.places(text.encode()).items():
            if role not in readers(case, place, field):
                told.append([door, role, word, case, place, field])
    return told


def _bus(env):
    for channel, message in env.execute_query(SQL("SELECT channel, message FROM bus_bus")):
        parts = json.loads(channel)
        if len(parts) < 3 or not isinstance(parts[2], int):
            continue
        for user in _listeners(env, parts[1], parts[2]):
            yield "bus", user, message


def _listeners(env, model, res_id):
    if model == "res.partner":
        return env["res.partner"].sudo().browse(res_id).user_ids
    if model == "res.users":
        return env["res.users"].sudo().browse(res_id)
    if model == "res.groups":
        return env["res.groups"].sudo().browse(res_id).all_user_ids
    return env["res.users"]


def _mails(env):
    for mail in env["mail.mail"].sudo().search([]):
        people = mail.recipient_ids | mail.partner_ids | mail.notification_ids.res_partner_id
        said = [mail.subject, mail.body_html, mail.email_from, mail.reply_to, mail.headers]
        said += mail.attachment_ids.mapped("name")
        for user in people.user_ids:
            yield "mail", user, " ".join(str(part) for part in said if part)
    for message in env["mail.message"].sudo().search([("notification_ids", "!=", False)]):
        said = [message.subject, message.body, message.record_name]
        for user in message.notification_ids.res_partner_id.user_ids:
            yield "notification", user, " ".join(str(part) for part in said if part)


def role_of(user, persons):
    """Return the role of a user, also of one whom the demonstration brought."""
    for role, person in persons.items():
        if user == person:
            return role
    for role in ("director", "leader", "manager", "clerk", "archivist"):
        if user.has_group(f"kaiyang_complaint.group_complaint_{role}"):
            return "colleague" if role == "clerk" else role
    return "other_rep" if user.share else "plain"
