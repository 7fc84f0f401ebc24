"""Near-copies: one text in many outlets, its rewrites and its updates.

An article becomes a ``Text``: its day, its outlet and a sketch of fixed size (MinHash: Broder 1997) of two sets, the runs of
three words in its sentences and its facts (names and numbers). Two sketches tell how much of the shorter text stands in the
longer one, so an archive keeps sketches and compares no texts. Only what two texts say decides whether they are linked, and the
clusters are made anew from the links, so they are the same in whatever order the articles come.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy
from numpy.typing import NDArray
from rensa import RMinHash

from dragoman.reconcile.clusters import components, reach, stretches
from dragoman.records import Article
from dragoman.settings import DEFAULT, Settings

Kind = Literal["copy", "rewrite", "update"]

_VERSION = 2
_RUNS, _FACTS = 128, 128  # hashes of each sketch: an estimate of one half is right within .09 (two standard errors)
_SEED = 20
_HEAD = struct.Struct("<BBxxII")
_AT_ONCE = 1_024  # pairs of sketches compared at a time: as many as stay near the processor
_CALENDAR = 2 * date.max.toordinal()
_BYTES = _HEAD.size + 4 * (_RUNS + _FACTS)
_WORD = re.compile(r"[^\W\d_][\w’'-]*|\d[\d.,]*\d|\d")
_NAME = re.compile(r"(?<=[a-z,;] )[A-ZÀ-Þ][\w-]+|\b\d[\d.,]*\d\b|\b\d\b")
_LINE_OF_THE_HOUSE = re.compile(
    r"\b(?:reporting|writing|editing|additional reporting|edited|compiled|produced) by\b|all rights reserved|copyright|©|"
    r"\b(?:subscribe|newsletter|sign up|follow us|click here|read more|cookies|breaking news|live updates|this story)\b|"
    r"\b(?:contributed to this report|is developing|more to follow|check back)\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"^\W*(?:update[ds]?\b|\d(?:st|nd|rd|th)\s+(?:lead|update|ld)\b|correct(?:ed|s|ion)\b|recasts\b|refiles?\b|wrap-?up\b)"
    r"|\b(?:corrects|recasts|adds (?:details|quotes?|background|comments?|reaction)|"
    r"this (?:article|story|report) (?:has been|was) (?:updated|corrected|amended))\b",
    re.IGNORECASE,
)

Sketches = NDArray[numpy.uint32]
Numbers = NDArray[numpy.int64]
Shares = NDArray[numpy.float64]


@dataclass(frozen=True, slots=True)
class Text:
    """What is kept of an article for comparing it: ``published`` is an ISO day or None, ``sketch`` bytes of fixed length."""

    document: str
    published: str | None
    outlet: str | None
    sketch: bytes


@dataclass(frozen=True, slots=True)
class Days:
    """Texts published on these days, both ends included; both None for the texts without a day."""

    from_: str | None
    to: str | None


@dataclass(frozen=True, slots=True)
class Copy:
    """A row of the table ``copies``: ``document`` tells the text of ``of``, the earliest of its cluster.

    ``kind`` is copy (nothing new in it), rewrite (told in other words, or a part of it), or update (the text with later news in
    it). ``similarity`` is the estimated share (0 to 1) of one text that stands in the other, or of the facts of both, whichever
    is largest. ``newest`` marks the last update of a cluster: where the texts differ, its rows hold and the others stay as they
    are; where no row of a cluster is marked, the original's hold.
    """

    document: str
    of: str
    kind: Kind
    similarity: float
    newest: bool


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two texts agree: shares of the first's and of the second's runs in the other, and of the facts (Jaccard)."""

    first: float
    second: float
    facts: float

    @property
    def similarity(self) -> float:
        return round(max(self.first, self.second, self.facts), 3)


def text_of(article: Article) -> Text:
    """The ``Text`` of an article that was read."""
    day = article.published.from_ if article.published and article.published.precision == "day" else None
    return Text(article.id, day, article.outlet, sketch(article))


