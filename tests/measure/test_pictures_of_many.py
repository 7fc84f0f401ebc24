"""Pictures of many states: what must stand on each, and that they are the same bytes again."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from ballot_files import ballots, csv_votes
from dragoman.errors import UsageError
from dragoman.measure.blocs import Period, find_blocs
from dragoman.measure.networks import events_network, votes_networks
from dragoman.measure.pictures.graph import bloc_graph
from dragoman.measure.pictures.matrix import dyad_matrix
from dragoman.measure.pictures.world import Arc, bloc_map, equal_earth, pair_map, place, world
from dragoman.measure.votes import year_of
from made_events import event, table

WEST, EAST = ("USA", "GBR", "FRA", "DEU", "ITA", "CAN"), ("RUS", "POL", "HUN", "BGR", "CSK", "UKR")
DRAWERS = (dyad_matrix, bloc_graph, bloc_map)


def period(path: Path, session: int = 40) -> Period:
    rows = ballots(session, **dict.fromkeys(WEST, "ynyn" * 8), **dict.fromkeys(EAST, "nnyy" * 8))
    return find_blocs(votes_networks(csv_votes(path, rows)), draws=3)[0]


def words(svg: str) -> str:
    """All text of a picture, and that it is well-formed."""
    return " ".join("".join(e.itertext()) for e in ElementTree.fromstring(svg).iter() if e.tag.endswith(("text", "title")))


@pytest.mark.parametrize("draw", DRAWERS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_picture_names_source_coverage_and_n(tmp_path: Path, draw: object, theme: str) -> None:
    found = period(tmp_path / "v.csv")
    svg = draw(found, theme=theme)  # type: ignore[operator]
    assert svg == draw(found, theme=theme)  # type: ignore[operator]
    said = words(svg)
    for part in ("1985", "Source: Roll-call votes of v.csv", "coverage 1985-01-01 to 1985-12-31", "16 contested roll calls"):
        assert part in said


@pytest.mark.parametrize("draw", DRAWERS)
def test_events_can_be_drawn_too(draw: object) -> None:
    rows = [event("2020-05-01", a, b, "COOPERATE", group=a + b) for camp in (WEST, EAST) for a in camp for b in camp if a < b]
    rows.append(event("2020-05-02", "USA", "RUS", "ACCUSE", group="x"))
    network = events_network(table(rows), label="2020")
    assert "31 event groups" in words(draw(find_blocs([network], draws=0)[0]))  # type: ignore[operator]


def test_the_graph_names_states_as_they_were_called_then(tmp_path: Path) -> None:
    then, now = (words(bloc_graph(period(tmp_path / f"{s}.csv", s))) for s in (40, 74))
    assert ("Soviet Union" in then, "West Germany" in then) == (True, True)
    assert ("Soviet Union" in now, "Russia" in now) == (False, True)
    assert year_of(40) == 1985


def test_a_matrix_of_some_states_has_their_figures(tmp_path: Path) -> None:
    found = period(tmp_path / "v.csv")
    said = words(dyad_matrix(found, states=["USA", "GBR", "RUS"]))
    assert "1.0" in said
    assert "POL" not in said
    with pytest.raises(UsageError, match="CHN has no ties in 1985"):
        dyad_matrix(found, states=["USA", "CHN"])
    with pytest.raises(UsageError, match="needs two states"):
        dyad_matrix(found, states=["USA"])


def test_a_map_says_which_state_it_has_no_place_for() -> None:
    arcs = [Arc("USA", "TUV", 1.0, 1.0), Arc("USA", "FRA", -0.5, 0.5)]
    svg = pair_map(arcs, title="t", subtitle="s", text="Source: x.")
    assert "Not on the map: TUV." in words(svg)
    assert "stroke-dasharray" in svg
    with pytest.raises(UsageError, match="at least one pair"):
        pair_map([], title="t", subtitle="s", text="x")


def test_states_lie_where_they_are() -> None:
    for state, west, east, south, north in (("RUS", 60, 120, 50, 70), ("USA", -115, -85, 30, 50), ("FJI", 177, 180, -19, -16)):
        point = place(state)
        assert point is not None
        assert west <= point[0] <= east
        assert south <= point[1] <= north
    assert place("SUN") == place("RUS")


def test_no_shape_crosses_the_edge_of_the_map() -> None:
    for shape in world()["shapes"]:
        for ring in shape["rings"]:
            steps = [abs(a[0] - b[0]) for a, b in pairwise(ring)]
            assert max(steps, default=0) < 1800, shape["state"]


def test_the_projection_keeps_areas_true() -> None:
    def area(south: float, north: float) -> float:
        corners = [equal_earth(x, y) for x, y in ((0, south), (10, south), (10, north), (0, north))]
        return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(corners, [*corners[1:], corners[0]], strict=True))) / 2

    # Two fields of equal area on the globe: sin(north) - sin(south) is the same for both.
    assert area(0, 0.5) == pytest.approx(area(60, 61.0088), rel=0.01)


def test_the_key_of_a_map_counts_states_as_they_were(tmp_path: Path) -> None:
    said = words(bloc_map(period(tmp_path / "v.csv")))  # the Soviet Union is one of six, though fifteen shapes have its colour
    assert said.count(": 6 states") == 2
    assert "KAZ: bloc" in said
