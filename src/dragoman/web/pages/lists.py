"""Lists over the whole record: pairs, states, disputed points; how to read it; its status."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dragoman.codebook.events import load as load_events
from dragoman.measure import coder_errors
from dragoman.web.data import Row, discrepancies, status
from dragoman.web.data import pairs as pair_data
from dragoman.web.formats import FORMS
from dragoman.web.pages import shown
from dragoman.web.site import Page, Site

PAIRS, DISPUTES = 400, 100


def pairs(site: Site) -> Page:
    context = {"pairs": pair_data.pairs(site.data, limit=PAIRS), "limit": PAIRS}
    return Page("pairs.html", "pairs", "Pairs of states", "Pairs of states by number of events.", "Dataset", context=context)


def states(site: Site) -> Page:
    rows = [row for row in pair_data.all_states(site.data) if len(row["code"]) == 3]
    return Page("states.html", "states", "States", "Every state in the record.", context={"states": rows})


def disputed(site: Site) -> Page:
    rows = shown.disputes(discrepancies.newest(site.data, limit=DISPUTES))
    about = "Passages that cannot all be true, with both sides."
    return Page("disputed.html", "disputed", "Disputed points", about, "Dataset", context={"disputes": rows})


def about(site: Site) -> Page:
    roots = tuple(load_events().roots.values())
    return Page("about.html", "about", "How to read and cite this record", context={"roots": roots})


def tables(endpoints: Sequence[Any]) -> Page:
    """Every table with its address, its parameters and its columns (``api.Endpoint``)."""
    context = {"endpoints": endpoints, "forms": list(FORMS)}
    return Page("api.html", "api", "Data and API", "Every table as JSON, CSV and Parquet.", context=context)


def state_of_record(site: Site) -> Page:
    """Coverage, runs, failures, and how well the coder reads."""
    data = site.data
    months, outlets = status.coverage(data)
    context = {
        "totals": status.totals(data),
        "months": months,
        "outlets": outlets,
        "most_month": max((row["articles"] for row in months), default=1),
        "runs": status.runs(data),
        "failures": status.failures(data),
        "discards": status.discards(data),
        "measured": measured(),
    }
    return Page("status.html", "status", "Status", "What was read, when, by which version.", context=context)


def measured() -> Row:
    """How well the coder reads, by root, on marked articles that its models were not trained on (``measure.coder_error``)."""
    found = coder_errors()
    rows = [
        {"root": root, "given": e.given, "right": e.right, "required": e.required, "found": e.found}
        for root, e in found.roots.items()
    ]
    return {"models": found.models, "articles": found.articles, "roots": rows}
