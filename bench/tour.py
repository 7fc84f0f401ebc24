"""Runs the commands of ``docs/tour.md`` as the page has them and writes what they print below them: ``python -m bench.tour``.

A block lies between ``<!-- run -->`` and ``<!-- /run -->``; ``<!-- run 12 -->`` shows at most twelve lines of each answer. In
it ``$ `` begins a command for the shell and ``>>> `` a line of Python; all else is output and is written anew. The commands of
the page run in order in one folder that has the clone's ``examples``; variables of the shell last, those of Python to the end
of the block. ``dragoman serve``, which runs until Ctrl-C, is given a free port, asked for its front page and interrupted.

``tests/test_tour.py`` runs the same commands, so that page and test cannot differ.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "tour.md"
LINES = 20
"""Lines shown of an answer where the block says no number."""
COLUMNS = 100
PORT = 8080  # what ``dragoman serve`` takes by itself
INTERRUPTED = 130
STARTS_WITHIN = 600.0
"""Seconds in which a server must answer; it does in two on a machine that is free."""

_BLOCK = re.compile(r"(<!-- run(?: (\d+))? -->\n)(.*?)(<!-- /run -->)", re.S)
_STEP = re.compile(r"^    (\$|>>>) (.+)$", re.M)
_MARK = "--- end of step"
_CONSOLE = f"""
import code, sys
console = code.InteractiveConsole()
for line in sys.stdin.read().splitlines():
    console.push(line)
    print({_MARK!r}, int(hasattr(sys, "last_value")), flush=True)
"""


@dataclass(frozen=True, slots=True)
class Step:
    """A line to run: ``prompt`` is ``$`` or ``>>>``."""

    prompt: str
    line: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a step printed, standard error included, and its exit code; of a line of Python, 1 where it raised."""

    step: Step
    code: int
    output: str


def steps(text: str) -> list[Step]:
    """The steps of a block, or of a page's blocks."""
    return [Step(*found) for found in _STEP.findall(text)]


def blocks(page: str) -> list[list[Step]]:
    """The steps of every block of a page, in order."""
    return [steps(found[3]) for found in _BLOCK.finditer(page)]


def run(page: str, folder: Path) -> list[list[Answer]]:
    """Run a page's blocks in ``folder``, which must be empty."""
    (folder / "examples").symlink_to(ROOT / "examples")
    with _shell(folder) as shell:
        return [_run(block, folder, shell) for block in blocks(page)]


def _run(block: Sequence[Step], folder: Path, shell: subprocess.Popen[str]) -> list[Answer]:
    python = iter(_python([step.line for step in block if step.prompt == ">>>"], folder))
    answers = []
    for step in block:
        if step.prompt == ">>>":
            code, output = next(python)
        elif step.line.startswith("dragoman serve"):
            code, output = _serve(step.line, folder)
        else:
            code, output = _ask(shell, step.line)
        answers.append(Answer(step, code, "\n".join(line.rstrip() for line in output.strip("\n").splitlines())))
    return answers


def _environment() -> dict[str, str]:
    """The programs of this Python come first, as in an active environment."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DRAGOMAN_")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{kept.get('PATH', '')}"
    return kept | {"PATH": path, "COLUMNS": str(COLUMNS), "PYTHONUTF8": "1"}


@contextlib.contextmanager
def _shell(folder: Path) -> Iterator[subprocess.Popen[str]]:
    shell = subprocess.Popen(
        ["bash"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        cwd=folder,
        env=_environment(),
    )
    try:
        yield shell
    finally:
        shell.communicate()


def _ask(shell: subprocess.Popen[str], line: str) -> tuple[int, str]:
    assert shell.stdin is not None
    assert shell.stdout is not None
    shell.stdin.write(f"{{ {line}\n}} </dev/null\nprintf '\\n{_MARK} %d\\n' $?\n")
    shell.stdin.flush()
    lines: list[str] = []
    for told in shell.stdout:
        if told.startswith(_MARK):
            return int(told.split()[-1]), "".join(lines)
        lines.append(told)
    raise OSError(f"the shell ended at {line!r}: {''.join(lines)}")


def _python(lines: Sequence[str], folder: Path) -> list[tuple[int, str]]:
    if not lines:
        return []
    done = subprocess.run(
        [sys.executable, "-c", _CONSOLE],
        input="\n".join(lines),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        cwd=folder,
        env=_environment(),
        check=True,
    )
    return [(int(code), told) for told, code in re.findall(rf"(.*?){_MARK} (\d)\n", done.stdout, re.S)]


def _serve(line: str, folder: Path) -> tuple[int, str]:
    """Start the server, wait for its front page, interrupt it. The code is 0 where it answered and ended as Ctrl-C ends it."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    words = [*shlex.split(line), "--port", str(port)]
    words[0] = str(Path(sys.executable).parent / words[0])
    server = subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", cwd=folder, env=_environment()
    )
    answered = _answers(f"http://127.0.0.1:{port}/", server)
    server.send_signal(signal.SIGINT)
    told = server.communicate()[0].replace(str(port), str(PORT))
    return (0 if answered and server.returncode in (0, INTERRUPTED) else server.returncode or 1), told


def _answers(address: str, server: subprocess.Popen[str]) -> bool:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=STARTS_WITHIN) as answer:
            return bool(answer.status == 200)
        time.sleep(0.2)
    return False


def written(page: str, answers: Sequence[Sequence[Answer]]) -> str:
    """The page with what its commands printed, each answer shortened to the lines that its block allows."""
    told = iter(answers)

    def block(found: re.Match[str]) -> str:
        most = int(found[2] or LINES)
        parts = [_shown(answer, most) for answer in next(told)]
        return f"{found[1]}\n{''.join(parts)}\n{found[4]}"

    return _BLOCK.sub(block, page)


def _shown(answer: Answer, most: int) -> str:
    lines = answer.output.splitlines()
    if len(lines) > most:
        lines = [*lines[:most], "..."]
    return "".join(f"    {line}".rstrip() + "\n" for line in (f"{answer.step.prompt} {answer.step.line}", *lines))


def write() -> int:
    """Write the page anew. Returns 1, and leaves it, where a step fails."""
    page = PAGE.read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        answers = run(page, Path(folder))
    failed = [answer for block in answers for answer in block if answer.code]
    for answer in failed:
        print(f"{answer.step.line}: exit code {answer.code}\n{answer.output}", file=sys.stderr)
    if failed:
        return 1
    PAGE.write_text(written(page, answers), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(write())
