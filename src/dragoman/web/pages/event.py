"""The page of one event: all its mentions side by side, why each row stands, its corrections and notes."""

from __future__ import annotations

from dragoman.web import addresses, words
from dragoman.web.data import Row, corrections, discrepancies, events
from dragoman.web.pages import shown
from dragoman.web.problems import NotFound
from dragoman.web.site import Page, Site

COMPARED = ("root", "modality", "date_from", "place_name")


def event(site: Site, id_: str) -> Page:
    """Raises NotFound for an id that is no event and no group."""
    data = site.data
    found = shown.events(events.mentions(data, id_), width=700)
    if not found:
        raise NotFound(f"the record has no event {id_}")
    best = found[0]
    for row in found:
        row["why"] = why(row)
    documents = sorted({row["document"] for row in found if row["document"]})
    corrected, notes = corrections.said_of(data, [row["id"] for row in found])
    context = {
        "best": best,
        "mentions": found,
        "sources": len(documents),
        "differ": {column for column in COMPARED if len({row[column] for row in found}) > 1},
        "heading": heading(best),
        "corrections": corrected,
        "notes": notes,
        "disputes": shown.disputes(discrepancies.of_documents(data, documents[:5], each=3)),
        "review_link": site.review,
        "cite_day": best["published"],
    }
    passage = (best["passage"] or "").strip()
    return Page("event.html", addresses.event(best["group"]), heading(best), passage[:200], "Event", context=context)


def heading(row: Row) -> str:
    """``China and Russia: agreement (sign), 8 May 2025``."""
    one, two = (
        row[f"{side}_name"] or row[f"{side}_text"] or words.state(row[f"{side}_country"]) for side in ("source", "target")
    )
    when = words.interval(row["date_from"], row["date_to"], row["date_precision"])
    joined = f"{one} and {two}" if row["mutual"] else f"{one} towards {two}"
    return f"{joined}: {words.root(row['root'], row['mode'])}" + (f", {when}" if when else "")


def why(row: Row) -> list[str]:
    """What the row rests on, in sentences: the words, the model with its score, the date, the group."""
    lines = []
    if row["origin"] and row["origin"] != "dragoman":
        lines.append(f"Imported from {row['origin']}; the original row is {row['origin_id'] or 'not named'}.")
    elif row["trigger_text"]:
        by = f" by {row['models']}" if row["models"] else ""
        score = f" with score {row['score']:.2f}" if row["score"] is not None else ""
        covers = words.covers(row["root"])
        lines.append(
            f"The words “{row['trigger_text']}” were read as {words.root(row['root'])}{by}{score}"
            + (f": {covers}." if covers else ".")
        )
        for side in ("source", "target"):
            if row[f"{side}_text"]:
                name = row[f"{side}_name"] or words.state(row[f"{side}_country"])
                lines.append(f"“{row[f'{side}_text']}” is the {side}: {name}.")
    if row["date_from"]:
        how = words.HOW.get(row["date_how"] or "", "")
        lines.append(f"The date is “{row['date_text']}”, {how}." if row["date_text"] else f"The date is {how or 'given'}.")
    elif row["date_text"] is None:
        lines.append("The text gives no date that can be anchored, so the row has none.")
    if row["group_reason"]:
        lines.append(
            f"Grouped: {row['group_reason']}"
            + (f" (score {row['group_score']:.2f})." if row["group_score"] is not None else ".")
        )
    lines.append(f"Run {row['run']}, codebook {row['codebook'] or 'not named'}, row {row['id']}.")
    return lines
