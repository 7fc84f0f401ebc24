"""Milliseconds of each kind of page of the site over an archive."""

from __future__ import annotations

import statistics
import time
from urllib.parse import urlencode

from starlette.testclient import TestClient

import dragoman as dm
from dragoman.web.app import create_app
from dragoman.web.server import Options


def speed(archive: dm.Archive, repeats: int) -> dict[str, tuple[float, float, float, float]]:
    """Milliseconds of each kind of page: first answer, p50, p95, and p95 of the processor's time alone.

    Each request is for another pair, state, event, so nothing is answered from an earlier answer.
    """
    app = create_app(archive, Options(seconds=60.0, copy=True))
    client = TestClient(app, base_url="http://localhost")
    began = time.perf_counter()
    while not app.state.copies.ready():
        app.state.copies.data()
        time.sleep(0.2)
    print(f"  the server's copy was ready after {time.perf_counter() - began:.0f} s")
    kinds = _addresses(archive, repeats)
    found = {}
    client.get("/about")
    for name, addresses in kinds.items():
        times, cpu = _timed(client, addresses)
        if times:
            rest = times[1:] or times
            found[name] = (times[0], statistics.median(rest), _p95(rest), _p95(cpu[1:] or cpu))
    app.state.copies.close()
    return found


def _addresses(archive: dm.Archive, repeats: int) -> dict[str, list[str]]:
    """What is asked for, by kind of page; of the pairs and states with the most events."""
    with archive.connection() as connection:
        rows = connection.execute(
            "SELECT source_country, target_country, any_value(id) FROM events WHERE source_country <> target_country "
            "GROUP BY 1, 2 ORDER BY count(*) DESC LIMIT ?",
            [repeats],
        ).fetchall()
        documents = connection.execute("SELECT id FROM articles ORDER BY id LIMIT ?", [repeats]).fetchall()
        texts = connection.execute("SELECT text FROM articles ORDER BY id LIMIT 10").fetchall()
    held = list(dict.fromkeys(min(text.split(), default="talks") for (text,) in texts))
    return {
        "pair": [f"/pair/{a}-{b}" for a, b, _ in rows],
        "a pair's year": [f"/pair/{a}-{b}/2024" for a, b, _ in rows[:12]],
        "state": [f"/state/{a}" for a in dict.fromkeys(a for a, _, _ in rows)],
        "event": [f"/event/{id_}" for _, _, id_ in rows],
        "article": [f"/article/{id_}" for (id_,) in documents],
        "front": ["/"] * 5,
        "pairs": ["/pairs"] * 5,
        "states": ["/states"] * 5,
        "disputed": ["/disputed"] * 5,
        "search by facet": [f"/search?state={a}&root=ACCUSE" for a, _, _ in rows[:10]],
        "search, many": [f"/search?{urlencode({'q': word})}" for word in held],
        "search, none": [f"/search?q={word}" for word in ("barab", "belac", "dinok", "gumed", "farac", "sovif")],
        "events as JSON": [f"/api/events.json?source={a}&target={b}" for a, b, _ in rows],
        "a pair as CSV": [f"/pair/{a}-{b}/events.csv" for a, b, _ in rows[:10]],
        "feed": ["/feed.atom"] * 5,
        "status": ["/status"] * 5,
    }


def _timed(client: TestClient, addresses: list[str]) -> tuple[list[float], list[float]]:
    """Milliseconds of each answer: as waited for, and of the processor."""
    times, cpu = [], []
    for address in addresses:
        began, worked = time.perf_counter(), time.process_time()
        answer = client.get(address)
        times.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - worked) * 1000)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return times, cpu


def _p95(values: list[float]) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
