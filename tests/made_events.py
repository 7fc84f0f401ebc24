"""Events made for tests: rows of the archive's shape from a few words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from dragoman.archive.schema import schema
from dragoman.codebook import events as codebook

ROOTS = codebook.load().roots


def event(day: str | None, source: str, target: str, root: str, **more: Any) -> dict[str, Any]:
    """One mention; ``group`` where it tells an event that another row tells too."""
    published = more.pop("published", day)
    when = date.fromisoformat(day) if day else None
    return {
        "source_country": source,
        "target_country": target,
        "root": root,
        "quad": ROOTS[root].quad,
        "intensity": ROOTS[root].intensity,
        "modality": "happened",
        "mutual": ROOTS[root].mutual,
        "date_from": when,
        "date_to": when,
        "published": date.fromisoformat(published) if published else None,
        "document": f"article of {published}",
        "origin": "dragoman",
        "score": 0.9,
        **more,
    }


def table(rows: list[dict[str, Any]]) -> pa.Table:
    """The rows as a table of events, with ids and a column ``group``."""
    shape = schema("events").append(pa.field("group", pa.string()))
    return pa.Table.from_pylist([{"id": f"e{i:05}", **row} for i, row in enumerate(rows)], shape)


def articles(first: str, last: str, a_day: int = 1) -> pa.Table:
    """Articles published on every day from ``first`` to ``last``."""
    start, stop = date.fromisoformat(first), date.fromisoformat(last)
    days = [start + timedelta(n) for n in range((stop - start).days + 1) for _ in range(a_day)]
    rows = [{"id": f"a{i}", "published_from": d, "published_to": d} for i, d in enumerate(days)]
    return pa.Table.from_pylist(rows, schema("articles"))


def stream(rng: np.random.Generator, days: int, a_day: float, mix: dict[str, float], pair: tuple[str, str]) -> pa.Table:
    """Events of a pair over so many days from 2015-01-01, Poisson in number, of roots in the shares of ``mix``."""
    rows = []
    roots, shares = list(mix), np.array([*mix.values()])
    for n in range(days):
        when = (date(2015, 1, 1) + timedelta(n)).isoformat()
        for root in rng.choice(roots, rng.poisson(a_day), p=shares / shares.sum()):
            source, target = pair if rng.random() < 0.5 else pair[::-1]
            rows.append(event(when, source, target, str(root)))
    return table(rows)
