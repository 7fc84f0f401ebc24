"""A picture as PNG."""

from __future__ import annotations

import re
from pathlib import Path

from dragoman.errors import UsageError
from dragoman.measure.pictures.svg import FONT


def png(svg: str, scale: float = 2.0) -> bytes:
    """The picture as PNG, ``scale`` pixels a point; drawn by resvg with Source Sans Pro, so alike on every machine.

    Draw the SVG with the wanted ``theme`` and not ``standalone``: resvg knows no variables. Raises UsageError where the extra
    ``plots`` is not installed.
    """
    from importlib.util import find_spec

    font = find_spec("font_source_sans_pro")
    if find_spec("resvg_py") is None or font is None or not font.submodule_search_locations:
        raise UsageError("a PNG needs the extra plots: pip install 'dragoman[plots]'; an SVG needs nothing")
    import resvg_py

    files = Path(font.submodule_search_locations[0]) / "files"
    faces = [str(files / f"SourceSansPro-{face}.ttf") for face in ("Regular", "Semibold")]
    # Without a face of the machine's own: the same bytes everywhere, and never a picture that lost its words.
    drawn = svg.replace(f'font-family="{FONT}"', 'font-family="Source Sans Pro"')
    return bytes(
        resvg_py.svg_to_bytes(svg_string=drawn, width=round(_width(svg) * scale), skip_system_fonts=True, font_files=faces)
    )


def _width(svg: str) -> float:
    found = re.search(r'viewBox="0 0 ([\d.]+) ', svg)
    if found is None:
        raise UsageError("this is no picture of dragoman: its SVG has no viewBox")
    return float(found[1])
