"""A model's files are checked before they are used."""

import hashlib
import json
from pathlib import Path

import pytest

from dragoman.coding.encoder import read_manifest
from dragoman.errors import ModelError


def model(folder: Path, content: bytes = b"weights") -> Path:
    (folder / "weights.bin").write_bytes(content)
    manifest = {"name": "m", "version": "1", "files": {"weights.bin": hashlib.sha256(b"weights").hexdigest()}}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


def test_a_whole_model_is_accepted(tmp_path: Path) -> None:
    assert read_manifest(model(tmp_path))["name"] == "m"


def test_a_damaged_file_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"damaged: weights\.bin has sha256 .* reinstall"):
        read_manifest(model(tmp_path, b"weighty"))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    (model(tmp_path) / "weights.bin").unlink()
    with pytest.raises(ModelError, match=r"lacks its file weights\.bin"):
        read_manifest(tmp_path)


def test_a_folder_without_manifest_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no model at"):
        read_manifest(tmp_path)
