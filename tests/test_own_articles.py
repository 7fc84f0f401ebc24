"""The scorer of the own articles counts what it says it counts."""

from __future__ import annotations

from pathlib import Path

import pytest

import samples
from bench.own_articles import Expected, OwnArticle, Score, add, load


def article(**rows: object) -> OwnArticle:
    given = {"events": (), "statements": (), "absent": (), **rows}
    return OwnArticle("sample", "sample", samples.TEXT, None, **given)  # type: ignore[arg-type]


def counted(**rows: object) -> Score:
    total = Score()
    add(total, article(**rows), samples.record())
    return total


def test_a_row_is_found_by_sentence_states_and_root() -> None:
    total = counted(events=(Expected("arrived in Santiago", "NOR", "CHL", "CONSULT", "happened", ""),))
    assert (total.events, total.found, total.modality_right, total.asserted_right) == (1, 1, 1, 1)


def test_direction_does_not_count_for_mutual_roots_and_counts_for_others() -> None:
    assert counted(events=(Expected("arrived", "CHL", "NOR", "CONSULT", "*", ""),)).found == 1
    assert counted(events=(Expected("denied selling", "CHL", "NOR", "AID", "*", ""),)).found == 0


def test_a_row_in_another_sentence_is_missed() -> None:
    total = counted(events=(Expected("signed the Southern", "NOR", "CHL", "CONSULT", "happened", ""),))
    assert total.found == 0
    assert total.missed == ["sample: NOR CONSULT CHL (happened): “signed the Southern”"]


def test_modality_and_source_of_a_claim_are_counted_apart() -> None:
    total = counted(events=(Expected("denied selling", "NOR", "CHL", "AID/COOPERATE", "happened", "CHL"),))
    assert (total.found, total.modality_right, total.asserted_right) == (1, 0, 0)


def test_statements_are_found_by_words_and_speaker() -> None:
    assert counted(statements=(("NOR", "open its harbours"), ("CHL", "open its harbours"))).statements_found == 1


def test_forbidden_rows_are_named_with_the_reason() -> None:
    total = counted(absent=(Expected("denied selling", "NOR", "CHL", "AID", "denied", "a test"),))
    assert total.forbidden == ["sample: NOR AID CHL (denied): “denied selling”, but a test"]
    assert not counted(absent=(Expected("denied selling", "NOR", "CHL", "AID", "happened", "a test"),)).forbidden


def test_words_that_are_not_in_the_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Chile met Peru.", "utf-8")
    (tmp_path / "a.expected.toml").write_text('kind = "test"\nstatements = [["CHL", "we meet"]]\n', "utf-8")
    with pytest.raises(ValueError, match=r"a.txt: 'we meet' stands 0 times in the text, expected once"):
        load(tmp_path)
