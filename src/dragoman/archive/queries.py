"""Questions to an archive: pyarrow Tables sorted by date, with corrections applied and the passage behind each row.

A query needs a DuckDB connection with a view for each table of ``archive.schema``. Conditions are given by keyword, all must
hold, and values are bound, never written into SQL. Codes may be names: ``source="China"`` is ``source="CHN"``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from dragoman.archive import filters, narrowing
from dragoman.archive.asking import ask
from dragoman.archive.corrections import current
from dragoman.archive.filters import Codes, Day, Where
from dragoman.archive.schema import schema
from dragoman.codebook.tables import SECTORS
from dragoman.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

    from dragoman.archive.narrowing import Days, Within


class Common(TypedDict, total=False):
    """What every query takes."""

    text: str | None  # words that the passage must hold, each anywhere in it; "in quotation marks" as they stand
    document: Codes  # article ids
    since: Day  # days, both included; the row's own dates, else the day its article was published
    until: Day
    limit: int | None  # rows; all without it
    newest: bool  # the newest first (else the oldest)
    machine: bool  # rows as the machine wrote them, without corrections
    passages: bool  # False leaves out the columns passage, title, outlet and url


class EventFilters(Common, total=False):
    source: Codes  # states, organisations, actor ids
    target: Codes
    pair: str | Sequence[str] | None  # two of these, either way round
    root: Codes
    quad: int | str | Sequence[int | str] | None  # 1-4, their names, words or deeds
    modality: Codes
    place: str | None  # a state, or words of the place's name
    sector: Codes  # of the source or of the target
    group: Codes  # event groups
    origin: Codes  # dragoman, or the layout that rows were imported from
    once: bool  # one row an event group: its first mention that meets the conditions; a row of no group stands for itself


class StatementFilters(Common, total=False):
    speaker: Codes
    addressee: Codes
    about: Codes  # states
    kind: Codes  # direct, indirect, mixed
    stance: int | Sequence[int] | None  # 1 friendly, -1 hostile, 0 neither
    sector: Codes  # of the speaker


class InstrumentFilters(Common, total=False):
    party: Codes  # states; each must be a party
    kind: Codes
    status: Codes


class FigureFilters(Common, total=False):
    of: Codes
    on: Codes
    unit: Codes
    what: Codes


class DiscrepancyFilters(TypedDict, total=False):
    kind: Codes
    text: str | None  # words of what it is about
    document: Codes
    group: Codes
    limit: int | None
    machine: bool


class ArticleFilters(TypedDict, total=False):
    text: str | None
    title: str | None
    outlet: Codes
    language: Codes
    document: Codes
    since: Day
    until: Day
    limit: int | None
    newest: bool
    full: bool  # with the column text


STATEMENTS = ("direct", "indirect", "mixed")
INSTRUMENTS = ("agreement", "statement", "project", "sanction", "tariff", "exercise")
STATUSES = ("proposed", "negotiated", "signed", "in force", "stalled", "ended")
DISCREPANCIES = ("date", "number", "actor", "outcome", "attribution")
_INTERNAL = ("words", "sketch")  # what finding event groups and near-copies needs
_PHRASES = ("instruments", "figures")  # their evidence is some words; the passage is the sentence that these stand in
_FIRST = "coalesce(t.date_from, t.date_to, t.published)"
_LAST = "coalesce(t.date_to, t.date_from, t.published)"


def events(connection: DuckDBPyConnection, within: Within | None = None, **asked: Unpack[EventFilters]) -> pa.Table:
    """Events, one row a mention: the columns of ``events`` (archive/schema.py), then passage, title, outlet, url.

    ``within`` gives the rows of some days, so that files of other days need not be opened.
    Sorted by date, then document and place in it. Imported rows have no passage. Raises UsageError for a code that the codebook
    does not know.
    """
    _known(asked, EventFilters)
    where = Where()
    filters.party("t.source", asked.get("source"), where)
    filters.party("t.target", asked.get("target"), where)
    if asked.get("pair"):
        filters.pair(asked["pair"] or "", where)
    where.among("t.root", filters.roots(asked.get("root")))
    where.among("t.quad", filters.quads(asked.get("quad")))
    where.among("t.modality", filters.one_of("modality", asked.get("modality"), filters.MODALITIES))
    where.among("t.origin", filters.many(asked.get("origin")))
    sectors = filters.one_of("sector", asked.get("sector"), SECTORS)
    if sectors:
        marks = ", ".join("?" * len(sectors))
        where.add(f"t.source_sector IN ({marks}) OR t.target_sector IN ({marks})", *sectors, *sectors)
    _place(asked.get("place"), where)
    groups = filters.many(asked.get("group"))
    if groups:
        where.add(f'(t.id IN (SELECT event FROM groups WHERE "group" IN ({", ".join("?" * len(groups))})))', *groups)
    filters.period(asked.get("since"), asked.get("until"), _FIRST, _LAST, where)
    return _rows(connection, "events", asked, where, (_FIRST, _LAST), within)


def statements(connection: DuckDBPyConnection, **asked: Unpack[StatementFilters]) -> pa.Table:
    """Statements: the columns of ``statements``, then passage, title, outlet, url. Time is the day of publication."""
    _known(asked, StatementFilters)
    where = Where()
    filters.party("t.speaker", asked.get("speaker"), where)
    filters.party("t.addressee", asked.get("addressee"), where)
    about = [filters.country(state) for state in filters.many(asked.get("about"))]
    if about:
        where.add(f"list_has_any(t.about, [{', '.join('?' * len(about))}])", *about)
    where.among("t.kind", filters.one_of("kind", asked.get("kind"), STATEMENTS))
    stances = filters.one_of("stance", tuple(str(s) for s in filters.many(asked.get("stance"))), ("1", "0", "-1"))
    where.among("t.stance", [int(s) for s in stances])
    where.among("t.speaker_sector", filters.one_of("sector", asked.get("sector"), SECTORS))
    filters.period(asked.get("since"), asked.get("until"), "t.published", "t.published", where)
    return _rows(connection, "statements", asked, where, ("t.published",))


def instruments(connection: DuckDBPyConnection, **asked: Unpack[InstrumentFilters]) -> pa.Table:
    """Agreements, statements, projects, sanctions, tariffs and exercises by name: the columns of ``instruments``."""
    _known(asked, InstrumentFilters)
    where = Where()
    for state in filters.many(asked.get("party")):
        where.add("list_contains(t.parties, ?)", filters.country(state))
    where.among("t.kind", filters.one_of("kind", asked.get("kind"), INSTRUMENTS))
    where.among("t.status", filters.one_of("status", asked.get("status"), STATUSES))
    filters.period(asked.get("since"), asked.get("until"), _FIRST, _LAST, where)
    return _rows(connection, "instruments", asked, where, (_FIRST, _LAST, "t.name"))


def figures(connection: DuckDBPyConnection, **asked: Unpack[FigureFilters]) -> pa.Table:
    """Quantities with their unit and what they count: the columns of ``figures``."""
    _known(asked, FigureFilters)
    where = Where()
    for column in ("of", "on"):
        given = filters.many(asked.get(column))
        where.among(f't."{column}"', [filters.actor_or_country(text)[1] for text in given])
    where.among("t.unit", filters.many(asked.get("unit")))
    where.among("t.what", filters.many(asked.get("what")))
    filters.period(asked.get("since"), asked.get("until"), "t.published", "t.published", where)
    return _rows(connection, "figures", asked, where, ("t.published",))


def discrepancies(connection: DuckDBPyConnection, **asked: Unpack[DiscrepancyFilters]) -> pa.Table:
    """Passages that cannot all be true: the columns of ``discrepancies``, then ``passages``, a list of lists: for each side the
    sentences of its evidence, in order. Sorted by kind and what they are about."""
    _known(asked, DiscrepancyFilters)
    where = Where()
    where.among("t.kind", filters.one_of("kind", asked.get("kind"), DISCREPANCIES))
    where.among('t."group"', filters.many(asked.get("group")))
    documents = filters.many(asked.get("document"))
    if documents:
        marks = ", ".join("?" * len(documents))
        inside = (
            "SELECT d.id FROM discrepancies AS d, unnest(d.sides) AS s(side), unnest(s.side.evidence) AS e(one) "
            f"WHERE e.one.document IN ({marks})"
        )
        where.add(f"t.document IN ({marks}) OR t.id IN ({inside})", *documents, *documents)
    for part in filters.words(asked.get("text")):
        where.add("contains(lower(t.about), ?)", part)
    limit, last = _limit(asked)
    table = ask(
        connection,
        f"SELECT * FROM {current(connection, 'discrepancies', asked.get('machine', False))} AS t WHERE {where.sql()} "
        f"ORDER BY t.kind, t.about, t.id{limit}",
        [*where.values, *last],
    )
    return table.append_column("passages", _passages(connection, table))


def articles(connection: DuckDBPyConnection, **asked: Unpack[ArticleFilters]) -> pa.Table:
    """Articles by day of publication: the columns of ``articles``, ``text`` only where ``full`` is set."""
    _known(asked, ArticleFilters)
    where = Where()
    for part in filters.words(asked.get("text")):
        where.add("contains(lower(t.text), ?)", part)
    for part in filters.words(asked.get("title")):
        where.add("contains(lower(t.title), ?)", part)
    where.among("t.outlet", filters.many(asked.get("outlet")))
    where.among("t.language", filters.many(asked.get("language")))
    where.among("t.id", filters.many(asked.get("document")))
    filters.period(asked.get("since"), asked.get("until"), "t.published_from", "t.published_to", where)
    left_out = _without("articles", () if asked.get("full") else ("text",))
    limit, last = _limit(asked)
    order = _order(("t.published_from", "t.title", "t.id"), asked.get("newest", False))
    query = f"SELECT t.*{left_out} FROM articles AS t WHERE {where.sql()} ORDER BY {order}{limit}"
    return ask(connection, query, [*where.values, *last])


def _rows(
    connection: DuckDBPyConnection,
    table: str,
    asked: EventFilters | Any,
    where: Where,
    by: tuple[str, ...],
    within: Within | None = None,
) -> pa.Table:
    """The rows of a table that meet the conditions, chosen and cut first, their passages fetched for those alone."""
    where.among("t.document", filters.many(asked.get("document")))
    held = current(connection, table, asked.get("machine", False))
    parts = filters.words(asked.get("text"))
    if within is not None and held == table:  # a corrected row may be of another day than its file
        held = _of_days(connection, table, asked, where, by[0], within, cut=not (parts or asked.get("once")))
    source = f"{held} AS t"
    if parts:
        source += " JOIN articles AS x ON x.id = t.document"
        source += _sentence("y", "t") if table in _PHRASES else ""
        for part in parts:  # the article as a whole first: most hold no such word
            where.add("contains(lower(x.text), ?)", part)
            where.add(f"contains(lower({_passage('x', 'y' if table in _PHRASES else 't')}), ?)", part)
    limit, last = _limit(asked)
    newest = asked.get("newest", False)
    order = _order((*by, "t.document", "t.start", "t.id"), newest)
    once = ""
    if asked.get("once"):  # of the rows that meet the conditions, not of the whole group
        source += ' LEFT JOIN (SELECT event, "group", joined_to FROM groups) AS g ON g.event = t.id'
        first = f"g.joined_to IS NOT NULL, {_order((*by, 't.id'), False)}"
        once = f' QUALIFY row_number() OVER (PARTITION BY coalesce(g."group", t.id) ORDER BY {first}) = 1'
    chosen = ask(
        connection,
        f"SELECT t.*{_without(table)} FROM {source} WHERE {where.sql()}{once} ORDER BY {order}{limit}",
        [*where.values, *last],
    )
    return _with_passages(connection, chosen, phrase=table in _PHRASES) if asked.get("passages", True) else chosen


def _of_days(
    connection: DuckDBPyConnection, table: str, asked: Any, where: Where, first: str, within: Within, *, cut: bool
) -> str:
    """SQL of the files that can hold the rows asked for. With ``cut`` and a limit the days of the rows are looked up in a few
    narrow columns, and become a condition: all columns are then read of the few files of these days only."""
    since, until = filters.day("since", asked.get("since")), filters.day("until", asked.get("until"))
    limit, newest = filters.positive("limit", asked.get("limit")), asked.get("newest", False)

    if cut and limit:
        far = _farthest(connection, table, (since or date.min, until or date.max), where, first, limit, newest, within)
        if far is not None:
            where.add(f"{first} {'>=' if newest else '<='} ?", far)
            since, until = (far, until) if newest else (since, far)
    return within.relation(table, [(since or date.min, until or date.max)]) if since or until else table


def _farthest(
    connection: DuckDBPyConnection,
    table: str,
    window: Days,
    where: Where,
    first: str,
    limit: int,
    newest: bool,
    within: Within,
) -> date | None:
    """The day of the last of the ``limit`` nearest rows; None where there are not so many with a day.

    Files are looked at in the order of their days: about a stretch first, then as many as the rows found there let expect to
    be enough, then all.
    """
    looks = narrowing.looks(within.files(table), window, newest)
    every = looks[-1][1] if looks else 0
    wanted: float = narrowing.LOOK
    while True:
        edge = next((edge for edge, rows in looks if rows >= wanted and 2 * rows < every), None)
        days = window if edge is None else (edge, window[1]) if newest else (window[0], edge)
        known = days != (date.min, date.max)  # else rows without a day, which are in no window, would be missed
        held, values = within.relation(table, [days]) if known else table, [*where.values]
        if edge is not None:
            values.append(edge)
        found = ask(
            connection,
            f"SELECT count(d) AS n, {'min' if newest else 'max'}(d) AS day FROM (SELECT {first} AS d FROM {held} AS t "
            f"WHERE {where.sql()}{'' if edge is None else f' AND {first} >= ?' if newest else f' AND {first} <= ?'} "
            f"ORDER BY d{' DESC' if newest else ''} NULLS LAST LIMIT ?)",
            [*values, limit],
        ).to_pylist()[0]
        if found["n"] == limit:
            return found["day"]  # type: ignore[no-any-return]
        if edge is None:
            return None
        seen = next(rows for day, rows in looks if day == edge)
        wanted = 1.3 * seen * limit / found["n"] if found["n"] and wanted == narrowing.LOOK else every


def _with_passages(connection: DuckDBPyConnection, chosen: pa.Table, *, phrase: bool) -> pa.Table:
    """Rows with passage, title, outlet and url of their articles. Only articles of the rows' days are looked at: texts are the
    largest part of an archive, and its articles lie sorted by day. Of the rows only what names a passage is given to SQL."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    days = pc.min_max(chosen["published"]).as_py()
    some = "document IS NOT NULL AND published IS {} NULL"
    parts = [f"SELECT * FROM articles WHERE id IN (SELECT document FROM chosen WHERE {some.format('')})"]
    values = []
    if days["min"] is not None:
        parts.append(
            "SELECT * FROM articles WHERE published_from BETWEEN ? AND ? "
            f"AND id IN (SELECT document FROM chosen WHERE {some.format('NOT')})"
        )
        values = [days["min"], days["max"]]
        if not chosen["published"].null_count:
            del parts[0]
    named = chosen.select(["document", "sentence", "start", "end", "published"])
    connection.register("chosen", named.append_column("nth", pa.array(np.arange(len(chosen)))))
    try:
        found = ask(
            connection,
            f"WITH a AS ({' UNION '.join(f'SELECT id, title, outlet, url, text FROM ({part})' for part in parts)}) "
            f"SELECT t.nth, {_passage('a', 's' if phrase else 't')} AS passage, a.title, a.outlet, a.url FROM chosen AS t "
            f"LEFT JOIN a ON a.id = t.document{_sentence('s', 't') if phrase else ''} ORDER BY t.nth",
            values,
        )
    finally:
        connection.unregister("chosen")
    if len(found) != len(chosen):
        chosen = chosen.take(found["nth"])
    for name in ("passage", "title", "outlet", "url"):
        chosen = chosen.append_column(name, found[name])
    return chosen


