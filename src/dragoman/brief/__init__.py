"""The backgrounder: rows of the archive chosen, told in sentences, checked against their passages, and printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.brief.compose import compose
from dragoman.brief.document import Brief, Level, Line, Passage, Section
from dragoman.brief.gathering import gather
from dragoman.brief.material import Material
from dragoman.brief.question import Question, question
from dragoman.brief.render import FORMATS, render
from dragoman.settings import DEFAULT, Settings

if TYPE_CHECKING:
    from dragoman.archive.archive import Archive

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
    "make",
    "question",
    "render",
]


def make(archive: Archive, asked: Question, settings: Settings = DEFAULT) -> Brief:
    """The brief of a question from an archive: gathered, measured, written and verified.

    >>> brief.make(Archive("relations"), brief.question("CHN", "RUS"))       # doctest: +SKIP
    """
    from dragoman.brief.levels import measured

    with archive.connection() as connection:
        material = gather(connection, asked, settings)
    levels, trend = measured(archive, asked, settings)
    return compose(material, settings, levels=levels, trend=trend)
