"""Bad input through the whole program: one clear line each, the agreed exit code, the others done, records that stay true."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dragoman as dm
from dragoman import cli
from support import check_record

GOOD = "Chile and Peru sign a treaty\n\nLIMA, March 3, 2031 - Chile and Peru signed a treaty on Monday, both said.\n"
# A page of a PDF that holds a drawing and no words, as a scanner leaves it.
SCANNED = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<<>>>>endobj
4 0 obj<</Length 20>>stream
0 0 100 100 re f
endstream endobj
trailer<</Root 1 0 R>>
%%EOF
"""

BAD: dict[str, bytes] = {
    "empty.txt": b"",
    "blank.txt": b" \n\t\r\n \xef\xbb\xbf",
    "binary.txt": bytes(range(256)) * 64,
    "picture.txt": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
    "one_line.txt": b"word " * 10_000_000,
    "scanned.pdf": SCANNED,
    "cut.pdf": b"%PDF-1.7\n1 0 obj<<",
    "scripts.html": b"<html><head><script>var a = 1;</script></head><body><script>b()</script></body></html>",
    "no_rows.jsonl": b"\n\n",
    "other.csv": b"a,b\n1,2\n",
    "broken.jsonl": b'{"text": "Chile met',
}
ODD: dict[str, bytes] = {
    "unclosed.html": b"<html><body><div><p>Chile met Peru on Monday.<p>Bolivia <b>criticised <i>both</b>.<table><td",
    "nested.html": b"<div>" * 20_000
    + b"Chile met Peru in Lima on Monday to discuss the border and the fisheries treaty."
    + b"</div>" * 20_000,
    "encoding.txt": "España criticó a Chile; the minister said that Perú would sign the agreement in Bogotá.".encode("cp1252"),
    "utf16.txt": GOOD.encode("utf-16"),
    "quotes.txt": ("“Chile ‘said “Peru ‘said " * 400 + "that Bolivia attacked both of them.").encode(),
    "sentence.txt": ("Chile and Peru and " * 6_700 + "Bolivia signed a treaty.").encode(),
    "controls.txt": b"Chile\x00 met\x07 Peru\x1b[31m in Lima\x0c and signed\x7f a treaty on the border.",
}


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Any:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DRAGOMAN_DEBUG", raising=False)

    def go(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["dragoman", "read", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return int(ended.value.code or 0), *capsys.readouterr()

    return go


@pytest.fixture(scope="module")
def reader() -> dm.Reader:
    return dm.load()


def records_or_refusal(read: Callable[[], Iterable[dm.Record]]) -> list[dict[str, Any]]:
    """The checked records of an input, none where it is refused in one line. Any other exception fails the test."""
    try:
        return [check_record(record) for record in read()]
    except dm.InputError as error:
        refusal = str(error)
    assert refusal
    assert "\n" not in refusal
    return []


def test_each_bad_input_is_one_line_and_the_others_are_done(run: Any) -> None:
    for name, data in BAD.items():
        Path(name).write_bytes(data)
    Path("good.txt").write_text(GOOD, "utf-8")
    Path("folder").mkdir()
    code, out, err = run(*BAD, "missing.txt", "folder", "*.xyz", "good.txt", "--jsonl")
    assert code == 1
    assert len(out.splitlines()) == 1, "only the good one gives a record"
    lines = err.splitlines()
    for name in (*BAD, "missing.txt", "folder", "*.xyz"):
        named = [line for line in lines if line.startswith(f"dragoman: {name}")]
        assert len(named) == 1, f"{name}: {named or lines}"
        assert "please report" not in named[0]
        assert re.search(r"; (?:expected|at most) ", named[0]), "a line says what was found and what was expected"
    assert lines[-1] == f"dragoman: {len(BAD) + 3} of {len(BAD) + 4} inputs failed"
    assert len(lines) == len(BAD) + 4


@pytest.mark.parametrize("name", ODD)
def test_odd_input_gives_a_true_record_or_a_refusal_in_bounded_time(name: str, reader: dm.Reader, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(ODD[name])
    began = time.monotonic()
    for whole in records_or_refusal(lambda: [reader.read(path)]):
        assert whole["article"]["sentences"]
    assert time.monotonic() - began < 60


WORDS = st.sampled_from(
    [
        *["Chile", "Peru", "Xi", "President", "Mr.", "U.S.", "he", "the", "said", "attacked", "has not", "will", "agreement"],
        *["“", "”", '"', "‘", "’", "'", ".", ",", "(", ")", "—", "\n", "\n\n"],
        *["on Monday", "2024", "145%", "$3 million", "http://x.y", "\x00", "\u202e", "😀"],
    ]
)
TEXTS = st.one_of(st.text(max_size=400), st.lists(WORDS, max_size=120).map(" ".join), st.lists(WORDS, max_size=60).map("".join))
SLOW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@SLOW
@given(text=TEXTS)
def test_any_text_gives_a_true_record_or_an_input_error(text: str, reader: dm.Reader) -> None:
    assert len(records_or_refusal(lambda: [reader.read_text(text)])) <= 1


@SLOW
@given(
    data=st.one_of(
        st.binary(max_size=400), TEXTS.map(lambda text: f"<html><body><p>{text}<div>{text}".encode("utf-8", "replace"))
    )
)
def test_any_bytes_give_true_records_or_an_input_error(data: bytes, reader: dm.Reader) -> None:
    assert records_or_refusal(lambda: reader.pipe([data])) is not None


def test_an_input_that_cannot_be_read_does_not_end_the_others_where_somebody_takes_it(reader: dm.Reader) -> None:
    refused: list[dm.InputError] = []
    given = [b"Chile thanked Peru.", b"", b"Peru thanked Chile."]
    assert len(list(reader.pipe(given, failed=refused.append))) == 2
    assert len(refused) == 1
    with pytest.raises(dm.InputError):
        list(reader.pipe(given))


def test_time_grows_with_length_and_not_faster(reader: dm.Reader) -> None:
    def seconds(copies: int) -> float:
        began = time.perf_counter()
        reader.read_text(
            "\n\n".join(f"Chile accused Peru of moving {n} soldiers. “We are patient,” he said." for n in range(copies))
        )
        return time.perf_counter() - began

    seconds(10)  # whatever is loaded late is loaded now
    short, long = seconds(15), seconds(120)
    assert long < 4 * 8 * short, f"8 times the text took {long / short:.0f} times as long"