def _without(table: str, more: Sequence[str] = ()) -> str:
    """SQL that leaves out columns which only this package reads."""
    names = [name for name in (*_INTERNAL, *more) if name in schema(table).names]
    return f" EXCLUDE ({', '.join(names)})" if names else ""


def _sentence(name: str, row: str) -> str:
    """SQL that joins the sentence of a row."""
    return f" LEFT JOIN sentences AS {name} ON {name}.document = {row}.document AND {name}.i = {row}.sentence"


def _passage(article: str, row: str) -> str:
    """SQL of the words of a row's evidence; offsets are of characters and begin with 0, SQL counts from 1."""
    return f'substring({article}.text, {row}.start + 1, {row}."end" - {row}.start)'


def _order(columns: Sequence[str], newest: bool) -> str:
    """Rows without a date come last either way."""
    return ", ".join(f"{c}{' DESC' if newest and not n else ''} NULLS LAST" for n, c in enumerate(columns))


def _limit(asked: Any) -> tuple[str, list[int]]:
    limit = filters.positive("limit", asked.get("limit"))
    return ("", []) if limit is None else (" LIMIT ?", [limit])


def _place(text: str | None, where: Where) -> None:
    if text is None:
        return
    code = filters.state(text)
    if code is not None:
        where.add("t.place_country = ? OR lower(t.place_name) = ?", code, text.lower())
    else:
        where.add("contains(lower(t.place_name), ?)", text.lower())


