"""Write the model folder of several shipped coders that are heard together (``dragoman.coding.ensemble``).

    python training/ship_together.py --name coder-parts-1 --members coder-deep-2 .6 --members coder-wide-3 .4

Their folders must stand beside it.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

HERE = Path(__file__).parent
CARD = """# Model {name}

{members}, heard together: each score is the weighted mean of theirs. They answer what is
asked by itself: given pairs (`reader.relations`), roles (`reader.roles`), attributions (`reader.attributions`). Articles are
read by one alone.

Their folders have their own cards, with what they were trained on and their limits.

Scores: `python -m bench pairs roles quotes`.
"""


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--name", required=True)
    a.add_argument("--members", nargs=2, action="append", required=True, metavar=("MODEL", "SHARE"))
    a.add_argument("--out", type=Path, default=HERE.parent / "src/dragoman/models")
    o = a.parse_args()
    given = {name: json.loads((o.out / name / "manifest.json").read_text()) for name, _ in o.members}
    first, *others = given.values()
    for key in ("passage", "roots", "modalities", "plover", "held_out_fold"):
        if any(m[key] != first[key] for m in others):
            raise SystemExit(f"the members differ in {key}: they cannot be heard together")
    members = {n: {"share": float(share), "weights": given[n]["files"]["weights.bin"]} for n, share in o.members}
    name, _, version = o.name.rpartition("-")
    folder = o.out / o.name
    folder.mkdir(exist_ok=True)
    kept = {k: first[k] for k in ("passage", "roots", "modalities", "plover", "held_out_fold")}
    manifest = {"name": name, "version": version, "members": members, **kept, "files": {}}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")
    told = " and ".join(f"`{name}` ({float(share):.0%})" for name, share in o.members)
    (folder / "card.md").write_text(CARD.format(name=o.name, members=told))


if __name__ == "__main__":
    main()
