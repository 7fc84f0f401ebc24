"""The codebook: states, organisations, offices and the words of sectors, as data files with one loader."""

from __future__ import annotations

from dragoman.codebook.book import Codebook
from dragoman.codebook.loader import load, load_from
from dragoman.codebook.naming import near, near_named, require_state, state_of
from dragoman.codebook.tables import SECTORS, Holding, Organisation, Region, Seat, SectorWord, State

__all__ = [
    "SECTORS",
    "Codebook",
    "Holding",
    "Organisation",
    "Region",
    "Seat",
    "SectorWord",
    "State",
    "load",
    "load_from",
    "near",
    "near_named",
    "require_state",
    "state_of",
]
