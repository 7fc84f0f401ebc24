"""The examples in the docstrings of measures are true."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest


@pytest.mark.parametrize("module", ["balance", "blocs", "datasets", "likeness", "pictures.world", "votes"])
def test_examples_in_docstrings_print_what_they_say(module: str) -> None:
    found = doctest.testmod(import_module(f"dragoman.measure.{module}"))
    assert found.attempted > 0
    assert found.failed == 0
