"""``dm.Archive``: the archive of tables, joined to the reader that fills it.

The archive's own layer lies below the reader and takes one from its caller; here the two meet, so that
``archive.add(paths)`` is all that a user writes.
"""

from __future__ import annotations

from dragoman.archive import archive


class Archive(archive.Archive):
    __doc__ = archive.Archive.__doc__
