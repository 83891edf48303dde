"""What is asked of every model, by every role: each door a function of a person and a model."""

import json

from . import people
from .expected import readers

TEXTS = {"char", "text", "html", "reference", "json", "properties"}
SEARCHED = {"char", "text", "html"}
LINKS = {"many2one", "many2many", "one2many"}
BATCH = 8
SINGLE = 2
NEWEST = 40
LEAVES = 60
# What hangs on a record by model and id: to put one on a case takes the right to write there.
BESIDE = {
    *("mail.activity", "ir.attachment", "mail.message", "mail.followers"),
    *("mail.scheduled.message", "calendar.event", "mail.compose.message"),
}
ATTRIBUTES = ["type", "groupable", "searchable", "relation", "store"]
# Bytes as they are, which JSON can't carry: Odoo fails on them. Their base64 form is asked for.
NO_JSON = {"raw"}
FORBIDDEN_IN_TREES = {"binary", "one2many"}


class Visit:
    """One person at the doors of one model."""

    def __init__(self, person, model, world):
        self.person, self.model, self.world = person, model, world
        self.role = person.role
        self.about = world.models[model]
        # Case -> ids of the model that belong to it.
        self.ids = world.ids(model)
        self.everything = sorted({one for ids in self.ids.values() for one in ids})
        self.hidden = {
            case: ids
            for case, ids in self.ids.items()
            if self.role not in readers(case, self.place, "")
        }
        self.fields = {}

    @property
    def place(self):
        """Return the place by which the table of readers knows the model's own records."""
        return self.model

    def call(self, door, method, *args, **kwargs):
        """Call a method of the model as the web client does."""
        return self.person.call(door, self.model, method, *args, **kwargs)

    def learn_fields(self):
        """Ask which fields there are; who may not is answered nothing, and asks blindly."""
        answer = self.call("fields_get", "fields_get", [], ATTRIBUTES)
        known = answer.result if answer.is_ok and isinstance(answer.result, dict) else {}
        self.fields = known or self.about["fields"]

    def is_open(self):
        """Ask whether the role may read any record of the model."""
        answer = self.call("has_access", "has_access", [], "read")
        return not answer.is_ok or bool(answer.result)

    def names(self, *types):
        """Return the fields of some types."""
        return [name for name, one in self.fields.items() if one["type"] in types]

    @property
    def texts(self):
        """Return the fields in which there may be text."""
        return self.names(*TEXTS)

    def specification(self):
        """Return a form's specification of everything: texts, files, names behind links."""
        shown = {"display_name": {}}
        behind = {"fields": {"display_name": {}}}
        many = {**behind, "limit": NEWEST}
        spec = {name: {} for name in [*self.texts, *self.names("binary", "many2one_reference")]}
        spec.update(dict.fromkeys(self.names("many2one"), behind))
        spec.update(dict.fromkeys(self.names("many2many", "one2many"), many))
        return {**spec, **shown} if "display_name" in self.fields else spec

    def one_each(self, hidden=True):
        """Return one record of each case, of those the role may not read."""
        return [(case, ids[0]) for case, ids in (self.hidden if hidden else self.ids).items()]

    # --- reading ----------------------------------------------------------------------------------

    def in_parts(self, ask):
        """Ask for everything; where that is refused, case by case, then one by one."""
        if not self.everything or ask(self.everything).is_ok:
            return
        for ids in self.ids.values():
            if ask(ids).is_ok:
                continue
            for one in ids[:SINGLE] if len(ids) > 1 else ():
                ask([one])

    def read(self):
        """Read the records, as a script does."""
        names = [*self.texts, *self.names("binary", "many2one")]
        names = [name for name in names if name not in NO_JSON]
        self.in_parts(lambda ids: self.call("read", "read", ids, names))

    def web_read(self):
        """Read the records, as a form does."""
        spec = self.specification()
        self.in_parts(lambda ids: self.call("web_read", "web_read", ids, spec))

    def web_search_read(self):
        """List the records, as a list does; of a model without any, the newest."""
        domain = [["id", "in", self.everything]] if self.everything else []
        spec = self.specification()
        plain = {name: {} for name in self.texts}
        answer = (
            self.call(
                "web_search_read", "web_search_read", domain, spec, limit=500, order="id desc"
            )
            if self.everything
            else self.call(
                "web_search_read", "web_search_read", domain, plain, limit=NEWEST, order="id desc"
            )
        )
        if not answer.is_ok:
            self.call("web_search_read", "web_search_read", domain, {"display_name": {}})

    def names_of(self):
        """Ask for suggestions by nothing, and by words that stand in the records."""
        ours = [["id", "in", self.everything]]
        self.call("name_search", "name_search", "", ours, limit=500)
        spec = {"display_name": {}}
        self.call("name_search", "web_name_search", "", spec, ours, limit=500)
        for word in self.world.words(self.model, self.hidden, limit=BATCH):
            answer = self.call("name_search", "name_search", word, [], "ilike", 8)
            self._tell_found("name_search", answer, word)

    def _tell_found(self, door, answer, word):
        rows = answer.result if answer.is_ok and isinstance(answer.result, list) else []
        found = {row[0] if isinstance(row, list) else row for row in rows}
        for case, ids in self.hidden.items():
            if found & {*ids} and self.role not in self.world.readers_of(word):
                self.person.tally.leak(
                    self.role, door, self.model, (case, self.place, "found by a word"), about=word
                )

    def search(self):
        """Search for words that the role must not know: what is found confirms them."""
        own = self._leaves(self.model, "")
        behind = []
        for name in self.names(*LINKS):
            relation = self.fields[name].get("relation")
            if relation and self.fields[name].get("searchable") and self.world.ids(relation):
                behind += self._leaves(relation, f"{name}.")[:BATCH]
        for leaves in (own, behind):
            for start in range(0, len(leaves), LEAVES):
                self._search_any(leaves[start : start + LEAVES])

    def _leaves(self, model, path):
        """Return conditions on words of a model's fields that the role must not know."""
        fields = self.world.models[model]["fields"]
        return [
            [f"{path}{field}", "ilike", word]
            for word, field in self.world.hidden_words(model, self.role)
            if field in fields and fields[field]["store"] and fields[field]["type"] in SEARCHED
        ]

    def _search_any(self, leaves):
        if not leaves:
            return
        answer = self.call("search", "search", [*["|"] * (len(leaves) - 1), *leaves])
        if answer.is_ok and answer.result:
            # Which of them it was.
            for leaf in leaves:
                if self.call("search", "search", [leaf]).result:
                    self.person.tally.leak(
                        self.role, "search", self.model, (leaf[0], "confirms a word"), about=leaf[2]
                    )
        elif answer.kind == "refused" and len(leaves) > 1:
            by_path = {}
            for leaf in leaves:
                by_path.setdefault(leaf[0], []).append(leaf)
            if len(by_path) > 1:
                for group in by_path.values():
                    self._search_any(group)

    def groups(self):
        """Group the records by everything, as lists and graphs do."""
        ours = [["id", "in", self.everything]]
        names = [name for name, one in self.fields.items() if one.get("groupable")]
        shown = [name for name in names if self.fields[name]["type"] in SEARCHED | {"many2one"}]
        for start in range(0, len(shown), BATCH):
            part = shown[start : start + BATCH]
            answer = self.call(
                "formatted_read_group", "formatted_read_group", ours, part, ["__count"]
            )
            if answer.kind == "refused":
                for name in part:
                    self.call("formatted_read_group", "formatted_read_group", ours, [name])
        choices = self.names("selection")
        stored = [name for name in choices if self.fields[name].get("store")]
        if shown and stored:
            bar = {"field": stored[0], "colors": {"x": "success"}}
            for name in shown[:BATCH]:
                self.call("read_progress_bar", "read_progress_bar", ours, name, bar)

    def export(self):
        """Export the records, with what is behind their links."""
        names = ["id", ".id", *self.texts]
        names += [f"{name}/display_name" for name in self.names(*LINKS)]
        self.in_parts(lambda ids: self.call("export_data", "export_data", ids, names))

    def export_file(self):
        """Let the records be exported to a file."""
        names = [name for name in self.texts if self.fields[name]["type"] != "properties"]
        wanted = {
            "model": self.model,
            "fields": [{"name": name, "label": name, "type": "char"} for name in names],
            "ids": False,
            "domain": [["id", "in", self.everything]],
            "groupby": [],
            "import_compat": False,
            "context": {},
        }
        for kind in ("csv", "xlsx"):
            data = {"data": json.dumps(wanted), "csrf_token": self.person.csrf}
            self.person.page("export", self.model, "POST", f"/web/export/{kind}", data=data)

    def files(self):
        """Ask for the texts and files of the records as files."""
        for number, (_case, one) in enumerate(self.one_each()):
            for name in [*self.names("binary"), *self.texts[:1]]:
                kind = ("content", "image")[number % 2]
                path = f"/web/{kind}/{self.model}/{one}/{name}"
                self.person.page(kind, self.model, "GET", path)

    def reports(self):
        """Print the records."""
        for name in self.world.reports.get(self.model, ()):
            for number, (_case, one) in enumerate(self.one_each()):
                kind = ("html", "pdf")[number % 2]
                self.person.page("report", self.model, "GET", f"/report/{kind}/{name}/{one}")

    # --- forms that compute before anything is saved -------------------------------------------

    def onchange(self):
        """Give a new form a record it must not tell of: by model and id, and by link."""
        spec = self.specification()
        for by_model, by_id in self.about["pairs"]:
            for case, model, one in self.world.subjects(self.role):
                values = self._pair(by_model, by_id, model, one)
                for extra in self._with_templates(model):
                    self.call(
                        "onchange", "onchange", [], {**values, **extra}, [*values, *extra], spec
                    )
                self._put(case, values, model, one)
        for number, name in enumerate(self.names(*LINKS)):
            hidden = self.world.hidden_ids(self.fields[name].get("relation"), self.role)
            for one in hidden[number % len(hidden) :][:1] if hidden else ():
                value = one if self.fields[name]["type"] == "many2one" else [[6, 0, [one]]]
                self.call("onchange", "onchange", [], {name: value}, [name], spec)

    def _pair(self, by_model, by_id, model, one):
        kinds = {name: self.about["fields"][name]["type"] for name in (by_model, by_id)}
        named = self.world.model_ids.get(model) if kinds[by_model] == "many2one" else model
        number = one
        if kinds[by_id] in {"char", "text"}:
            number = str([one])
        elif kinds[by_id] == "reference":
            number = f"{model},{one}"
        return {by_model: named, by_id: number}

    def _with_templates(self, model):
        yield {}
        if "template_id" in self.about["fields"]:
            for template in self.world.templates.get(model, ()):
                yield {"template_id": template, "composition_mode": "comment"}

    def _put(self, case, values, model, one):
        """Save a new record that names a hidden one: beside a case nobody puts a thing unseen."""
        answer = self.call("web_save", "web_save", [], values, {"display_name": {}})
        if answer.is_ok and self.model in BESIDE - {"mail.compose.message"}:
            self.person.tally.leak(
                self.role,
                "web_save",
                self.model,
                (case, model, "put beside a case"),
                about=str(one),
            )

    # --- writing -------------------------------------------------------------------------------

    def change(self):
        """Try to copy, save, load over and write what the role may not even read."""
        spec = self.specification()
        writable = [name for name in self.names("char", "text") if self.fields[name].get("store")]
        for case, one in self.one_each():
            copied = self.call("copy", "copy", [one])
            if copied.is_ok and copied.result:
                new = copied.result if isinstance(copied.result, list) else [copied.result]
                self.call("copy", "web_read", new, spec)
            self.call("web_save", "web_save", [one], {}, spec)
            for name in writable[:1]:
                for door, args in (
                    ("write", ([one], {name: "x"})),
                    ("load", ([".id", name], [[str(one), "x"]])),
                ):
                    answer = self.call(door, door, *args)
                    done = answer.is_ok and (door == "write" or answer.result.get("ids"))
                    if done:
                        what = (case, self.place, "written")
                        self.person.tally.leak(self.role, door, self.model, what, about=name)

    def acts(self):
        """Press every button of a record that the role may not read."""
        hidden = self.one_each()
        if not hidden:
            return
        for number, method in enumerate(self.about["methods"]):
            case, one = hidden[number % len(hidden)]
            params = {"model": self.model, "method": method, "args": [[one]], "kwargs": {}}
            path = f"/web/dataset/call_button/{self.model}/{method}"
            about = f"{case}: {method}"
            self.person.rpc("call_button", self.model, path, params, about)

    # --- the API -------------------------------------------------------------------------------

    def api(self):
        """Ask the same over the protocols of scripts."""
        # What has no value at all can't be said over XML-RPC.
        names = self.names(*SEARCHED) or ["display_name"]
        ours = [["id", "in", self.everything]]
        person = self.person
        person.jsonrpc(self.model, "search_read", [ours, names], {})
        person.xmlrpc(self.model, "search_read", [ours, names], {})
        person.json2(self.model, "search_read", {"domain": ours, "fields": names})
        for number, (_case, one) in enumerate(self.one_each()):
            if number % 3 == 0:
                person.jsonrpc(self.model, "read", [[one], names], {})
            elif number % 3 == 1:
                person.xmlrpc(self.model, "read", [[one], names], {})
            else:
                person.json2(self.model, "read", {"ids": [one], "fields": names})


