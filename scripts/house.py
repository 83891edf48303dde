"""Check the shape of the addon's models: chapters, mixins, names of files, doubled codes.

A chapter is a folder of ``models/``; ``models/__init__.py`` lists them in the order in which they
are loaded, which is the order in which they may know each other. A check yields one line a breach.
The figures of the models are printed, with what each may be at most.
"""

import ast
import collections
import pathlib
import re
import sys

ADDON = pathlib.Path("kaiyang_complaint")
MODELS = pathlib.Path("kaiyang_complaint/models")
CODES = pathlib.Path("kaiyang_complaint/tools/codes.py")
WIZARDS = pathlib.Path("kaiyang_complaint/wizards")
# Made of the desk for demonstrations: nothing of the desk may need it.
YEAR = b"kaiyang_complaint_year"
# What runs once, or makes examples, may know the channels that the addon ships.
OF_EXAMPLES = {"tests", "migrations", "year", "demo"}
# The code of a channel beside a text: compared, looked up in a table, or in a domain.
CHANNEL_CODE = re.compile(
    r"""(?x) [\w.]* (?:channel|complaint)_code \b ['"]? \s*
        (?: (?:==|!=|not\s+in|in|:) | , \s* ['"] (?:=|!=|in|not\ in) ['"] \s* , ) \s* [\[({'"]
      | ['"] \s* (?:==|!=) \s* [\w.]* (?:channel|complaint)_code \b
      | (?:\[|\.get\() [\w.]* (?:channel|complaint)_code \b"""
)
METHODS, FILES = 100, 12
# An abstract model is worth its name once two models inherit it.
USERS = 2
# Odoo's own names, which models of ours define as well.
ODOO = frozenset({"_auto", "_rec_names_search", "_pre_render_qweb_pdf", "_open", "_trigger"})
# What is put together from several files: how many files, and methods, at most. Mixins of ours
# are counted with what inherits them.
TICKET = "helpdesk.ticket"
MOST_FILES = {TICKET: 20, "complaint.slip": 8, "complaint.letter": 8, "complaint.finding": 7}
MOST_METHODS = {TICKET: 200}
MOST_ABSTRACT = 42


class File:
    """One file of a chapter and the classes of models in it."""

    def __init__(self, path):
        self.path, self.chapter = path, path.parent.name
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        classes = [node for node in self.tree.body if isinstance(node, ast.ClassDef)]
        constants = {name: literal(value, None) for name, value in assigned(self.tree)}
        self.models = [Model(node, constants) for node in classes if is_model(node)]
        self.plain = {
            method.name
            for node in classes
            if not is_model(node)
            for method in node.body
            if isinstance(method, ast.FunctionDef)
        }


class Model:
    """A class that defines or extends a model: the model's name, its parents, its own names."""

    def __init__(self, node, constants):
        values = dict(assigned(node))
        inherit = literal(values.get("_inherit"), [])
        self.parents = [inherit] if isinstance(inherit, str) else list(inherit)
        given = values.get("_name")
        name = constants.get(given.id) if isinstance(given, ast.Name) else literal(given, None)
        self.name = name or next(iter(self.parents), "")
        self.is_abstract = any(base.attr == "AbstractModel" for base in node.bases)
        self.is_new = self.name not in self.parents
        self.methods = {one.name for one in node.body if isinstance(one, ast.FunctionDef)}
        self.names = self.methods | set(values)


def is_model(node):
    """Return whether a node of a syntax tree is the class of a model."""
    return isinstance(node, ast.ClassDef) and any(
        isinstance(base, ast.Attribute) and getattr(base.value, "id", "") == "models"
        for base in node.bases
    )


def assigned(node):
    """Yield the names that a body assigns, each with the node of its value."""
    for one in node.body:
        if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name):
            yield one.targets[0].id, one.value


def literal(node, default):
    """Return the value of a node where it is a literal."""
    try:
        return default if node is None else ast.literal_eval(node)
    except ValueError:
        return default


def chapters(text):
    """Return the chapters in the order in which ``models/__init__.py`` loads them."""
    imports = (node for node in ast.parse(text).body if isinstance(node, ast.ImportFrom))
    return [alias.name for node in imports for alias in node.names]


def uses_upward(files, order):
    """Yield imports of later chapters, and private names that only a later chapter defines."""
    first = {}
    for file in files:
        for name in file.plain.union(*(model.names for model in file.models)):
            first[name] = min(order.index(file.chapter), first.get(name, len(order)))
    for file in files:
        own = order.index(file.chapter)
        for node in ast.walk(file.tree):
            if isinstance(node, ast.ImportFrom) and node.level > 1 and node.module:
                later = node.module.split(".")[0]
                if later in order and order.index(later) > own:
                    yield f"{file.path}:{node.lineno}: imports from {node.module}"
            elif is_private(node) and first.get(node.attr, own) > own:
                yield f"{file.path}:{node.lineno}: {node.attr} of {order[first[node.attr]]}"


def is_private(node):
    """Return whether a node reads a private name that is not Odoo's own."""
    return isinstance(node, ast.Attribute) and node.attr.startswith("_") and node.attr not in ODOO


