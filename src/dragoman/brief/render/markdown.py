"""A brief as Markdown: sentences with numbered sources, the passages at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.archive.outside import clean, safe_url
from dragoman.brief.document import Brief, Level, Line, Source
from dragoman.brief.english import iso_words

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")


CAPTION = (
    "Mean intensity of the events that can be put in a year, from -10 (conflict) to 10 (cooperation), "
    "with its 95 percent interval"
)


def text(brief: Brief) -> str:
    return "\n".join(_parts(brief)).rstrip() + "\n"


def escape(words: str) -> str:
    return _SPECIAL.sub(r"\\\1", clean(words))


def _parts(brief: Brief) -> Iterator[str]:
    yield f"# {escape(brief.title)}\n"
    for line in brief.lead:
        yield f"**{escape(line.text)}**{marks(line, brief)}  "
    for section in brief.sections:
        yield f"\n## {section.title}\n"
        if section.id == "standing" and brief.levels:
            yield from _table(brief.levels)
        for line in section.lines:
            yield f"- {escape(line.text)}{note(line)}{marks(line, brief)}"
        if not section.lines:
            yield section.empty
    yield "\n## Sources\n"
    for source in brief.sources:
        url = safe_url(source.url)
        link = f" <{url}>" if url else ""
        yield f"{source.number}. {escape(described(source))}{link}"
    yield "\n## Passages\n"
    for document, sentence, words in passages(brief):
        number = next(s.number for s in brief.sources if s.document == document)
        yield f"- [{number}:{sentence}] {escape(words)}"
    yield f"\n{escape(brief.made_by)}"


def _table(levels: tuple[Level, ...]) -> Iterator[str]:
    yield f"{CAPTION}:\n"
    yield "| | level | interval | trend |\n|---|---|---|---|"
    for level in levels:
        yield f"| {escape(level.what)} | {level.value:.2f} | {interval(level)} | {level.trend or ''} |"
    yield ""


def interval(level: Level) -> str:
    return "" if level.low is None or level.high is None else f"{level.low:.2f} to {level.high:.2f}"


def marks(line: Line, brief: Brief) -> str:
    """`` [1:4] [2:0]``: article and sentence of every passage."""
    return "".join(f" [{brief.number(p)}:{p.sentence}]" for p in line.passages[:6])


def note(line: Line) -> str:
    more = f"{line.sources} sources" if line.sources > 1 else ""
    both = "; ".join(filter(None, (line.note, more)))
    return f" *({escape(both)})*" if both else ""


def described(source: Source) -> str:
    day = iso_words(source.published) if source.published else "undated"
    return ", ".join(filter(None, (source.title or "untitled", source.outlet, day)))


def passages(brief: Brief) -> list[tuple[str, int, str]]:
    """Every passage cited, in the order of the sources: article, number of the sentence, words."""
    order = {s.document: s.number for s in brief.sources}
    found = {(p.document, p.sentence): p.words for line in brief.lines() for p in line.passages}
    return [(d, i, " ".join(found[d, i].split())) for d, i in sorted(found, key=lambda key: (order[key[0]], key[1]))]
