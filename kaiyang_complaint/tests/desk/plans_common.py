"""How the database would answer what a page asks: the plans of all its queries."""

import threading
from contextlib import contextmanager

from odoo.tools import SQL


class Plan:
    """The plan of one query.

    :param query: its text, as the cursor sends it
    :param tree: its plan, as ``EXPLAIN (FORMAT JSON)`` tells it
    """

    def __init__(self, query, tree):
        self.query, self.tree = query, tree

    def nodes(self, node=None):
        """Yield the steps of the plan."""
        node = node or self.tree
        yield node
        for below in node.get("Plans", ()):
            yield from self.nodes(below)

    @property
    def cost(self):
        """What the database expects of it, in the unit in which it reads a page."""
        return self.tree["Total Cost"]

    def scans(self, tables):
        """Return which of some tables the plan reads from end to end."""
        return {
            node["Relation Name"]
            for node in self.nodes()
            if node["Node Type"] == "Seq Scan" and node["Relation Name"] in tables
        }

    def __str__(self):
        return f"{self.query}\n{self._told(self.tree)}"

    def _told(self, node, depth=0):
        name = node.get("Relation Name") or node.get("Index Name") or ""
        found = {key: node[key] for key in ("Index Name", "Index Cond", "Filter") if key in node}
        lines = [f"{'  ' * depth}{node['Node Type']} {name} ({node['Plan Rows']} rows) {found}"]
        lines += [self._told(below, depth + 1) for below in node.get("Plans", ())]
        return "\n".join(lines)


@contextmanager
def planned(env):
    """Yield a list that holds, after the block, the plans of all that was asked in it."""
    asked, plans, thread = [], [], threading.current_thread()

    def remember(cr, query, params, _start, _delay):
        if cr is env.cr and query.lstrip().startswith("SELECT"):
            asked.append((query, params))

    env.flush_all()
    env.invalidate_all()
    thread.query_hooks = [remember]
    try:
        yield plans
    finally:
        del thread.query_hooks
    for query, params in asked:
        env.cr.execute(f"EXPLAIN (FORMAT JSON) {query}", params)
        [(found,)] = env.cr.fetchall()
        plans.append(Plan(env.cr.mogrify(query, params).decode(), found[0]["Plan"]))


def multiply(record, source, **values):
    """Copy a row for each row of a source, with some columns taken from it.

    :param source: what stands in ``FROM``
    :param values: column -> SQL
    """
    table, cr = record._table, record.env.cr
    cr.execute(
        "SELECT column_name FROM information_schema.columns "
        "WHERE table_name = %s AND column_name <> 'id'",
        [table],
    )
    kept = [name for (name,) in cr.fetchall() if name not in values]
    taken = [SQL.identifier("model", name) for name in kept]
    taken += [SQL(value.replace("%", "%%")) for value in values.values()]
    source = source.replace("%", "%%")
    columns = [SQL.identifier(name) for name in (*kept, *values)]
    cr.execute(
        SQL(
            "INSERT INTO %(table)s (%(columns)s) SELECT %(taken)s "
            "FROM %(table)s AS model, %(source)s WHERE model.id = %(id)s",
            table=SQL.identifier(table),
            columns=SQL(", ").join(columns),
            taken=SQL(", ").join(taken),
            source=SQL(source),
            id=record.id,
        )
    )
