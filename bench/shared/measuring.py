# What the measurements share: rows by the million, times from a cold cache, tables left clean.
import time
from statistics import median

SIZES = (10_000, 1_000_000)
RUNS = 9
PATIENCE = 3  # seconds, after which an act isn't run once more


def multiply(row, source, **values):
    """Copy a row for each row of a source, with some columns taken from it."""
    table, cr = row._table, row.env.cr
    cr.execute(
        """SELECT column_name FROM information_schema.columns
        WHERE table_name = %s AND column_name <> 'id'""",
        [table],
    )
    kept = [name for (name,) in cr.fetchall() if name not in values]
    taken = [f"model.{name}" for name in kept] + list(values.values())
    cr.execute(
        f"INSERT INTO {table} ({', '.join([*kept, *values])}) SELECT {', '.join(taken)} "
        f"FROM {table} AS model, {source} WHERE model.id = {row.id}"
    )


def measured(env, act):
    """Return milliseconds, queries and result of an act, from a cold cache to the last write."""
    env.flush_all()
    env.invalidate_all()
    queries, start = env.cr.sql_log_count, time.perf_counter()
    result = act()
    env.flush_all()
    took = (time.perf_counter() - start) * 1000
    return took, env.cr.sql_log_count - queries, result


def typical(env, act):
    """Return the median of several runs, each taken back; what takes long is run once."""
    figures, start = [], time.perf_counter()
    while not figures or (len(figures) < RUNS and time.perf_counter() - start < PATIENCE):
        env.flush_all()
        with env.cr.savepoint() as savepoint:
            figures.append(measured(env, act))
            savepoint.rollback()
    took, queries, results = zip(*figures, strict=True)
    return median(took), median(queries), results[0]


def grown(env, title, acts, tables, fill, *, sizes=SIZES):
    """Run acts at growing sizes of what is stored; return the milliseconds of each, by name.

    :param fill: stores the numbers from its first argument to its second
    """
    stored, figures = 0, {name: [] for name in acts}
    for size in sizes:
        fill(stored + 1, size)
        stored = size
        for table in tables:
            env.cr.execute(f"ANALYZE {table}")
        for name, act in acts.items():
            took, queries, found = typical(env, act)
            figures[name].append(took)
            print(
                f"{title}: {size:>9,} stored: {name:<28} {took:9.1f} ms"
                f" {queries:5.0f} queries ({found:,})"
            )
    for name, (small, *_between, large) in figures.items():
        print(f"{title}: {name:<28} × {large / small:.2f}")
    return figures


def explain(env, query):
    """Print how the database runs a query."""
    sql = query.select()
    env.cr.execute("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) " + sql.code, sql.params)
    print("\n".join(line for (line,) in env.cr.fetchall()))


def clean_up(env, tables):
    """Take everything back: the dead rows would weigh on the measurements that follow."""
    env.cr.rollback()
    env.cr._cnx.autocommit = True
    for table in tables:
        env.cr.execute(f"VACUUM {table}")
