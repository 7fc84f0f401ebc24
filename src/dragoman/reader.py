"""``dm.load()`` and the Reader: every stage in order, from bytes to a Record. The one place that knows them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dragoman import codebook
from dragoman.codebook import events as event_codebook
from dragoman.coding import coder, times
from dragoman.coding.actors.resolver import Resolver
from dragoman.coding.encoder import MODELS
from dragoman.coding.events import rows as event_rows
from dragoman.coding.events import weighing
from dragoman.coding.events.article_context import Context
from dragoman.coding.findings import figures, instruments
from dragoman.coding.places.events import Places
from dragoman.coding.speech import statements
from dragoman.coding.speech.hearing import sources
from dragoman.coding.times.calendar import Calendar
from dragoman.errors import InputError, UsageError
from dragoman.read import Source, read
from dragoman.read.published import from_value
from dragoman.reconcile.discrepancies import discrepancies
from dragoman.records import Actor, Article, Attribution, Discard, Document, Record, Relation, Time
from dragoman.settings import DEFAULT, Settings

if TYPE_CHECKING:
    from os import PathLike

    Input = str | PathLike[str] | bytes | Document | Source


class Profile(NamedTuple):
    """The models of a profile, by their folders: ``articles`` makes records, ``parts`` answers what is asked by itself (given
    pairs, roles, attributions)."""

    articles: str
    parts: str


PROFILES = {"default": Profile("coder-wide-3", "coder-parts-1"), "fast": Profile("coder-fast-2", "coder-fast-2")}


def load(*, profile: str = "default", settings: Settings = DEFAULT) -> Reader:
    """A reader with its model loaded, safe to share between threads.

    ``profile`` is ``default`` (truth first) or ``fast`` (volume). Raises UsageError for another name, ModelError where a
    model's files are missing or damaged.
    """
    if profile not in PROFILES:
        raise UsageError(f"there is no profile {profile!r}; choose one of {', '.join(PROFILES)}")
    return Reader(profile, settings)


class Reader:
    """Reads articles into records. Build it with ``dm.load()``.

    Nothing in it changes after loading, so one reader serves many threads, and an article gives the same record in any batch.
    """

    def __init__(self, profile: str, settings: Settings) -> None:
        self.profile, self.settings = profile, settings
        self._codebook = codebook.load()
        self._resolver = Resolver(self._codebook)
        self._places = Places(self._codebook)
        self._coder = coder.load(MODELS / PROFILES[profile].articles, settings)
        self._weights = weighing.load(MODELS / PROFILES[profile].articles)
        self._versions = self._made_by()

    # Whole articles

    def read(self, source: Input, *, published: str | date | None = None) -> Record:
        """The record of one article: a path, the bytes of a file, or a Document.

        ``published`` goes before the article's own date. Raises InputError where the source cannot be read or holds several
        articles (then ``pipe`` reads them all).
        """
        articles = list(self._articles(source, published))
        if len(articles) != 1:
            raise InputError(
                f"found {len(articles)} articles, expected one; use reader.pipe([...]) to read them all", _name(source)
            )
        return self.code(articles[0])

    def read_text(self, text: str, title: str | None = None, published: str | date | None = None) -> Record:
        """The record of a text that is at hand."""
        return self.read(Document(text=text, title=title, published=_day(published)))

    def pipe(
        self,
        documents: Iterable[Input],
        *,
        published: str | date | None = None,
        failed: Callable[[InputError], None] | None = None,
    ) -> Iterator[Record]:
        """The records of many inputs, streaming and in order; a file of many articles gives one record for each.

        An input that cannot be read is given to ``failed`` as an InputError, and the others are still read; without ``failed``
        the error is raised when its turn comes, and reading ends there.
        """
        for source in documents:
            try:
                for article in self._articles(source, published):
                    yield self.code(article)
            except InputError as error:
                if failed is None:
                    raise
                failed(error)

    def code(self, article: Article) -> Record:
        """The record of an article that is already read. A text known to be in another language than English is not coded."""
        if article.language not in (None, "en"):
            return Record(self._versions, article, discards=article.discards)
        coded = self._coder.read(article)
        linked = coded.heard.linked()
        actors = self._resolver.article(article, coded.heard.countries, sources(linked))
        calendar = Calendar(article)
        said_rows, said = statements.statements(article, actors, linked)
        named = instruments.instruments(article, actors, date_of=calendar.date_of)
        context = Context(
            actors,
            calendar.date_of,
            lambda sentence, start, end: self._places.of(article, sentence, start, end),
            lambda start, end: statements.who_asserts(said, start, end),
            " ".join(next(iter(self._versions["models"].items()))),
            instruments.subjects(article, named),
            self._weights,
            dict.fromkeys(event_codebook.ROOTS, self.settings.event_threshold) | dict(self.settings.root_thresholds),
        )
        events, left_out, why = event_rows.events(article, [s.events for s in coded.sentences], context)
        counted = figures.figures(article, actors)
        clashes = discrepancies(article, actors, events, counted, calendar.times)
        spoken = (ref for s in said_rows for ref in (s.speaker, s.addressee) if ref is not None and ref.actor)
        refs = [*event_rows.in_order(events), *spoken]
        return Record(
            self._versions,
            article,
            actors.table(refs),
            events,
            said_rows,
            named,
            counted,
            clashes,
            _in_order([*article.discards, *left_out]),
            why,
        )

    def _articles(self, source: Any, published: str | date | None) -> Iterator[Article]:
        day = _day(published)
        when = None if day is None else from_value(day)
        if day is not None and when is None:
            raise UsageError(f"{day!r} is no publication date; expected one such as 2031-03-02")
        for article in read(source, self.settings):
            yield article if when is None else replace(article, published=when)

    def _made_by(self) -> dict[str, Any]:
        from importlib.metadata import version

        return {
            "version": version("dragoman"),
            "codebook": event_codebook.load().version,
            "profile": self.profile,
            "models": dict([PROFILES[self.profile].articles.rsplit("-", 1)]),
        }

    # Parts

    @cached_property
    def _parts(self) -> coder.Coder:
        """What answers for a part by itself, loaded when it is first asked: by most readers never."""
        profile = PROFILES[self.profile]
        return self._coder if profile.parts == profile.articles else coder.load(MODELS / profile.parts, self.settings)

    def relations(self, items: Sequence[tuple[str, tuple[int, int] | None, tuple[int, int] | None]]) -> list[Relation]:
        """For each (sentence, source span, target span) the relation between the two; an empty or None span is an actor
        without words."""
        for sentence, *spans in items:
            for span in spans:
                if span is not None and not 0 <= span[0] <= span[1] <= len(sentence):
                    raise UsageError(
                        f"the span {span} is not inside a sentence of {len(sentence)} characters; give half-open offsets"
                    )
        return [self._parts.events.judge(sentence, source, target) for sentence, source, target in items]

    def roles(self, sentences: Sequence[str]) -> list[list[tuple[tuple[int, int], tuple[int, int], str, float]]]:
        """For each sentence its (source span, target span, root, score), best first; character offsets into the sentence."""
        return [self._parts.events.roles(s) for s in sentences]

    def times(self, text: str, published: str | date | None = None) -> list[Time]:
        """Every time expression of a text with its calendar interval, both ends None where it cannot be anchored."""
        return times.times(text, _day(published))

    def attributions(self, text: str) -> list[Attribution]:
        """Who says what: source, cue and content as character spans, over sentence borders."""
        return self._parts.attributor.attributions(text)

    def actor(self, text: str, on: str | date | None = None) -> Actor | None:
        """The actor that a phrase names, with the role valid on a day; None where the words name nobody."""
        return self._resolver.actor(text, on)


def _name(source: Any) -> str | None:
    return str(source) if isinstance(source, (str, Path)) else None


def _day(published: str | date | None) -> str | None:
    return published.isoformat() if isinstance(published, date) else published


def _in_order(discards: Sequence[Discard]) -> tuple[Discard, ...]:
    return tuple(sorted(discards, key=lambda d: (d.start, d.end, d.stage, d.reason, d.detail or "")))
