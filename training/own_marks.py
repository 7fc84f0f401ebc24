"""The project's own marked articles: kept as hash, offsets and codes, joined again with their texts on disk.

    python training/own_marks.py pack MARKED.jsonl ... > training/marks/events.jsonl    lines as ``marks.py json`` prints them
    python training/own_marks.py check training/marks/events.jsonl                      every hash and offset against the texts

No sentence of the texts is kept. A text is found by its id (FILE#k) in the reference data and must have the hash of its marks.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Id and text of every article of the reference data that marks may point to."""
    for path in sorted((folder / "text/news").glob("*.txt")):
        for k, block in enumerate(re.split(r"\n\s*\n", path.read_text(encoding="utf-8", errors="replace").strip())):
            yield f"{path.name}#{k}", block.strip()
    with (folder / "text/wikinews_2020.csv").open(encoding="utf-8", newline="") as f:
        for k, row in enumerate(csv.DictReader(f)):
            yield f"wikinews_2020.csv#{k}", row["title"] + "\n" + row["text"].strip()
    with (folder / "text/unmarked/insightcrime.txt").open(encoding="utf-8") as f:
        for k, line in enumerate(f):
            yield f"insightcrime.txt#{k}", line.strip()
    with (folder / "text/unmarked/muc4.jsonl").open(encoding="utf-8") as f:
        for row in map(json.loads, f):
            yield f"muc4#{row['id']}", "\n".join(" ".join(p.split()) for p in re.split(r"\n\s*\n", row["text"].strip()))
    for k, sentence in enumerate(_sentences(folder / "text/unmarked/re3d_train.txt")):
        yield f"re3d#{k}", sentence
    for file, key, prefix in (("dates/timebank.jsonl", "id", "timebank#"), ("quotes/polnear_train.jsonl", "doc", "polnear#")):
        seen = set()
        with (folder / file).open(encoding="utf-8") as f:
            for row in map(json.loads, f):
                name = prefix + row[key][: None if key == "id" else 40]
                if name not in seen:
                    seen.add(name)
                    yield name, row["text"].strip()


def _sentences(path: Path) -> Iterator[str]:
    """Each sentence of a file with one word a line, its words set as in print."""
    words: list[str] = []
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.strip():
            words.append(line.split("\t")[0])
        elif words:
            out = re.sub(r" ([,.;:!?%)\]’”])", r"\1", " ".join(words))
            out = re.sub(r"([(\[$£“‘]) ", r"\1", out)
            out = re.sub(r" (['’]s|n't|['’]re|['’]ve|['’]ll)\b", r"\1", out)
            yield re.sub(r"(\d) / (\d)", r"\1/\2", re.sub(r"(\w) - (\w)", r"\1-\2", out))
            words = []


def _side(side: dict[str, Any]) -> list[Any]:
    return [side["start"], side["end"], side["country"], side["sector"]]


def _ends(span: dict[str, Any]) -> list[int]:
    return [span["start"], span["end"]]


def packed(article: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": article["id"],
        "sha256": hashlib.sha256(article["text"].encode()).hexdigest(),
        "published": article["published"],
        "sentences": article["sentences"],
        "events": [
            [e["s"], _side(e["source"]), _side(e["target"]), e["root"], e["modality"], *_ends(e["trigger"])]
            for e in article["events"]
        ],
        "statements": [
            [s["s"], _side(s["speaker"]), s["kind"], s["cue"] and _ends(s["cue"]), *_ends(s["content"])]
            for s in article["statements"]
        ],
    }


def _unpacked(row: dict[str, Any], text: str) -> dict[str, Any]:
    def side(s: list[Any]) -> dict[str, Any]:
        words = None if s[0] is None else text[s[0] : s[1]]
        return {"who": f"{s[2]} {s[3]}", "start": s[0], "end": s[1], "country": s[2], "sector": s[3], "text": words}

    def span(start: int, end: int) -> dict[str, Any]:
        return {"start": start, "end": end, "text": text[start:end]}

    return {
        "id": row["id"],
        "text": text,
        "published": row["published"],
        "sentences": row["sentences"],
        "fold": -1,
        "events": [
            {"s": s, "source": side(a), "target": side(b), "root": root, "modality": m, "trigger": span(x, y)}
            for s, a, b, root, m, x, y in row["events"]
        ],
        "statements": [
            {"s": s, "speaker": side(a), "kind": kind, "cue": cue and span(*cue), "content": span(x, y)}
            for s, a, kind, cue, x, y in row["statements"]
        ],
    }


def load(path: Path, folder: Path) -> list[dict[str, Any]]:
    """The marked articles in the layout of ``coded/articles.jsonl``, fold -1 (always trained on).

    Ends the run where a text differs.
    """
    known = dict(texts(folder))
    out = []
    for row in map(json.loads, path.open(encoding="utf-8")):
        text = known.get(row["id"])
        if text is None or hashlib.sha256(text.encode()).hexdigest() != row["sha256"]:
            sys.exit(f"{path}: the text of {row['id']} is not the one that was marked; expected sha256 {row['sha256'][:12]}")
        out.append(_unpacked(row, text))
    return out


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("what", choices=("pack", "check"))
    a.add_argument("files", type=Path, nargs="+")
    a.add_argument("--data", type=Path, default=Path("../shared/data"))
    o = a.parse_args()
    if o.what == "pack":
        for path in o.files:
            for line in path.open(encoding="utf-8"):
                print(json.dumps(packed(json.loads(line)), ensure_ascii=False))
        return
    for path in o.files:
        articles = load(path, o.data)
        events = sum(len(x["events"]) for x in articles)
        sentences = sum(len(x["sentences"]) for x in articles)
        print(f"{path}: {len(articles)} articles, {sentences} sentences, {events} events, all texts as marked")


if __name__ == "__main__":
    main()
