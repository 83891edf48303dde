"""Which texts a spreadsheet would run as formulas, and how they are quoted."""

# What begins a formula in a CSV file.
SIGNS = ("=", "+", "-", "@", "\t", "\r")
# What the writer of xlsx files takes for a formula.
FORMULA = ("=", "{=")


def quote(value, starts):
    """Return a value, or whatever it holds, with an apostrophe before texts with such a start.

    >>> quote([{"title": "=1+1", "width": 2}, "a"], ("=",))
    [{'title': "'=1+1", 'width': 2}, 'a']
    """
    if isinstance(value, dict):
        return {key: quote(one, starts) for key, one in value.items()}
    if isinstance(value, list):
        return [quote(one, starts) for one in value]
    return f"'{value}" if isinstance(value, str) and value.startswith(starts) else value
