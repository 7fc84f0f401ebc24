"""The copy that a server asks: made in the background, renewed when the archive has a new batch."""

from __future__ import annotations

import logging
import math
import shutil
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Thread

import duckdb

from dragoman.archive.archive import Archive
from dragoman.errors import DragomanError
from dragoman.web.data.connection import Data, open_copy, open_data

LOG = logging.getLogger("dragoman.web")


@dataclass(slots=True)
class Copies:
    """Gives the data of the newest batch: its copy where that is ready, else the archive itself while the copy is made."""

    archive: Archive
    seconds: float
    wanted: bool = True
    rest_s: float = 60.0  # between two copies: a reviewer makes a new batch with every key
    _folder: Path | None = None
    _files: Data | None = None  # the newest batch that was asked from the archive's files
    _ready: Data | None = None
    _making: str | None = None
    _last: float = -math.inf
    _maker: Thread | None = None
    _writing: duckdb.DuckDBPyConnection | None = None
    _closed: bool = False
    _guard: Lock = field(default_factory=Lock, repr=False)

    def data(self) -> Data:
        batch = str(self.archive.snapshot().batch)
        with self._guard:
            if self._ready is not None and self._ready.batch == batch:
                return self._ready
            rested = time.monotonic() - self._last >= self.rest_s
            if self.wanted and rested and self._making is None and not self._closed:
                self._making, self._last = batch, time.monotonic()
                self._maker = Thread(target=self._make, daemon=True, name=f"copy of batch {batch}")
                self._maker.start()
            if self._files is not None and self._files.batch == batch:
                return self._files
        found = open_data(self.archive, self.seconds)
        with self._guard:
            self._files = found
        return found

    def ready(self) -> bool:
        """Whether the newest batch is asked from its copy."""
        return self._ready is not None and self._ready.batch == str(self.archive.snapshot().batch)

    def close(self) -> None:
        """End the copy that is being made, and remove what was copied. A thread inside DuckDB at the interpreter's end would
        take the process down with it."""
        with self._guard:
            self._closed = True
        while self._maker is not None and self._maker.is_alive():  # between two statements an interrupt is not heard
            if (writing := self._writing) is not None:
                with suppress(duckdb.Error):  # ended in between
                    writing.interrupt()
            self._maker.join(0.05)
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _make(self) -> None:
        try:
            if self._folder is None:
                self._folder = Path(tempfile.mkdtemp(prefix="dragoman-site-"))
            made = open_copy(self.archive, self._folder, self.seconds, self._begun)
            with self._guard:
                self._ready = made
            for file in self._folder.glob("*.duckdb"):
                if file.stem != made.batch:
                    file.unlink(missing_ok=True)
        except (DragomanError, OSError) as error:  # the pages are right without it, only slower
            if not self._closed:
                LOG.warning("no copy of the archive, pages read its files: %s", error)
        finally:
            self._making = self._writing = None

    def _begun(self, writing: duckdb.DuckDBPyConnection) -> None:
        self._writing = writing
