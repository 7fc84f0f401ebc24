"""A light pen for charts: shapes, colours, text that is always escaped.

Colours are those of Okabe and Ito (2008), told apart by the colour-blind; what colour says is said by a label or a pattern too.
Every shape carries its colour as an attribute, which prints safely on white paper, and a class (``f-`` for its fill, ``s-`` for
its stroke), by which the rules of ``css()`` recolour it on a dark screen. A picture inside a page needs no style of its own,
so a strict content security policy can stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

FONT = "system-ui, 'Segoe UI', 'Liberation Sans', Arial, 'DejaVu Sans', sans-serif"
# role: (on paper, on a dark screen)
COLOURS = {
    "paper": ("#ffffff", "#16191d"),
    "ink": ("#1b1b1b", "#ececec"),
    "muted": ("#595959", "#adb3ba"),
    "grid": ("#dcdcdc", "#363c44"),
    "empty": ("#c8c8c8", "#4a515a"),
    "cooperation": ("#0072b2", "#56b4e9"),
    "cooperation-pale": ("#9cc9e4", "#2b6d94"),
    "conflict": ("#d55e00", "#f08a3c"),
    "conflict-pale": ("#f2bd97", "#96531d"),
    "words": ("#009e73", "#3ec79e"),
    "deeds": ("#8a4f7d", "#cc79a7"),
    "change": ("#8a4f7d", "#cc79a7"),
    "level": ("#1b1b1b", "#ececec"),
    "band": ("#c9d3dc", "#3b4856"),
    "one": ("#0072b2", "#56b4e9"),
    "two": ("#d55e00", "#f08a3c"),
    "three": ("#009e73", "#3ec79e"),
    "four": ("#cc79a7", "#e3a2c6"),
    "five": ("#e69f00", "#f0b83f"),
    "six": ("#56b4e9", "#9ad2f2"),
    "seven": ("#f0e442", "#f5ec7d"),
}
THEMES = ("light", "dark")


def css(prefix: str = "") -> str:
    """Rules that recolour pictures by variables ``--dm-ROLE``: dark ones where the reader's screen is dark or the page sets
    ``data-theme="dark"``, and those for paper again in print. ``prefix`` is a selector that pictures lie under."""
    light = "".join(f"--dm-{role}:{pair[0]};" for role, pair in COLOURS.items())
    dark = "".join(f"--dm-{role}:{pair[1]};" for role, pair in COLOURS.items())
    at = f"{prefix} " if prefix else ""
    rules = "".join(f"{at}.f-{r}{{fill:var(--dm-{r})}}{at}.s-{r}{{stroke:var(--dm-{r})}}" for r in COLOURS)
    return (
        f":root{{{light}}}@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}"
        f":root[data-theme=dark]{{{dark}}}@media print{{:root,:root[data-theme]{{{light}}}}}{rules}"
    )


def number(x: float) -> str:
    """A coordinate: two decimals at most, so that the bytes do not hang on the last bit of a sum."""
    text = f"{x:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


class Drawing:
    """A picture in the making. Roles name colours (``COLOURS``); coordinates are pixels from the top left corner.

    ``name`` makes the ids of its patterns its own, so that several pictures can stand in one page.
    """

    def __init__(
        self, width: float, height: float, title: str, description: str, *, name: str = "p", theme: str = "light"
    ) -> None:
        self.width, self.height = width, height
        self.title, self.description, self.name = title, description, name
        self._theme = THEMES.index(theme)
        self._shapes: list[str] = []
        self._patterns: dict[str, str] = {}

    def colour(self, role: str) -> str:
        return COLOURS[role][self._theme]

    def _paint(self, fill: str | None, stroke: str | None) -> str:
        classes, out = [], ""
        if fill is None:
            out += ' fill="none"'
        elif fill.startswith("url("):
            out += f' fill="{fill}"'
        else:
            classes.append(f"f-{fill}")
            out += f' fill="{self.colour(fill)}"'
        if stroke is not None:
            classes.append(f"s-{stroke}")
            out += f' stroke="{self.colour(stroke)}"'
        return (f' class="{" ".join(classes)}"' if classes else "") + out

    def add(self, element: str) -> None:
        """Markup that is already escaped."""
        self._shapes.append(element)

    def line(self, x1: float, y1: float, x2: float, y2: float, role: str, width: float = 1, dash: str | None = None) -> None:
        ends = f'x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"'
        self.add(f'<line {ends}{self._paint(None, role)} stroke-width="{number(width)}"{_dash(dash)}/>')

    def path(self, points: Iterable[tuple[float, float]], role: str, width: float = 1.5, dash: str | None = None) -> None:
        """A line through points."""
        d = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        more = f'stroke-width="{number(width)}" stroke-linejoin="round" stroke-linecap="round"{_dash(dash)}'
        self.add(f'<polyline points="{d}"{self._paint(None, role)} {more}/>')

    def area(self, points: Iterable[tuple[float, float]], fill: str, opacity: float = 1) -> None:
        """A filled shape with these corners."""
        d = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        self.add(f'<polygon points="{d}"{self._paint(fill, None)}{_opacity(opacity)}/>')

    def band(self, xs: Sequence[float], lows: Sequence[float], highs: Sequence[float], fill: str, opacity: float = 1) -> None:
        """The area between two lines."""
        self.area([*zip(xs, highs, strict=True), *reversed([*zip(xs, lows, strict=True)])], fill, opacity)

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str | None,
        stroke: str | None = None,
        *,
        note: str = "",
        opacity: float = 1,
    ) -> None:
        """``note`` is what a pointer that rests on it is told."""
        box = f'x="{number(x)}" y="{number(y)}" width="{number(max(0, width))}" height="{number(max(0, height))}"'
        self.add(_noted("rect", f"{box}{self._paint(fill, stroke)}{_opacity(opacity)}", note))

    def circle(
        self,
        x: float,
        y: float,
        radius: float,
        fill: str | None,
        stroke: str | None = None,
        *,
        note: str = "",
        opacity: float = 1,
    ) -> None:
        at = f'cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"'
        self.add(_noted("circle", f"{at}{self._paint(fill, stroke)}{_opacity(opacity)}", note))

    def text(
        self,
        x: float,
        y: float,
        words: str,
        role: str = "ink",
        size: float = 12,
        *,
        anchor: str = "start",
        bold: bool = False,
        halo: bool = False,
        link: str | None = None,
    ) -> None:
        """One line of text; ``halo`` keeps it readable over other shapes, ``link`` is an address that it leads to."""
        weight = ' font-weight="600"' if bold else ""
        place = f'x="{number(x)}" y="{number(y)}" font-size="{number(size)}" text-anchor="{anchor}"{weight}'
        if halo:
            back = f'{self._paint("paper", "paper")} stroke-width="3" stroke-linejoin="round" aria-hidden="true"'
            self.add(f"<text {place}{back}>{escape(words)}</text>")
        body = f"<text {place}{self._paint(role, None)}>{escape(words)}</text>"
        self.add(f"<a href={quoteattr(link)}>{body}</a>" if link else body)

    def turned(self, x: float, y: float, words: str, role: str = "ink", size: float = 12) -> None:
        """A line of text that runs upwards, its middle at the point."""
        at = f'x="{number(x)}" y="{number(y)}" font-size="{number(size)}" text-anchor="middle"'
        turn = f'transform="rotate(-90 {number(x)} {number(y)})"'
        self.add(f"<text {at} {turn}{self._paint(role, None)}>{escape(words)}</text>")

    def hatch(self, role: str, back: str | None = None, gap: float = 5, slope: str = "/") -> str:
        """A fill of slanted lines, for what colour alone must not say; ``back`` is the colour between them."""
        key = f"{self.name}-{role}-{number(gap)}-{'u' if slope == '/' else 'd'}"
        g = number(gap)
        ends = (0, gap, gap, 0) if slope == "/" else (0, 0, gap, gap)
        line = " ".join(f'{n}="{number(v)}"' for n, v in zip(("x1", "y1", "x2", "y2"), ends, strict=True))
        ground = f'<rect width="{g}" height="{g}"{self._paint(back, None)}/>' if back else ""
        self._patterns[key] = (
            f'<pattern id="{key}" width="{g}" height="{g}" patternUnits="userSpaceOnUse">'
            f'{ground}<line {line}{self._paint(None, role)} stroke-width="1.2"/></pattern>'
        )
        return f"url(#{key})"

    def svg(self, *, standalone: bool = False) -> str:
        """The picture; ``standalone`` for a file of its own, which then brings the rules for dark screens with it."""
        wide, high = number(self.width), number(self.height)
        size = f'viewBox="0 0 {wide} {high}" width="{wide}" height="{high}"'
        names = f"{self.name}-title {self.name}-desc"
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="{names}" font-family="{FONT}">'
            f'<title id="{self.name}-title">{escape(self.title)}</title>'
            f'<desc id="{self.name}-desc">{escape(self.description)}</desc>'
        )
        style = f"<style>{css()}</style>" if standalone and self._theme == 0 else ""
        defs = f"<defs>{''.join(self._patterns[k] for k in sorted(self._patterns))}</defs>" if self._patterns else ""
        back = f'<rect width="100%" height="100%"{self._paint("paper", None)}/>'
        return head + style + defs + back + "".join(f"\n{shape}" for shape in self._shapes) + "\n</svg>\n"


def _noted(tag: str, attributes: str, note: str) -> str:
    return f"<{tag} {attributes}><title>{escape(note)}</title></{tag}>" if note else f"<{tag} {attributes}/>"


def _dash(dash: str | None) -> str:
    return f' stroke-dasharray="{dash}"' if dash else ""


def _opacity(opacity: float) -> str:
    return "" if opacity >= 1 else f' fill-opacity="{number(opacity)}"'
