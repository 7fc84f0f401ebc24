"""Questions to an archive: ``events``, ``statements``, ``instruments``, ``figures``, ``check``, ``articles``, ``sql``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from dragoman.commands import options as o
from dragoman.commands.common import open_archive
from dragoman.commands.options import Output


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: dragoman events --source China --target USA --root ACCUSE --since 2025-01 --csv")(events)
    app.command(epilog="Example: dragoman statements --speaker RUS --about UKR --stance -1 --text ceasefire")(statements)
    app.command(epilog="Example: dragoman instruments --party CHN --party RUS --status signed")(instruments)
    app.command(epilog="Example: dragoman figures --of USA --on CHN --what tariff")(figures)
    app.command(epilog="Example: dragoman check --kind date --json")(check)
    app.command(epilog="Example: dragoman articles --text 'joint statement' --since 2025 --newest")(articles)
    app.command(epilog='Example: dragoman sql "select source_country, count(*) from events group by 1 order by 2 desc"')(sql)


def events(
    source: o.Source = None,
    target: o.Target = None,
    pair: o.Pair = None,
    root: o.Roots = None,
    quad: o.Quads = None,
    modality: o.Modalities = None,
    since: o.Since = None,
    until: o.Until = None,
    place: o.Place = None,
    sector: o.Sectors = None,
    text: o.Words = None,
    group: o.Groups = None,
    document: o.Documents = None,
    origin: o.Origins = None,
    once: o.Once = False,
    machine: o.Machine = False,
    newest: o.Newest = False,
    limit: o.Limit = None,
    archive: o.Folder = None,
    as_json: o.AsJson = False,
    as_csv: o.AsCsv = False,
    parquet: o.ToParquet = None,
) -> None:
    """Who did what to whom, by date, each with its sentence. In square brackets: the article's day, the event has none."""
    from dragoman.commands import listing

    output = Output(as_json, as_csv, parquet, limit)
    archived = open_archive(archive)
    table = archived.events(
        source=source,
        target=target,
        pair=pair,
        root=root,
        quad=quad,
        modality=modality,
        since=since,
        until=until,
        place=place,
        sector=sector,
        text=text,
        group=group,
        document=document,
        origin=origin,
        once=once,
        machine=machine,
        newest=newest,
        limit=output.asked,
    )
    names = archived.names(table) if output.for_people else {}
    output.give(table, lambda rows: listing.events(rows, names))


def statements(
    speaker: Annotated[list[str] | None, o.many("speaker", "WHO", "Who speaks: a state, NATO, an actor's id.")] = None,
    addressee: Annotated[list[str] | None, o.many("addressee", "WHO", "Who is spoken to.")] = None,
    about: Annotated[list[str] | None, o.many("about", "STATE", "A state that is spoken about.")] = None,
    kind: Annotated[list[str] | None, o.many("kind", "KIND", "direct, indirect or mixed.")] = None,
    stance: Annotated[int | None, o.one("stance", "N", "1 friendly, -1 hostile, 0 neither.")] = None,
    since: o.Since = None,
    until: o.Until = None,
    sector: o.Sectors = None,
    text: o.Words = None,
    document: o.Documents = None,
    machine: o.Machine = False,
    newest: o.Newest = False,
    limit: o.Limit = None,
    archive: o.Folder = None,
    as_json: o.AsJson = False,
    as_csv: o.AsCsv = False,
    parquet: o.ToParquet = None,
) -> None:
    """Who said what, to whom and about whom, by day of publication."""
    from dragoman.commands import listing

    output = Output(as_json, as_csv, parquet, limit)
    archived = open_archive(archive)
    table = archived.statements(
        speaker=speaker,
        addressee=addressee,
        about=about,
        kind=kind,
        stance=stance,
        since=since,
        until=until,
        sector=sector,
        text=text,
        document=document,
        machine=machine,
        newest=newest,
        limit=output.asked,
    )
    names = archived.names(table, ("speaker", "addressee")) if output.for_people else {}
    output.give(table, lambda rows: listing.statements(rows, names))


def instruments(
    party: Annotated[list[str] | None, o.many("party", "STATE", "A state that must be a party.")] = None,
    kind: Annotated[
        list[str] | None, o.many("kind", "KIND", "agreement, sanction, tariff, project, exercise, statement.")
    ] = None,
    status: Annotated[
        list[str] | None, o.many("status", "WORD", "proposed, negotiated, signed, 'in force', stalled, ended.")
    ] = None,
    since: o.Since = None,
    until: o.Until = None,
    text: o.Words = None,
    document: o.Documents = None,
    machine: o.Machine = False,
    newest: o.Newest = False,
    limit: o.Limit = None,
    archive: o.Folder = None,
    as_json: o.AsJson = False,
    as_csv: o.AsCsv = False,
    parquet: o.ToParquet = None,
) -> None:
    """Agreements, joint statements, projects, sanctions, tariffs and exercises by name, with parties and status."""
    from dragoman.commands import listing

    output = Output(as_json, as_csv, parquet, limit)
    table = open_archive(archive).instruments(
        party=party,
        kind=kind,
        status=status,
        since=since,
        until=until,
        text=text,
        document=document,
        machine=machine,
        newest=newest,
        limit=output.asked,
    )
    output.give(table, listing.instruments)


