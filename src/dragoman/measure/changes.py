"""Change points: where a series steps to another level and stays there, how sure that is, and the events behind it.

The level is cut by PELT (Killick, Fearnhead and Eckley 2012; ``ruptures``, Truong, Oudre and Vayatis 2020) with the cost of
weighted least squares. Counts are made of even spread first, ``2 * sqrt(count + 3/8)`` (Anscombe 1948), for each article read
where that is known, so that more reading is no change; a mean of few events weighs less than a mean of many.

The penalty is chosen by one rule: a cut must gain more than the best cut gains in all but ``change_alpha`` of made series
of the same length that have no change, and the same spread and memory from period to period. Spread and memory (AR(1)) are
taken from differences at one and two periods, which steps hardly touch (Chakar, Lebarbier, Levy-Leduc and Robin 2017). A
straight trend stands beside the steps as a rival: where it explains the series at less cost, it is no step.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa

from dragoman.errors import UsageError
from dragoman.measure import frames
from dragoman.measure.events import engine, query
from dragoman.measure.frames import DYAD_PERIODS, GROUP
from dragoman.measure.steps import Array, Cut, find
from dragoman.settings import DEFAULT, Settings

COUNTS = {
    "groups": (1, 2, 3, 4),
    "words": (1, 3),
    "deeds": (2, 4),
    "cooperation": (1, 2),
    "conflict": (3, 4),
    "verbal_cooperation": (1,),
    "material_cooperation": (2,),
    "verbal_conflict": (3,),
    "material_conflict": (4,),
}
MEANS = ("intensity_mean", "conflict_share")
FIGURES = (*MEANS, *COUNTS)
UNIT = "change"
_SHAPE = pa.schema(
    [
        ("a", pa.string()),
        ("b", pa.string()),
        ("figure", pa.string()),
        ("period", pa.date32()),
        ("period_low", pa.date32()),
        ("period_high", pa.date32()),
        ("before", pa.float64()),
        ("after", pa.float64()),
        ("p", pa.float64()),
        ("found_again", pa.float64()),
        ("events", pa.list_(pa.string())),
    ]
)


def change_points(
    series: pa.Table, figure: str = "intensity_mean", *, groups: pa.Table | None = None, settings: Settings = DEFAULT
) -> pa.Table:
    """Where the level of a figure changes: one row a change (unit ``change``), oldest first; no row where none is sure enough.

    ``figure`` is intensity_mean, conflict_share or a count (groups, words, deeds, cooperation, conflict, or a quad class).

    ``period`` is the first of the new level, ``period_low`` to ``period_high`` the 95% interval of it; ``before`` and ``after``
    are the levels in the figure's own unit; ``p`` is how often a series without a change gains as much from its best cut;
    ``found_again`` is the share of resampled series (residuals in blocks, about both levels) in which the change is found. With
    ``groups``, the pair's event groups, ``events`` names up to five behind it: those of the first periods that pull most
    towards the new level.

    Periods outside coverage are left out, and so are periods without an event where the figure is a mean. Facts give the
    penalty, spread, memory and slope. With fewer than twice ``change_periods`` periods there is no row, and ``empty`` says why.
    Raises WrongUnit for another table than a series of a pair, UsageError for an unknown figure or too many periods.
    """
    table = frames.require(series, DYAD_PERIODS, "change_points")
    if figure not in FIGURES:
        raise UsageError(f"changes of {figure!r} are not looked for; choose one of {', '.join(FIGURES)}")
    facts = {k: v for k, v in frames.facts_of(table).items() if k in ("a", "b", "by", "modality")} | {"figure": figure}
    rows, y, weight = _signal(table, figure)
    if len(y) > settings.change_longest:
        raise UsageError(f"{len(y)} periods are too many to look for changes in; choose a longer period than {facts['by']}")
    if len(y) < 2 * settings.change_periods:
        facts["empty"] = f"changes need {2 * settings.change_periods} periods with figures, found {len(y)}"
        return frames.mark(_SHAPE.empty_table(), UNIT, facts)
    cuts, more = find(y, weight, settings)
    ends = [0, *(c.at for c in cuts), len(y)]
    levels = _levels(rows, weight, figure, ends)
    out = []
    for cut, before, after, end in zip(cuts, levels, levels[1:], ends[2:], strict=False):
        last = rows[min(cut.at + settings.change_periods, end) - 1]["period_end"]
        pulling = behind(groups, figure, rows[cut.at]["period"], last, before, after, facts["modality"]) if groups else []
        told = {"a": facts["a"], "b": facts["b"], "figure": figure, "before": before, "after": after, "events": pulling}
        out.append(told | _placed(cut, rows))
    return frames.mark(pa.Table.from_pylist(out, _SHAPE), UNIT, facts | more)


def _placed(cut: Cut, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """When a cut is, and how sure."""
    periods = {"period": cut.at, "period_low": cut.low, "period_high": cut.high}
    return {name: rows[at]["period"] for name, at in periods.items()} | {"p": cut.p, "found_again": cut.found_again}


def _signal(table: pa.Table, figure: str) -> tuple[list[dict[str, Any]], Array, Array]:
    """The periods that have the figure, its values made of even spread, and their weights."""
    names = ["period", "period_end", "covered", "articles", "groups", figure]
    rows = [r for r in table.select([*dict.fromkeys(names)]).to_pylist() if r["covered"] and r[figure] is not None]
    values = np.array([r[figure] for r in rows], dtype=float)
    if figure in MEANS:
        return rows, values, np.array([r["groups"] for r in rows], dtype=float)
    # Articles tell how much was read only where each period has some; imported rows have none.
    read = np.array([r["articles"] or 0 for r in rows], dtype=float)
    share = read / read.mean() if len(read) and read.min() > 0 else np.ones(len(rows))
    return rows, 2 * np.sqrt((values + 0.375) / share), share


def _levels(rows: list[dict[str, Any]], weight: Array, figure: str, ends: Sequence[int]) -> list[float]:
    """The level of each segment in the figure's own unit; of a mean, weighted by the events of its periods."""
    values = np.array([row[figure] for row in rows], dtype=float)
    shares = weight if figure in MEANS else None
    return [float(np.average(values[s:e], weights=None if shares is None else shares[s:e])) for s, e in pairwise(ends)]


