"""Actors in sentences of our own: country, sector, person and office on the date, for 1,700 mentions on all continents.

    python -m bench.actor_cases [--errors N] [--of KIND] [--sector]

``bench/data/actors/*.csv`` hold a sentence with the mention in double brackets, the day of the article, and what the mention
means: ``country`` (several that count as right with "/", ``none`` for no country, empty where none is asked), ``sector``,
``person`` (full usual name) and ``office`` on the day, empty where not asked. Kinds: names, persons, descriptions, ambiguous
names, and ``null`` for mentions that say no country. The cases are split by state (hash of the code; without a country, of the
sentence): those of ``held`` were not looked at while writing the rules.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from dragoman.codebook import Codebook, load
from dragoman.codebook.towns import folded
from dragoman.coding.actors.resolver import Resolver
from dragoman.read import from_text
from dragoman.records import Actor, ActorRef

CASES = Path(__file__).resolve().parent / "data" / "actors"
KINDS = ("name", "person", "description", "ambiguous", "null")


@dataclass(frozen=True, slots=True)
class Case:
    """One mention: ``text`` has no brackets, the mention lies at ``start`` to ``end``."""

    kind: str
    date: str | None
    text: str
    start: int
    end: int
    country: str
    sector: str
    person: str
    offices: tuple[str, ...]

    @property
    def held(self) -> bool:
        """Whether the case was kept from the eyes of the rules' author."""
        key = self.country.split("/")[0] if self.country not in ("", "none") else self.text
        return int(hashlib.sha256(key.encode()).hexdigest(), 16) % 3 == 0


def cases() -> list[Case]:
    """The cases of ``bench/data/actors``, in the order of files and lines."""
    out = []
    for path in sorted(CASES.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                before, _, rest = row["text"].partition("[[")
                mention, _, after = rest.partition("]]")
                start, offices = len(before), tuple(o for o in row["office"].split("/") if o)
                text = before + mention + after
                end = start + len(mention)
                out.append(
                    Case(
                        row["kind"],
                        row["date"] or None,
                        text,
                        start,
                        end,
                        row["country"],
                        row["sector"],
                        row["person"],
                        offices,
                    )
                )
    return out


def found(resolver: Resolver, case: Case) -> tuple[tuple[ActorRef, ...], Actor | None]:
    """Whom the mention names, and the row of the first of them."""
    article = from_text(case.text, published=case.date)
    moved = article.text.index(case.text[case.start : case.end], max(0, case.start - 2)) - case.start
    actors = resolver.article(article)
    refs = actors.at(case.start + moved, case.end + moved)
    rows = actors.table(refs)
    return refs, rows[0] if rows else None


def judged(case: Case, refs: tuple[ActorRef, ...], actor: Actor | None, book: Codebook) -> dict[str, bool]:
    """For each question that the case asks, whether the answer is right."""
    out = {}
    countries = {r.country for r in refs}
    if case.country == "none":
        out["country"] = not any(countries)
    elif case.country:
        out["country"] = len(countries) == 1 and countries <= set(case.country.split("/"))
    if case.sector:
        out["sector"] = {r.sector for r in refs} == {case.sector}
    if case.person or case.offices:
        same = not case.person or (actor is not None and _same(actor.name, case.person, book))
        office = not case.offices or (actor is not None and actor.role in case.offices)
        out["person"] = same and office
    return out


def _same(name: str, person: str, book: Codebook) -> bool:
    """Whether two names are one person's, by the table of office holders or but for accents."""
    mine, theirs = ({h.person for h in book.holdings_of(n)} or {n} for n in (name, person))
    return bool(mine & theirs) or folded(name).lower() == folded(person).lower()


def tally() -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]], list[str]]:
    """Right and asked by group and question; the wrong ones of the states that were looked at."""
    book = load()
    resolver = Resolver(book)
    right: Counter[tuple[str, str]] = Counter()
    asked: Counter[tuple[str, str]] = Counter()
    wrong = []
    for case in cases():
        refs, actor = found(resolver, case)
        answers = judged(case, refs, actor, book)
        for question, good in answers.items():
            for group in ("all", "held" if case.held else "read", case.kind):
                asked[group, question] += 1
                right[group, question] += good
        bad = [question for question, good in answers.items() if not good]
        if bad and not case.held:
            got = " ".join(f"{r.country}/{r.sector}" for r in refs) or "-"
            who = f"{actor.name}, {actor.role}" if actor else "-"
            wanted = f"{case.country}/{case.sector} {case.person} {'/'.join(case.offices)}"
            mention = case.text[case.start : case.end]
            told = f"{','.join(bad):16} {case.kind:11} {case.date or '':10} [[{mention}]] wanted {wanted}"
            wrong.append(f"{told} | got {got} {who} | {case.text}")
    return right, asked, wrong


def figures() -> dict[str, float]:
    """What ``bench/floors.toml`` holds: shares over all cases, and over those of the held states."""
    right, asked, _ = tally()
    return {
        (question if group == "all" else f"held_{question}"): right[group, question] / asked[group, question]
        for group in ("all", "held")
        for question in ("country", "sector", "person")
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--errors", type=int, default=0, help="print so many wrong cases of the states that were looked at")
    parser.add_argument("--of", default="", choices=("", *KINDS), help="only wrong cases of this kind")
    parser.add_argument("--question", default="", help="only where this is wrong: country, sector, person")
    given = parser.parse_args()
    right, asked, wrong = tally()
    report(right, asked)
    shown = [w for w in wrong if (not given.of or w.split()[1] == given.of) and given.question in w.split()[0]]
    print("\n".join(shown[: given.errors]))


def report(right: Counter[tuple[str, str]], asked: Counter[tuple[str, str]]) -> None:
    """Print the shares of every group."""
    print(f"{'own cases':12} {'country':>14} {'sector':>14} {'person, office':>16}")
    for group in ("all", "read", "held", *KINDS):
        cells = []
        for question in ("country", "sector", "person"):
            n = asked[group, question]
            cells.append(f"{right[group, question] / n:.3f} of {n:4}" if n else "-")
        print(f"{group:12} {cells[0]:>14} {cells[1]:>14} {cells[2]:>16}")


if __name__ == "__main__":
    main()
