"""Measures: from the record to numbers and pictures of how a pair of states is moving.

Each public name is fetched from its module when it is first used, so that ``import dragoman`` stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOME = {
    "COUNTS": "changes",
    "about_columns": "alignment",
    "agreement": "votes",
    "align": "alignment",
    "align_pairs": "alignment",
    "alike": "likeness",
    "baselines": "forecast_baselines",
    "bloc_table": "blocs",
    "brokers": "balance",
    "change_points": "changes",
    "coder_errors": "coder_error",
    "coverage": "covered",
    "escalation": "ladder",
    "estimate_ideal_points": "irt",
    "event_groups": "events",
    "events_network": "networks",
    "events_networks": "networks",
    "facts_of": "frames",
    "find_blocs": "blocs",
    "ideal_points": "ideal",
    "isolation": "balance",
    "matrix": "votes",
    "pair_table": "votes",
    "passages": "events",
    "places": "balance",
    "read_rda": "rfile",
    "read_treaties": "treaties",
    "read_votes": "ballots",
    "replies": "reciprocity",
    "series": "pair_series",
    "similarity": "votes",
    "source": "datasets",
    "sources": "datasets",
    "third_parties": "third",
    "triad_balance": "balance",
    "turning_events": "turning",
    "unit_of": "frames",
    "votes_networks": "networks",
    "with_intervals": "intervals",
    "words_and_deeds": "words_deeds",
    "words_followed": "words_deeds",
}

__all__ = [*_HOME]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"dragoman.measure.{_HOME[name]}"), name)
    raise AttributeError(f"module 'dragoman.measure' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})
