"""Words in a picture: how wide they run, where they break, and figures as people write them."""

from __future__ import annotations

_WIDEST = 1.06  # of width_of: what DejaVu Sans needs, the widest of FONT; a line of text that overruns is cut off
_NARROW, _WIDE = frozenset("iljtfrI.,:;|!'()[] -"), frozenset("mwMW@%—…")


def shown(value: float, digits: int = 1) -> str:
    """A figure for people: thousands apart, a true minus, no needless decimals."""
    text = f"{value:,.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", "\u2212") if text not in ("-0", "") else "0"


def width_of(text: str, size: float = 12) -> float:
    """Roughly how wide a text runs, in pixels; a little more than most sans-serif faces need."""
    units = (0.34 if c in _NARROW else 0.9 if c in _WIDE else 0.68 if c.isupper() else 0.57 for c in text)
    return sum(units) * size


def wrapped(text: str, width: float, size: float = 12) -> list[str]:
    """The text in lines that fit a width, broken at spaces."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, size) * _WIDEST > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def cut(text: str, width: float, size: float = 12) -> str:
    """The text, shortened with an ellipsis where it is wider."""
    if width_of(text, size) <= width:
        return text
    while text and width_of(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"
