"""Words and addresses that came with an article, in the form in which they may be shown to people."""

from __future__ import annotations

from urllib.parse import urlsplit


def clean(text: str) -> str:
    """One line without control characters, escape sequences' introducers and text-direction overrides."""
    kept = (c if c.isprintable() else " " for c in text if c.isprintable() or c.isspace())
    return " ".join("".join(kept).split())


def safe_url(url: str | None) -> str | None:
    """An address that may become a link: http or https, nothing that runs and nothing that ends the link before its end."""
    if url is None or not url.isprintable() or any(c in url for c in ' <>"'):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:  # http://[x
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
