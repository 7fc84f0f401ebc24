"""A brief as JSON: sections of sentences with their passages and rows, and what the verifier refused and why."""

from __future__ import annotations

import json
from typing import Any

from dragoman.brief.document import Brief, Line, Passage


def text(brief: Brief) -> str:
    return json.dumps(tree(brief), ensure_ascii=False, indent=2) + "\n"


def tree(brief: Brief) -> dict[str, Any]:
    return {
        "title": brief.title,
        "lead": [_line(line) for line in brief.lead],
        "levels": [{"what": x.what, "value": x.value, "low": x.low, "high": x.high, "trend": x.trend} for x in brief.levels],
        "sections": [{"id": s.id, "title": s.title, "lines": [_line(line) for line in s.lines]} for s in brief.sections],
        "sources": [
            {
                "number": s.number,
                "article": s.document,
                "title": s.title,
                "outlet": s.outlet,
                "published": s.published,
                "url": s.url,
                "sentences": list(s.sentences),
            }
            for s in brief.sources
        ],
        "refused": [{"text": r.line.text, "faults": list(r.faults), "rows": list(r.line.rows)} for r in brief.refused],
        "made_by": brief.made_by,
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "text": line.text,
        "kind": line.kind,
        "note": line.note,
        "sources": line.sources,
        "rows": list(line.rows),
        "passages": [_passage(p) for p in line.passages],
    }


def _passage(p: Passage) -> dict[str, Any]:
    return {
        "article": p.document,
        "sentence": p.sentence,
        "start": p.start,
        "end": p.end,
        "words": p.words,
        "published": p.published,
        "outlet": p.outlet,
        "title": p.title,
        "link": p.link,
    }
