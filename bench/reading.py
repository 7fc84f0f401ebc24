"""How well and how fast texts are cut into sentences and pages into articles: prints the figures of docs/decisions.md.

python bench/reading.py [DATA]        DATA defaults to $DRAGOMAN_DATA or ../shared/data
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from dragoman import read
from dragoman.read.lines import paragraphs
from dragoman.read.sentences import split

Cutter = Callable[[str], list[int]]
LIMIT = 2_000


def by_line(text: str) -> list[int]:
    """Where sentences start, each row of the text by itself, as the coded articles are stored."""
    return [start for row in re.finditer(r"[^\n]+", text) for start, _ in split(text, row.start(), row.end(), LIMIT)]


def by_paragraph(text: str) -> list[int]:
    return [start for line in paragraphs(text) for start, _ in split(text, line.start, line.end, LIMIT)]


def score(name: str, cut: Cutter, cases: Iterable[tuple[str, set[int]]]) -> None:
    hit = found = wanted = characters = 0
    begun = time.process_time()
    for text, starts in cases:
        got = set(cut(text))
        hit, found, wanted, characters = hit + len(got & starts), found + len(got), wanted + len(starts), characters + len(text)
    seconds = time.process_time() - begun
    precision, recall = hit / found, hit / wanted
    f1 = 2 * precision * recall / (precision + recall)
    sys.stdout.write(f"{name:34} P {precision:.4f}  R {recall:.4f}  F1 {f1:.4f}  {found / seconds:,.0f} sentences/s\n")


def coded(data: Path) -> list[tuple[str, set[int]]]:
    """The coded articles and where their sentences start."""
    cases = []
    for row in (data / "coded" / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        article = json.loads(row)
        text = article["text"]
        cases.append(
            (text, {start + len(text[start:end]) - len(text[start:end].lstrip()) for start, end in article["sentences"]})
        )
    return cases


def joined(data: Path) -> list[tuple[str, set[int]]]:
    """Articles stored one sentence a line, their lines joined by a space: the borders are known and nothing shows them."""
    cases = []
    for path in sorted((data / "text" / "news").glob("*.txt")):
        for article in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
            rows = [row.strip() for row in article.split("\n") if re.search(r"[.!?][\"'”’)]*\s*$", row)]
            if len(rows) > 3:
                starts = {sum(len(row) + 1 for row in rows[:i]) for i in range(len(rows))}
                cases.append((" ".join(rows), starts))
    return cases


def main() -> None:
    data = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("DRAGOMAN_DATA", "../shared/data"))
    score("coded articles, row by row", by_line, coded(data))
    score("coded articles, by paragraph", by_paragraph, coded(data))
    score("news, lines joined", by_paragraph, joined(data))
    for path in sorted((data / "html").glob("*.html")):
        begun = time.process_time()
        (article,) = read.read(path)
        day = article.published.from_ if article.published else None
        took = 1_000 * (time.process_time() - begun)
        sys.stdout.write(f"{path.stem:36} {day}  {len(article.sentences):3} sentences  {took:4.0f} ms  {article.title}\n")


if __name__ == "__main__":
    main()
