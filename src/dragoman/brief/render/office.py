"""DOCX and PDF, each by an optional part that is named where it is missing."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from dragoman.archive.outside import clean, safe_url
from dragoman.brief.document import Brief
from dragoman.brief.render.html import page
from dragoman.brief.render.markdown import described, interval, marks, passages
from dragoman.errors import UsageError


def pdf(brief: Brief) -> bytes:
    """The HTML page, printed by weasyprint. Nothing is fetched: every address but inline data is refused."""
    try:
        from weasyprint import HTML
    except (ImportError, OSError) as error:
        raise UsageError(
            f"PDF needs the extra pdf (weasyprint), which is not usable here ({error}); pip install "
            f"'dragoman[pdf]', or write .html"
        ) from None

    def refuse(url: str, *_: Any, **__: Any) -> dict[str, Any]:
        raise ValueError(f"a brief loads nothing from outside, not {url}")

    return bytes(HTML(string=page(brief), url_fetcher=refuse).write_pdf())


def docx(brief: Brief) -> bytes:
    """Headings, sentences as a list with their sources, the sources and passages at the end."""
    try:
        import docx as python_docx
    except ImportError:
        raise UsageError("DOCX needs the extra docx (python-docx); pip install 'dragoman[docx]', or write .html") from None
    file = python_docx.Document()
    file.add_heading(clean(brief.title), 0)
    for line in brief.lead:
        file.add_paragraph(clean(line.text) + marks(line, brief))
    for section in brief.sections:
        file.add_heading(section.title, 1)
        if section.id == "standing":
            for x in brief.levels:
                file.add_paragraph(clean(f"{x.what}: {x.value:.2f} ({interval(x) or 'no interval'}) {x.trend or ''}"))
        for line in section.lines:
            paragraph = file.add_paragraph(clean(line.text), style="List Bullet")
            if line.note:
                paragraph.add_run(f" ({clean(line.note)})").italic = True
            paragraph.add_run(marks(line, brief))
        if not section.lines and section.empty:
            file.add_paragraph(section.empty)
    file.add_heading("Sources", 1)
    for source in brief.sources:
        file.add_paragraph(clean(f"{source.number}. {described(source)} {safe_url(source.url) or ''}"))
    file.add_heading("Passages", 1)
    for document, sentence, words in passages(brief):
        number = next(s.number for s in brief.sources if s.document == document)
        file.add_paragraph(clean(f"[{number}:{sentence}] {words}"))
    out = BytesIO()
    file.save(out)
    return out.getvalue()
