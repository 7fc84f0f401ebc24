"""Every command of docs/tour.md runs, in order, as the page has it; and the page is written as ``bench.tour`` writes it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bench import tour
from bench.pictures import MOST_BYTES, OUT, WIDTH
from bench.tour import Answer, Step

PAGE = tour.PAGE.read_text("utf-8")
PROGRAMS = ("dragoman", "ls", "row=")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tour")


@pytest.fixture(scope="module")
def answers(folder: Path) -> list[Answer]:
    return [answer for block in tour.run(PAGE, folder) for answer in block]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_every_command_of_the_tour_ends_well(answers: list[Answer]) -> None:
    assert len(answers) > 15
    assert {answer.step.line: answer.output for answer in answers if answer.code} == {}


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_files_that_the_tour_names_are_there(answers: list[Answer], folder: Path) -> None:
    named = re.findall(r"`((?:site|relations|examples)\b[\w/.-]*|[\w.-]+\.html)`", PAGE)
    assert {"relations", "brief.html", "site/index.html", "site/pair/IDN-MYS.html"} <= set(named)
    assert [name for name in named if not (folder / name).exists()] == []


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_second_add_a_correction_and_its_undoing_do_what_the_page_says(answers: list[Answer]) -> None:
    told = {answer.step.line: answer.output for answer in answers}
    adds = [answer.output for answer in answers if answer.step.line.startswith("dragoman add")]
    assert "14 articles" in adds[0]
    assert "0 articles" in adds[1]
    assert "14 were there already" in adds[1]
    assert any("rejected" in output for line, output in told.items() if line.endswith("--history"))
    assert any("undid correction" in output for line, output in told.items() if line.startswith("dragoman undo"))


def test_all_that_looks_like_a_command_is_run() -> None:
    outside = tour._BLOCK.sub("", PAGE)
    assert re.findall(r"^    (\S.*)$", outside, re.M) == ["make install", ". .venv/bin/activate"]
    run = [step for block in tour.blocks(PAGE) for step in block]
    assert [step.line for step in run if step.prompt == "$" and not step.line.startswith(PROGRAMS)] == []
    assert [block for block in tour.blocks(PAGE) if not block] == []


def test_a_page_is_written_with_its_commands_kept_and_long_answers_cut() -> None:
    page = "Text.\n\n<!-- run 2 -->\n\n    $ one\n    old\n    >>> two\n\n<!-- /run -->\n\nEnd.\n"
    assert tour.blocks(page) == [[Step("$", "one"), Step(">>>", "two")]]
    answers = [[Answer(Step("$", "one"), 0, "a\nb\nc"), Answer(Step(">>>", "two"), 0, "")]]
    wanted = page.replace("    old\n", "    a\n    b\n    ...\n")
    assert tour.written(page, answers) == wanted
    assert tour.written(wanted, answers) == wanted


def test_the_shell_keeps_its_variables_and_gives_exit_codes(tmp_path: Path) -> None:
    page = (
        "<!-- run -->\n\n    $ x=3\n    $ echo $x\n    $ false\n    >>> y = 2\n    >>> y + 1\n    >>> 1 / 0\n\n<!-- /run -->\n"
    )
    (block,) = tour.run(page, tmp_path)
    assert [(answer.code, answer.output) for answer in block[:5]] == [(0, ""), (0, "3"), (1, ""), (0, ""), (0, "3")]
    assert block[5].code == 1
    assert "ZeroDivisionError" in block[5].output


@pytest.mark.parametrize("name", ["pair", "event", "article"])
def test_the_pictures_are_shown_and_small(name: str) -> None:
    data = (OUT / f"{name}.webp").read_bytes()
    assert f"](pictures/{name}.webp)" in PAGE
    assert (data[:4], data[8:16]) == (b"RIFF", b"WEBPVP8X")
    assert int.from_bytes(data[24:27], "little") + 1 == WIDTH
    assert len(data) <= MOST_BYTES
