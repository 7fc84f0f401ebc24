"""Every figure that has a floor: ``python -m bench [NAME ...] [--raise]``.

Each runner is a module of this folder with ``figures() -> dict[str, float]``; ``floors.toml`` names the runners and their
floors. Ends with exit code 1 where a figure lies below its floor, and names it. ``--raise`` writes figures above their
floor (less ``slack``) as the new floors; nothing lowers one. ``--readme`` writes the table of the README.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import time
import tomllib
from pathlib import Path

from bench.reference import Absent

FLOORS = Path(__file__).parent / "floors.toml"
TIMED = ("speed",)  # clocks differ from run to run by a tenth and more, so these floors are set by hand
COUNTS = ("damaged",)  # how many were tried: a floor by hand, since fewer is no worse
README = Path(__file__).parents[1] / "README.md"


def check(name: str, floors: dict[str, float]) -> tuple[list[str], dict[str, float]]:
    """Run one runner and print its figures beside their floors; what lies below, and all figures."""
    began = time.perf_counter()
    try:
        found = importlib.import_module(f"bench.{name}").figures()
    except Absent as reason:
        print(f"{name}: skipped, {reason}")
        return [], {}
    print(f"{name} ({time.perf_counter() - began:.0f} s)")
    below = []
    for figure, value in found.items():
        floor = floors.get(figure)
        print(f"  {figure:32} {value:9.4f}" + (f"   floor {floor:.3f}" if floor is not None else ""))
        if floor is not None and value < floor:
            below.append(f"{name}.{figure} is {value:.4f}, its floor {floor}")
    below += [f"{name}.{figure} has a floor and no figure" for figure in floors if figure not in found]
    return below, found


def publish(found: dict[str, dict[str, float]]) -> None:
    """Write the figures into the README, each under the command that prints it; the rows of runners that did not run stay."""
    text = README.read_text(encoding="utf-8")
    before, rest = text.split("<!-- bench -->", 1)
    table, after = rest.split("<!-- /bench -->", 1)
    rows = {line.split("`")[1]: line for line in table.splitlines() if line.count("`") > 1}
    for name, figures in found.items():
        command = f"python -m bench {name}"
        told = ", ".join(f"{figure.replace('_', ' ')} {value:.3g}" for figure, value in figures.items())
        if figures:
            rows[command] = f"| `{command}` | {told} |"
    lines = "\n".join(["| command | figures |", "|---|---|", *rows.values()])
    README.write_text(f"{before}<!-- bench -->\n{lines}\n<!-- /bench -->{after}", encoding="utf-8")


def main() -> int:
    a = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    a.add_argument("names", nargs="*", help="runners; all of floors.toml where none is named")
    a.add_argument("--raise", dest="higher", action="store_true", help="write better figures as the new floors")
    a.add_argument("--readme", action="store_true", help="write the figures into README.md")
    o = a.parse_args()
    table = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    slack = table.pop("slack")
    below: list[str] = []
    every: dict[str, dict[str, float]] = {}
    for name in o.names or table:
        failures, found = check(name, table[name])
        below += failures
        every[name] = found
        for figure in table[name] if name not in TIMED else ():
            if figure in COUNTS:
                continue
            table[name][figure] = max(table[name][figure], round(found.get(figure, 0.0) - slack, 3))
    if o.higher and not below:
        head = FLOORS.read_text(encoding="utf-8").split("[", 1)[0]
        rows = "\n\n".join(f"[{n}]\n" + "\n".join(f"{k} = {v}" for k, v in t.items()) for n, t in table.items())
        FLOORS.write_text(head + rows + "\n", encoding="utf-8")
    if o.readme:
        publish(every)
    for line in below:
        print(f"below its floor: {line}", file=sys.stderr)
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
