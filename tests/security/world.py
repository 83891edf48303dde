"""What the client knows of a seeded database: cases, records, words, fields, routes."""

import collections

from .expected import CASES, readers

# Of what a case has, that is asked for where a door takes any record; the first always.
KINDS = (
    *("helpdesk.ticket", "complaint.slip", "complaint.letter", "complaint.finding"),
    *("complaint.dossier", "complaint.investigation"),
)
# How many words of one model are tried in a search, and records in a form.
WORDS = 24
RECORDS = 3


class World:
    """The manifest of a seeded database, ready to be asked."""

    def __init__(self, manifest, kinds=KINDS):
        self.models, self.routes = manifest["models"], manifest["routes"]
        self.reports, self.automations = manifest["reports"], manifest["automations"]
        self.model_ids, self.templates = manifest["model_ids"], manifest["templates"]
        self.standing, self.heard = manifest["standing"], manifest["heard"]
        self.tokens = manifest["tokens"]
        self.records = manifest["records"]
        self.planted = manifest["planted"]
        self.kinds = kinds
        self.by_model = collections.defaultdict(list)
        for word, (case, place, field, _record) in self.planted.items():
            self.by_model[place.partition(":")[0]].append((word, case, place, field))

    def ids(self, model):
        """Return the ids of a model by case."""
        found = {case: self.of(case, model) for case in CASES}
        return {case: ids for case, ids in found.items() if ids}

    def of(self, case, model):
        """Return the ids of a model that belong to a case."""
        return self.records.get(case, {}).get(model, [])

    def first(self, case, single, index=0):
        """Return a value for each parameter that is an id of a model; 0 where a case has none."""
        values = {}
        for name, model in single.items():
            ids = self.of(case, model)
            values[name] = ids[index % len(ids)] if ids else 0
        return values

    def readers_of(self, word):
        """Return the roles that may read a word."""
        case, place, field, _record = self.planted[word]
        return readers(case, place, field)

    def hidden_cases(self, role):
        """Return the cases of which a role may not read the complaint."""
        return [case for case in CASES if role not in readers(case, "helpdesk.ticket", "")]

    def records_of(self, case, threads=False):
        """Return one record of each kind that a door may name: model and id.

        :param threads: only of what can be written to
        """
        return [
            (model, self.of(case, model)[0])
            for model in self.kinds
            if self.of(case, model)
            and not (threads and "message_ids" not in self.models[model]["fields"])
        ]

    def subjects(self, role):
        """Return records that a role may not read: every complaint, and one more of each case."""
        found = []
        for number, case in enumerate(CASES):
            hidden = [
                (case, model, one)
                for model, one in self.records_of(case)
                if role not in readers(case, model, "")
            ]
            found += hidden[:1] + hidden[1:][number % 5 :][:1]
        return found

    def hidden_ids(self, model, role):
        """Return ids of a model, one a case, that a role may not read."""
        hidden = [
            ids[0] for case, ids in self.ids(model).items() if role not in readers(case, model, "")
        ]
        return hidden[:RECORDS]

    def hidden_words(self, model, role):
        """Return words of a model that a role may not know, each with its field."""
        found = [
            (word, field)
            for word, case, place, field in self.by_model.get(model, ())
            if role not in readers(case, place, field)
        ]
        seen, picked = collections.Counter(), []
        for word, field in found:
            seen[field] += 1
            if seen[field] <= RECORDS:
                picked.append((word, field))
        return picked[: 4 * WORDS]

    def words(self, model, hidden, limit):
        """Return some words of a model that stand in hidden cases."""
        return [word for word, case, _place, _field in self.by_model[model] if case in hidden][
            :limit
        ]
