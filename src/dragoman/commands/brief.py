"""``dragoman brief``: the backgrounder of a pair, of one state against all, or of a bloc."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from dragoman.commands import options as o
from dragoman.commands.common import Progress, archive_option, open_archive
from dragoman.errors import UsageError

FORMATS = ("html", "md", "json", "docx", "pdf")


def register(app: typer.Typer) -> None:
    app.command(no_args_is_help=True, epilog="Example: dragoman brief CHN RUS --since 2025-01-01 -o brief.html")(brief)


def brief(
    first: Annotated[str, typer.Argument(metavar="PARTY", help="A state (CHN) or a bloc (EU).")],
    second: Annotated[
        str | None, typer.Argument(metavar="[OTHER]", help="The other side; without it, everybody else.", show_default=False)
    ] = None,
    archive: Annotated[Path | None, archive_option()] = None,
    since: o.Since = None,
    until: o.Until = None,
    topic: Annotated[
        str | None, typer.Option("--topic", metavar="WORDS", help="Only passages that hold these words: gas pipeline.")
    ] = None,
    minutes: Annotated[int, typer.Option("--minutes", metavar="N", help="Reading time that the brief may take.")] = 6,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help=f"Where to write; the ending says how: {', '.join(FORMATS)}."),
    ] = None,
    refused: Annotated[bool, typer.Option("--refused", help="List what the verifier did not let through, and why.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The brief as JSON: sections, sentences, passages, rows.")] = False,
) -> None:
    """Write the backgrounder: every sentence with its source, and none that its passage does not bear out."""
    form = _form(output, as_json)
    from dragoman import brief as briefs
    from dragoman.archive.outputs import writing
    from dragoman.archive.outside import clean

    asked = briefs.question(first, second, since=since, until=until, topic=topic, minutes=minutes)
    progress = Progress(sys.stderr)
    progress.say(f"writing the brief of {first}{f' and {second}' if second else ''}")
    try:
        made = briefs.make(open_archive(archive), asked)
        written = briefs.render(made, form)
    finally:
        progress.clear()
    if output is None:
        sys.stdout.write(written.decode("utf-8"))
    else:
        with writing(output):
            output.write_bytes(written)
        printed = sum(line.kind not in ("measure", "coverage") for line in made.lines())
        print(f"{output}: {printed} sentences printed, {len(made.refused)} refused by the verifier", file=sys.stderr)
    if refused:
        for r in made.refused:
            print(clean(f"refused ({'; '.join(r.faults)}): {r.line.text}"), file=sys.stderr)


def _form(output: Path | None, as_json: bool) -> str:
    """The format, from the file's ending; on a terminal Markdown."""
    if output is None:
        return "json" if as_json else "md"
    form = output.suffix.removeprefix(".").lower()
    form = {"htm": "html", "markdown": "md"}.get(form, form)
    if form not in FORMATS:
        raise UsageError(f"{output} has no ending that says a format; end it in one of .{', .'.join(FORMATS)}")
    if as_json and form != "json":
        raise UsageError(f"--json and {output} ask for two formats; leave one out")
    return form
