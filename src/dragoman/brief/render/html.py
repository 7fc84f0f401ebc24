"""A brief as one HTML file: nothing is loaded from outside, everything from articles is escaped, and it prints well."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from dragoman.archive.outside import safe_url
from dragoman.brief.document import Brief, Level, Line, Section
from dragoman.brief.english import iso_words
from dragoman.brief.render.markdown import CAPTION, described, interval, passages

STYLE = """
:root { --ink: #1c1c1a; --soft: #595955; --rule: #d8d5cc; --paper: #fffefb; --link: #0b4f8a; --tag: #f1efe8; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ecebe6; --soft: #b3b1a9; --rule: #45443f; --paper: #1b1b19; --link: #8ec1f0; --tag: #2b2a27; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 17px/1.55 Georgia, "Times New Roman", serif; }
main { max-width: 44rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 1rem; }
h2 { font-size: 1.15rem; margin: 2.2rem 0 .5rem; padding-bottom: .2rem; border-bottom: 1px solid var(--rule); }
p, ul, ol { margin: .4rem 0; }
ul { padding-left: 1.1rem; } li { margin: .45rem 0; }
.lead { font-size: 1.12rem; }
.made, .empty, .note, .where { color: var(--soft); font-size: .85rem; }
.note { background: var(--tag); border-radius: .2rem; padding: 0 .35rem; }
a { color: var(--link); text-underline-offset: .15em; }
sup { font: .68rem/1 Arial, Helvetica, sans-serif; white-space: nowrap; }
sup a { text-decoration: none; padding: .1rem; }
caption { text-align: left; color: var(--soft); font-size: .85rem; }
table { border-collapse: collapse; font-size: .9rem; min-width: 75%; }
th, td { text-align: left; padding: .2rem .9rem .2rem 0; border-bottom: 1px solid var(--rule); }
td.n { text-align: right; font-variant-numeric: tabular-nums; }
.passages { font-size: .9rem; } .passages p { margin: .5rem 0; } .passages :target { background: var(--tag); }
blockquote { margin: .3rem 0 .3rem 1rem; }
@media print {
  :root { --ink: #000; --soft: #333; --rule: #999; --paper: #fff; --link: #000; --tag: #fff; }
  body { font-size: 10.5pt; } main { max-width: none; padding: 0; } h2 { break-after: avoid; } li { break-inside: avoid; }
}
@page { margin: 22mm 20mm; @bottom-center { content: counter(page); font-size: 9pt; } }
"""


def page(brief: Brief) -> str:
    """The whole file."""
    return "\n".join(
        (
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            f"<title>{escape(brief.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>",
            *_body(brief),
            "</main>\n</body>\n</html>\n",
        )
    )


def _body(brief: Brief) -> Iterator[str]:
    yield f"<h1>{escape(brief.title)}</h1>"
    if brief.lead:
        yield f'<p class="lead">{" ".join(_sentence(line, brief) for line in brief.lead)}</p>'
    for section in brief.sections:
        yield f'<section id="{escape(section.id)}">\n<h2>{escape(section.title)}</h2>'
        if section.id == "standing" and brief.levels:
            yield _levels(brief.levels)
        yield _lines(section, brief)
        yield "</section>"
    yield '<section id="sources">\n<h2>Sources</h2>\n<ol>'
    for source in brief.sources:
        name = escape(described(source))
        url = safe_url(source.url)
        yield f'<li><a href="{escape(url)}" rel="noreferrer">{name}</a></li>' if url else f"<li>{name}</li>"
    yield '</ol>\n</section>\n<section id="passages" class="passages">\n<h2>Passages</h2>'
    for document, sentence, words in passages(brief):
        number = next(s.number for s in brief.sources if s.document == document)
        yield (f'<p id="p{number}-{sentence}"><span class="where">[{number}] sentence {sentence}</span> {escape(words)}</p>')
    yield f'</section>\n<p class="made">{escape(brief.made_by)}</p>'


def _lines(section: Section, brief: Brief) -> str:
    if not section.lines:
        return f'<p class="empty">{escape(section.empty)}</p>' if section.empty else ""
    if section.id in ("coverage", "standing"):
        return f"<p>{' '.join(_sentence(line, brief) for line in section.lines)}</p>"
    return "<ul>\n" + "\n".join(f"<li>{_sentence(line, brief)}</li>" for line in section.lines) + "\n</ul>"


def _sentence(line: Line, brief: Brief) -> str:
    """The sentence, its label and the marks of its passages; the mark's title tells article and date."""
    more = f"{line.sources} sources" if line.sources > 1 else None
    label = "; ".join(filter(None, (line.note, more)))
    note = f' <span class="note">{escape(label)}</span>' if label else ""
    marks = []
    for p in line.passages[:6]:
        number = brief.number(p)
        day = iso_words(p.published) if p.published else "undated"
        about = escape(f"{p.title or 'untitled'}, {day}, sentence {p.sentence}")
        marks.append(f'<a href="#p{number}-{p.sentence}" title="{about}">[{number}:{p.sentence}]</a>')
    return f"{escape(line.text)}{note}" + (f"<sup>{' '.join(marks)}</sup>" if marks else "")


def _levels(levels: tuple[Level, ...]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(x.what)}</th><td class="n">{x.value:.2f}</td><td class="n">{interval(x)}</td>'
        f"<td>{escape(x.trend or '')}</td></tr>"
        for x in levels
    )
    head = '<tr><td></td><th scope="col">level</th><th scope="col">interval</th><th scope="col">trend</th></tr>'
    return f"<table><caption>{CAPTION}</caption>{head}{rows}</table>"
