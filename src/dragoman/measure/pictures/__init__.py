"""Pictures of measures, drawn as SVG by the package's own small hand: the same bytes on every machine, in milliseconds.

``svg`` has the pen and the colours, ``scales`` the axes, ``lettering`` the words, ``png`` turns a picture into pixels; each
other module draws one kind of picture and returns the SVG as text.
"""

from __future__ import annotations
