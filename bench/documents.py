"""Writes into the documents what the program itself says: help texts, the tables of settings and roots, the demo, the tour.

    make docs     rewrites the blocks between <!-- name --> and <!-- /name -->

``tests/test_docs.py`` checks the blocks of ``CHECKED``; demo and tour are only rewritten, since better models change them.
"""

from __future__ import annotations

import dataclasses
import inspect
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from bench import tour

ROOT = Path(__file__).parents[1]
DEMO = "examples/island_visit.txt"
DEMO_LINES = 60


def command(*arguments: str) -> str:
    """What ``dragoman`` prints on a terminal of 100 columns."""
    environment = {**os.environ, "COLUMNS": "100", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "dragoman.cli", *arguments],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        cwd=ROOT,
        check=True,
    )
    return "\n".join(line.rstrip() for line in done.stdout.strip().splitlines())


def indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.splitlines())


def help_of_read() -> str:
    return indented(command("read", "--help"))


def settings() -> str:
    """The table of settings from the fields of ``Settings`` and the comments beside them."""
    from dragoman import settings as module

    source = inspect.getsource(module)
    rows = ["| setting | default | what decided it |", "|---|---|---|"]
    for field in dataclasses.fields(module.Settings):
        found = re.search(rf"^    {field.name}: [^=]+= [^#\n]+(?:# (.*))?$", source, re.M)
        comment = found[1] if found and found[1] else ""
        rows.append(f"| `{field.name}` | {field.default!r} | {comment} |")
    return "\n".join(rows)


CLASSES = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}


def roots() -> str:
    """The table of roots from the codebook's own data."""
    from dragoman.codebook import events

    out = ["| quad | root | covers | intensity | CAMEO | modes |", "|---|---|---|---|---|---|"]
    for root in events.load().roots.values():
        other = [f"{mode.name} {mode.intensity:g}" for mode in root.modes if mode.intensity not in (None, root.intensity)]
        intensity = "; ".join([f"{root.intensity:g}", *other])
        modes = ", ".join(mode.name for mode in root.modes)
        name = f"{root.name} (mutual)" if root.mutual else root.name
        out.append(f"| {root.quad} {CLASSES[root.quad]} | {name} | {root.covers} | {intensity} | {root.cameo} | {modes} |")
    return "\n".join(out)


def contexts() -> str:
    from dragoman.codebook import events

    return ", ".join(events.load().contexts) + "."


def demo() -> str:
    lines = command("read", DEMO).splitlines()
    more = ["..."] if len(lines) > DEMO_LINES else []
    return indented("\n".join([f"$ dragoman read {DEMO}", *lines[:DEMO_LINES], *more]))


def explained() -> str:
    """The first event of the demo with its explanation."""
    lines = command("read", DEMO, "--explain", "--table", "events").splitlines()
    first = next(i for i, line in enumerate(lines) if line.strip().startswith("["))
    last = next(i for i, line in enumerate(lines[first + 1 :], first + 1) if line.strip().startswith("["))
    return indented("\n".join([f"$ dragoman read {DEMO} --explain", "...", *lines[first:last], "..."]))


BLOCKS: dict[str, tuple[str, Callable[[], str]]] = {
    "help:read": ("docs/guide.md", help_of_read),
    "settings": ("docs/guide.md", settings),
    "roots": ("docs/codebook.md", roots),
    "contexts": ("docs/codebook.md", contexts),
    "demo": ("README.md", demo),
    "explain": ("docs/how-a-row-comes-to-be.md", explained),
}
CHECKED = ("help:read", "settings", "roots", "contexts")


def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(<!-- {re.escape(name)} -->\n)(.*?)(<!-- /{re.escape(name.split(':')[0])} -->)", re.S)


def block(name: str) -> str:
    """What stands in a document's block now."""
    path = ROOT / BLOCKS[name][0]
    found = _pattern(name).search(path.read_text("utf-8"))
    if found is None:
        raise LookupError(f"{path.name} has no block <!-- {name} --> ... <!-- /{name.split(':')[0]} -->")
    return found[2]


def written(name: str) -> str:
    """What should stand there."""
    return f"\n{BLOCKS[name][1]()}\n\n"


def main() -> int:
    for name, (file, _) in BLOCKS.items():
        path = ROOT / file
        before, marker, rest = path.read_text("utf-8").partition(f"<!-- {name} -->\n")
        path.write_text(before + marker + written(name) + rest[len(block(name)) :], "utf-8")
    return tour.write()


if __name__ == "__main__":
    raise SystemExit(main())