def sketch(article: Article) -> bytes:
    """The article's sketch: what it adds to a store is 1,036 bytes.

    Lines of the house ("Reporting by", "Subscribe to") and headings are left out, so that articles of one outlet are not alike
    by them.
    """
    runs: set[str] = set()
    facts: set[str] = set()
    words = 0
    for sentence in article.sentences:
        text = article.text[sentence.start : sentence.end]
        if sentence.kind not in ("title", "body") or _LINE_OF_THE_HOUSE.search(text):
            continue
        found = [word.lower() for word in _WORD.findall(text)]
        words += len(found)
        runs.update(" ".join(found[k : k + 3]) for k in range(len(found) - 2))
        facts.update(name.lower() for name in _NAME.findall(text))
    changed = bool(_CHANGED.search(article.title or "") or _CHANGED.search(article.text[:300]))
    head = _HEAD.pack(_VERSION, changed, len(runs), len(facts))
    hashed = (*_hashes(runs, _RUNS), *_hashes(facts, _FACTS))
    return head + numpy.asarray(hashed, dtype="<u4").tobytes()


def _hashes(items: set[str], count: int) -> list[int]:
    hashed = RMinHash(num_perm=count, seed=_SEED)
    hashed.update(sorted(items))
    return list(hashed.digest())


@dataclass(frozen=True, slots=True)
class Clusters:
    """The clusters that new texts belong to, whole.

    ``rows`` are in the order of the documents' ids and replace every stored row of a document named in them; ``originals`` are
    the other documents of these clusters, of which a stored row, if there is one, no longer holds.
    """

    rows: tuple[Copy, ...]
    originals: tuple[str, ...]


def link(
    new: Iterable[Text],
    nearby: Callable[[Sequence[Days]], Iterable[Text]] = lambda days: (),
    *,
    settings: Settings = DEFAULT,
) -> Clusters:
    """Which of the new texts, and of the stored ones they touch, tell the same text.

    Parameters: ``nearby`` gives the stored texts published in any of the ``Days`` it is asked for (the new ones may be among
    them); it is called once for a batch, again only where an old cluster reaches further back. A text without a day is compared
    with other texts without one.
    """

    def windows(text: Text) -> Iterator[Days]:
        if text.published is None:
            yield Days(None, None)
            return
        day = date.fromisoformat(text.published)
        reach = timedelta(days=settings.copy_days)
        yield Days((day - reach).isoformat(), (day + reach).isoformat())

    texts, likeness = reach(
        new,
        key=lambda text: text.document,
        windows=windows,
        nearby=lambda days: nearby(_joined(days)),
        links=lambda first, rest: _links(first, rest, settings),
    )
    rows: list[Copy] = []
    for cluster in components(sorted(texts), likeness):
        if len(cluster) > 1:
            rows += _stars(sorted((texts[k] for k in cluster), key=_order), likeness, settings)
    told = {row.document for row in rows}
    return Clusters(tuple(sorted(rows, key=lambda row: row.document)), tuple(k for k in sorted(texts) if k not in told))


def _joined(days: Sequence[Days]) -> list[Days]:
    """Overlapping stretches of days made one, so that the store is asked for few."""
    joined: list[Days] = []
    for one in sorted(days, key=lambda d: (d.from_ or "", d.to or "")):
        if joined and one.from_ is not None and joined[-1].to is not None and one.from_ <= joined[-1].to:
            joined[-1] = Days(joined[-1].from_, max(joined[-1].to, one.to or ""))
        else:
            joined.append(one)
    return joined


def _order(text: Text) -> tuple[str, bool, str]:
    """Earliest first; of one day, those that call themselves updated or corrected last."""
    return text.published or "", _head(text)[1], text.document


def _head(text: Text) -> tuple[int, bool, int, int]:
    version, changed, runs, facts = _HEAD.unpack_from(text.sketch)
    return version, bool(changed), runs, facts


# Links


