"""The coder's measured error by root: ``python -m bench.coder_error [--fold 0] [--profile default] [--write]``.

Counts of ``bench.articles``, root by root, on the fold that the shipped model was not trained on: rows given and right of them,
rows required and found of them. ``--write`` puts them into the package, where ``dragoman.measure.coder_error`` reads them for
the intervals that say how far a figure can be off because the coder errs.
"""

from __future__ import annotations

import argparse

import dragoman as dm
from bench.articles import Result, measure
from dragoman.codebook.events import ROOTS
from dragoman.measure.coder_error import FILE, CoderError, load


def page(result: Result, reader: dm.Reader, fold: int) -> str:
    """The data file: one table a root, with the counts and where they come from."""
    made = reader.read_text("Norway met Chile.").to_dict()["dragoman"]
    model = " ".join(f"{name} {version}" for name, version in sorted(made["models"].items()))
    head = f"""# Written by `python -m bench.coder_error --write`: how often the coder is right, root by root, on articles
# that it was not trained on. given and right give precision, required and found recall (the key: bench/articles.py).
models = "{model}"
codebook = "{made["codebook"]}"
profile = "{made["profile"]}"
articles = {result.articles}
fold = {fold}
"""
    rows = [(root, result.by_root[root]) for root in ROOTS if root in result.by_root]
    return head + "".join(
        f"\n[roots.{root}]\ngiven = {t.given}\nright = {t.right}\nrequired = {t.required}\nfound = {t.found}\n"
        for root, t in rows
    )


def table(error: CoderError) -> str:
    """What a person reads: the counts, and the figures that the intervals use (drawn to the mean where marks are few)."""
    head = "root        given  right  required  found  precision  recall  true per given"
    lines = [
        f"{root:10} {r.given:6} {r.right:6} {r.required:9} {r.found:6} {r.precision:10.3f} {r.recall:7.3f} {r.ratio:15.3f}"
        for root, r in error.roots.items()
    ]
    return "\n".join([f"{error.models} ({error.profile}), {error.articles} marked articles of fold {error.fold}", head, *lines])


def main() -> None:
    a = argparse.ArgumentParser(prog="python -m bench.coder_error", description=__doc__)
    a.add_argument("--fold", type=int, default=0, help="0 is the one the shipped model was not trained on")
    a.add_argument("--profile", default="default")
    a.add_argument("--write", action="store_true", help=f"write {FILE.name} of the package")
    o = a.parse_args()
    reader = dm.load(profile=o.profile)
    text = page(measure(o.fold, reader), reader, o.fold)
    if o.write:
        FILE.write_text(text, encoding="utf-8")
    print(table(load(text)))


if __name__ == "__main__":
    main()
