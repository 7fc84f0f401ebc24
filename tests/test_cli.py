"""The command line: what it prints where, and what it ends with. The reader is a stand-in; the real one has its own tests."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

import samples
from dragoman import __version__, cli
from dragoman.commands import common
from dragoman.errors import InputError
from dragoman.read import Source
from dragoman.records import Record
from dragoman.settings import DEFAULT


class FakeReader:
    """Gives the sample record for whatever it is asked to read; a file's name can ask for trouble."""

    def __init__(self) -> None:
        self.published: list[str | None] = []

    def pipe(self, documents: Iterable[Source], *, published: str | None = None) -> Iterator[Record]:
        self.published.append(published)
        for source in documents:
            source.read_bytes(DEFAULT)
            name = Path(source.name).name
            if name.startswith("broken"):
                raise InputError("no text in it; give a file with text", name)
            if name.startswith("surprise"):
                raise ZeroDivisionError("a bug\nover two lines \x1b[31m")
            if name.startswith("stop"):
                raise KeyboardInterrupt
            if name.startswith("russian"):
                yield samples.record(language="ru")
            elif name.endswith(".jsonl"):
                yield samples.record()
                yield samples.record(title="The second")
            else:
                yield samples.record(title=f"On {name}")


class Outcome:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Any:
    """``run("read", "a.txt")`` in an empty folder, with a stand-in reader; gives code, out and err."""
    reader = FakeReader()

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(common, "load_reader", lambda profile: reader)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.delenv("DRAGOMAN_DEBUG", raising=False)
    for name in ("a.txt", "b.txt", "broken.txt", "russian.txt", "surprise.txt", "stop.txt", "many.jsonl"):
        Path(name).write_text("text", "utf-8")
    Path("folder").mkdir()
    Path("folder/c.txt").write_text("text", "utf-8")

    def go(*arguments: str) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["dragoman", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        return Outcome(int(ended.value.code or 0), out, err)

    go.reader = reader  # type: ignore[attr-defined]
    return go


def test_one_article_is_printed_for_people(run: Any) -> None:
    done = run("read", "a.txt")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("On a.txt\n")
    assert "CONSULT/visit" in done.out
    assert "\x1b" not in done.out


def test_json_of_one_article_is_its_record(run: Any) -> None:
    assert run("read", "a.txt", "--json").json == samples.record(title="On a.txt").to_dict()


def test_json_of_several_articles_is_an_array(run: Any) -> None:
    assert [r["article"]["title"] for r in run("read", "a.txt", "b.txt", "--json").json] == ["On a.txt", "On b.txt"]
    assert [r["article"]["title"] for r in run("read", "many.jsonl", "--json").json] == [samples.SENTENCES[0][1], "The second"]


def test_json_of_a_folder_is_an_array_even_with_one_article(run: Any) -> None:
    assert isinstance(run("read", "folder", "--json").json, list)


def test_json_lines(run: Any) -> None:
    lines = run("read", "a.txt", "folder", "--jsonl").out.splitlines()
    assert [json.loads(line)["article"]["title"] for line in lines] == ["On a.txt", "On c.txt"]


def test_a_table_is_an_array_of_rows_with_their_article(run: Any) -> None:
    rows = run("read", "a.txt", "b.txt", "--json", "--table", "events").json
    assert [row["id"] for row in rows] == ["e1", "e2", "e1", "e2"]
    assert rows[0]["article"] == samples.ID
    assert len(run("read", "a.txt", "--json", "--table", "sentences").json) == len(samples.SENTENCES)


def test_a_table_for_people_leaves_out_the_others(run: Any) -> None:
    done = run("read", "a.txt", "--table", "figures")
    assert "29 ports" in done.out
    assert "CONSULT" not in done.out


def test_explain_reaches_json_and_people(run: Any) -> None:
    assert run("read", "a.txt", "--json", "--explain").json["explanations"][0]["by"] == "relation model 1"
    assert "by relation model 1" in run("read", "a.txt", "--explain").out


def test_standard_input(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"text")))
    assert run("read", "-", "--json").json["article"]["title"] == "On standard input"


def test_the_published_date_reaches_the_reader(run: Any) -> None:
    run("read", "a.txt", "--published", "2031-03-02")
    assert run.reader.published == ["2031-03-02"]


def test_one_bad_input_does_not_stop_the_others(run: Any) -> None:
    done = run("read", "broken.txt", "a.txt", "gone.txt", "b.txt", "--jsonl")
    assert done.code == 1
    assert len(done.out.splitlines()) == 2
    assert done.err.splitlines() == [
        "dragoman: broken.txt: no text in it; give a file with text",
        "dragoman: gone.txt: no such file; expected a file, a folder, a glob or -; check the path",
        "dragoman: 2 of 4 inputs failed",
    ]


