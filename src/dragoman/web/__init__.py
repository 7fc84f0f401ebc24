"""The site: pages over an archive, read-only, server-rendered; and the same pages written out as files."""
