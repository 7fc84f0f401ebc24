"""SQL over all events that answers what many pages ask; a copy of the archive holds the answers as tables of its own.

The files and a copy are asked by the same text, so a page is the same either way. ``events`` is SQL to select from as ``e``,
``group`` that of an event's group, ``joined`` the tables that it needs beside.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from dragoman.web.data.filters import BETWEEN_STATES, DONE, WHEN, WIDE

ONE = "least(e.source_country, e.target_country)"
TWO = "greatest(e.source_country, e.target_country)"
RECENT = timedelta(weeks=30)
"""How far before the newest day the table ``recent`` of a copy reaches: as far as the front page looks."""
SIGNS = ".,;:!?\"'()[]…“”‘’«»–—-"
"""What is cut off either end of a word in the index of words."""
NEWEST = "SELECT greatest((SELECT max(published_from) FROM {articles}), (SELECT max(published) FROM {events} e)) AS day"

_QUADS = ", ".join(f"count(*) FILTER (WHERE done AND quad = {q}) AS q{q}" for q in (1, 2, 3, 4))


def pairs(events: str, joined: str, group: str, where: str = "true") -> str:
    """Pairs of states: ``one``, ``two``, ``events`` (groups), ``q1`` to ``q4``, ``intensity``, ``last``."""
    return f"""
    WITH told AS (
      SELECT {ONE} AS one, {TWO} AS two, arg_max(e.quad, coalesce(e.score, -1)) AS quad, bool_or({DONE}) AS done,
        arg_max(e.intensity, coalesce(e.score, -1)) AS intensity, max({WHEN}) AS day
      FROM {events} e {joined} WHERE {BETWEEN_STATES} AND {where} GROUP BY 1, 2, {group}
    )
    SELECT one, two, count(*) AS events, {_QUADS}, avg(intensity) FILTER (WHERE done) AS intensity, max(day) AS last
    FROM told GROUP BY 1, 2
    """


def months(events: str, joined: str, group: str, where: str) -> str:
    """Pairs by month: ``one``, ``two``, ``month``, ``wide``, ``q1`` to ``q4``, ``not_done``; the rows as ``data.events.months``
    has them."""
    return f"""
    WITH fits AS (
      SELECT {ONE} AS one, {TWO} AS two, {group} AS "group", bool_and({WIDE}) AS wide,
        coalesce(min({WHEN}) FILTER (WHERE NOT {WIDE}), min({WHEN})) AS day,
        arg_max(e.quad, (e.score, e.id)) AS quad, bool_or({DONE}) AS done
      FROM {events} e {joined} WHERE {where} AND {WHEN} IS NOT NULL GROUP BY 1, 2, 3
    )
    SELECT one, two, date_trunc('month', day)::DATE AS month, wide, {_QUADS}, count(*) FILTER (WHERE NOT done) AS not_done
    FROM fits GROUP BY 1, 2, 3, 4
    """


def states(events: str) -> str:
    """States: ``code``, ``events`` (mentions in which the state stands on either side)."""
    return f"""
    SELECT code, count(*) AS events FROM (
      SELECT source_country AS code FROM {events} e
      UNION ALL SELECT target_country FROM {events} e WHERE target_country IS DISTINCT FROM source_country
    ) WHERE code IS NOT NULL GROUP BY 1
    """


def words(articles: str) -> str:
    """The index of words: each ``word`` of titles and texts in small letters, and the ``articles`` (row numbers) that hold it.

    What holds no space stands within a word of the text or nowhere in it, so a search for a part of a word reads these words
    instead of the texts (``data.searching``).
    """
    signs = SIGNS.replace("'", "''")
    whole = "translate(lower(concat_ws(' ', title, text)), chr(9) || chr(10) || chr(13), '   ')"
    split = f"list_distinct(list_transform(string_split({whole}, ' '), lambda w: trim(w, '{signs}')))"
    return f"""
    SELECT word, list(article) AS articles FROM (SELECT rowid AS article, unnest({split}) AS word FROM {articles})
    WHERE word <> '' GROUP BY word ORDER BY word
    """


COUNTED = ("articles", "events", "statements", "instruments", "discrepancies", "corrections")


def totals(named: Callable[[str], str]) -> str:
    """One row: the rows of each table, how many ``outlets`` there are, the ``first`` and the ``last`` day of an article.

    ``named`` gives the SQL name of a table.
    """
    counts = ", ".join(f"(SELECT count(*) FROM {named(name)}) AS {name}" for name in COUNTED)
    articles = named("articles")
    days = f"(SELECT min(published_from) FROM {articles}) AS first, (SELECT max(published_from) FROM {articles}) AS last"
    return f"SELECT {counts}, (SELECT count(DISTINCT outlet) FROM {articles}) AS outlets, {days}"


def outlets(articles: str) -> str:
    """Outlets: ``outlet``, ``articles``, the ``first`` and the ``last`` day of one."""
    days = "min(published_from) AS first, max(published_from) AS last"
    return f"SELECT outlet, count(*) AS articles, {days} FROM {articles} GROUP BY 1"


def coverage(articles: str) -> str:
    """Months: ``month``, ``articles``, ``outlets``."""
    counted = "count(*) AS articles, count(DISTINCT outlet) AS outlets"
    month = "date_trunc('month', published_from)::DATE AS month"
    return f"SELECT {month}, {counted} FROM {articles} WHERE published_from IS NOT NULL GROUP BY 1"


def of_copy(at: str) -> dict[str, str]:
    """The tables that a copy holds beside the archive's own, each with the query that makes it. ``at`` stands before a table's
    name: ``copied.``"""
    events, articles = f"{at}events", f"{at}articles"
    newest = NEWEST.format(events=events, articles=articles)
    apart = "e.source_country <> e.target_country"
    return {
        "pair_totals": f"{pairs(events, '', 'e.grp')} ORDER BY one, two",
        "pair_months": f"{months(events, '', 'e.grp', apart)} ORDER BY one, two, month, wide",
        "state_totals": states(events),
        "words": words(articles),
        "totals": totals(lambda name: f"{at}{name}"),
        "outlet_totals": outlets(articles),
        "month_totals": coverage(articles),
        "recent": f"SELECT e.* FROM {events} e WHERE e.published >= ({newest}) - {RECENT.days} ORDER BY e.published, e.id",
    }
