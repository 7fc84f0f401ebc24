"""Options that several commands share: ``--source`` and ``--csv`` mean the same everywhere. And what becomes of a table."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.commands.common import archive_option, complain, json_option, leave_the_pipe
from dragoman.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa

SHOWN = 50  # rows of a table for people; JSON, CSV and Parquet have all


def many(name: str, metavar: str, words: str) -> Any:
    return typer.Option(f"--{name}", metavar=metavar, help=f"{words} Give it again for several.", show_default=False)


def one(name: str, metavar: str, words: str, least: float | None = None) -> Any:
    return typer.Option(f"--{name}", metavar=metavar, min=least, help=words, show_default=False)


Folder = Annotated[Path | None, archive_option()]
AsJson = Annotated[bool, json_option()]
AsCsv = Annotated[bool, typer.Option("--csv", help="Comma-separated values with a header.")]
ToParquet = Annotated[Path | None, one("parquet", "FILE", "Write the rows to a Parquet file.")]
Limit = Annotated[int | None, one("limit", "N", f"At most N rows; a printed table has {SHOWN} without it.", least=0)]
Newest = Annotated[bool, typer.Option("--newest", help="The newest first.")]
Machine = Annotated[bool, typer.Option("--machine", help="Rows as the machine wrote them, without corrections.")]

Since = Annotated[str | None, one("since", "DATE", "From this day, month or year on (2031-03-02, 2031-03, 2031).")]
Until = Annotated[str | None, one("until", "DATE", "Up to this day, month or year, included.")]
Words = Annotated[str | None, one("text", "WORDS", "Words that the sentence must hold; 'a \"phrase\"' as it stands.")]
Documents = Annotated[list[str] | None, many("document", "ID", "Rows of this article.")]
Sectors = Annotated[list[str] | None, many("sector", "SECTOR", "An actor of this sector: GOV, MIL, REB, ...")]

Source = Annotated[list[str] | None, many("source", "WHO", "Who acts: a state's code or name, NATO, an actor's id.")]
Target = Annotated[list[str] | None, many("target", "WHO", "Who is acted on.")]
Pair = Annotated[str | None, one("pair", "A-B", "Two states, either way round: CHN-RUS.")]
Roots = Annotated[list[str] | None, many("root", "ROOT", "What is done: CONSULT, ACCUSE, ...")]
Quads = Annotated[list[str] | None, many("quad", "CLASS", "1 to 4, 'verbal conflict', words or deeds.")]
Modalities = Annotated[list[str] | None, many("modality", "WORD", "happened, ongoing, planned, hypothetical or denied.")]
Place = Annotated[str | None, one("place", "WHERE", "A state, or words of the place's name.")]
Groups = Annotated[list[str] | None, many("group", "ID", "Mentions of this event group.")]
Origins = Annotated[list[str] | None, many("origin", "NAME", "dragoman, or the layout that rows were imported from.")]
Once = Annotated[bool, typer.Option("--once", help="One row for each event, not for each mention.")]


@dataclass(frozen=True, slots=True)
class Output:
    """Where the rows of a table go: a table for people, or one of JSON, CSV, Parquet."""

    as_json: bool = False
    as_csv: bool = False
    parquet: Path | None = None
    limit: int | None = None

    def __post_init__(self) -> None:
        if sum((self.as_json, self.as_csv, self.parquet is not None)) > 1:
            raise UsageError("more than one of --json, --csv and --parquet was given; choose one")

    @property
    def for_people(self) -> bool:
        return not (self.as_json or self.as_csv or self.parquet)

    @property
    def asked(self) -> int | None:
        """The rows to ask for: one more than a table for people shows, to see whether there are more."""
        return SHOWN + 1 if self.for_people and self.limit is None else self.limit

    def give(
        self, table: pa.Table, show: Callable[[list[dict[str, Any]]], None], *, cut: bool = False, last: bool = False
    ) -> None:
        """Print or write the rows; ``show`` prints them for people. What was left out is said on standard error.

        Of more rows than the limit the first are given, or the ``last``; ``cut`` says that some were left out before.
        """
        most = self.limit if self.limit is not None or not self.for_people else SHOWN
        if most is not None and len(table) > most:
            table, cut = table.slice(len(table) - most if last else 0, most), True
        try:
            self._give(table, show, cut)
            sys.stdout.flush()
        except BrokenPipeError:
            leave_the_pipe()

    def _give(self, table: pa.Table, show: Callable[[list[dict[str, Any]]], None], cut: bool) -> None:
        if self.parquet is not None:
            self._write(table, self.parquet)
        elif self.as_csv:
            from dragoman.archive.exporting.plain import write_csv

            write_csv(table, sys.stdout)
        elif self.as_json:
            _print_json(table)
        else:
            rows = table.to_pylist()
            if rows:
                show(rows)
            else:
                print("no rows", file=sys.stderr)
            if cut:
                complain(f"there are more than these {len(rows)} rows; --limit N, --csv, --json or --parquet FILE give more")

    def _write(self, table: pa.Table, path: Path) -> None:
        from dragoman.archive.exporting.plain import write_parquet
        from dragoman.archive.outputs import writing

        with writing(path):
            write_parquet(table, path)
        print(f"{len(table):,} rows written to {path}", file=sys.stderr)


def _print_json(table: pa.Table) -> None:
    from dragoman.archive.exporting.plain import plain

    separator = "[\n"
    for batch in table.to_batches(max_chunksize=10_000):
        for row in batch.to_pylist():
            print(separator + json.dumps(plain(row), ensure_ascii=False, allow_nan=False), end="")
            separator = ",\n"
    print("[]" if separator == "[\n" else "\n]")
