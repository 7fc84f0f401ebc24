"""Measures against values that others computed from the same public data: ``python -m bench.measure`` (``make bench-measure``).

    python -m bench.measure [--blocs]

Every value of ``bench/data/measures.toml`` is computed by ``dragoman.measure`` from the files of the reference data and printed
beside what was published; one that differs in a printed digit, or a session's agreement of all pairs that takes a second, ends
it with exit code 1. It also prints how well the own ideal points agree with the published ones; ``--blocs`` prints the blocs of
every session with their stability (some minutes).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.reference import Absent, folder
from dragoman.archive.importing import import_events
from dragoman.library import Archive
from dragoman.measure.ballots import read_votes
from dragoman.measure.blocs import find_blocs
from dragoman.measure.ideal import IdealPoints, ideal_points
from dragoman.measure.irt import estimate_ideal_points
from dragoman.measure.networks import votes_networks
from dragoman.measure.treaties import read_treaties
from dragoman.measure.votes import Votes, agreement, matrix

EXPECTED = Path(__file__).parent / "data" / "measures.toml"


@dataclass(frozen=True, slots=True)
class Check:
    """A value as published and as found; ``found`` is rounded to the printed digits."""

    what: str
    published: str
    found: str

    @property
    def same(self) -> bool:
        return self.published == self.found


def printed(value: float, like: str) -> str:
    """A number with as many decimals as the published one, and like it without a leading nought."""
    text = f"{value:.{len(like.partition('.')[2])}f}"
    return text.replace("0.", ".", 1) if like.startswith((".", "-.")) else text


def agreements(expected: list[dict[str, Any]], votes: Votes) -> Iterator[Check]:
    """Agreement of three pairs in four sessions, and the number of roll calls."""
    three = [votes.states.index(s) for s in ("CHN", "RUS", "USA")]
    for entry in expected:
        session = entry["session"]
        counted = int((votes.of([session]).ballots[:, three] > 0).any(axis=1).sum())
        yield Check(f"roll calls of session {session}", str(entry["roll_calls"]), str(counted))
        for pair in ("CHN-RUS", "CHN-USA", "RUS-USA"):
            a, b = pair.split("-")
            found = agreement(votes, a, b, session=session)
            yield Check(f"agreement {pair}, session {session}", entry[pair], printed(found, entry[pair]))


def points(expected: dict[str, Any], ideal: IdealPoints) -> Iterator[Check]:
    """Ideal points of a year and distances over the years."""
    for entry in expected["ideal"]:
        for state in ("USA", "RUS", "CHN"):
            found = ideal.at(state, year=entry["year"]).value
            yield Check(f"ideal point {state}, {entry['year']}", entry[state], printed(found, entry[state]))
    for entry in expected["distance"]:
        a, b = entry["pair"]
        for year in (key for key in entry if key.isdigit()):
            found = ideal.distance(a, b, year=int(year))
            yield Check(f"|{a} - {b}|, {year}", entry[year], printed(found, entry[year]))


def obligations(expected: list[dict[str, Any]], path: Path) -> Iterator[Check]:
    """What two states owe each other."""
    treaties = read_treaties(path)
    for entry in expected:
        a, b = entry["pair"]
        for year in entry["years"]:
            found = treaties.between(a, b, year)
            for name in ("consul", "nonagg", "neutral", "defense", "kind"):
                yield Check(f"ATOP {a}-{b} {year}, {name}", str(entry[name]), str(getattr(found, name)))


def counts(expected: dict[str, Any], path: Path) -> Iterator[Check]:
    """The ICEWS sample, imported into an archive as a user would."""
    with tempfile.TemporaryDirectory() as place:
        archive = Archive(Path(place) / "relations")
        import_events(archive, [path])
        pairs = """SELECT least(source_country, target_country) || '-' || greatest(source_country, target_country), count(*)
            FROM events WHERE source_country <> target_country AND source_country NOT IN ('IGO', 'NGO')
            AND target_country NOT IN ('IGO', 'NGO') GROUP BY 1"""
        connection = archive.connection()
        found = dict(connection.execute(pairs).fetchall())
        (rows,) = connection.execute("SELECT count(*) FROM events").fetchone() or (0,)
    yield Check("ICEWS rows", str(expected["rows"]), str(rows))
    yield Check("ICEWS rows between two states", str(expected["across_borders"]), str(sum(found.values())))
    for pair in ("PRK-USA", "CHN-USA", "PRK-RUS", "PRK-KOR"):
        yield Check(f"ICEWS {pair}", str(expected[pair]), str(found.get("-".join(sorted(pair.split("-"))), 0)))


def seconds(votes: Votes, session: int) -> float:
    """The time that the agreement of all pairs of a session takes, the best of three."""
    best = np.inf
    for _ in range(3):
        began = time.perf_counter()
        matrix(votes, session=session)
        best = min(best, time.perf_counter() - began)
    return float(best)


def correlations(own: IdealPoints, published: IdealPoints) -> dict[str, float]:
    """How the own ideal points go with the published ones: over all, and by session."""
    both = sorted(own.points.keys() & published.points.keys())
    pairs = np.array([[own.points[key].value, published.points[key].value] for key in both])
    sessions = np.array([session for _, session in both])
    by_session = [float(np.corrcoef(pairs[sessions == s].T)[0, 1]) for s in np.unique(sessions)]
    return {
        "ideal_all": float(np.corrcoef(pairs.T)[0, 1]),
        "ideal_median_session": float(np.median(by_session)),
        "ideal_worst_session": min(by_session),
    }


def checks(data: Path) -> Iterator[Check]:
    """Every published value beside the one found."""
    expected = tomllib.loads(EXPECTED.read_text("utf-8"))
    votes = read_votes(data / "votes" / "un_votes.rda")
    yield from agreements(expected["agreement"], votes)
    yield from points(expected, ideal_points(data / "votes" / "idealpoints_all_apr2020.latin1.csv"))
    yield from obligations(expected["treaty"], data / "alliances" / "atop_alliance.rda")
    yield from counts(expected["icews"], data / "events" / "icews_2018-06-01_02.sample.tab")


def figures() -> dict[str, float]:
    """For ``python -m bench``: the share of published values given again (must be 1), and the agreement of own ideal points."""
    data = folder()
    found = list(checks(data))
    votes = read_votes(data / "votes" / "un_votes.rda")
    published = ideal_points(data / "votes" / "idealpoints_all_apr2020.latin1.csv")
    own = correlations(estimate_ideal_points(votes), published)
    return {"published_values": sum(c.same for c in found) / len(found), **own}


def show_blocs(votes: Votes) -> None:
    """One line a session: blocs with their sizes, and the stability."""
    for period in find_blocs(votes_networks(votes)):
        named = "  ".join(f"{bloc.name} {len(bloc.states)}" for bloc in period.blocs)
        print(
            f"  {period.label}  stability {period.stability:.2f}  seeds {period.seeds:.2f}  {named}  alone {len(period.alone)}"
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--blocs", action="store_true", help="print the blocs of every session too")
    wanted = parser.parse_args()
    try:
        data = folder()
    except Absent as reason:
        print(f"skipped, {reason}")
        return 0
    wrong = 0
    for check in checks(data):
        wrong += not check.same
        print(
            f"  {check.what:32} published {check.published:>11}   found {check.found:>11}{'' if check.same else '   DIFFERS'}"
        )
    speed = tomllib.loads(EXPECTED.read_text("utf-8"))["speed"]
    votes = read_votes(data / "votes" / "un_votes.rda")
    taken = seconds(votes, speed["session"])
    print(f"  all pairs of session {speed['session']}: {taken:.3f} s (at most {speed['seconds']:g})")
    own = correlations(estimate_ideal_points(votes), ideal_points(data / "votes" / "idealpoints_all_apr2020.latin1.csv"))
    print(
        "  own ideal points against the published: " + ", ".join(f"{k.removeprefix('ideal_')} {v:.3f}" for k, v in own.items())
    )
    if wanted.blocs:
        show_blocs(votes)
    if wrong or taken > speed["seconds"]:
        print(f"{wrong} published values differ", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