def figures(
    of: Annotated[list[str] | None, o.many("of", "WHO", "Whose they are.")] = None,
    on: Annotated[list[str] | None, o.many("on", "WHO", "On whom they fall.")] = None,
    unit: Annotated[list[str] | None, o.many("unit", "UNIT", "percent, USD, people, ...")] = None,
    what: Annotated[list[str] | None, o.many("what", "WORD", "What they count: tariff, killed, ...")] = None,
    since: o.Since = None,
    until: o.Until = None,
    text: o.Words = None,
    document: o.Documents = None,
    machine: o.Machine = False,
    newest: o.Newest = False,
    limit: o.Limit = None,
    archive: o.Folder = None,
    as_json: o.AsJson = False,
    as_csv: o.AsCsv = False,
    parquet: o.ToParquet = None,
) -> None:
    """Quantities with their unit, what they count and whose they are, by day of publication."""
    from dragoman.commands import listing

    output = Output(as_json, as_csv, parquet, limit)
    table = open_archive(archive).figures(
        of=of,
        on=on,
        unit=unit,
        what=what,
        since=since,
        until=until,
        text=text,
        document=document,
        machine=machine,
        newest=newest,
        limit=output.asked,
    )
    output.give(table, listing.figures)


def check(
    kind: Annotated[list[str] | None, o.many("kind", "KIND", "date, number, actor, outcome or attribution.")] = None,
    text: Annotated[str | None, o.one("text", "WORDS", "Words of what it is about.")] = None,
    document: o.Documents = None,
    group: o.Groups = None,
    machine: o.Machine = False,
    limit: o.Limit = None,
    archive: o.Folder = None,
    as_json: o.AsJson = False,
    as_csv: o.AsCsv = False,
    parquet: o.ToParquet = None,
) -> None:
    """Passages that cannot all be true, inside an article and between articles, with the side that the rest supports."""
    from dragoman.commands import listing

    output = Output(as_json, as_csv, parquet, limit)
    table = open_archive(archive).discrepancies(
        kind=kind, text=text, document=document, group=group, machine=machine, limit=output.asked
    )
    output.give(table, listing.discrepancies)


def articles(
    text: Annotated[str | None, o.one("text", "WORDS", "Words that the article must hold.")] = None,
    title: Annotated[str | None, o.one("title", "WORDS", "Words of its title.")] = None,
    outlet: Annotated[list[str] | None, o.many("outlet", "NAME", "The outlet as the archive writes it.")] = None,
    language: Annotated[list[str] | None, o.many("language", "CODE", "en, de, ...")] = None,
    since: o.Since = None,
    until: o.Until = None,
    document: o.Documents = None,
    full: Annotated[bool, typer.Option("--full", help="With the text (for --json, --csv and --parquet).")] = False,
    newest: o.Newest = False,
    limit: o.Limit = None,
    archive: o.Folder = None,
    as_json: o.AsJson = False,
    as_csv: o.AsCsv = False,
    parquet: o.ToParquet = None,
) -> None:
    """The articles of the archive by day of publication."""
    from dragoman.commands import listing

    output = Output(as_json, as_csv, parquet, limit)
    table = open_archive(archive).articles(
        text=text,
        title=title,
        outlet=outlet,
        language=language,
        since=since,
        until=until,
        document=document,
        full=full,
        newest=newest,
        limit=output.asked,
    )
    output.give(table, listing.articles)


def sql(
    query: Annotated[str, typer.Argument(metavar="SELECT", help="One SELECT over the tables of docs/queries.md.")],
    seconds: Annotated[
        float | None, o.one("seconds", "S", "Stop it after so long (10 seconds without this).", least=0.1)
    ] = None,
    limit: o.Limit = None,
    archive: o.Folder = None,
    as_json: o.AsJson = False,
    as_csv: o.AsCsv = False,
    parquet: o.ToParquet = None,
) -> None:
    """Ask the tables in SQL (DuckDB's). Nothing but this archive can be read, and nothing written."""
    output = Output(as_json, as_csv, parquet, limit)
    table, cut = open_archive(archive).sql(query, limit=output.asked, seconds=seconds)
    output.give(table, _plain, cut=cut)


def _plain(rows: list[dict[str, Any]]) -> None:
    from dragoman.archive.exporting.plain import plain
    from dragoman.commands.common import print_rows

    print_rows([{name: plain(value) for name, value in row.items()} for row in rows], False)
