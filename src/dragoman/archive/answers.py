"""What an archive answers and what people tell it: thin methods over ``queries``, ``sql`` and ``corrections``."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol, Unpack, cast

from dragoman.archive import corrections, exporting, importing, queries, sql
from dragoman.archive.names import names_of
from dragoman.archive.schema import TABLES

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

    from dragoman.archive.archive import Archive
    from dragoman.archive.change import Change
    from dragoman.archive.narrowing import Within
    from dragoman.archive.store import Snapshot, Store
    from dragoman.settings import Settings


class Kept(Protocol):
    """What these methods need of an archive."""

    settings: Settings

    @property
    def store(self) -> Store: ...
    def snapshot(self) -> Snapshot: ...
    def connection(self) -> DuckDBPyConnection: ...
    def reading(self) -> tuple[DuckDBPyConnection, Within]: ...
    def change(self, run: str) -> AbstractContextManager[Change]: ...


class Answers:
    """Part of ``Archive``. Tables are pyarrow: ``.to_pandas()``, or ``polars.from_arrow(...)``."""

    __slots__ = ()

    def events(self: Kept, **asked: Unpack[queries.EventFilters]) -> pa.Table:
        """Events by source, target, pair, root, quad, modality, since, until, place, sector, text, group, origin, document;
        ``limit``, ``newest``, ``once`` (one row a group), ``machine`` (without corrections), ``passages``.

        >>> archive.events(source="CHN", target="RUS", since="2025")            # doctest: +SKIP
        """
        connection, within = self.reading()
        with connection:
            return queries.events(connection, within, **asked)

    def statements(self: Kept, **asked: Unpack[queries.StatementFilters]) -> pa.Table:
        """Statements by speaker, addressee, about, kind, stance, sector, since, until, text, document."""
        return _closing(self, lambda c: queries.statements(c, **asked))

    def instruments(self: Kept, **asked: Unpack[queries.InstrumentFilters]) -> pa.Table:
        """Named agreements, sanctions, projects ... by party, kind, status, since, until, text, document."""
        return _closing(self, lambda c: queries.instruments(c, **asked))

    def figures(self: Kept, **asked: Unpack[queries.FigureFilters]) -> pa.Table:
        """Quantities by of, on, unit, what, since, until, text, document."""
        return _closing(self, lambda c: queries.figures(c, **asked))

    def discrepancies(self: Kept, **asked: Unpack[queries.DiscrepancyFilters]) -> pa.Table:
        """Passages that cannot all be true, by kind, text, document, group."""
        return _closing(self, lambda c: queries.discrepancies(c, **asked))

    def articles(self: Kept, **asked: Unpack[queries.ArticleFilters]) -> pa.Table:
        """Articles by text, title, outlet, language, document, since, until; the column text where ``full`` is set."""
        return _closing(self, lambda c: queries.articles(c, **asked))

    def names(self: Kept, rows: pa.Table, sides: Sequence[str] = ("source", "target")) -> dict[tuple[str, str], str]:
        """Names of the actors of rows of events (or of statements, with their sides), by document and actor id."""
        return _closing(self, lambda c: names_of(c, rows, sides))  # type: ignore[no-any-return]

    def sql(self: Kept, query: str, *, limit: int | None = None, seconds: float | None = None) -> tuple[pa.Table, bool]:
        """The rows of one SELECT, and whether there are more than ``limit``. Reads nothing but this archive.

        Raises UsageError for whatever is no SELECT, wrong SQL, and a query that takes longer than ``seconds``.
        """
        snapshot, store = self.snapshot(), self.store
        held = [table for table in TABLES if table in snapshot.tables]
        relations = {table: store.relation(table, snapshot) for table in held}
        files = [path for table in held for path in store.paths(table, snapshot)]
        return sql.select(relations, files, query, limit=limit, seconds=seconds, settings=self.settings)

    def correct(self: Kept, row: str, values: Mapping[str, str | None] | str, *, why: str, by: str) -> str:
        """Correct columns of a row (``{"root": "ACCUSE"}``) or take it out (``"reject"``). Returns the correction's id.

        The machine's row stays; queries show the corrected values unless ``machine`` is set. What follows by the codebook
        changes too (root: quad, cameo, intensity). Raises UsageError for an unknown row, column or code.
        """
        self.snapshot()  # no archive is made for this
        with self.change("correct") as change:
            made = _closing(self, lambda c: corrections.correction(c, row, values, why=why, by=by))
            change.append("corrections", made)
        return str(made[0]["id"])

    def undo(self: Kept, act: str, *, by: str) -> str:
        """Undo a correction, by its id or by the id of its row (then the newest that stands). Returns the correction's id."""
        self.snapshot()
        with self.change("undo") as change:
            before = change.rows("corrections")
            after = corrections.undone(before, act, by)
            change.overwrite("corrections", after)
        undone = zip(before.to_pylist(), after.to_pylist(), strict=True)
        return next(str(new["id"]) for old, new in undone if old != new)

    def history(self: Kept, row: str | None = None) -> pa.Table:
        """All corrections of a row, or of all rows, oldest first, those undone included."""
        return _closing(self, lambda c: corrections.history(c, row))

    def import_events(
        self: Kept,
        paths: Sequence[str | os.PathLike[str]],
        layout: str | None = None,
        progress: importing.Progress | None = None,
    ) -> list[importing.Report]:
        """Import event data of others: GDELT 2.0, ICEWS, ICEWS14, POLECAT, UCDP GED, ACLED; ``.gz`` and ``.zip`` as they are.

        The layout is recognised where it is not given. The same file, or row, again adds nothing. One report for each file.
        """
        return importing.import_events(cast("Archive", self), paths, layout, progress)

    def export(
        self: Kept, path: str | os.PathLike[str], layout: str | None = None, **asked: Unpack[queries.EventFilters]
    ) -> exporting.Exported:
        """Write events that meet the conditions of ``events`` to a new file: icews, polecat, csv, parquet, jsonld, graphml,
        edges (``exporting.export`` says how).

        >>> archive.export("china.csv", pair="CHN-USA")                         # doctest: +SKIP
        """
        with self.connection() as connection:
            return exporting.export(connection, path, layout, **asked)


def _closing(archive: Kept, question: Callable[[DuckDBPyConnection], Any]) -> Any:
    """Put a question to a connection of its own, and close that."""
    with archive.connection() as connection:
        return question(connection)
