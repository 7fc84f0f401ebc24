"""The contrast pairs are well formed, and their scorer counts what it says it counts."""

from __future__ import annotations

import json
from collections import Counter

import pytest

import samples
from bench.contrast import FILE, Half, Pair, Row, faults, load, run
from dragoman import codebook
from dragoman.codebook.events import ROOTS
from dragoman.records import Record

PAIRS = load()
MODALITIES = ("happened", "planned", "hypothetical", "denied")


def test_there_are_over_three_hundred_pairs_spread_over_their_kinds() -> None:
    kinds = Counter(p.kind for p in PAIRS)
    assert len(PAIRS) >= 320
    assert len(kinds) >= 14
    assert max(kinds.values()) <= 2 * min(kinds.values())


def test_ids_are_unique_and_name_their_kind() -> None:
    assert len({p.id for p in PAIRS}) == len(PAIRS)
    assert [p.id for p in PAIRS if p.id.rsplit("-", 1)[0] != p.kind] == []


def test_no_two_pairs_are_equal_and_the_halves_of_one_differ() -> None:
    texts = [frozenset(h.text for h in p.halves) for p in PAIRS]
    assert len(set(texts)) == len(PAIRS)
    assert [p.id for p in PAIRS if p.halves[0].text == p.halves[1].text] == []
    assert [text for text, n in Counter(h.text for p in PAIRS for h in p.halves).items() if n > 1] == []


def test_codes_are_known() -> None:
    countries = {s.id for s in codebook.load().states} | {"IGO", "NGO", "XXX"}
    for pair in PAIRS:
        for half in pair.halves:
            for row in (*half.events, *half.allowed):
                assert {row.source, row.target} <= countries, pair.id
                assert row.root in ROOTS, pair.id
                assert row.modality in MODALITIES, pair.id
            for row in half.absent:
                assert {row.source, row.target} <= countries, pair.id
                assert row.root in (None, *ROOTS), pair.id
                assert row.modality in (None, *MODALITIES), pair.id


def test_all_roots_and_modalities_and_many_countries_appear() -> None:
    rows = [r for p in PAIRS for h in p.halves for r in h.events]
    assert {r.root for r in rows} == set(ROOTS)
    assert {r.modality for r in rows} == set(MODALITIES)
    assert len({c for r in rows for c in (r.source, r.target)}) >= 150


def test_no_row_is_wanted_and_forbidden_at_once() -> None:
    for pair in PAIRS:
        for half in pair.halves:
            wanted = (*half.events, *half.allowed)
            assert [str(r) for r in wanted if any(a.covers(r) for a in half.absent)] == [], pair.id


def test_fields_of_a_line_are_the_documented_ones() -> None:
    for line in FILE.read_text("utf-8").splitlines():
        pair = json.loads(line)
        assert set(pair) == {"id", "kind", "halves"}
        for half in pair["halves"]:
            assert {"text", "events", "absent"} <= set(half) <= {"text", "events", "absent", "allowed", "asserted_by"}
            assert half["text"] == half["text"].strip()
            assert half["text"][-1] in '.”"'


VISIT = Half(
    "Ghana criticised Togo.",
    events=(Row("GHA", "TGO", "ACCUSE", "happened"),),
    absent=(Row("TGO", "BEN", None, None),),
    allowed=(Row("GHA", "TGO", "THREATEN", "happened"),),
)
STATES = Pair("x-01", "x", (VISIT, VISIT)).states


@pytest.mark.parametrize(
    ("rows", "right"),
    [
        ([Row("GHA", "TGO", "ACCUSE", "happened")], True),
        ([Row("GHA", "TGO", "ACCUSE", "planned")], False),
        ([Row("TGO", "GHA", "ACCUSE", "happened")], False),
        ([Row("GHA", "TGO", "ACCUSE", "happened"), Row("GHA", "TGO", "THREATEN", "happened")], True),
        ([Row("GHA", "TGO", "ACCUSE", "happened"), Row("GHA", "TGO", "REJECT", "happened")], False),
        ([Row("GHA", "TGO", "ACCUSE", "happened"), Row("TGO", "BEN", "CONSULT", "planned")], False),
        ([Row("GHA", "TGO", "ACCUSE", "happened"), Row("GHA", "PER", "CONSULT", "planned")], True),
        ([], False),
    ],
)
def test_a_half_is_right_only_with_its_rows_and_no_others_between_its_states(rows: list[Row], right: bool) -> None:
    assert (faults(VISIT, STATES, rows) == []) is right


def test_the_order_of_a_mutual_pair_does_not_count() -> None:
    met = Row("GHA", "TGO", "CONSULT", "happened")
    half = Half("Ghana met Togo.", events=(met,), absent=())
    assert faults(half, frozenset({"GHA", "TGO"}), [Row("TGO", "GHA", "CONSULT", "happened")]) == []
    assert faults(half, frozenset({"GHA", "TGO"}), []) == ["missed GHA CONSULT TGO (happened)"]


class Always:
    """A reader that gives the sample record, whatever it reads: Norway meets Chile, and says that it sold it no arms."""

    def read_text(self, text: str) -> Record:
        return samples.record()


def test_pairs_halves_and_asserters_are_counted() -> None:
    met, arms = Row("CHL", "NOR", "CONSULT", "happened"), Row("NOR", "CHL", "AID", "denied")
    told = Half("a", events=(arms,), absent=(), allowed=(met,), asserted_by="NOR", tells_who=True)
    bare = Half("b", events=(arms,), absent=(), allowed=(met,), asserted_by=None, tells_who=True)
    less = Half("c", events=(met,), absent=(arms,))
    result = run([Pair("x-01", "x", (told, bare)), Pair("x-02", "x", (told, less))], Always())  # type: ignore[arg-type]
    assert result.shares() == {"pairs": 1 / 2, "halves": 3 / 4, "asserted_by": 2 / 3}
    assert len(result.wrong) == 1
    assert "too much NOR AID CHL (denied)" in result.wrong[0]
