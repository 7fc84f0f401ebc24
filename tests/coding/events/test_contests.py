"""Matches told in the words of war."""

import pytest

from dragoman.coding.events.contests import is_contest, is_sport


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ghana beat Mali 3-1 in the final. The coach thanked the fans.", True),
        ("Peru's striker scored in the quarter-final against Chile.", True),
        ("India lost by four wickets; the captain praised the innings of his opener.", True),
        ("Sudan's army beat back an attack. The council voted 13-2 on Tuesday.", False),
        ("The team of inspectors will make its final report. Its goal is a treaty.", False),
        ("Telegram 315/8-2958 reports that the king met the captain.", False),
        ("", False),
    ],
)
def test_an_article_of_sport_is_told_by_scores_and_words_of_the_field(text: str, expected: bool) -> None:
    assert is_sport(text) is expected


@pytest.mark.parametrize(
    ("trigger", "root", "states", "expected"),
    [
        ("defeated", "ASSAULT", False, True),
        ("face", "CONSULT", True, True),
        ("attacked", "ASSAULT", True, True),
        ("attacked", "ASSAULT", False, False),  # fans, the police
        ("shelled", "ASSAULT", True, False),
    ],
)
def test_a_contest_is_told_by_its_verb(trigger: str, root: str, states: bool, expected: bool) -> None:
    assert is_contest(trigger, root, states=states) is expected