def _known(asked: Any, shape: Any) -> None:
    names = list(shape.__annotations__)
    unknown = [name for name in asked if name not in names]
    if unknown:
        raise UsageError(f"no condition {', '.join(unknown)}; known are {', '.join(names)}")


def _passages(connection: DuckDBPyConnection, table: pa.Table) -> pa.Array:
    """For each discrepancy, for each side, the sentences of its evidence; null where the article is not in the archive."""
    import pyarrow as pa

    sides = table["sides"].to_pylist()
    documents = sorted({e["document"] for row in sides for side in row or () for e in side["evidence"] or () if e["document"]})
    words: dict[tuple[str, int], str] = {}
    if documents:
        marks = ", ".join("?" * len(documents))
        found = connection.execute(
            f'SELECT s.document, s.i, substring(a.text, s.start + 1, s."end" - s.start) FROM sentences AS s '
            f"JOIN articles AS a ON a.id = s.document WHERE a.id IN ({marks})",
            documents,
        ).fetchall()
        words = {(document, i): text for document, i, text in found}

    def sentences(side: dict[str, Any]) -> list[str | None]:
        return [words.get((e["document"], e["sentence"])) for e in side["evidence"] or ()]

    told = [[sentences(side) for side in row or ()] for row in sides]
    return pa.array(told, pa.list_(pa.list_(pa.string())))
