"""The plane of words and deeds: each period a point, so that talk without action, and action without talk, can be seen."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pyarrow as pa

from dragoman.measure import frames
from dragoman.measure.frames import DYAD_PERIODS
from dragoman.measure.pictures.lettering import cut, shown, wrapped
from dragoman.measure.pictures.scales import Scale
from dragoman.measure.pictures.svg import Drawing

CORNERS = (
    (1, 1, "friendly words,", "friendly deeds"),
    (1, -1, "friendly words,", "hostile deeds"),
    (-1, -1, "hostile words,", "hostile deeds"),
    (-1, 1, "hostile words,", "friendly deeds"),
)


def draw(
    balances: pa.Table,
    *,
    source: str = "",
    width: int = 620,
    theme: str = "light",
    name: str = "plane",
    standalone: bool = False,
) -> str:
    """What ``measure.words_and_deeds`` gives, as SVG: words from hostile (left) to friendly (right), deeds from below upwards.

    Periods with both words and deeds are points, joined in time from pale to full; the last is named, with its 95%
    intervals, and so are the first and those at the ends of the cloud. Points are larger where there are more events.
    Raises WrongUnit.
    """
    table = frames.require(balances, DYAD_PERIODS, "the picture of words and deeds")
    frames.columns(table, ("words_balance", "deeds_balance", "words_low", "deeds_low"), "the picture of words and deeds")
    facts = frames.facts_of(table)
    every = table.to_pylist()
    rows = [r for r in every if r["words_balance"] is not None and r["deeds_balance"] is not None]
    a, b = frames.state_name(facts["a"]), frames.state_name(facts["b"])
    title = f"Words and deeds of {a} and {b}, by {facts['by']}"
    heads = wrapped(title, width - 40, 17)
    foot = wrapped(_foot(every, rows, facts, source), width - 40, 11)
    top = 30 + 22 * len(heads)
    side = width - 100.0
    height = top + side + 56 + 15 * len(foot)
    pen = Drawing(width, height, title, _described(rows, a, b, facts["by"]), name=name, theme=theme)
    for i, words in enumerate(heads):
        pen.text(20, 30 + 22 * i, words, size=17, bold=True)
    x, y = Scale(-1, 1, 60, 60 + side), Scale(-1, 1, top + side, top)
    _ground(pen, x, y, width)
    _points(pen, x, y, rows)
    at = top + side + 56
    for words in foot:
        pen.text(20, at, words, "muted", 11)
        at += 15
    return pen.svg(standalone=standalone)


def _ground(pen: Drawing, x: Scale, y: Scale, width: float) -> None:
    pen.rect(x.start, y.end, x.end - x.start, y.start - y.end, None, "grid")
    for value in (-0.5, 0.5):
        pen.line(x(value), y.start, x(value), y.end, "grid")
        pen.line(x.start, y(value), x.end, y(value), "grid")
    pen.line(x(0), y.start, x(0), y.end, "muted")
    pen.line(x.start, y(0), x.end, y(0), "muted")
    for right, up, first, second in CORNERS:
        pen.text(x(0.5 * right), y(0.55 * up) - 3, first, "muted", 11, anchor="middle", halo=True)
        pen.text(x(0.5 * right), y(0.55 * up) + 12, second, "muted", 11, anchor="middle", halo=True)
    for value in (-1, -0.5, 0, 0.5, 1):
        pen.text(x(value), y.start + 16, shown(value), "muted", 11, anchor="middle")
        pen.text(x.start - 7, y(value) + 4, shown(value), "muted", 11, anchor="end")
    words = "balance of words: \u22121 all hostile, 1 all friendly" if width > 460 else "balance of words"
    pen.text((x.start + x.end) / 2, y.start + 34, words, size=12, anchor="middle")
    middle = (y.start + y.end) / 2
    pen.turned(22, middle, "balance of deeds" if width <= 460 else "balance of deeds: \u22121 all hostile, 1 all friendly")


def _points(pen: Drawing, x: Scale, y: Scale, rows: list[dict[str, Any]]) -> None:
    if not rows:
        pen.text((x.start + x.end) / 2, y(0.1), "no period has both words and deeds", "muted", 12, anchor="middle", halo=True)
        return
    places = [(x(r["words_balance"]), y(r["deeds_balance"])) for r in rows]
    for i, (one, two) in enumerate(pairwise(places)):
        pen.line(*one, *two, "muted", 0.6 + 0.8 * (i + 1) / len(places))
    most = max(r["groups"] for r in rows)
    for i, (r, (px, py)) in enumerate(zip(rows, places, strict=True)):
        note = f"{_when(r)}: words {shown(r['words_balance'], 2)}, deeds {shown(r['deeds_balance'], 2)}, n = {r['groups']}"
        radius = 2.5 + 5 * (r["groups"] / most) ** 0.5
        pen.circle(px, py, radius, "one", "paper", note=note, opacity=0.25 + 0.6 * (i + 1) / len(rows))
    last, (px, py) = rows[-1], places[-1]
    pen.line(x(last["words_low"]), py, x(last["words_high"]), py, "change", 2)
    pen.line(px, y(last["deeds_low"]), px, y(last["deeds_high"]), "change", 2)
    pen.circle(px, py, 5, "change", "paper")
    _names(pen, x, rows, places)


def _names(pen: Drawing, x: Scale, rows: list[dict[str, Any]], places: list[tuple[float, float]]) -> None:
    """Words at the last and the first point, and at the outermost ones, as far as they do not cover each other."""
    places_of = {key: [r[key] for r in rows] for key in ("words_balance", "deeds_balance")}
    outer = [values.index(end(values)) for values in places_of.values() for end in (min, max)]
    taken: list[tuple[float, float]] = []
    for i in dict.fromkeys([len(rows) - 1, 0, *outer]):
        px, py = places[i]
        if any(abs(px - tx) < 70 and abs(py - ty) < 14 for tx, ty in taken):
            continue
        taken.append((px, py))
        left = px > (x.start + x.end) / 2
        at, anchor = (px - 8, "end") if left else (px + 8, "start")
        pen.text(at, py - 9, _when(rows[i]), size=11, anchor=anchor, bold=i == len(rows) - 1, halo=True)


def _when(row: dict[str, Any]) -> str:
    first, last = row["period"], row["period_end"]
    days = (last - first).days
    if days > 360:
        return str(first.year)
    if days > 80:
        return f"{first.year} Q{(first.month + 2) // 3}"
    return f"{first:%b %Y}" if 27 <= days <= 30 else str(first.isoformat())


def _foot(every: list[dict[str, Any]], rows: list[dict[str, Any]], facts: dict[str, Any], source: str) -> str:
    groups = sum(r["groups"] for r in rows)
    words = f"n = {groups:,} events in {len(rows)} {facts['by']}s that have both words and deeds"
    words += f" (of {len(every)} {facts['by']}s). Balance: (friendly \u2212 hostile) / all. Larger points: more events;"
    words += " darker: later. Cross: the last period with its 95% intervals."
    if rows:
        read = sum(r["articles"] or 0 for r in every)
        what = f"{read:,} articles" if read else "imported event rows"
        words += f" Coverage: {what}, {every[0]['period'].isoformat()} to {every[-1]['period_end'].isoformat()}."
    return f"{words} Source: {source}." if source else words


def _described(rows: list[dict[str, Any]], a: str, b: str, by: str) -> str:
    if not rows:
        return f"No {by} of {a} and {b} has both words and deeds."
    last = rows[-1]
    return cut(
        f"Balance of words against balance of deeds of {a} and {b}, {len(rows)} {by}s; the last, {_when(last)}, has words "
        f"{last['words_balance']:.2f} and deeds {last['deeds_balance']:.2f}.",
        4000,
    )
