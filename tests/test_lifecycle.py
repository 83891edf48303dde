"""The addon as a wheel: install, upgrade and uninstall leave a clean database."""

import configparser
import os
import pathlib
import shutil
import subprocess

import psycopg2
import pytest

ADDON = "kaiyang_complaint"
ROOT = pathlib.Path(__file__).parents[1]
REGISTER = """
room = env.ref("kaiyang_complaint.team_complaint_room")
channel = env.ref("kaiyang_complaint.channel_phone")
ticket = env["helpdesk.ticket"].create(
    {"team_id": room.id, "channel_id": channel.id, "partner_name": "秦可卿"}
)
ticket.message_post(body="秦可卿来电补充")
dossier = env["complaint.dossier"]._with_procedure().create(
    {"ticket_id": ticket.id, "name": "卷", "state": "archived"}
)
dossier.env["ir.attachment"].create(
    {"name": "秦可卿.pdf", "raw": b"%PDF-", "res_model": dossier._name, "res_id": dossier.id}
)._freeze()
env["complaint.dossier.loan"].create(
    {"dossier_id": dossier.id, "borrower": "甲", "borrower_unit": "乙", "purpose": "丙"}
)
unit = env["complaint.window.unit"].create({"name": "丁局"})
window = env["complaint.window"].create({"number": "Z01", "name": "丁", "unit_id": unit.id})
party = env["complaint.respondent"].create({"ticket_id": ticket.id, "window_id": window.id})
ticket._procedure_write({"accepted_at": ticket.create_date})
finding = env["complaint.finding"]._with_procedure().create(
    {"ticket_id": ticket.id, "respondent_id": party.id, "state": "overturned"}
)
given = {
    "assessment_id": env["complaint.assessment"].create({}).id,
    "finding_id": finding.id,
    "window_id": window.id,
}
lines = env["complaint.assessment.line"]._with_procedure()
line = lines.create({**given, "kind": "finding", "points": -3})
lines.create({**given, "kind": "correction", "points": 3, "corrected_id": line.id})
batch = env["complaint.dossier.batch"].create({})
env["complaint.dossier.batch.line"].create(
    {"batch_id": batch.id, "ticket_id": ticket.id, "dossier_id": dossier.id}
)
event = env["calendar.event"].create(
    {"name": "秦可卿 会商", "start": "2030-01-01 01:00:00", "stop": "2030-01-01 02:00:00"}
)
ticket._procedure_write({"complaint_state": "accepted", "complaint_class": "major"})
env["complaint.meeting"]._with_procedure().create(
    {"ticket_id": ticket.id, "analysis": "责任不明", "event_id": event.id}
)
named = {"res_model_id": env["ir.model"]._get_id(ticket._name), "res_id": ticket.id}
env["calendar.event"].create(
    {"name": "秦可卿 面谈", "start": "2030-01-01 01:00:00", "stop": "2030-01-01 02:00:00"}
).write(named)
env["complaint.dossier.note"]._with_procedure().create(
    {"dossier_id": dossier.id, "text": "秦可卿"}
)
env.cr.commit()
"""
OF_OTHERS = """
team = env["helpdesk.ticket.team"].create({"name": "IT"})
env["helpdesk.ticket"].create(
    [{"team_id": team.id, "name": name, "description": name} for name in ("a", "b")]
)
"""
AGED = """
env.flush_all()
env.cr.execute("UPDATE helpdesk_ticket SET write_date = '2020-01-01'")
env.cr.commit()
"""
UNINSTALL = f"""
env["ir.module.module"].search([("name", "=", "{ADDON}")]).button_immediate_uninstall()
"""
LEFT_BEHIND = {
    "tables": "SELECT tablename FROM pg_tables WHERE tablename LIKE 'complaint%'",
    "columns": "SELECT attname FROM pg_attribute WHERE attname LIKE '%complain%'",
    "external ids": f"SELECT name FROM ir_model_data WHERE module = '{ADDON}'",
    "tickets": "SELECT name FROM helpdesk_ticket WHERE partner_name = '秦可卿'",
    "files": "SELECT name FROM ir_attachment WHERE res_model LIKE 'complaint%'",
    "messages": "SELECT id FROM mail_message WHERE body LIKE '%秦可卿%'",
    "meetings": "SELECT name FROM calendar_event WHERE name LIKE '%秦可卿%'",
    "sequences": "SELECT name FROM ir_sequence WHERE prefix LIKE 'TS%'",
    "jobs": "SELECT cron_name FROM ir_cron WHERE cron_name ILIKE '%complaint%'",
    "rules": "SELECT name FROM ir_rule WHERE domain_force LIKE '%complaint%'",
}


