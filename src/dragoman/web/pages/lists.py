"""Lists over the whole record: pairs, states, disputed points; how to read it; its status."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

from dragoman.codebook.events import load as load_events
from dragoman.web.data import Row, articles, status
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
    rows = shown.disputes(articles.discrepancies(site.data, limit=DISPUTES))
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
    """Coverage, runs, failures, and the scores of the models that read."""
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
        "floors": scores(),
    }
    return Page("status.html", "status", "Status", "What was read, when, by which version.", context=context)


@cache
def scores() -> tuple[Row, ...]:
    """The scores in the manifests of the shipped models."""
    found: list[Row] = []
    folder = resources.files("dragoman").joinpath("models")
    for model in sorted(folder.iterdir(), key=lambda entry: entry.name):
        manifest = model.joinpath("manifest.json")
        if manifest.is_file():
            _collect(model.name, json.loads(manifest.read_text("utf-8")).get("scores"), "", found)
    return tuple(found)


def _collect(model: str, node: object, path: str, found: list[Row]) -> None:
    if isinstance(node, dict):
        for name, value in node.items():
            _collect(model, value, f"{path}, {name}" if path else str(name), found)
    elif isinstance(node, int | float) and not isinstance(node, bool):
        found.append({"model": model, "measure": path.replace("_", " "), "score": f"{node:.3f}".rstrip("0").rstrip(".")})
