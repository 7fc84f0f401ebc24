"""The escalation ladder: how high each side of a pair climbed, period by period, and by which event.

Rungs are the roots of conflict in the order of their intensity in the codebook, from a request (1) to an assault (9): the
idea of a ladder is Kahn's (1965), the order that of PLOVER's scores, which follow Goldstein (1992). A rung says how grave
the gravest act was, not how many there were.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa

from dragoman.codebook import events as event_codebook
from dragoman.measure import frames
from dragoman.measure.events import engine, event_groups, query
from dragoman.measure.pair_series import HAPPENED, series

RUNGS: dict[str, int] = {
    root.name: rung
    for rung, root in enumerate(
        sorted((r for r in event_codebook.load().roots.values() if r.quad >= 3), key=lambda r: (-r.intensity, r.name)), 1
    )
}
"""Rung of each root of conflict, 1 the mildest."""


def escalation(
    source: Any,
    a: str,
    b: str,
    by: str = "month",
    *,
    since: str | date | None = None,
    until: str | date | None = None,
    modality: tuple[str, ...] = HAPPENED,
    groups: pa.Table | None = None,
    articles: pa.Table | None = None,
) -> pa.Table:
    """The highest rung of each side by period (unit ``dyad-month`` and so on).

    ``rung_ab`` is the highest of what ``a`` did to ``b``: 0 where nothing hostile was done, null outside coverage;
    ``root_ab`` and ``group_ab`` name the root and the event group told by most articles on that rung; ``climb_ab`` is the
    change from the last covered period; ``height_ab`` is true where it is higher than ever before in the series. The same
    of ``b`` in ``_ba``. Raises UsageError as ``series`` does.
    """
    found = event_groups(source, a, b, since=since, until=until, groups=groups)
    table = series(source, a, b, by, since=since, until=until, modality=modality, groups=groups, articles=articles)
    facts = frames.facts_of(table)
    rows = table.select(["a", "b", "period", "period_end", "covered"]).to_pylist()
    top = _top(found, facts["a"], by, modality)
    for side in ("ab", "ba"):
        last: int | None = None
        highest = 0
        for row in rows:
            best = top.get((row["period"], side)) if row["covered"] else None
            rung = best["rung"] if best else 0
            row[f"rung_{side}"] = rung if row["covered"] else None
            row[f"root_{side}"], row[f"group_{side}"] = (best["root"], best["group"]) if best else (None, None)
            row[f"climb_{side}"] = rung - last if row["covered"] and last is not None else None
            row[f"height_{side}"] = rung > highest if row["covered"] else None
            if row["covered"]:
                last, highest = rung, max(highest, rung)
    kept = {"rungs": RUNGS, **{k: v for k, v in facts.items() if k in ("a", "b", "by", "modality", "empty")}}
    return frames.mark(pa.Table.from_pylist(rows, _shape()), f"dyad-{by}", kept)


def _shape() -> pa.Schema:
    fields = [
        ("a", pa.string()),
        ("b", pa.string()),
        ("period", pa.date32()),
        ("period_end", pa.date32()),
        ("covered", pa.bool_()),
    ]
    for side in ("ab", "ba"):
        fields += [(f"rung_{side}", pa.int64()), (f"root_{side}", pa.string()), (f"group_{side}", pa.string())]
        fields += [(f"climb_{side}", pa.int64()), (f"height_{side}", pa.bool_())]
    return pa.schema(fields)


def _top(found: pa.Table, a: str, by: str, modality: tuple[str, ...]) -> dict[tuple[date, str], dict[str, Any]]:
    """The event group on the highest rung, by period and side; among equals that of most articles."""
    connection = engine()
    connection.register("groups", found)
    rungs = " ".join(f"WHEN '{root}' THEN {rung}" for root, rung in RUNGS.items())
    kinds = ", ".join(f"'{m}'" for m in modality)
    side = " UNION ALL ".join(
        f"SELECT *, '{name}' AS side FROM placed WHERE mutual OR source {sign} $a" for name, sign in (("ab", "="), ("ba", "<>"))
    )
    rows = query(
        connection,
        f"""WITH placed AS (
              SELECT *, CAST(date_trunc('{by}', date_from) AS DATE) AS period, CASE root {rungs} END AS rung FROM groups
              WHERE modality IN ({kinds}) AND date_trunc('{by}', date_from) = date_trunc('{by}', date_to))
            SELECT period, side, rung, root, "group" FROM ({side}) WHERE rung IS NOT NULL QUALIFY row_number() OVER (
              PARTITION BY period, side ORDER BY rung DESC, documents DESC, date_from, "group") = 1""",
        {"a": a},
    ).to_pylist()
    return {(row["period"], row["side"]): row for row in rows}
