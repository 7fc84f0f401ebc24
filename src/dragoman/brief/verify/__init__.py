"""The verifier: reads each finished sentence for itself and compares it with the passages it cites.

It shares no code with the writer but the forms of English words. A sentence whose claim it cannot find in the evidence is not
printed, whether the sentence or the row behind it is wrong.
"""

from __future__ import annotations

from dragoman.brief.verify.check import faults

__all__ = ["faults"]