def test_a_bad_file_does_not_stop_the_rest_of_its_folder(run: Any) -> None:
    Path("folder/broken.txt").write_text("text", "utf-8")
    Path("folder/empty.txt").write_text("", "utf-8")
    Path("folder/d.txt").write_text("text", "utf-8")
    done = run("read", "folder", "--jsonl")
    assert (done.code, len(done.out.splitlines())) == (1, 2)


def test_json_stays_valid_when_every_input_fails(run: Any) -> None:
    assert run("read", "gone.txt", "broken.txt", "--json").json == []


def test_a_text_in_another_language_is_a_failed_input(run: Any) -> None:
    done = run("read", "russian.txt", "--json")
    assert done.code == 1
    assert done.err == "dragoman: russian.txt: the text is in Russian; Dragoman codes English, so nothing was coded\n"
    assert done.json["article"]["language"] == "ru"


def test_a_bug_is_one_line_and_the_others_are_done(run: Any) -> None:
    done = run("read", "surprise.txt", "a.txt", "--jsonl")
    assert done.code == 1
    assert len(done.out.splitlines()) == 1
    first = done.err.splitlines()[0]
    assert first.startswith("dragoman: surprise.txt: unexpected ZeroDivisionError: a bug over two lines [31m; please report it")
    assert "Traceback" not in done.err


def test_the_traceback_is_there_for_those_who_ask(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_DEBUG", "1")
    assert "Traceback" in run("read", "surprise.txt").err


def test_control_c_ends_quietly(run: Any) -> None:
    done = run("read", "stop.txt")
    assert (done.code, done.err) == (130, "")


def test_a_model_that_cannot_be_loaded_is_one_line(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(profile: str | None) -> FakeReader:
        raise OSError("disk gone")

    monkeypatch.setattr(common, "load_reader", broken)
    done = run("read", "a.txt", "b.txt")
    assert done.code == 1
    assert done.err.count("\n") == 1
    assert "unexpected OSError: disk gone" in done.err


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("read", "a.txt", "--table", "verbs"), "there is no table 'verbs'; choose one of actors, events"),
        (("read", "a.txt", "--published", "yesterday"), "--published 'yesterday' is not a date; write it as 2031-03-02"),
        (("read", "a.txt", "--json", "--jsonl"), "--json and --jsonl were both given; choose one"),
        (("read", "a.txt", "--colour"), "No such option: --colour"),
        (("write", "a.txt"), "No such command 'write'"),
        (("read",), "Usage: dragoman read"),
    ],
)
def test_wrong_usage_ends_with_two(run: Any, arguments: tuple[str, ...], complaint: str) -> None:
    done = run(*arguments)
    assert done.code == 2
    assert complaint in done.err + done.out
    assert "Traceback" not in done.err


def test_version_and_help(run: Any) -> None:
    assert run("--version").out == f"dragoman {__version__}\n"
    helped = run("read", "--help")
    assert helped.code == 0
    assert "Example: dragoman read" in helped.out


def command(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "dragoman.cli", *arguments], capture_output=True, text=True, **options)


def test_help_does_not_wait_for_models() -> None:
    code = "import sys; sys.argv = ['dragoman', 'read', '--help']\nfrom dragoman import cli\n"
    code += "try: cli.main()\nexcept SystemExit: pass\nprint(sorted(m for m in sys.modules if m.startswith('dragoman.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = done.stdout.splitlines()[-1]
    assert "dragoman.commands.read" in loaded
    assert "dragoman.reader" not in loaded
    assert "dragoman.coding" not in loaded


def test_a_closed_pipe_is_no_failure() -> None:
    script = (
        "import sys, samples\nfrom dragoman import cli\nfrom dragoman.commands import common as cli_common\n"
        "class R:\n    def pipe(self, documents, **options):\n        return iter([samples.record()] * 5000)\n"
        "cli_common.load_reader = lambda profile: R()\n"
        "sys.argv = ['dragoman', 'read', 'x', '--jsonl']\ncli.main()\n"
    )
    path = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(timeout=30) == 0
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()


def test_progress_is_shown_only_after_a_while_and_only_on_a_terminal() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    quick, slow, pipe = Terminal(), Terminal(), io.StringIO()
    for stream, after in ((quick, 60.0), (slow, 0.0), (pipe, 0.0)):
        progress = common.Progress(stream, after)
        progress.say("reading a.txt")
        progress.wait(1.0)
        progress.say("reading b.txt")
        progress.clear()
    assert quick.getvalue() == ""
    assert "reading b.txt" in slow.getvalue()
    assert pipe.getvalue() == ""
