"""Measures: from the record to numbers and pictures of how a pair of states is moving.

Each public name is fetched from its module when it is first used, so that ``import dragoman`` stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOME = {
    "COUNTS": "changes",
    "agreement": "votes",
    "alike": "similarity",
    "baselines": "forecast_baselines",
    "change_points": "changes",
    "coder_errors": "coder_error",
    "coverage": "pair_series",
    "escalation": "ladder",
    "event_groups": "events",
    "facts_of": "frames",
    "matrix": "votes",
    "pair_table": "votes",
    "passages": "events",
    "read_rda": "rfile",
    "read_votes": "ballots",
    "replies": "reciprocity",
    "series": "pair_series",
    "similarity": "votes",
    "source": "datasets",
    "sources": "datasets",
    "third_parties": "third",
    "turning_events": "turning",
    "unit_of": "frames",
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
