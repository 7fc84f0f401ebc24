"""Where the reference data lies: ``$DRAGOMAN_DATA``, else ``../shared/data`` beside the checkout."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def folder() -> Path:
    """The reference data; ends the run with exit code 0 and a reason where it is absent, since a fresh checkout lacks it."""
    at = Path(os.environ.get("DRAGOMAN_DATA") or Path(__file__).parents[2] / "shared" / "data")
    if not at.is_dir():
        print(f"skipped: no reference data at {at}; set DRAGOMAN_DATA to its folder")
        sys.exit(0)
    return at
