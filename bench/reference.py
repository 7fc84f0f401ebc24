"""Where the reference data lies: ``$DRAGOMAN_DATA``, else ``../shared/data`` beside the checkout."""

from __future__ import annotations

import os
from pathlib import Path


class Absent(Exception):
    """The reference data is not here; a fresh checkout lacks it, so its runners are skipped with this reason."""


def folder() -> Path:
    """The folder of the reference data. Raises Absent."""
    at = Path(os.environ.get("DRAGOMAN_DATA") or Path(__file__).parents[2] / "shared" / "data")
    if not at.is_dir():
        raise Absent(f"no reference data at {at}; set DRAGOMAN_DATA to its folder")
    return at
