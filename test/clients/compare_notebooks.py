"""Runs notebooks through nbclient and compares the outputs with those of `roundlab execute`.

usage: compare_notebooks.py EXECUTED_FOLDER NOTEBOOK...

EXECUTED_FOLDER holds the same notebooks as `roundlab execute` wrote them. Equal means: the same outputs
in the same order, up to ids, durations and rates.
"""

import json
import pathlib
import re
import sys

import nbformat
from nbclient import NotebookClient

# Durations and rates differ from run to run: 1.5 s, 20 ms, 2 min, 3.1/s, 4 s each.
SPACE = "[ \u00a0\u2009\u202f]"
TIME = re.compile(rf"\d(?:[\d.,]|{SPACE}(?=\d))*{SPACE}?(?:ms|s|min|h)\b(?: each)?|\d[\d.,]*/s\b")


def without_times(value):
    """A value of JSON whose texts and lists of texts are joined and freed of times."""
    if isinstance(value, str):
        return TIME.sub("TIME", value)
    if isinstance(value, list):
        if value and all(isinstance(each, str) for each in value):
            return without_times("".join(value))
        return [without_times(each) for each in value]
    if isinstance(value, dict):
        return {key: without_times(each) for key, each in value.items()}
    return value


def outputs_of(path_or_notebook):
    notebook = path_or_notebook
    if isinstance(notebook, pathlib.Path):
        notebook = nbformat.read(notebook, as_version=4)
    nbformat.validate(notebook)
    plain = json.loads(nbformat.writes(notebook))
    return [
        (index, without_times(cell["outputs"]), cell["execution_count"])
        for index, cell in enumerate(plain["cells"])
        if cell["cell_type"] == "code"
    ]


def first_difference(one, other, path="outputs"):
    """Where two values of JSON differ first, as a sentence; None if nowhere."""
    if type(one) is not type(other):
        return f"{path}: {type(one).__name__} and {type(other).__name__}"
    if isinstance(one, dict):
        if one.keys() != other.keys():
            return f"{path}: keys {sorted(one)} and {sorted(other)}"
        pairs = [(f"{path}.{key}", one[key], other[key]) for key in one]
    elif isinstance(one, list):
        if len(one) != len(other):
            return f"{path}: {len(one)} and {len(other)} items"
        pairs = [(f"{path}[{i}]", a, b) for i, (a, b) in enumerate(zip(one, other))]
    else:
        return None if one == other else f"{path}: {str(one)[:300]!r} and {str(other)[:300]!r}"
    for name, a, b in pairs:
        found = first_difference(a, b, name)
        if found:
            return found
    return None


def compare(executed_folder, path):
    notebook = nbformat.read(path, as_version=4)
    resources = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, kernel_name="roundlab", timeout=600, resources=resources).execute()
    ours = outputs_of(pathlib.Path(executed_folder) / path.name)
    theirs = outputs_of(notebook)
    for (index, our_outputs, our_count), (_, their_outputs, their_count) in zip(ours, theirs):
        if our_count != their_count:
            return f"cell {index + 1} has number {our_count} here and {their_count} from nbclient"
        found = first_difference(our_outputs, their_outputs)
        if found:
            return f"cell {index + 1} differs (here, and from nbclient): {found}"
    return None


def main(executed_folder, *paths):
    failures = 0
    for path in map(pathlib.Path, paths):
        difference = compare(executed_folder, path)
        failures += difference is not None
        print(f"{path.name}: {difference or 'nbclient gives the same outputs'}", flush=True)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
