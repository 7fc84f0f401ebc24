"""Words against deeds: whether a pair's talk and its action point the same way, and whether words are followed by deeds.

Balance is (friendly - hostile) / (friendly + hostile) among words, and among deeds: -1 all hostile, 1 all friendly. The two
are the axes of the quad classes (Duval and Thompson 1980). For talk without action, each word is asked whether a deed of
its kind followed within some days, and the share is set against what the same deeds give by chance: their days are shifted
round the record's span, which keeps their number and their runs.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dragoman.errors import UsageError
from dragoman.measure import frames
from dragoman.measure.cells import Array
from dragoman.measure.events import event_groups
from dragoman.measure.frames import DYAD_PERIODS
from dragoman.measure.sampling import share_interval
from dragoman.settings import DEFAULT, Settings

UNIT = "dyad-kind"
_KINDS = {"cooperation": (1, 2), "conflict": (3, 4)}
_FIELDS = ("a", "b", "period", "period_end", "covered", "articles", "groups", "words", "deeds")


def words_and_deeds(series: pa.Table, *, settings: Settings = DEFAULT) -> pa.Table:
    """Balance of words and of deeds by period, from a series of a pair; the unit stays.

    ``words_balance`` and ``deeds_balance`` (-1 to 1; null without a word or a deed) with ``*_low`` and ``*_high``
    (Jeffreys' 95% interval), and ``gap``: words - deeds, above 0 where talk is friendlier than action. Raises WrongUnit for
    another table.
    """
    table = frames.require(series, DYAD_PERIODS, "words_and_deeds")
    tail = (1 - settings.interval_level) / 2
    out = table.select([name for name in _FIELDS if name in table.column_names])
    balances = []
    for name, (friendly, hostile) in {
        "words": ("verbal_cooperation", "verbal_conflict"),
        "deeds": ("material_cooperation", "material_conflict"),
    }.items():
        good, bad = (np.array(table[c].to_pylist(), dtype=float) for c in (friendly, hostile))
        n = np.nan_to_num(good + bad)
        low, high = share_interval(np.nan_to_num(good), n, tail)
        balance = np.divide(good - bad, good + bad, out=np.full(len(n), np.nan), where=n > 0)
        balances.append(balance)
        for column, values in ((f"{name}_balance", balance), (f"{name}_low", 2 * low - 1), (f"{name}_high", 2 * high - 1)):
            out = out.append_column(column, _column(values))
    out = out.append_column("gap", _column(balances[0] - balances[1]))
    kept = {k: v for k, v in frames.facts_of(table).items() if k in ("a", "b", "by", "modality", "empty")}
    return frames.mark(out.replace_schema_metadata(None), str(frames.unit_of(table)), kept)


def _column(values: Array) -> pa.Array:
    return pa.array(values, pa.float64(), mask=~np.isfinite(values))


def words_followed(
    source: Any,
    a: str,
    b: str,
    *,
    days: int = 90,
    since: str | date | None = None,
    until: str | date | None = None,
    settings: Settings = DEFAULT,
) -> pa.Table:
    """How often words were followed by deeds of their kind within ``days``: one row for cooperation and one for conflict.

    ``words`` counts words old enough for the time to have passed, ``followed`` those after which a deed of the pair came
    within ``days`` (the same day not counted), ``share`` with its 95% interval, ``by_chance`` the mean share when the
    deeds' days are shifted round, and ``p`` how often a shift gives as great a share. Where ``share`` is not above
    ``by_chance``, talk had no action of its own. ``share`` is null, with the reason in ``empty``, where there are no words
    or no deeds.
    """
    a, b = frames.pair(a, b)
    if days < 1:
        raise UsageError(f"words cannot be followed within {days} days; give 1 or more")
    found = event_groups(source, a, b, since=since, until=until)
    rows = [r for r in found.to_pylist() if r["date_from"] is not None and r["date_from"] == r["date_to"]]
    rows = [r for r in rows if r["modality"] in ("happened", "ongoing")]
    facts: dict[str, Any] = {"a": a, "b": b, "days": days}
    out = []
    for kind, (word, deed) in _KINDS.items():
        said, done = (
            np.array([r["date_from"].toordinal() for r in rows if r["quad"] == q], dtype=np.int64) for q in (word, deed)
        )
        out.append({"a": a, "b": b, "kind": kind, **_followed(said, done, days, settings)})
    if all(row["share"] is None for row in out):
        facts["empty"] = f"{a} and {b} have no dated words with deeds of their kind in the period"
    shape = [("a", pa.string()), ("b", pa.string()), ("kind", pa.string()), ("words", pa.int64()), ("deeds", pa.int64())]
    shape += [("followed", pa.int64()), *((n, pa.float64()) for n in ("share", "low", "high", "by_chance", "p"))]
    return frames.mark(pa.Table.from_pylist(out, pa.schema(shape)), UNIT, facts)


def _followed(said: npt.NDArray[np.int64], done: npt.NDArray[np.int64], days: int, settings: Settings) -> dict[str, Any]:
    out: dict[str, Any] = {"words": len(said), "deeds": len(done), "followed": None, "share": None}
    if not len(said) or not len(done):
        return out
    first, last = min(said.min(), done.min()), max(said.max(), done.max())
    said = said[said <= last - days]
    if not len(said):
        return out | {"words": 0}
    kept = int(_answered(said, done, days).sum())
    span = int(last - first + 1)
    rng = np.random.default_rng([settings.change_seed, span])
    shares = np.array(
        [
            _answered(said, np.sort((done - first + shift) % span + first), days).mean()
            for shift in rng.integers(1, span, settings.change_draws)
        ]
    )
    low, high = share_interval(np.array([float(kept)]), np.array([float(len(said))]), (1 - settings.interval_level) / 2)
    p = (1 + np.count_nonzero(shares >= kept / len(said) - 1e-12)) / (1 + len(shares))
    return out | {
        "words": len(said),
        "followed": kept,
        "share": kept / len(said),
        "low": float(low[0]),
        "high": float(high[0]),
        "by_chance": float(shares.mean()),
        "p": float(p),
    }


def _answered(said: npt.NDArray[np.int64], done: npt.NDArray[np.int64], days: int) -> npt.NDArray[np.bool_]:
    """For each word whether a deed lies 1 to ``days`` days after it."""
    done = np.sort(done)
    return np.searchsorted(done, said + days, "right") > np.searchsorted(done, said, "right")
