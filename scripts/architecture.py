"""Draw the chapters of the addon and what each uses of the others, from the code.

``python scripts/architecture.py`` writes both into ``docs/architecture.md``; with ``--check`` it
only tells, by its exit status, whether they are up to date.
"""

import ast
import collections
import pathlib
import re
import sys

import house

PAGE = pathlib.Path("docs/architecture.md")
MODELS = house.MODELS
# What is drawn of the uses of a chapter; the table lists all.
DRAWN = 3
GENERATED = re.compile(
    r"(<!-- generated: scripts/architecture.py -->\n).*?(<!-- end -->)", re.DOTALL
)


def uses(root=pathlib.Path()):
    """Return the chapters in order, the models of each, and what each names of earlier ones.

    Later models are named as well, as the other side of a relation and in lists of who may read
    what; that is not counted.

    :return: chapter -> its models; chapter -> Counter of chapters whose models it names
    """
    order = house.chapters((root / MODELS / "__init__.py").read_text(encoding="utf-8"))
    files = [
        house.File(path)
        for chapter in order
        for path in sorted((root / MODELS / chapter).glob("*.py"))
        if path.name != "__init__.py"
    ]
    models = {chapter: [] for chapter in order}
    home = {}
    for file in files:
        for model in file.models:
            if model.is_new and model.name not in home:
                home[model.name] = file.chapter
                models[file.chapter].append(model.name)
    named = {chapter: collections.Counter() for chapter in order}
    for file in files:
        for node in ast.walk(file.tree):
            target = home.get(node.value) if _is_text(node) else None
            if target and order.index(target) < order.index(file.chapter):
                named[file.chapter][target] += 1
    return models, named


def _is_text(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def page(models, named):
    """Return the generated part of the page: a picture and a table."""
    lines = ["```mermaid", "flowchart BT"]
    lines += [f'    {chapter}["{chapter}<br/>{len(models[chapter])} models"]' for chapter in models]
    for chapter, targets in named.items():
        for target, count in sorted(targets.most_common(DRAWN)):
            lines.append(f"    {chapter} -->|{count}| {target}")
    lines += ["```", "", "| chapter | models | uses models of |", "|---|---|---|"]
    for chapter in models:
        own = ", ".join(f"`{name}`" for name in models[chapter])
        others = ", ".join(f"{name} {count}" for name, count in sorted(named[chapter].items()))
        lines.append(f"| `{chapter}` | {own} | {others} |")
    return "\n".join(lines) + "\n"


def main():
    """Write the page, or check it."""
    text = PAGE.read_text(encoding="utf-8")
    fresh = GENERATED.sub(lambda found: found[1] + page(*uses()) + found[2], text)
    if "--check" in sys.argv:
        sys.exit(int(fresh != text))
    PAGE.write_text(fresh, encoding="utf-8")


if __name__ == "__main__":
    main()
