"""The shape of the package: imports point one way, modules stay small, the library is silent and light."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from dragoman.commands.common import EXTRAS

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "dragoman"
LAYERS = (
    ("errors", "settings"),
    ("records",),
    ("codebook",),
    ("read",),
    ("coding",),
    ("reconcile",),
    ("archive",),
    ("measure",),
    ("brief",),
    ("web",),
    ("reader", "show"),
    ("library",),
    ("commands",),
    ("cli",),
    ("__init__",),
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
MODULES = sorted(PACKAGE.rglob("*.py"))
SOURCES = sorted(path for folder in ("src", "tests", "training", "bench") for path in (ROOT / folder).rglob("*.py"))
NOT_AT_RUN_TIME = {"torch", "spacy", "transformers", "sklearn"}


def layer(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Every module that a file names in an import, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import hides which stage it reaches into"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_point_from_later_stages_to_earlier_ones(path: Path) -> None:
    own = layer(path)
    assert own in LEVEL, f"{own} is no stage; add it to LAYERS where it belongs"
    for module in imports(path):
        parts = module.split(".")
        if parts[0] == "dragoman" and len(parts) > 1:
            other = parts[1] if parts[1] in LEVEL else "__init__"
            if own in ("cli", "commands") and other == "__init__":
                continue  # the version
            assert other == own or LEVEL[other] < LEVEL[own], f"{own} imports {module}, a later stage or one beside it"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_the_package_needs_nothing_that_is_only_for_training(path: Path) -> None:
    assert not {module.split(".")[0] for module in imports(path)} & (NOT_AT_RUN_TIME | {"training", "bench", "tests"})


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_modules_have_at_most_six_hundred_lines(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 600


@pytest.mark.parametrize("path", [path for path in MODULES if layer(path) not in ("cli", "commands")], ids=name)
def test_the_library_never_prints(path: Path) -> None:
    calls = (node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
    assert not [call for call in calls if isinstance(call, ast.Name) and call.id == "print"]


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_no_exception_is_caught_without_naming_it(path: Path) -> None:
    handlers = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ExceptHandler)]
    assert not [node.lineno for node in handlers if node.type is None]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_function_changes_a_global(path: Path) -> None:
    assert not [node.lineno for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Global)]


@pytest.mark.parametrize("path", sorted((ROOT / "tests").rglob("test_*.py")), ids=name)
def test_every_test_asserts_something(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            words = ast.unparse(node)
            assert any(word in words for word in ("assert", "raises", "check", "expect")), f"{node.name} asserts nothing"


def distributions(lines: Iterable[str]) -> set[str]:
    """Import names of requirement lines."""
    names = {re.split(r"[<>=!~; \[]", line)[0].lower().replace("-", "_") for line in lines}
    return {{"python_docx": "docx"}.get(name, name) for name in names}


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = distributions(project["dependencies"])
    extras = distributions(
        line for name, lines in project["optional-dependencies"].items() if name != "train" for line in lines
    )
    parts_of_others = {"markupsafe", "click"}  # jinja2's own, typer's own
    used = {module.split(".")[0] for path in MODULES for module in imports(path)} - set(sys.stdlib_module_names) - {"dragoman"}
    assert used - declared - extras <= parts_of_others
    assert declared - used == set()
    assert extras - used == {"font_source_sans_pro"}  # found as files


def test_every_extra_that_an_import_may_lack_is_named_in_the_error() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    for module, extra in EXTRAS.items():
        assert module in distributions(project[extra])
