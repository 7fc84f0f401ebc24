"""Persons introduced once: the office stands where a brief first names somebody, and only there."""

from __future__ import annotations

from dataclasses import replace

from dragoman.brief.document import Brief, Line, Section
from dragoman.brief.material import Material, Ref
from dragoman.brief.verify import faults
from dragoman.brief.writing import names


def introduced(brief: Brief, material: Material) -> Brief:
    """The brief with offices only at the first mention, in the order in which it is printed.

    A shortened sentence is verified like any other; where it fails, the long one stands.
    """
    forms = _forms(material)
    seen: set[str] = set()

    def pass_over(lines: tuple[Line, ...]) -> tuple[Line, ...]:
        return tuple(_short(line, forms, seen, material) for line in lines)

    lead = pass_over(brief.lead)
    sections = tuple(Section(s.id, s.title, pass_over(s.lines), s.empty) for s in brief.sections)
    return replace(brief, lead=lead, sections=sections)


def _forms(material: Material) -> dict[str, str]:
    """Long forms and the names in them: ``Chinese President Xi Jinping`` to ``Xi Jinping``."""
    out = {}
    for text in material.texts.values():
        for actor in text.actors.values():
            if names.person(actor.name):
                ref = Ref(actor.id, actor.name, None, None, actor.country, actor.sector)
                long = names.phrase(ref, text)
                if long and long != actor.name:
                    out[long] = actor.name
    return dict(sorted(out.items(), key=lambda item: (-len(item[0]), item[0])))


def _short(line: Line, forms: dict[str, str], seen: set[str], material: Material) -> Line:
    told, mark, quoted = line.text.partition("“")
    out = told
    for long, name in forms.items():
        if long in out:
            if name in seen:
                out = out.replace(long, name)
            seen.add(name)
        elif name in out:
            seen.add(name)
    if out == told:
        return line
    short = replace(line, text=out[:1].upper() + out[1:] + mark + quoted)
    return line if faults(short, material) else short