def is_mixin(model):
    """Return whether a class defines an abstract model of ours."""
    return model.is_abstract and model.is_new and model.name.startswith("complaint.")


def single_mixins(files, dialogs=()):
    """Yield abstract models of ours that fewer than two models inherit."""
    users = collections.defaultdict(set)
    for file in [*files, *dialogs]:
        for model in file.models:
            for parent in model.parents:
                users[parent].add(model.name)
    for file in [*files, *dialogs]:
        for model in file.models:
            if is_mixin(model) and len(users[model.name]) < USERS:
                yield f"{file.path}: {model.name} has {len(users[model.name])} inheritors"


def misnamed(files):
    """Yield files that are not named after their model."""
    for file in files:
        names = {model.name.replace(".", "_") for model in file.models}
        if names and file.path.stem not in names:
            yield f"{file.path}: holds {', '.join(sorted(names))}"


def links_by_spelling(files):
    """Yield names of methods put together from text: nobody finds what is called."""
    for file in files:
        for node in ast.walk(file.tree):
            called = isinstance(node, ast.Call) and getattr(node.func, "id", "")
            if called == "getattr" and isinstance(node.args[1], ast.JoinedStr):
                yield f"{file.path}:{node.lineno}: getattr by spelling"


def doubled_codes(files, codes):
    """Yield constants of two files, or of a file and ``codes.py``, that are the same."""
    known = {ast.dump(value): CODES for _name, value in assigned(codes)}
    for file in files:
        for name, value in assigned(file.tree):
            key = ast.dump(value)
            long = isinstance(value, ast.Constant) and isinstance(value.value, str)
            if not (long or isinstance(value, ast.Tuple | ast.List | ast.Dict)):
                continue
            if known.setdefault(key, file.path) != file.path:
                yield f"{file.path}: {name} stands in {known[key]} as well"


def parts(files, name, seen=()):
    """Return the classes that make up a model, each with its file: its own, and its mixins'."""
    own = [(file.path, model) for file in files for model in file.models if model.name == name]
    found, seen = list(own), {*seen, name}
    for parent in [parent for _path, model in own for parent in model.parents]:
        if parent not in seen:
            inherited = parts(files, parent, seen)
            found += inherited
            seen.update(model.name for _path, model in inherited)
    return found


def figures(files):
    """Return how large the models are, each with what it may be at most: ``{label: (is, may)}``."""
    abstract = {model.name for file in files for model in file.models if is_mixin(model)}
    found = {"abstract models": (len(abstract), MOST_ABSTRACT)}
    for name, most in MOST_FILES.items():
        found[f"files of {name}"] = (len({path for path, _model in parts(files, name)}), most)
    for name, most in MOST_METHODS.items():
        count = sum(len(model.methods) for _path, model in parts(files, name))
        found[f"methods of {name}"] = (count, most)
    return found


def over_limit(measured):
    """Yield the figures that are larger than they may be."""
    for label, (count, most) in measured.items():
        if count > most:
            yield f"{label}: {count}, at most {most}"


def channels_by_code(texts):
    """Yield where a channel is told by its code: what it asks for is a field of its record."""
    for path, text in texts:
        for match in CHANNEL_CODE.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            yield f"{path}:{line}: tells a channel by its code"


def sources():
    """Yield the files of the addon that decide or show something, each with its text."""
    for path in sorted(ADDON.rglob("*")):
        if path.suffix in (".py", ".xml", ".js") and not OF_EXAMPLES & set(path.parts):
            yield path, path.read_text(encoding="utf-8")


def too_large(files):
    """Yield models whose own classes are too many, or have too many methods."""
    methods, where = collections.Counter(), collections.defaultdict(set)
    for file in files:
        for model in file.models:
            methods[model.name] += len(model.methods)
            where[model.name].add(file.path)
    for name, count in methods.items():
        if count > MOST_METHODS.get(name, METHODS):
            yield f"{name}: {count} methods"
        if len(where[name]) > MOST_FILES.get(name, FILES):
            yield f"{name}: {len(where[name])} files"


def mentions_of_year(addon):
    """Yield files of the desk's addon that name the addon of the generated year."""
    for path in sorted(addon.rglob("*")):
        if path.is_file() and path.suffix != ".pyc" and YEAR in path.read_bytes():
            yield f"{path}: names {YEAR.decode()}"


def main():
    """Check every file of the chapters."""
    order = chapters((MODELS / "__init__.py").read_text(encoding="utf-8"))
    paths = [path for path in sorted(MODELS.glob("*/*.py")) if path.stem != "__init__"]
    files = [File(path) for path in paths]
    dialogs = [File(path) for path in sorted(WIZARDS.rglob("*.py"))]
    codes = ast.parse(CODES.read_text(encoding="utf-8"))
    measured = figures(files)
    found = [
        *over_limit(measured),
        *uses_upward(files, order),
        *single_mixins(files, dialogs),
        *misnamed(files),
        *links_by_spelling(files),
        *doubled_codes(files, codes),
        *channels_by_code(sources()),
        *too_large(files),
        *mentions_of_year(ADDON),
    ]
    print("; ".join(f"{label} {count}/{most}" for label, (count, most) in measured.items()))
    print("\n".join(found))
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
