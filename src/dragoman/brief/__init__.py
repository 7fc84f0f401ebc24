"""The backgrounder: rows of the archive chosen, told in sentences, checked against their passages, and printed."""

from __future__ import annotations

from dragoman.brief.compose import compose
from dragoman.brief.document import Brief, Level, Line, Passage, Section
from dragoman.brief.material import Material, gather
from dragoman.brief.question import Question, question
from dragoman.brief.render import FORMATS, render

__all__ = [
    "FORMATS",
    "Brief",
    "Level",
    "Line",
    "Material",
    "Passage",
    "Question",
    "Section",
    "compose",
    "gather",
    "question",
    "render",
]
