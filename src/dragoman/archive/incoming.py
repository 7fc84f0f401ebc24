"""What comes into the archive until it is written as a batch: articles become rows as they come, beside coding."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc

from dragoman.archive.rows import Read, from_records
from dragoman.archive.schema import schema
from dragoman.reconcile.columns import told
from dragoman.reconcile.groups import Known, known_of
from dragoman.records import Record

_AT_ONCE = 64  # articles whose rows are made together


class Incoming:
    """Articles on their way into the archive, each once. Their rows are made as they come, some at a time, so that a batch has
    not to wait for it; of a record nothing else is kept."""

    def __init__(self, records: Iterable[Record | Read] = ()) -> None:
        self.events: dict[str, int] = {}
        """How many events each article has, in the order in which the articles came."""
        self.said: Known = {}
        """The events with words, ready for grouping."""
        self.given = 0
        self._waiting: list[Record | Read] = []
        self._made: dict[str, list[pa.Table]] = {}
        for item in records:
            self.take(item)

    def take(self, item: Record | Read) -> None:
        """One more article; the same one again is only counted in ``given``."""
        record = item.record if isinstance(item, Read) else item
        self.given += 1
        if record.article.id in self.events:
            return
        self.events[record.article.id] = len(record.events)
        self._waiting.append(item)
        if len(self._waiting) >= _AT_ONCE:
            self._make()

    def _make(self) -> None:
        made = from_records(self._waiting)
        for table, rows in made.items():
            self._made.setdefault(table, []).append(rows)
        if "events" in made:
            self.said.update(known_of(told(made["events"])))
        self._waiting = []

    def rows(self, known: Collection[str], added: datetime) -> dict[str, pa.Table]:
        """The rows of all articles but the ``known`` ones, one table each. The run is not said: ``conform`` puts it in."""
        self._make()
        found = {table: pa.concat_tables(several) for table, several in self._made.items()}
        if known:
            left = pa.array([article for article in self.events if article not in known], pa.string())
            found = {table: rows.filter(pc.is_in(rows["document"], left)) for table, rows in found.items()}
        if "articles" in found:
            shape = schema("articles").field("added")
            place = found["articles"].schema.get_field_index("added")
            times = pa.repeat(pa.scalar(added, shape.type), len(found["articles"]))
            found["articles"] = found["articles"].set_column(place, shape, times)
        return {table: rows for table, rows in found.items() if len(rows)}
