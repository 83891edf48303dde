import json

from odoo.tools import SQL

TEXTS = ("text", "character varying", "character", "json", "jsonb", "ARRAY", "bytea")


class TracesCommon:
    """Looks for words in every column of every table, as somebody with a dump would."""

    def traces(self, *words):
        """Return where any of some words stands in the database, as table and column."""
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.env.cr.execute(
            """
            SELECT table_name, column_name, data_type FROM information_schema.columns
              JOIN information_schema.tables USING (table_schema, table_name)
             WHERE table_schema = current_schema AND table_type = 'BASE TABLE'
               AND data_type IN %s
            """,
            [TEXTS],
        )
        columns = self.env.cr.fetchall()
        return {
            f"{table}.{column}"
            for table, column, kind in columns
            if self._holds(table, column, kind, words)
        }

    def _holds(self, table, column, kind, words):
        # What goes to browsers is JSON in a text, where Chinese is written in escapes.
        forms = {form for word in words for form in (word, json.dumps(word)[1:-1])}
        name = SQL.identifier(column)
        text = SQL("encode(%s, 'escape')", name) if kind == "bytea" else SQL("%s::text", name)
        forms = [self._escaped(form) if kind == "bytea" else form for form in forms]
        tests = SQL(" OR ").join(SQL("position(%s in %s) > 0", form, text) for form in forms)
        query = SQL("SELECT 1 FROM %s WHERE %s LIMIT 1", SQL.identifier(table), tests)
        self.env.cr.execute(query)
        return bool(self.env.cr.fetchall())

    @staticmethod
    def _escaped(word):
        """Return a word as PostgreSQL writes its bytes."""
        return "".join(
            chr(byte) if byte < 128 and byte != 92 else "\\\\" if byte == 92 else f"\\{byte:03o}"
            for byte in word.encode()
        )