def odoo(*options, script=""):
    """Run Odoo's command line as `./dev odoo` does and return what it says."""
    command = [os.environ["KC_PYTHON"], "-m", "odoo", *options]
    done = subprocess.run(command, input=script, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "Traceback" not in done.stderr, done.stderr[-3000:]
    return done.stderr


def pip(*options):
    """Run pip without asking the network."""
    command = [os.environ["KC_PYTHON"], "-m", "pip", "--quiet", *map(str, options)]
    subprocess.run(command, check=True)


@pytest.fixture(scope="module")
def addons_path(tmp_path_factory):
    """Install the addon's wheel into a folder of its own; return where all addons are then."""
    folder = tmp_path_factory.mktemp("wheel")
    source = shutil.copytree(ROOT / ADDON, folder / ADDON)
    pip("wheel", "--no-index", "--no-deps", "--no-build-isolation", "-w", folder, source)
    (wheel,) = folder.glob("*.whl")
    pip("install", "--no-index", "--no-deps", "--target", folder / "site", wheel)
    config = configparser.ConfigParser(interpolation=None)
    config.read(os.environ["ODOO_RC"])
    paths = config["options"]["addons_path"].split(",")
    assert str(ROOT) in paths
    paths.remove(str(ROOT))
    return ",".join([*paths, str(folder / "site/odoo/addons")])


@pytest.fixture
def database():
    """Copy a database without the addon, dropped afterwards."""
    name = f"{os.environ['KC_DATABASE']}_life"
    ground, files = os.environ["KC_GROUND"], pathlib.Path(os.environ["KC_FILES"])
    subprocess.run(["createdb", "--template", ground, name], check=True)
    shutil.copytree(files / ground, files / name)
    yield name
    subprocess.run(["dropdb", "--if-exists", "--force", name], check=True)
    shutil.rmtree(files / name)


def left_behind(database):
    """Return what is left of the addon, by kind."""
    with psycopg2.connect(dbname=database) as connection, connection.cursor() as cursor:
        found = {}
        for kind, query in LEFT_BEHIND.items():
            cursor.execute(query)
            found[kind] = [row[0] for row in cursor.fetchall()]
    return {kind: rows for kind, rows in found.items() if rows}


def touched(database):
    """Return the tickets that were changed since they were made."""
    with psycopg2.connect(dbname=database) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT name FROM helpdesk_ticket WHERE write_date > '2020-01-01'")
        return cursor.fetchall()


def test_installed_and_uninstalled_addon_touches_nothing_of_others(database, addons_path):
    options = ("-d", database, "--addons-path", addons_path, "--no-http")
    once, shell = (*options, "--stop-after-init"), ("shell", *options)
    odoo(*shell, script=OF_OTHERS + AGED)
    odoo(*once, "-i", ADDON)
    assert not touched(database)
    odoo(*shell, script=REGISTER + AGED)
    odoo(*once, "-u", ADDON)
    assert not touched(database), "an upgrade changes no complaint either"
    assert left_behind(database)["tickets"], "the complaint survives an upgrade"
    odoo(*shell, script=UNINSTALL)
    assert not left_behind(database)
    assert not touched(database)
