"""A brief as a file: HTML that stands alone, Markdown, JSON, DOCX, PDF."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dragoman.errors import UsageError

if TYPE_CHECKING:
    from dragoman.brief.document import Brief

FORMATS = ("html", "md", "json", "docx", "pdf")


def render(brief: Brief, form: str) -> bytes:
    """The bytes of a brief in one of ``FORMATS``. Raises UsageError for another, and where an extra is not installed."""
    from dragoman.brief.render import html, json, markdown, office

    makers: dict[str, Callable[[Brief], bytes]] = {
        "html": lambda b: html.page(b).encode("utf-8"),
        "md": lambda b: markdown.text(b).encode("utf-8"),
        "json": lambda b: json.text(b).encode("utf-8"),
        "docx": office.docx,
        "pdf": office.pdf,
    }
    if form not in makers:
        raise UsageError(f"{form!r} is no format of a brief; choose one of {', '.join(FORMATS)}")
    return makers[form](brief)
