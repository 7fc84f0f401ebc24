"""Turning events: single events after which the pair's other events are of another tone than before.

For each event of a pair the mean intensity of the pair's events in the days after is set against that in the days before
(Welch's t of two samples, Welch 1947); the event itself must point the same way. Among many events some stand at a turn by
chance, so the greatest t is compared with the greatest t in series whose events were put in another order, in blocks that
keep runs together (max-t permutation, Westfall and Young 1993). Found so is a turn in time, not a cause.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from dragoman.errors import UsageError
from dragoman.measure import frames
from dragoman.measure.events import event_groups
from dragoman.settings import DEFAULT, Settings

Array = npt.NDArray[np.float64]
UNIT = "turning-event"
_SHAPE = pa.schema(
    [
        *((name, pa.string()) for name in ("a", "b", "group", "event")),
        ("date", pa.date32()),
        *((name, pa.string()) for name in ("source", "target", "root", "mode")),
        ("intensity", pa.float64()),
        ("documents", pa.int64()),
        *((name, pa.float64()) for name in ("before", "after", "shift_low", "shift_high", "t", "p")),
    ]
)


def turning_events(
    source: Any,
    a: str,
    b: str,
    *,
    since: str | date | None = None,
    until: str | date | None = None,
    most: int = 5,
    modality: tuple[str, ...] = ("happened", "ongoing"),
    settings: Settings = DEFAULT,
) -> pa.Table:
    """Up to ``most`` events of a pair at which its tone turned (unit ``turning-event``), the strongest first.

    ``before`` and ``after`` are mean intensities over ``turning_days``, ``shift_low`` to ``shift_high`` the 95% interval of
    after - before, ``p`` how often reordered events have a turn as strong anywhere. Only events with p up to
    ``turning_alpha``, and one for each stretch of ``turning_days``: that whose own intensity and number of articles stand
    out most.

    A table of no rows has the reason in ``empty``. Raises UsageError as ``series`` does.
    """
    a, b = frames.pair(a, b)
    if most < 1:
        raise UsageError(f"asked for {most} turning events; ask for 1 or more")
    found = event_groups(source, a, b, since=since, until=until)
    known = pc.and_(pc.is_in(found["modality"], pa.array(list(modality))), pc.is_valid(found["date_from"]))
    rows = [r for r in found.filter(known).to_pylist() if (r["date_to"] - r["date_from"]).days <= 7]
    facts: dict[str, Any] = {"a": a, "b": b, "days": settings.turning_days, "events": len(rows)}
    if len(rows) < 4 * settings.turning_events:
        facts["empty"] = f"turning events need {4 * settings.turning_events} dated events of the pair, found {len(rows)}"
        return frames.mark(_SHAPE.empty_table(), UNIT, facts)
    days = np.array([r["date_from"].toordinal() for r in rows])
    x = np.array([r["intensity"] for r in rows])
    windows = _windows(days, settings)
    turn = _turns(x[None, :], *windows, settings)[0]
    before, after, spread = (column[0] for column in _means(x[None, :], *windows))
    greatest = _by_chance(x - _local(days, x, settings), windows, settings)
    p = (1 + (greatest[None, :] >= np.abs(turn)[:, None]).sum(axis=1)) / (1 + len(greatest))
    same_way = np.sign(x - before) == np.sign(after - before)
    score = np.abs(turn) * np.abs(x - before) * np.log2(1 + np.array([max(1, r["documents"]) for r in rows]))
    open_ = [
        int(i) for i in np.argsort(-score, kind="stable") if same_way[i] and p[i] <= settings.turning_alpha and turn[i] != 0
    ]
    kept: list[int] = []
    for i in open_:
        if len(kept) < most and all(abs(days[i] - days[k]) > settings.turning_days for k in kept):
            kept.append(i)
    if not kept:
        facts["empty"] = "no event stands at a turn that chance would not show as well"
    out = [
        {name: r[name] for name in ("group", "event", "source", "target", "root", "mode", "intensity", "documents")}
        | {"a": a, "b": b, "date": r["date_from"], "before": before[i], "after": after[i], "t": turn[i], "p": p[i]}
        | {"shift_low": after[i] - before[i] - 1.96 * spread[i], "shift_high": after[i] - before[i] + 1.96 * spread[i]}
        for i, r in ((i, rows[i]) for i in kept)
    ]
    return frames.mark(pa.Table.from_pylist(out, _SHAPE), UNIT, facts)


Windows = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]


def _windows(days: npt.NDArray[np.int64], settings: Settings) -> Windows:
    """For each event the slices of those before and after its day; the day's own events are in neither."""
    reach = settings.turning_days
    return (
        np.searchsorted(days, days - reach, "left"),
        np.searchsorted(days, days, "left"),
        np.searchsorted(days, days, "right"),
        np.searchsorted(days, days + reach, "right"),
    )


def _means(x: Array, b0: Any, b1: Any, a0: Any, a1: Any) -> tuple[Array, Array, Array]:
    """Mean before, mean after, standard error of their difference, for each row of ``x`` and each event."""
    s = np.concatenate([np.zeros((len(x), 1)), np.cumsum(x, axis=1)], axis=1)
    q = np.concatenate([np.zeros((len(x), 1)), np.cumsum(x * x, axis=1)], axis=1)
    nb, na = np.maximum(b1 - b0, 1), np.maximum(a1 - a0, 1)
    before, after = (s[:, b1] - s[:, b0]) / nb, (s[:, a1] - s[:, a0]) / na
    vb = np.maximum((q[:, b1] - q[:, b0]) / nb - before**2, 0) / np.maximum(nb - 1, 1)
    va = np.maximum((q[:, a1] - q[:, a0]) / na - after**2, 0) / np.maximum(na - 1, 1)
    # Events of one intensity on both sides have no spread of their own; a tenth of a step of the scale stands for it.
    return before, after, np.sqrt(vb + va + 0.1**2 * (1 / nb + 1 / na))


def _turns(x: Array, b0: Any, b1: Any, a0: Any, a1: Any, settings: Settings) -> Array:
    """Welch's t at each event; 0 where a side has too few events to judge."""
    before, after, spread = _means(x, b0, b1, a0, a1)
    enough = (b1 - b0 >= settings.turning_events) & (a1 - a0 >= settings.turning_events)
    return np.where(enough, (after - before) / spread, 0.0)


def _local(days: npt.NDArray[np.int64], x: Array, settings: Settings) -> Array:
    """The tone of each event's time: the mean of all events up to ``turning_days`` before and after it."""
    s = np.concatenate([[0.0], np.cumsum(x)])
    first = np.searchsorted(days, days - settings.turning_days, "left")
    last = np.searchsorted(days, days + settings.turning_days, "right")
    tone: Array = (s[last] - s[first]) / (last - first)
    return tone


def _by_chance(x: Array, windows: Windows, settings: Settings) -> Array:
    """The greatest |t| in each of ``change_draws`` reorderings, in blocks of about the cube root of the number of events."""
    rng = np.random.default_rng([settings.change_seed, len(x)])
    length = max(1, round(len(x) ** (1 / 3)))
    edges = np.arange(0, len(x), length)
    greatest = np.empty(settings.change_draws)
    for i in range(settings.change_draws):
        rolled = np.roll(x, int(rng.integers(length)))
        order = np.concatenate([np.arange(e, min(e + length, len(x))) for e in rng.permutation(edges)])
        greatest[i] = np.abs(_turns(rolled[order][None, :], *windows, settings)).max()
    return greatest