def behind(
    groups: pa.Table,
    figure: str,
    first: date,
    last: date,
    before: float,
    after: float,
    modality: Sequence[str] = ("happened", "ongoing"),
    most: int = 5,
) -> list[str]:
    """Ids of the event groups of a time that pull a figure most from one level to another.

    For a mean: those whose intensity lies farthest from the old level on the side of the new one; for a count: those counted.
    Among equals those told by more articles come first.
    """
    found = frames.require(groups, GROUP, "the events behind a change")
    connection = engine()
    connection.register("groups", found)
    kinds = ", ".join(f"'{m}'" for m in modality)
    side = 1 if after >= before else -1
    if figure == "intensity_mean":
        order, where = f"{side} * (intensity - $before) DESC", f"{side} * (intensity - $before) > 0"
    elif figure == "conflict_share":
        order, where = f"{-side} * intensity DESC", f"quad IN {(3, 4) if side > 0 else (1, 2)}"
    else:
        order, where = "documents DESC, abs(intensity) DESC", f"quad IN ({', '.join(map(str, COUNTS[figure]))})"
    rows = query(
        connection,
        f"""SELECT "group" FROM groups WHERE modality IN ({kinds}) AND date_from >= $first AND date_to <= $last AND {where}
            AND ($before IS NOT NULL) ORDER BY {order}, documents DESC, date_from, "group" LIMIT {most}""",
        {"first": first, "last": last, "before": before},
    )
    return [str(group) for group in rows["group"].to_pylist()]
