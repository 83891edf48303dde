from datetime import datetime, timedelta

from ...tools import anchor
from ...tools.chain import Chain, Past
from .access_seal_folder import SealFolder

# Clocks of several servers differ.
CLOCK_SKEW = timedelta(minutes=5)
# Whoever breaks a whole log breaks every anchor: a few sentences tell it.
MOST_FINDINGS = 20


class LogCheck:
    """Compares the access log of a centre with itself, its anchors and those that others hold.

    ``findings`` says what is wrong, a sentence each; ``remarks`` what can't be proved here.

    :param company: the centre
    :param given: what anchors say that someone brought along (``anchor.read``)
    :param whole: from the first row and the first anchor on; else only what came after the last
        anchor, which costs as much as that is
    """

    def __init__(self, company, given=(), whole=True):
        self.env = company.env(su=True)
        self.company = company.with_env(self.env)
        self.given, self.whole = given, whole
        self.findings, self.remarks, self.count = [], [], 0
        self.last = None
        ours = [("company_id", "=", company.id)]
        self.head = self.env["complaint.access.chain"].search(ours)
        self.records = self.env["complaint.access.anchor"].search(ours, limit=None if whole else 1)
        self.folder = SealFolder(self.env.cr.dbname)
        self.key = self.folder.key()
        # Each row that an anchor names as the last: its position, its seal, the anchor's name.
        self.sealed = []

    def is_begun(self):
        """Return whether there is, or was, a log: a row, an end, an anchor or a copy of one."""
        log = self.env["complaint.access.log"]
        return bool(
            self.head
            or self.records
            or log.search_count([("company_id", "=", self.company.id)], limit=1)
            or self.folder.kept(self.company.id)[0]
        )

    def run(self):
        """Do the check, and return it."""
        own = self._look_at_own_anchors()
        outside = self._look_at_outside_anchors(own)
        # Anchors signed with another key prove nothing to this server.
        trusted = [one for one in (*own.values(), *outside) if not self._is_foreign(one)]
        start = {}
        if trusted and not self.whole:
            start = max(trusted, key=lambda one: one["number"])
        # Those from before the start are no concern of a check of what is new.
        self.sealed = sorted(one for one in self.sealed if one[0] >= start.get("rows", 0))
        past = self._walk(start, trusted)
        self._look_at_end()
        if self.whole and any(one["past"] != past for one in trusted):
            self._report_finding(
                self.env._(
                    "The user or the complaint of a row from before there were anchors was "
                    "changed, or such a row is missing."
                )
            )
        return self

    # --- anchors --------------------------------------------------------------------------------

    def _look_at_own_anchors(self):
        """Read the anchors of the database; return those that are sound, by their number."""
        found, previous, number = {}, None, 0
        for record in self.records.sorted("number"):
            said = anchor.read(record.content)
            name = self.env._("Anchor %s", record.number)
            if not self._is_sound(record, said):
                self._report_finding(self.env._("%s was changed: its signature is invalid.", name))
            else:
                found[record.number] = said
                self._look_at_key(said, name)
                self.sealed.append((said["rows"], said["seal"], name))
            if self.whole and record.number != number + 1:
                self._report_finding(self.env._("Anchor %s is missing.", number + 1))
            elif previous and said and said["previous"] != anchor.digest(previous):
                self._report_finding(self.env._("%s does not follow the one before it.", name))
            previous, number = said, record.number
        self._look_at_last_anchor(previous, number)
        if not self.records and self.head.position:
            self.remarks.append(self.env._("No anchor proves this log yet."))
        return found

    def _is_sound(self, record, said):
        return (
            bool(said)
            and (said["centre"], said["number"]) == (self.company.id, record.number)
            and anchor.is_signed(said)
        )

    def _look_at_last_anchor(self, said, number):
        digest = anchor.digest(said) if said else ""
        # The head remembers the last anchor: deleting that one would otherwise go unnoticed.
        remembered = (self.head.anchor_number, self.head.anchor_digest or "")
        if self.head and remembered != (number, digest):
            self._report_finding(
                self.env._(
                    "The last anchor is %(last)s; it should be %(head)s, as it was made.",
                    last=number,
                    head=self.head.anchor_number,
                )
            )

    def _look_at_outside_anchors(self, own):
        """Read the server's copy of the last anchor and those given; return the sound ones."""
        number, text = self.folder.kept(self.company.id)
        copy = (anchor.read(text), self.env._("The server's copy of anchor %s", number))
        named = [copy] if number else []
        named += [
            (said, self.env._("The given anchor %s", said.get("number") or "?"))
            for said in self.given
        ]
        return [said for said, name in named if self._is_outside_sound(said, name, own)]

    def _is_outside_sound(self, said, name, own):
        if not said or not anchor.is_signed(said):
            self._report_finding(
                self.env._("%s is not an anchor or was changed: its signature is invalid.", name)
            )
            return False
        if said["centre"] != self.company.id:
            centre = said["centre_name"]
            self._report_finding(
                self.env._("%(anchor)s is of %(centre)s.", anchor=name, centre=centre)
            )
            return False
        self._look_at_key(said, name)
        self.sealed.append((said["rows"], said["seal"], name))
        ours = own.get(said["number"])
        if (self.whole or ours) and (not ours or anchor.digest(ours) != anchor.digest(said)):
            self._report_finding(
                self.env._("%s is not, or no longer, among the anchors of the database.", name)
            )
        return True

    def _look_at_key(self, said, name):
        """Report an anchor signed with another key than the server's."""
        mark = anchor.fingerprint(said["public_key"])
        if not self._is_foreign(said):
            return
        # Since the server has this key, nobody but a forger signs with another one; from before,
        # the key may have been replaced with the server.
        if self.key and said["at"] >= self.key["since"]:
            self._report_finding(
                self.env._(
                    "%(anchor)s is signed with another key (%(key)s) than the server's.",
                    anchor=name,
                    key=mark,
                )
            )
            return
        remark = self.env._(
            "The server no longer has the key of some anchors: compare its fingerprint with that "
            "on the printed report: %s",
            mark,
        )
        if remark not in self.remarks:
            self.remarks.append(remark)

    def _is_foreign(self, said):
        private = self.key.get("private_key")
        return not private or said["public_key"] != anchor.public_key(private)

    # --- rows -----------------------------------------------------------------------------------

    def _walk(self, start, trusted):
        """Follow the rows, from the one that an anchor names; return the digest of the old ones."""
        chain, past = Chain(start.get("rows", 0), start.get("seal", "")), Past()
        first = chain.position
        # No row after an anchor can be older than it: what is dated so was put in later.
        floors = sorted((one["rows"], _moment(one["at"])) for one in trusted)
        # The first break is told; from there on every row would differ.
        follows, expected = True, list(self.sealed)
        for row in self.env["complaint.access.chain"]._rows(self.company, first - 1):
            past.add(row)
            if row["position"] > first and follows:
                follows = self._follow(chain, row)
            self._compare(row, expected)
            self._look_at_row(row, floors)
            self.last = row
            self.count += row["position"] > first
        self.count += first
        self._look_at_missing(expected)
        return past.digest()

    def _follow(self, chain, row):
        """Return whether a row follows the one before; if not, what is wrong is found."""
        facts = self.env["complaint.access.log"]._facts(row)
        if chain.follow(row["position"], row["previous_seal"] or "", facts, row["seal"]):
            return True
        if row["position"] != chain.position + 1:
            self._report_finding(
                self.env._(
                    "Row %(missing)s is missing: after row %(last)s comes row %(next)s.",
                    missing=chain.position + 1,
                    last=chain.position,
                    next=row["position"],
                )
            )
        else:
            self._report_finding(
                self.env._(
                    "Row %(position)s was changed, or does not follow the row before it: "
                    "%(subject)s.",
                    position=row["position"],
                    subject=row["subject"],
                )
            )
        return False

    def _compare(self, row, expected):
        """Consume the anchors of a row, and report where it differs."""
        while expected and expected[0][0] <= row["position"]:
            position, sealed, name = expected.pop(0)
            if 0 < position < row["position"]:
                self._report_finding(
                    self.env._("Row %(row)s is missing (%(anchor)s).", row=position, anchor=name)
                )
            elif position and sealed != row["seal"]:
                proved = [one for one, _seal, _name in self.sealed if one < position]
                self._report_finding(
                    self.env._(
                        "Rows %(first)s to %(last)s are not those that were sealed: some were "
                        "changed, moved or replaced, and the seals computed anew (%(anchor)s).",
                        first=max(proved, default=0) + 1,
                        last=position,
                        anchor=name,
                    )
                )
                # What follows differs as well.
                self.sealed = [one for one in self.sealed if one[0] < position]
                expected.clear()

    def _look_at_row(self, row, floors):
        """Report a row with impossible links, time or kind of seal."""
        position, before = row["position"], self.last
        if row["astray"]:
            self._report_finding(
                self.env._("The user or the complaint of row %s is not the one sealed.", position)
            )
        if before and (before["version"] or 0) > (row["version"] or 0):
            self._report_finding(self.env._("Row %s has a seal of the old kind.", position))
        passed = [at for rows, at in floors if rows < position]
        if not passed:
            return
        floor = max(passed[-1], before["at"]) if before else passed[-1]
        if row["at"] < floor - CLOCK_SKEW:
            self._report_finding(
                self.env._(
                    "Row %s is dated before what was there already: it was put in later.", position
                )
            )

    def _look_at_missing(self, expected):
        """Report missing rows that anchors counted."""
        for rows, _seal, name in expected[-1:]:
            if rows and not self.last:
                self._report_finding(
                    self.env._(
                        "The log is empty; %(anchor)s counted %(rows)s rows.",
                        anchor=name,
                        rows=rows,
                    )
                )
            elif rows:
                self._report_finding(
                    self.env._(
                        "Rows after row %(last)s are missing: %(anchor)s counted %(rows)s rows.",
                        last=self.last["position"],
                        anchor=name,
                        rows=rows,
                    )
                )

    def _look_at_end(self):
        """Report where the log does not end as recorded."""
        last, seal = (self.last["position"], self.last["seal"]) if self.last else (0, "")
        if not self.head:
            if self.last or self.records or self.sealed:
                self._report_finding(
                    self.env._("The record of the log's last entry was removed from the database.")
                )
        elif self.head.position != last:
            self._report_finding(
                self.env._(
                    "The log ends with row %(last)s; it should end with row %(head)s.",
                    last=last,
                    head=self.head.position,
                )
            )
        elif (self.head.seal or "") != seal:
            self._report_finding(self.env._("The last row is another than the one remembered."))

    def _report_finding(self, finding):
        if finding not in self.findings and len(self.findings) < MOST_FINDINGS:
            self.findings.append(finding)


def _moment(stamp):
    return datetime.fromisoformat(stamp).replace(tzinfo=None)


def report(env, anchors=(), whole=True):
    """Check the logs of all centres, or against the texts of anchors those that these are of.

    :return: what to tell, a line each, and whether anything is wrong
    """
    lines, given = [], {}
    for text in anchors:
        said = anchor.read(text)
        company = env["res.company"].browse(said.get("centre")).exists()
        if company:
            given.setdefault(company, []).append(said)
        elif said:
            lines.append(env._("The database has no such centre: %s.", said["centre_name"]))
        else:
            lines.append(env._("The file is not an anchor of an access log."))
    is_broken = bool(lines)
    if not anchors:
        given = dict.fromkeys(env["complaint.access.chain"]._centres(), ())
    for company, ones in given.items():
        check = LogCheck(company, ones, whole).run()
        is_broken |= bool(check.findings)
        told = check.findings or [env._("The log is whole: %s rows.", check.count)]
        lines += [f"{company.name}: {line}" for line in (*told, *check.remarks)]
    return lines, is_broken