# What is asked of a model in which words stand, and of every other.
OF_CASES = (
    *(Visit.read, Visit.web_read, Visit.web_search_read, Visit.names_of, Visit.search),
    *(Visit.groups, Visit.export, Visit.export_file, Visit.files, Visit.reports),
    *(Visit.onchange, Visit.change, Visit.acts, Visit.api),
)
# Of models that a role may not read at all, whatever the record.
OF_CLOSED = (
    *(Visit.read, Visit.web_search_read, Visit.search, Visit.export, Visit.onchange),
    *(Visit.acts, Visit.api),
)
OF_OTHERS = (Visit.web_search_read, Visit.onchange)
SHORT = (Visit.read, Visit.web_search_read, Visit.search, Visit.export, Visit.onchange)


def visit(person, model, world, doors=None):
    """Let a person knock at the doors of a model."""
    there = Visit(person, model, world)
    if person.role in people.KEY_ONLY:
        there.fields = there.about["fields"]
        there.api()
        return
    if person.role == people.PUBLIC:
        there.fields = there.about["fields"]
        there.call("read", "read", there.everything[:1], ["display_name"])
        if there.everything:
            there.files()
            there.reports()
        return
    if there.about["kind"] == "abstract":
        for method in there.about["answers"]:
            there.call("call_kw", method)
        return
    there.learn_fields()
    if there.everything:
        doors = doors or (OF_CASES if there.is_open() else OF_CLOSED)
    for door in doors or OF_OTHERS:
        door(there)
