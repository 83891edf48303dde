"""Compares archived volumes with the hashes that were taken when they were archived (八)."""

import hashlib
import math
from datetime import timedelta
from pathlib import Path

from odoo.fields import Datetime

from ..access.readers import Readers

ALARM = "kaiyang_complaint.activity_volume_altered"
BROKEN = ("changed", "missing")
# Within so many nights each volume is compared once; a small archive is through sooner.
NIGHTS, LEAST = 30, 20
# What was compared within so many hours was compared tonight.
NIGHT_HOURS = 20
BLOCK = 1 << 20
# Those who are told, by role: the first of whom somebody may read the dossier.
TOLD = ("archivist", "manager", "leader", "director")
# Noted on the reference sheet, which is Chinese as all papers of the archive.
NOTES = {
    "changed": "经比对，本卷电子文件与归档时的校验值（SHA-256）不符，现值为 {digest}。",
    "missing": "经比对，本卷电子文件缺失。",
    "intact": "经比对，本卷电子文件已恢复，与归档时的校验值（SHA-256）一致。",
}


def found(dossier):
    """Return what an archived volume is found to be, and the SHA-256 that its file has now.

    :return: ``intact``, ``changed`` or ``missing``, and the hash: empty where there is no file
    """
    dossier = dossier.sudo()
    digest = _digest(dossier.attachment_id)
    if not digest:
        return "missing", ""
    return "intact" if digest == dossier.sha256 else "changed", digest


def _digest(file):
    """Return the SHA-256 of what a file holds; nothing where there is none, or it can't be read."""
    digest = hashlib.sha256()
    try:
        with Path(file._full_path(file.store_fname or "")).open("rb") as content:
            for block in iter(lambda: content.read(BLOCK), b""):
                digest.update(block)
    except OSError:  # it is kept elsewhere, or gone
        content = file.raw
        if not content:
            return ""
        digest.update(content)
    return digest.hexdigest()


class VolumeWatch:
    """Compares volumes, keeps what was found, and tells those who keep the archive.

    :param dossiers: archived dossiers
    """

    def __init__(self, dossiers):
        self.dossiers, self.env = dossiers.sudo()._unlocked(), dossiers.env

    def compare(self):
        """Compare the volumes; what is found to have changed since the last time is told."""
        for dossier in self.dossiers:
            before = dossier.integrity
            state, digest = found(dossier)
            dossier._procedure_write(
                {"integrity": state, "compared_at": Datetime.now(), "found_sha256": digest}
            )
            if state != before and (state in BROKEN or before in BROKEN):
                dossier._note_down(NOTES[state].format(digest=digest))
                dossier.activity_unlink([ALARM])
            if state in BROKEN and state != before:
                self._alert(dossier)

    def _alert(self, dossier):
        """Give a to-do to those who keep the dossier, in their language."""
        for user in self._recipients(dossier):
            words = dossier.with_context(lang=user.lang).env
            text = (
                words._("The file of an archived volume is missing: %s.", dossier.number)
                if dossier.integrity == "missing"
                else words._(
                    "The file of an archived volume is not the one that was archived: %s.",
                    dossier.number,
                )
            )
            dossier.with_context(mail_activity_quick_update=True).activity_schedule(
                ALARM, user_id=user.id, note=text
            )

    def _recipients(self, dossier):
        people = self.env["complaint.escalation.rule"]
        for role in TOLD:
            users = people._people(role, dossier.company_id)
            allowed = Readers(dossier).allowed(users.partner_id.ids)[dossier.id]
            users = users.filtered(lambda user, allowed=allowed: user.partner_id.id in allowed)
            if users:
                return users
        return self.env["res.users"]


def compare_share(env):
    """Compare tonight's share of the archive, those first that were compared longest ago.

    Each volume is committed: whatever ends the job, the next run goes on with the rest.
    """
    left = _remaining_count(env)
    while left > 0:
        VolumeWatch(_archived(env, order="compared_at NULLS FIRST, id", limit=1)).compare()
        left -= 1
        if not env["ir.cron"]._commit_progress(1, remaining=left):
            return
        env.invalidate_all()


def _remaining_count(env):
    """Return how many volumes are still to be compared tonight."""
    kept = env["complaint.dossier"].sudo()
    archived = kept.search_count([("state", "=", "archived")])
    since = Datetime.now() - timedelta(hours=NIGHT_HOURS)
    done = kept.search_count([("state", "=", "archived"), ("compared_at", ">=", since)])
    share = max(math.ceil(archived / NIGHTS), LEAST)
    return min(share, archived) - done


def _archived(env, **limits):
    return env["complaint.dossier"].sudo().search([("state", "=", "archived")], **limits)
