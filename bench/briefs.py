"""Briefs of many pairs, and whether their verifier can fail: ``python -m bench.briefs [--records FILE.jsonl ...] [--missed]``.

Prints how many sentences were printed and refused, how many of the happenings between the parties they tell, which share of
the printed ones passes the verifier when read again, and how many damaged sentences it catches. The damager knows neither
writer nor verifier: it changes the finished text. Of every printed sentence it makes one of each kind that fits:

- actor: a state or person named is exchanged for another;
- direction: who acts and who is acted on change places (not where the two act together);
- action: the verb is exchanged for another ("welcomed" for "attacked");
- modality: what happened is planned, possible or denied; what is planned has happened; what is stalled is signed;
- date: a day, month or year is moved;
- number: a number is changed.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import dragoman as dm
from bench.brief_tables import connection
from bench.reference import folder
from dragoman import brief, codebook
from dragoman.brief.choosing import happenings
from dragoman.brief.document import Brief, Line
from dragoman.brief.material import Event, Material
from dragoman.brief.verify import faults
from dragoman.read import sources
from dragoman.settings import DEFAULT

FEWEST_EVENTS = 3
"""Events that a pair needs for a brief of its own here."""
KINDS = ("actor", "action", "direction", "modality", "date", "number")
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
NUMBERS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
TOGETHER = re.compile(
    r"\b(?:met|signed|talks|agreed|held|negotiated|discussed|together|between|strengthened|deepened|spoke|gathered|traded)\b"
)
SAID = {"said", "told", "noted", "added", "claimed", "called"}
"""Verbs of saying, which are not exchanged for each other: "added" for "said" is no other claim."""
VERBS = {
    "killed": "kill", "launched": "launch", "accused": "accuse", "condemned": "condemn", "welcomed": "welcome", "visited":
    "visit", "expelled": "expel", "demanded": "demand", "signed": "sign", "met": "meet", "held": "hold", "invaded":
    "invade", "said": "say", "told": "tell", "praised": "praise", "called": "call", "blamed": "blame", "claimed": "claim",
    "dismissed": "dismiss", "designated": "designate", "imposed": "impose", "levied": "levy", "urged": "urge", "asked":
    "ask", "attacked": "attack", "denounced": "denounce", "strengthened": "strengthen", "mediated": "mediate", "warned":
    "warn", "rejected": "reject", "carried": "carry", "sent": "send", "supported": "support", "noted": "note", "added":
    "add", "agreed": "agree", "arrested": "arrest", "deployed": "deploy", "invited": "invite", "spoke": "speak", "pardoned":
    "pardon", "criticized": "criticize", "exchanged": "exchange", "injured": "injure", "cracked": "crack", "erupted":
    "erupt", "escalated": "escalate", "continued": "continue", "struck": "strike", "targeted": "target", "voted": "vote",
    "airlifted": "airlift", "transferred": "transfer", "dropped": "drop", "expressed": "express", "made": "make",
    "recognized": "recognize", "vowed": "vow", "denied": "deny", "found": "find", "labeled": "label", "questioned":
    "question", "paid": "pay", "had": "have", "fired": "fire", "joined": "join", "relaxed": "relax", "discovered": "discover",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Damaged:
    kind: str
    text: str
    line: Line


# Records and briefs


def read_all() -> list[dict[str, Any]]:
    """The records of the reference article and of all of the text data."""
    data = folder()
    reader = dm.load()
    paths = [data / "articles", data / "text" / "news", data / "text" / "wikinews_2020.csv"]
    found = sources([str(p) for p in paths])
    return [r.to_dict() for s in found for r in reader.pipe([s])]


def pairs(records: Iterable[dict[str, Any]]) -> list[tuple[str, str]]:
    """Pairs of states with enough events for a brief, the most told first."""
    count: Counter[tuple[str, str]] = Counter()
    book = codebook.load()
    for record in records:
        for e in record["events"]:
            one, two = sorted((e["source"]["country"] or "", e["target"]["country"] or ""))
            if one != two and book.state(one) and book.state(two):
                count[one, two] += 1
    return [pair for pair, n in sorted(count.items(), key=lambda x: (-x[1], x[0])) if n >= FEWEST_EVENTS]


def written(records: Sequence[dict[str, Any]]) -> Iterator[tuple[Brief, Material]]:
    """The brief of each pair, with the material it was made from."""
    with connection(records) as db:
        for one, two in pairs(records):
            material = brief.gather(db, brief.question(one, two, minutes=12))
            yield brief.compose(material), material


# Damage


def damaged(line: Line, material: Material, dice: random.Random) -> Iterator[Damaged]:
    """The sentence with one thing changed, once for each kind that fits it."""
    for kind, change in (
        ("actor", _actor(line.text, material, dice)),
        ("action", _action(line.text, dice)),
        ("direction", _direction(line.text, material) if line.kind in ("event", "statement", "figure") else None),
        ("modality", _modality(line.text)),
        ("date", _date(line.text, dice)),
        ("number", _number(line.text, dice)),
    ):
        if change is not None and change != line.text:
            yield Damaged(kind, change, line)


def _names(text: str, material: Material) -> list[tuple[int, int, str]]:
    """Names of states and persons outside quotation marks, longest first from the left: start, end, what they name."""
    outside = re.sub(r"“[^”]*”", lambda m: " " * len(m[0]), text)
    known = {s.name: s.id for s in codebook.load().states if not s.to}
    known |= {a.name: a.id for t in material.texts.values() for a in t.actors.values() if len(a.name.split()) > 1 and a.role}
    found: list[tuple[int, int, str]] = []
    for name in sorted(known, key=lambda n: (-len(n), n)):
        for m in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", outside):
            if not any(s < m.end() and m.start() < e for s, e, _ in found):
                found.append((m.start(), m.end(), name))
    return sorted(found)


def _actor(text: str, material: Material, dice: random.Random) -> str | None:
    found = _names(text, material)
    if not found:
        return None
    start, end, name = found[dice.randrange(len(found))]
    states = [s.name for s in codebook.load().states if not s.to and s.name not in text]
    persons = sorted({a.name for t in material.texts.values() for a in t.actors.values() if len(a.name.split()) > 1 and a.role})
    others = [p for p in persons if p not in text] if name in persons else states
    return text[:start] + dice.choice(others) + text[end:] if others else None


def _direction(text: str, material: Material) -> str | None:
    if TOGETHER.search(text.split("“")[0]):
        return None
    found = _names(text, material)
    if len(found) < 2 or found[0][2] == found[1][2] or " and " in text[found[0][1] : found[1][0]]:
        return None
    (a, b, one), (c, d, two) = found[:2]
    return text[:a] + two + text[b:c] + one + text[d:]


def _action(text: str, dice: random.Random) -> str | None:
    head, mark, quoted = text.partition("“")
    verb = re.search(rf"\b(?:{'|'.join(VERBS)})\b", head)
    if verb is None:
        return None
    other = dice.choice([v for v in VERBS if v != verb[0] and not {v, verb[0]} <= SAID])
    return head[: verb.start()] + other + head[verb.end() :] + mark + quoted


def _modality(text: str) -> str | None:
    head, mark, quoted = text.partition("“")
    for old, new in (
        ("plans to ", "did not "),
        ("remains unsettled", "has been signed"),
        ("is in force", "has ended"),
        ("could ", "did not "),
        ("was ", "was not "),
        ("were ", "were not "),
    ):
        if old in head:
            return head.replace(old, new, 1) + mark + quoted
    verb = re.search(rf"\b(?:{'|'.join(VERBS)})\b", head)
    if verb is not None:
        changes = ("plans to", "did not", "could")
        change = changes[len(text) % 3]
        return head[: verb.start()] + f"{change} {VERBS[verb[0]]}" + head[verb.end() :] + mark + quoted
    inside = re.search(r"\b(?:is|are|was|were|has|have|had|will)\b", quoted)
    return head + mark + quoted[: inside.end()] + " not" + quoted[inside.end() :] if inside else None


def _date(text: str, dice: random.Random) -> str | None:
    days = list(re.finditer(rf"\b(\d{{1,2}}) ({MONTHS}) (\d{{4}})\b", text))
    if days:
        m = dice.choice(days)
        day, month, year = int(m[1]), m[2], int(m[3])
        new = dice.choice(
            (f"{day % 28 + 1} {month} {year}", f"{day} {_other_month(month)} {year}", f"{day} {month} {year + 1}")
        )
        return text[: m.start()] + new + text[m.end() :]
    years = list(re.finditer(r"\b(?:19|20)\d\d\b", text))
    if not years:
        return None
    m = dice.choice(years)
    return text[: m.start()] + str(int(m[0]) - 1) + text[m.end() :]


def _other_month(month: str) -> str:
    every = MONTHS.split("|")
    return every[(every.index(month) + 5) % 12]


def _number(text: str, dice: random.Random) -> str | None:
    free = re.sub(rf"\b(?:\d{{1,2}} )?(?:(?:{MONTHS}) )?(?:19|20)\d\d\b", lambda m: " " * len(m[0]), text)
    found = list(re.finditer(rf"\b(?:\d[\d,]*|{NUMBERS})\b", free))
    if not found:
        return None
    m = dice.choice(found)
    if m[0][0].isdigit():
        new = f"{int(m[0].replace(',', '')) + 7:,}"
    else:
        every = NUMBERS.split("|")
        new = every[(every.index(m[0]) + 3) % len(every)]
    return text[: m.start()] + new + text[m.end() :]


# Figures


def told(made: Brief, material: Material) -> Counter[str]:
    """What became of the happenings between the parties: all, told by a sentence of the grammar's, told by a quotation.

    A happening is told where a printed sentence rests on one of its mentions, or on a row of the same sentence, root and sides.
    """
    rows = {e.id: e for e in material.events}
    lines = [
        (line.text.startswith(("A report", "An undated report")), rows[r])
        for line in made.lines()
        for r in line.rows
        if r in rows
    ]
    known = {quoted: {_same(e) for q, e in lines if q is quoted} for quoted in (True, False)}
    out: Counter[str] = Counter()
    for happening in happenings(material.events, material, DEFAULT):
        same = {_same(e) for e in happening.mentions}
        out["happenings"] += 1
        out["told"] += bool(same & known[False])
        out["quoted"] += not same & known[False] and bool(same & known[True])
    return out


def _same(event: Event) -> tuple[str, int, str, frozenset[str | None]]:
    return event.document, event.sentence, event.root, frozenset({event.source.country, event.target.country})


def measured(records: Sequence[dict[str, Any]], seeds: Sequence[int] = (2031,)) -> tuple[dict[str, float], list[Damaged]]:
    """The figures, and the damaged sentences that passed."""
    tried: Counter[str] = Counter()
    missed: list[Damaged] = []
    printed = refused = unsupported = briefs = 0
    seen: set[str] = set()
    happened: Counter[str] = Counter()
    for made, material in written(records):
        briefs += 1
        happened += told(made, material)
        refused += len(made.refused)
        for line in made.lines():
            if line.kind in ("measure", "coverage") or line.text in seen:
                continue
            seen.add(line.text)
            printed += 1
            unsupported += bool(faults(line, material))
            # A second throw of the dice damages the same sentence otherwise; the same text twice counts once.
            bads = {b.text: b for s in seeds for b in damaged(line, material, random.Random(f"{s} {line.text}"))}
            for bad in bads.values():
                tried[bad.kind] += 1
                if not faults(replace(line, text=bad.text), material):
                    missed.append(bad)
    total = sum(tried.values())
    out = {
        "briefs": float(briefs),
        "printed": float(printed),
        "refused": float(refused),
        "happenings": float(happened["happenings"]),
        "told": float(happened["told"]),
        "quoted": float(happened["quoted"]),
        "passes_again": 1 - unsupported / printed,
        "damaged": float(total),
        "caught": 1 - len(missed) / total,
    }
    lost = Counter(m.kind for m in missed)
    return out | {f"caught_{k}": 1 - lost[k] / tried[k] for k in KINDS if tried[k]}, missed


def figures() -> dict[str, float]:
    return measured(read_all(), range(2031, 2034))[0]


def main() -> None:
    a = argparse.ArgumentParser(prog="python -m bench.briefs", description=__doc__)
    a.add_argument(
        "--records", nargs="+", type=Path, help="records already read, one JSON a line, instead of reading the texts"
    )
    a.add_argument("--throws", type=int, default=3, metavar="N", help="throws of the dice that choose what is changed")
    a.add_argument("--missed", action="store_true", help="list the damaged sentences that the verifier let through")
    o = a.parse_args()
    records = [json.loads(x) for f in o.records for x in f.read_text("utf-8").splitlines()] if o.records else read_all()
    found, missed = measured(records, range(2031, 2031 + o.throws))
    for name, value in found.items():
        print(f"{name:20} {value:8.3f}")
    if o.missed:
        for m in missed:
            print(f"{m.kind}: {m.text}\n    was: {m.line.text}")


if __name__ == "__main__":
    main()
