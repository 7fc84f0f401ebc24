"""The figures of ``bench.articles`` on the marked articles that no model was trained on and that set weights and thresholds.

    python training/unseen.py [--profile default] [--marks training/marks/dev.jsonl]

Events are counted as in ``bench.articles``; the weights of rows were fitted on these articles, so figures of events are kind.
``training/weighing.py`` prints those of weights fitted on other parts.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import dragoman as dm
import own_marks
from bench.articles import line, run
from bench.reference import folder


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--profile", default="default")
    a.add_argument("--marks", type=Path, default=Path(__file__).parent / "marks" / "dev.jsonl")
    o = a.parse_args()
    *_, (_, _, result) = run(own_marks.load(o.marks, folder()), {}, dm.load(profile=o.profile))
    for level, tally in result.levels.items():
        print(line(level, tally.scores()))


if __name__ == "__main__":
    main()
