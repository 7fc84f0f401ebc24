"""The SQL that sums a pair's series from its event groups by period and kind."""

from __future__ import annotations

from dragoman.codebook import events as event_codebook

MODALITIES = ("happened", "ongoing", "planned", "hypothetical", "denied")
QUADS = tuple(name.replace(" ", "_") for name in event_codebook.QUADS.values())
COUNTS = ("groups", *QUADS, "words", "deeds", "cooperation", "conflict")
"""Columns that count event groups of the pair, each group once."""
SIDES = ("ab", "ba")

_SERIES = """
WITH periods AS (
  SELECT CAST(unnest(generate_series(CAST($first AS DATE), CAST($last AS DATE), INTERVAL {step})) AS DATE) AS period
), placed AS (
  SELECT *, modality IN ({counted}) AS counted FROM cells WHERE fits AND quad IS NOT NULL
), figures AS (
  SELECT period,
    sum(n) FILTER (counted) AS groups,
    sum(mentions) FILTER (counted) AS mentions,
    {quads},
    sum(n) FILTER (counted AND quad IN (1, 3)) AS words,
    sum(n) FILTER (counted AND quad IN (2, 4)) AS deeds,
    sum(n) FILTER (counted AND quad IN (1, 2)) AS cooperation,
    sum(n) FILTER (counted AND quad IN (3, 4)) AS conflict,
    sum(n * intensity) FILTER (counted) AS intensity_sum,
    {sides},
    {modalities},
    sum(n) FILTER (counted AND dated = 'article') AS dated_by_article
  FROM placed GROUP BY period
)
SELECT $a AS a, $b AS b, p.period,
  CAST(p.period + INTERVAL {step} - INTERVAL 1 DAY AS DATE) AS period_end,
  c.period IS NOT NULL AS covered, coalesce(c.articles, CASE WHEN c.period IS NULL THEN 0 END) AS articles,
  coalesce(c.days, 0) AS days,
  {columns},
  CAST(CASE WHEN c.period IS NULL THEN coalesce(f.groups, 0) ELSE 0 END AS BIGINT) AS recalled
FROM periods p LEFT JOIN figures f USING (period) LEFT JOIN covered c USING (period)
ORDER BY p.period
"""
_STEP = {"day": "1 DAY", "week": "7 DAY", "month": "1 MONTH", "quarter": "3 MONTH", "year": "1 YEAR"}


def quoted(words: tuple[str, ...]) -> str:
    """Words as a list of SQL literals."""
    return ", ".join(f"'{word}'" for word in words)


def series_statement(by: str, modality: tuple[str, ...]) -> str:
    """Over tables ``cells`` and ``covered``, with $a, $b and the first days of the $first and $last period."""
    quads = ", ".join(f"sum(n) FILTER (counted AND quad = {i}) AS {name}" for i, name in enumerate(QUADS, 1))
    sides = ", ".join(
        f"sum(n) FILTER (counted AND {s}) AS groups_{s}, sum(n * intensity) FILTER (counted AND {s}) AS intensity_sum_{s}"
        for s in SIDES
    )
    told = ", ".join(f"sum(n) FILTER (modality = '{m}') AS {m}" for m in MODALITIES[2:])

    def zero(name: str, kind: str = "BIGINT") -> str:
        return f"CASE WHEN c.period IS NOT NULL THEN coalesce(f.{name}, 0)::{kind} END AS {name}"

    covered = "CASE WHEN c.period IS NOT NULL THEN {} END AS {}"
    both = {
        "groups_difference": "CAST(coalesce(f.groups_ab, 0) - coalesce(f.groups_ba, 0) AS BIGINT)",
        "intensity_sum_difference": "coalesce(f.intensity_sum_ab, 0) - coalesce(f.intensity_sum_ba, 0)",
        "intensity_mean_ab": "f.intensity_sum_ab / nullif(f.groups_ab, 0)",
        "intensity_mean_ba": "f.intensity_sum_ba / nullif(f.groups_ba, 0)",
        "intensity_mean_difference": "f.intensity_sum_ab / nullif(f.groups_ab, 0)"
        " - f.intensity_sum_ba / nullif(f.groups_ba, 0)",
    }
    columns = [
        *(zero(name) for name in ("groups", "mentions", *COUNTS[1:])),
        covered.format("f.intensity_sum / nullif(f.groups, 0)", "intensity_mean"),
        zero("intensity_sum", "DOUBLE"),
        covered.format("f.conflict / nullif(f.groups, 0)", "conflict_share"),
        *(zero(f"groups_{s}") for s in SIDES),
        *(zero(f"intensity_sum_{s}", "DOUBLE") for s in SIDES),
        *(covered.format(formula, name) for name, formula in both.items()),
        *(zero(name) for name in (*MODALITIES[2:], "dated_by_article")),
    ]
    return _SERIES.format(
        by=by,
        step=_STEP[by],
        counted=quoted(modality),
        quads=quads,
        sides=sides,
        modalities=told,
        columns=",\n  ".join(columns),
    )