def _links(first: Sequence[Text], rest: Sequence[Text], settings: Settings) -> Iterator[tuple[str, str, Likeness]]:
    """The likeness of every linked pair, sides in the order of the documents' ids."""
    near = _near({text.published for text in first}, settings.copy_days)
    texts = [
        text
        for text in (*first, *(text for text in rest if text.published in near))
        if len(text.sketch) == _BYTES and text.sketch[0] == _VERSION
    ]
    here = sum(len(text.sketch) == _BYTES and text.sketch[0] == _VERSION for text in first)
    if here == 0 or len(texts) < 2:
        return
    sketches = numpy.frombuffer(b"".join(text.sketch for text in texts), dtype="<u4").reshape(len(texts), -1)
    runs, facts, hashes = sketches[:, 1].astype(float), sketches[:, 2].astype(float), sketches[:, _HEAD.size // 4 :]
    days = numpy.array([date.fromisoformat(t.published).toordinal() if t.published else 0 for t in texts])
    a, b = _candidates(hashes, days, here, facts >= settings.rewrite_count, settings.copy_days)
    short = hashes.astype(numpy.uint8)  # what agrees in hashes agrees in their last bytes: most pairs are left out by these
    for start in range(0, len(a), _AT_ONCE):
        i, j = a[start : start + _AT_ONCE], b[start : start + _AT_ONCE]
        likely = _agree(short[i] == short[j], runs, facts, i, j, settings)[3]
        i, j = i[likely], j[likely]
        *shares, same_facts, likely = _agree(hashes[i] == hashes[j], runs, facts, i, j, settings)
        for k in numpy.flatnonzero(likely):
            likeness = Likeness(float(shares[0][k]), float(shares[1][k]), float(same_facts[k]))
            x, y = texts[i[k]], texts[j[k]]
            sizes, known = (int(runs[i[k]]), int(runs[j[k]])), (int(facts[i[k]]), int(facts[j[k]]))
            if _linked(likeness, sizes, known, int(abs(days[i[k]] - days[j[k]])), settings):
                if x.document < y.document:
                    yield x.document, y.document, likeness
                else:
                    yield y.document, x.document, Likeness(likeness.second, likeness.first, likeness.facts)


def _agree(
    same: NDArray[numpy.bool_], runs: Shares, facts: Shares, i: Numbers, j: Numbers, settings: Settings
) -> tuple[Shares, Shares, Shares, NDArray[numpy.bool_]]:
    """For pairs (i, j), by which hashes are the same: shares of the first's and of the second's runs in the other, share of the
    facts, and whether that is enough to look closer."""
    alike, same_facts = _shares_of(same[:, :_RUNS]), _shares_of(same[:, _RUNS:]) * ((facts[i] > 0) & (facts[j] > 0))
    common = alike * (runs[i] + runs[j]) / (1 + alike)
    first, second = (numpy.minimum(1.0, common / numpy.maximum(1.0, runs[k])) for k in (i, j))
    likely = (numpy.maximum(first, second) >= settings.copy_share) | (same_facts >= settings.rewrite_facts)
    return first, second, same_facts, likely


def _near(days: set[str | None], apart: int) -> set[str | None]:
    """The days at most so many days from one of these; None, no day, is near itself."""
    ordinals = {date.fromisoformat(day).toordinal() for day in days if day is not None}
    around = {k for day in ordinals for k in range(max(1, day - apart), min(date.max.toordinal(), day + apart) + 1)}
    return {date.fromordinal(k).isoformat() for k in around} | ({None} & days)


def _candidates(
    hashes: Sketches, days: Numbers, here: int, telling: NDArray[numpy.bool_], apart: int
) -> tuple[Numbers, Numbers]:
    """Pairs (a, b) at most ``apart`` days apart that agree in two neighbouring hashes of runs or three of facts, one of them
    among the first ``here`` (locality-sensitive hashing: Leskovec, Rajaraman and Ullman 2014, chapter 3).

    A text and one three times as long that holds it (a third of all runs in common) meet in one of 64 bands with a probability
    of .999, two with facts alike at .65 in one of 42. Facts count only for the texts that are ``telling``. A text without a day
    has day 0.
    """
    n = len(hashes)
    found = [numpy.empty(0, dtype=numpy.int64)]
    every, able = numpy.arange(n), numpy.flatnonzero(telling)
    columns = numpy.ascontiguousarray(hashes.T)
    for k in (*range(0, _RUNS, 2), *range(_RUNS, _RUNS + _FACTS - 2, 3)):
        band = columns[k].astype(numpy.uint64) << numpy.uint64(32) | columns[k + 1]
        if k >= _RUNS:
            band = (band ^ columns[k + 2] * numpy.uint64(0x9E3779B97F4A7C15))[able]
        found.append(_meeting(every if k < _RUNS else able, band, days, n, here, apart))
    pairs = numpy.sort(numpy.concatenate(found))
    pairs = pairs[numpy.flatnonzero(numpy.diff(pairs, prepend=-1))]
    return pairs // n, pairs % n


def _meeting(who: Numbers, band: NDArray[numpy.uint64], days: Numbers, n: int, here: int, apart: int) -> Numbers:
    """Pairs of ``n`` texts, one of them among the first ``here``, that have one number in a band within so many days, a pair
    (a, b) as a * n + b. In the order of numbers and days each text meets a stretch of its neighbours."""
    new = int(numpy.searchsorted(who, here))
    asked = numpy.sort(band[:new])
    if not len(asked):
        return numpy.empty(0, dtype=numpy.int64)
    at = numpy.minimum(numpy.searchsorted(asked, band), len(asked) - 1)
    some = numpy.flatnonzero(asked[at] == band)  # the new ones are among them
    place = at[some] * _CALENDAR + days[who[some]]  # the days of two numbers lie too far apart to meet
    order = numpy.argsort(place)
    met, place = who[some][order], place[order]
    mine = numpy.flatnonzero(met < here)
    first, end = numpy.searchsorted(place, place[mine] - apart), numpy.searchsorted(place, place[mine] + apart, "right")
    whose, places = stretches(first, end)
    one, other = met[mine[whose]], met[places]
    pairs: Numbers = (numpy.minimum(one, other) * n + numpy.maximum(one, other))[one != other]
    return pairs


def _linked(likeness: Likeness, sizes: tuple[int, int], facts: tuple[int, int], apart: int, settings: Settings) -> bool:
    """Whether two texts are one: by their runs, where their facts do not tell them apart, or by their facts alone.

    Interviews with the same questions and reports on two elections share runs and not facts; a follow-up repeats a paragraph
    and has facts of its own; a rewrite shares hardly a run and nearly all facts. A text much shorter is part of a round-up.
    """
    small, large = min(sizes), max(sizes)
    if small < settings.copy_runs:
        return min(likeness.first, likeness.second) >= settings.copy_short
    if large > settings.copy_growth * small:
        return False
    fewer = min(facts)
    held = likeness.facts * sum(facts) / (1 + likeness.facts) / max(1, fewer)  # of the facts of the one that has fewer
    if max(likeness.first, likeness.second) >= settings.copy_share:
        return fewer < settings.rewrite_count or held >= settings.copy_facts
    return apart <= settings.rewrite_days and likeness.facts >= settings.rewrite_facts and fewer >= settings.rewrite_count


def _shares_of(same: NDArray[numpy.bool_]) -> NDArray[numpy.float64]:
    """The share of each row that is true. Eight columns of bytes are added at a time, none of which comes to 256."""
    eights = numpy.ascontiguousarray(same).view(numpy.uint64).sum(axis=1)
    shares: NDArray[numpy.float64] = eights.view(numpy.uint8).reshape(len(same), 8).sum(axis=1) / same.shape[1]
    return shares


# Clusters


def _stars(cluster: Sequence[Text], likeness: Mapping[tuple[str, str], Likeness], settings: Settings) -> Iterator[Copy]:
    """Rows of one component: each text, the earliest first, goes to the earlier original it is most like; without one it is an
    original itself. So a background paragraph that wanders from story to story makes no chain."""
    members: dict[str, list[tuple[Text, Kind, float]]] = {}
    for text in cluster:
        heads = [(shares.similarity, head, shares) for head in members if (shares := _shares(head, text.document, likeness))]
        if not heads:
            members[text.document] = []
            continue
        best = max(score for score, _, _ in heads)
        head, shares = next((head, shares) for score, head, shares in heads if score == best)
        members[head].append((text, _kind(shares, _head(text)[1], settings), best))
    for head, rest in members.items():
        updates = [text.document for text, kind, _ in rest if kind == "update"]
        for text, kind, score in rest:
            yield Copy(text.document, head, kind, score, text.document in updates[-1:])


def _shares(original: str, later: str, likeness: Mapping[tuple[str, str], Likeness]) -> Likeness | None:
    """The likeness with the original's share first."""
    if original < later:
        return likeness.get((original, later))
    found = likeness.get((later, original))
    return found and Likeness(found.second, found.first, found.facts)


def _kind(likeness: Likeness, changed: bool, settings: Settings) -> Kind:
    """What a later text is to the original, by the shares of the original in it (first) and of it in the original (second)."""
    if likeness.second >= settings.copy_whole and not changed:
        return "copy"
    if changed or (likeness.first >= settings.update_share and likeness.second < settings.copy_whole):
        return "update"
    return "rewrite"
