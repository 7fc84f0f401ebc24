"""Rows of an archive for people: one line a row, and under it the sentence that it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from dragoman.archive.outside import clean
from dragoman.show.words import HOW, QUAD_STYLE, STANCE, shorten

if TYPE_CHECKING:
    from rich.console import Console

Row = dict[str, Any]
Part = str | tuple[str, str]
Names = Mapping[tuple[str, str], str]


def console() -> Console:
    from rich.console import Console

    from dragoman.commands.common import leave_the_pipe

    class Ending(Console):
        """rich's own answer to a reader that closes the pipe is to end with 1."""

        def on_broken_pipe(self) -> None:
            leave_the_pipe()

    return Ending(highlight=False, markup=False, emoji=False)


def events(rows: Iterable[Row], names: Names) -> None:
    """``date  source > target  ROOT mode, modality, place``, then the sentence and where it stands."""
    for row, say in _each(rows):
        arrow = " - " if row["mutual"] else " > "
        what = " ".join(part for part in (row["root"] or f"CAMEO {row['cameo']}", row["mode"]) if part)
        notes = [row["modality"]] if row["modality"] not in ("happened", None) else []
        notes += [f"at {row['place_name'] or row['place_country']}"] if row["place_name"] or row["place_country"] else []
        notes += [f"says {row['asserted_by']}"] if row["asserted_by"] else []
        say(
            (_dates(row), "cyan"),
            "  ",
            _actor(row, "source", names),
            arrow,
            _actor(row, "target", names),
            "  ",
            (what, QUAD_STYLE.get(row["quad"], "")),
            f"{', '.join(['', *map(clean, notes)])}",
            (f"  {row['id']}", "dim"),
        )
        _passage(row, say)


def statements(rows: Iterable[Row], names: Names) -> None:
    for row, say in _each(rows):
        about = f", {STANCE[row['stance']]} {', '.join(row['about'])}" if row["about"] else ""
        said = f"{row['kind']} ({clean(row['cue_text'])})" if row["cue_text"] else row["kind"]
        to = f" to {_actor(row, 'addressee', names)}" if row["addressee_text"] or row["addressee_actor"] else ""
        head = (
            (_day(row["published"]), "cyan"),
            "  ",
            _actor(row, "speaker", names),
            f"{to}  {said}{about}",
            (f"  {row['id']}", "dim"),
        )
        say(*head)
        _passage(row, say, row["content_text"])


def instruments(rows: Iterable[Row]) -> None:
    for row, say in _each(rows):
        parties = f"  of {', '.join(row['parties'])}" if row["parties"] else ""
        status = f", {row['status']}" if row["status"] else ""
        say((_dates(row), "cyan"), f"  {clean(row['name'])}  {row['kind']}{status}{parties}", (f"  {row['id']}", "dim"))
        _passage(row, say)


def figures(rows: Iterable[Row]) -> None:
    for row, say in _each(rows):
        value = f"{row['value']:,g}" + (f" to {row['to']:,g}" if row["to"] is not None else "")
        bound = f"{row['bound']} " if row["bound"] else ""
        whose = "".join(f", {word} {clean(row[word])}" for word in ("of", "on") if row[word])
        what = f"  {clean(row['what'])}" if row["what"] else ""
        day = (_day(row["published"]), "cyan")
        say(day, f"  {bound}{value} {clean(row['unit'] or '')}{what}{whose}", (f"  {row['id']}", "dim"))
        _passage(row, say)


def discrepancies(rows: Iterable[Row]) -> None:
    """What cannot all be true, each side with its sentences, and which is favoured."""
    for row, say in _each(rows):
        say((row["kind"], "bold"), f"  {clean(row['about'])}", (f"  {row['id']}", "dim"))
        for number, (side, passages) in enumerate(zip(row["sides"], row["passages"], strict=True)):
            favoured = ("  favoured", "green") if number == row["favoured"] else ""
            say(f"{clean(side['value'])}", favoured, indent=2)
            for evidence, words in zip(side["evidence"] or (), passages, strict=True):
                if words is not None:
                    place = f"{evidence['document']} sentence {evidence['sentence']}"
                    say((clean(words), "dim"), (f"  {place}", "dim"), indent=4)
        if row["reason"]:
            say((clean(row["reason"]), "italic"), indent=2)


def articles(rows: Iterable[Row]) -> None:
    for row, say in _each(rows):
        day = _day(row["published_from"])
        how = f" ({HOW[row['published_how']]})" if row["published_how"] in HOW else ""
        say((day, "cyan"), f"  {clean(row['title'] or 'without a title')}", (f"  {row['id']}", "dim"))
        where = ", ".join(clean(part) for part in (row["outlet"], row["url"], row["input"]) if part)
        if where or how:
            say((f"{where}{how}", "dim"), indent=4)


def _each(rows: Iterable[Row]) -> Iterable[tuple[Row, Callable[..., None]]]:
    from rich.text import Text

    out = console()

    def say(*parts: Part, indent: int = 0) -> None:
        text = Text.assemble(*(part for part in parts if part))
        for number, line in enumerate(text.wrap(out, max(out.width - indent - 4, 20))):
            line.rstrip()
            out.print(
                Text(" " * (indent + (4 if number else 0))).append_text(line), no_wrap=True, overflow="ignore", crop=False
            )

    for row in rows:
        yield row, say


def _passage(row: Row, say: Callable[..., None], words: str | None = None) -> None:
    """The sentence cut to about three lines, with outlet and article; of an imported row where it is from."""
    if row["document"] is None:
        if row.get("origin"):
            say((f"from {row['origin']} {row['origin_id'] or ''}".rstrip(), "dim"), indent=4)
        return
    where = ", ".join(clean(part) for part in (row["outlet"], row["title"], f"sentence {row['sentence']}") if part)
    say((f"{shorten(words or row['passage'] or '', 300)}  [{where}]", "dim"), indent=4)


def _actor(row: Row, side: str, names: Names) -> str:
    """The actor's name, with its country where that is another word; an imported row's own words."""
    from dragoman.archive.names import name_of

    imported = row["document"] is None and row[f"{side}_text"]
    name = imported or name_of(row, side, names)
    country, actor = row[f"{side}_country"], row[f"{side}_actor"]
    if name is None:
        return clean(actor or country or "nobody named")
    return clean(f"{name} ({country})" if country and actor != country else name)


def _dates(row: Row) -> str:
    first, last = row["date_from"], row["date_to"]
    if first is None and last is None:
        return f"[{_day(row['published'])}]"  # of the article; the event itself has no date
    return _day(first) if first == last else f"{_day(first)}..{_day(last)}"


def _day(value: Any) -> str:
    return "no date" if value is None else str(value.isoformat())
