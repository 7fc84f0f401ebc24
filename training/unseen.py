"""The figures of ``bench.articles``, and the country of marked actors, on the marked articles that no model was
trained on and that set weights and thresholds.

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
from bench.actors import contexts, hearing, resolved, right
from bench.articles import line, run
from bench.reference import folder
from dragoman import codebook
from dragoman.coding.actors.resolver import Resolver
from dragoman.coding.encoder import MODELS
from dragoman.reader import PROFILES


def countries(marks: Path, profile: str) -> tuple[int, int]:
    """Marked actors with words whose country is right, and all of them."""
    resolver, hear = Resolver(codebook.load()), hearing(MODELS / PROFILES[profile].articles)
    found = [
        right([ref.country for ref in actors.at(mark["start"], mark["end"])], mark["country"])
        for row in own_marks.load(marks, folder())
        for article, _, given in contexts(row, single=False)
        for actors in [resolved(resolver, article, hear(article))]
        for mark in given
        if mark["start"] is not None
    ]
    return sum(found), len(found)


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--profile", default="default")
    a.add_argument("--marks", type=Path, default=Path(__file__).parent / "marks" / "dev.jsonl")
    o = a.parse_args()
    *_, (_, _, result) = run(own_marks.load(o.marks, folder()), {}, dm.load(profile=o.profile))
    for level, tally in result.levels.items():
        print(line(level, tally.scores()))
    good, every = countries(o.marks, o.profile)
    print(f"  country of actors right on {good / every:.3f} of {every}")


if __name__ == "__main__":
    main()
