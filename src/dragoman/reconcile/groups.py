"""Event groups: the mentions of one event, in one article or in many, made one event with its sources.

Two mentions are linked where ``sameness.match`` finds them to be of one event. Links make components (``clusters.reach``), and
each component is parted into groups, the surest links first, two parts only becoming one where a good share of their mentions
are linked with each other and their days agree: so A like B and B like C is not enough for A and C. Both steps depend on the
set of mentions alone; a batch that comes later joins, or joins together, what is there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from dragoman.reconcile.clusters import components, reach
from dragoman.reconcile.mentions import Mention, Window, looks_back, mention, window
from dragoman.reconcile.sameness import Match, Prepared, Reach, match, may_match, prepare, reach_of
from dragoman.settings import DEFAULT, Settings

__all__ = ["Joined", "Mention", "Window", "group", "mention"]

Links = dict[tuple[str, str], Match]


@dataclass(frozen=True, slots=True)
class Joined:
    """A row of the table ``groups``: which group an event belongs to and why.

    ``group`` is the id of the group's first event (by day of publication, then id); ``joined_to`` the event of the group that
    it was matched with, None for the first; ``score`` how sure that match is, None for the first. ``words`` is the mention's,
    to be kept for later batches.
    """

    event: str
    group: str
    joined_to: str | None
    reason: str
    score: float | None
    words: str


def group(
    new: Iterable[Mention],
    nearby: Callable[[Sequence[Window]], Iterable[Mention]] = lambda windows: (),
    *,
    settings: Settings = DEFAULT,
) -> tuple[Joined, ...]:
    """The rows of every group that the new mentions belong to, whole, in the order of the events' ids.

    Parameters: ``nearby`` gives the stored mentions of the windows it is asked for (the new ones may be among them); it is
    called once for a batch, again only where an old group reaches further. Each row replaces the stored one of its event: a
    new mention can join two old groups, whose rows then all come back.

    The result does not depend on the order of batches: after the last one, the rows are those that one call with all mentions
    gives (tests/reconcile/test_groups.py).
    """

    seen = _Seen({}, defaultdict(dict))

    def windows(one: Mention) -> Iterator[Window]:
        placed = seen.placed(one, settings)[1]
        found = window(one, placed.first, placed.last, settings)
        if found is not None:
            yield found

    mentions, links = reach(
        new,
        key=lambda one: one.id,
        windows=windows,
        nearby=nearby,
        links=lambda first, rest: _links(first, rest, settings, seen),
    )
    rows: list[Joined] = []
    found = components(sorted(mentions), links)
    place = {k: i for i, component in enumerate(found) for k in component}
    inside: list[Links] = [{} for _ in found]
    for pair, link in links.items():
        inside[place[pair[0]]][pair] = link
    for component, own in zip(found, inside, strict=True):
        for members in _parts([mentions[k] for k in component], own, settings):
            rows += _rows(members, own)
    return tuple(sorted(rows, key=lambda row: row.event))


def _order(one: Mention) -> tuple[str, str]:
    return (one.published.isoformat() if one.published else "9999"), one.id


# Links


@dataclass(frozen=True, slots=True)
class _Seen:
    """The mentions met so far, each with its pair and its days, and by pair: most are met again in the next round."""

    by_id: dict[str, tuple[tuple[str, str], Reach]]
    by_pair: dict[tuple[str, str], dict[str, Reach]]

    def placed(self, one: Mention, settings: Settings) -> tuple[tuple[str, str], Reach]:
        found = self.by_id.get(one.id)
        if found is None:
            found = self.by_id[one.id] = (one.pair, reach_of(one, settings))
            self.by_pair[found[0]][one.id] = found[1]
        return found


def _links(
    first: Sequence[Mention], rest: Sequence[Mention], settings: Settings, seen: _Seen
) -> Iterator[tuple[str, str, Match]]:
    """Matches of the first mentions among themselves and with the rest, pair by pair; together they are all mentions."""
    for one in (*first, *rest):
        if one.id not in seen.by_id:
            seen.placed(one, settings)
    asked = {one.id for one in first}
    for pair in sorted({seen.by_id[k][0] for k in asked}):
        every = sorted(seen.by_pair[pair].items())
        mine, others = ([placed for k, placed in every if (k in asked) is is_first] for is_first in (True, False))
        ready: dict[str, Prepared] = {}
        for p, q in _candidates(mine, others, settings):
            if may_match(p, q, settings):
                a, b = (p, q) if p.mention.id < q.mention.id else (q, p)
                found = match(_ready(a, ready), _ready(b, ready), settings)
                if found is not None:
                    yield a.mention.id, b.mention.id, found


def _ready(one: Reach, ready: dict[str, Prepared]) -> Prepared:
    """The mention made ready, once."""
    if one.mention.id not in ready:
        ready[one.mention.id] = prepare(one)
    return ready[one.mention.id]


def _candidates(mine: list[Reach], others: list[Reach], settings: Settings) -> Iterator[tuple[Reach, Reach]]:
    """Pairs that can be of one event: those of one article; of two, those whose days can meet, found by a sweep over the days,
    so that a pair of states with news on every day costs no more than its days."""
    every = [(one, True) for one in mine] + [(one, False) for one in others]
    yield from _within(every, lambda one: one.mention.document)
    slack = settings.group_slack_days
    dated = sorted((one.first, k, one, new) for k, (one, new) in enumerate(every) if one.first)
    alive: tuple[list[Reach], list[Reach]] = ([], [])  # those not new, of which no two are compared, and those new
    for first, _, one, new in dated:
        for kind in (False, True) if new else (True,):
            alive[kind][:] = [other for other in alive[kind] if other.last + slack >= first]
            for other in alive[kind]:
                if one.mention.document != other.mention.document:
                    yield one, other
        alive[new].append(one)
    fine = [(one, new) for one, new in every if one.fine and looks_back(one.mention)]
    for one, other in _within(fine, _calendar_day):  # one day of two years: a slip may be among them
        if abs(one.first - other.first) > slack and one.mention.document != other.mention.document:
            yield one, other


def _calendar_day(one: Reach) -> tuple[int, int]:
    day = one.mention.date_from
    return (day.month, day.day) if day is not None else (0, 0)


def _within(several: list[tuple[Reach, bool]], key: Callable[[Reach], Hashable]) -> Iterator[tuple[Reach, Reach]]:
    """Pairs that have one key, of which at least one is new."""
    by_key: dict[Hashable, list[tuple[Reach, bool]]] = {key(one): [] for one, new in several if new}
    for one, new in several:
        if (same := by_key.get(key(one))) is not None:
            same.append((one, new))
    for same in by_key.values():
        for (one, new), (other, newer) in combinations(same, 2):
            if new or newer:
                yield one, other


# Groups of a component


def _parts(component: list[Mention], links: Links, settings: Settings) -> Iterator[list[Mention]]:
    """The groups of a component: parts grow together along the surest links, where enough of their mentions are linked."""
    if len(component) == 1:
        yield component
        return
    by_id = {one.id: one for one in component}
    inside = sorted(links.items(), key=lambda item: (-item[1].score, item[0]))
    part = {one.id: k for k, one in enumerate(component)}
    members = {k: [one.id] for k, one in enumerate(component)}
    between: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for (a, b), _ in inside:
        between[part[a]][part[b]] += 1
        between[part[b]][part[a]] += 1
    changed = True
    while changed:
        changed = False
        for (a, b), _ in inside:
            x, y = part[a], part[b]
            if x == y or between[x][y] < settings.group_linked * len(members[x]) * len(members[y]):
                continue
            if len(members[x]) < len(members[y]):
                x, y = y, x
            for one in members[y]:
                part[one] = x
            members[x] += members.pop(y)
            for other, count in between.pop(y).items():
                between[other].pop(y, None)
                if other != x:
                    between[x][other] += count
                    between[other][x] += count
            changed = True
    for ids in members.values():
        yield [by_id[k] for k in ids]


def _rows(members: list[Mention], links: Links) -> Iterator[Joined]:
    """The rows of one group: each mention with the surest match among those already in, from the first on."""
    members = sorted(members, key=_order)
    name = members[0].id
    yield Joined(name, name, None, "first told", None, members[0].words)
    inside = [members[0]]
    waiting = members[1:]
    while waiting:
        best: tuple[float, int, int, Match] | None = None
        for k, one in enumerate(waiting):
            for i, other in enumerate(inside):
                found = links.get((one.id, other.id) if one.id <= other.id else (other.id, one.id))
                if found is not None and (best is None or (-found.score, k, i) < best[:3]):
                    best = (-found.score, k, i, found)
        assert best is not None, "a group grows along links"
        _, k, i, found = best
        one = waiting.pop(k)
        yield Joined(one.id, name, inside[i].id, found.reason, found.score, one.words)
        inside.append(one)
