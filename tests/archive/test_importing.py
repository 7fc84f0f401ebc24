"""Event data of others become rows of the archive: what is translated, what is kept, what is left out and said."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import archived
import foreign_rows as layouts
from dragoman.archive import importing
from dragoman.archive.archive import Archive
from dragoman.archive.importing import LAYOUTS, Report, translated
from dragoman.archive.importing.tables import recognised
from dragoman.codebook import events, foreign
from dragoman.codebook.events import ROOTS
from dragoman.errors import InputError, UsageError

FILES = {
    "gdelt": layouts.gdelt_line(),
    "icews": layouts.tab(layouts.ICEWS),
    "icews14": layouts.tab(layouts.ICEWS14, header=False),
    "polecat": layouts.polecat_file(),
    "ucdp-ged": layouts.comma(layouts.UCDP),
    "acled": layouts.comma(layouts.ACLED),
}


def one(tmp_path: Path, text: str) -> tuple[dict[str, Any], Report]:
    file = tmp_path / "events.txt"
    file.write_text(text, "utf-8")
    report = Report(str(file))
    return next(translated(file, recognised(file), report)), report


def bad(tmp_path: Path, text: str) -> str:
    file = tmp_path / "events.txt"
    file.write_text(text, "utf-8")
    report = Report(str(file))
    assert list(translated(file, recognised(file), report)) == []
    return report.bad[0][1]


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_is_recognised_and_its_cells_kept(tmp_path: Path, name: str) -> None:
    row, _ = one(tmp_path, FILES[name])
    assert row["origin"] == name
    assert row["root"] in ROOTS
    assert row["quad"] == events.quad(row["root"])
    assert row["date_from"] <= row["date_to"]
    assert json.loads(row["origin_row"] or "{}").keys() <= {
        c for line in [FILES[name].splitlines()[0]] for c in _columns(name, line)
    }


def _columns(name: str, header: str) -> set[str]:
    layout = LAYOUTS[name]
    return set(header.split(layout.delimiter)) if layout.header else set(layout.columns)


def test_gdelt(tmp_path: Path) -> None:
    row, report = one(tmp_path, FILES["gdelt"])
    assert (row["source_country"], row["source_sector"], row["source_text"]) == ("ROU", "GOV", "FOREIGN MINISTER")
    assert (row["target_actor"], row["target_country"], row["target_sector"]) == ("CHL", "CHL", "GOV")
    assert (row["root"], row["mode"], row["cameo"], row["intensity"]) == ("CONSULT", "visit", "042", 4.0)
    assert (row["place_name"], row["place_country"], row["place_lat"]) == ("Santiago, Chile", "CHL", -33.45)
    assert str(row["published"]) == "2031-03-03"
    assert json.loads(row["origin_row"])["SOURCEURL"] == "https://example.org/visit"
    assert not report.notes


def test_a_one_sided_row_is_kept(tmp_path: Path) -> None:
    row, _ = one(tmp_path, layouts.gdelt_line(Actor2Code="", Actor2Name="", Actor2CountryCode=""))
    assert "target_actor" not in row
    assert row["source_country"] == "ROU"


def test_a_region_is_no_country(tmp_path: Path) -> None:
    row, report = one(
        tmp_path, layouts.gdelt_line(Actor1Code="AFR", Actor1Name="AFRICA", Actor1CountryCode="AFR", Actor1Type1Code="")
    )
    assert row["source_country"] is None
    assert report.notes == {"cameo country 'AFR' is no state of the codebook": 1}
    assert json.loads(row["origin_row"])["Actor1CountryCode"] == "AFR"


def test_a_statement_is_kept_without_a_root_and_counted(tmp_path: Path) -> None:
    row, report = one(tmp_path, layouts.gdelt_line(EventCode="010"))
    assert (row["root"], row["quad"], row["intensity"], row["modality"], row["cameo"]) == (None, None, None, None, "010")
    assert report.notes == {"CAMEO 010 (Make statement) has no root": 1}


def test_icews_names_of_states_sectors_and_places(tmp_path: Path) -> None:
    row, _ = one(tmp_path, FILES["icews"])
    assert (row["source_country"], row["source_sector"]) == ("CIV", "GOV")
    assert (row["target_actor"], row["target_sector"]) == ("CHL", "GOV")
    assert (row["place_name"], row["place_country"], row["place_lon"]) == ("Metropolitana", "CHL", -70.0)


def test_an_express_intent_is_planned(tmp_path: Path) -> None:
    row, _ = one(tmp_path, FILES["icews14"])
    assert (row["root"], row["modality"], row["cameo"]) == ("CONSULT", "planned", "036")
    assert (row["source_actor"], row["target_country"], row["target_sector"]) == ("NOR", "CHL", "COP")


def test_polecat(tmp_path: Path) -> None:
    row, _ = one(tmp_path, FILES["polecat"])
    assert (row["root"], row["mode"], row["context"]) == ("CONSULT", "visit", ["diplomatic", "economic"])
    assert (row["source_actor"], row["target_actor"]) == ("NOR.GOV.jonas-dahl", "CHL")


def test_a_mode_that_the_codebook_has_not_is_kept_and_counted(tmp_path: Path) -> None:
    row, report = one(tmp_path, layouts.polecat_file(**{"Event Mode": "waltz"}))
    assert row["mode"] is None
    assert json.loads(row["origin_row"])["Event Mode"] == "waltz"
    assert sum(report.notes.values()) == 1


def test_ucdp_sides_and_days(tmp_path: Path) -> None:
    row, _ = one(tmp_path, FILES["ucdp-ged"])
    assert (row["source_country"], row["source_sector"], row["target_sector"]) == ("MLI", "GOV", "REB")
    assert (str(row["date_from"]), str(row["date_to"]), row["date_precision"]) == ("2031-03-01", "2031-03-03", "range")
    assert (row["root"], row["mode"], row["mutual"]) == ("ASSAULT", "fight", True)


def test_acled_actors_and_precision(tmp_path: Path) -> None:
    row, _ = one(tmp_path, layouts.comma(layouts.ACLED, time_precision="3"))
    assert (row["source_country"], row["source_sector"]) == ("MLI", "MIL")
    assert (row["target_country"], row["target_sector"]) == ("MLI", "CVL")
    assert (str(row["date_from"]), str(row["date_to"]), row["date_precision"]) == ("2031-03-01", "2031-03-31", "month")
    assert json.loads(row["origin_row"])["notes"].endswith('a "quoted" word.')


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (layouts.gdelt_line(EventCode="999"), "EventCode '999' is not in the codebook"),
        (layouts.tab(layouts.ICEWS, **{"Event Date": "2 March"}), "'2 March' is not a date"),
        (layouts.tab(layouts.ICEWS, **{"CAMEO Code": "42"}), "'42' is not in the codebook"),
        (layouts.tab(layouts.ICEWS).rsplit("\t", 4)[0] + "\n", "16 cells, expected 20; the line may be cut"),
        (layouts.polecat_file(**{"Event Type": "DANCE"}), "'DANCE' is no root"),
        (layouts.comma(layouts.UCDP, date_end="2031-02-01"), "after date_end"),
        (layouts.comma(layouts.ACLED, sub_event_type="Picnic"), "'Picnic' is not in the codebook"),
    ],
)
def test_a_row_that_cannot_be_one_is_left_out_with_the_reason(tmp_path: Path, text: str, words: str) -> None:
    assert words in bad(tmp_path, text)


def test_a_number_that_is_none_leaves_the_cell_beside_the_row(tmp_path: Path) -> None:
    row, report = one(tmp_path, layouts.gdelt_line(ActionGeo_Lat="north", ActionGeo_Long="inf"))
    assert (row["place_lat"], row["place_lon"]) == (None, None)
    assert json.loads(row["origin_row"])["ActionGeo_Lat"] == "north"
    assert sum(report.notes.values()) == 2


def test_the_same_file_and_the_same_row_add_nothing(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "relations")
    first, again = tmp_path / "a.tab", tmp_path / "b.tab"
    first.write_text(FILES["icews"], "utf-8")
    again.write_text(FILES["icews"] + "\n" + FILES["icews"].splitlines()[1].replace("9001", "9002") + "\n", "utf-8")
    assert [r.added for r in archive.import_events([first])] == [1]
    assert archive.import_events([first])[0].before
    report = archive.import_events([again])[0]
    assert (report.added, report.known, archive.count("events")) == (1, 1, 2)


def test_two_rows_with_one_id_are_two_rows(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "relations")
    file = tmp_path / "a.tab"
    file.write_text(
        FILES["icews"] + FILES["icews"].splitlines()[1].replace("042", "040").replace("Make a visit", "Consult") + "\n"
    )
    assert archive.import_events([file])[0].added == 2
    assert archive.events()["origin_id"].to_pylist() == ["9001", "9001"]


def test_an_act_told_from_both_sides_is_one_event(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "relations")
    file = tmp_path / "a.tab"
    row = layouts.ICEWS | {"CAMEO Code": "043", "Event Text": "Host a visit", "Intensity": "2.8", "Event ID": "9002"}
    for part in ("Name", "Sectors", "Country"):
        row |= {f"Source {part}": layouts.ICEWS[f"Target {part}"], f"Target {part}": layouts.ICEWS[f"Source {part}"]}
    both = layouts.tab(layouts.ICEWS, header=False) + layouts.tab(row, header=False)
    file.write_text(layouts.tab(layouts.ICEWS) + both + both, "utf-8")  # some files have every row twice
    assert archive.import_events([file])[0].added == 2
    assert len(archive.events(pair="CIV-CHL")) == archive.count("groups") == 2
    assert archive.events(pair="CIV-CHL", once=True)["origin_id"].to_pylist() == ["9001"]
    assert archive.events(source="CHL", once=True)["origin_id"].to_pylist() == ["9002"]


def test_an_import_that_was_broken_off_is_simply_run_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 3)
    file = tmp_path / "a.tab"
    lines = [layouts.tab(layouts.ICEWS)]
    for number in range(9002, 9011):
        row = layouts.ICEWS | {"Event ID": str(number), "CAMEO Code": "040", "Event Text": "Consult", "Intensity": "1"}
        if number % 2:
            row |= {"Source Name": row["Target Name"], "Target Name": row["Source Name"]}
        lines.append(layouts.tab(row, header=False, **{"Story ID": str(number // 2)}))
    file.write_text("".join(lines), "utf-8")

    def stop(report: Report) -> None:
        raise KeyboardInterrupt

    broken, whole = Archive(tmp_path / "broken"), Archive(tmp_path / "whole")
    with pytest.raises(KeyboardInterrupt):
        broken.import_events([file], progress=stop)
    assert broken.count("events") == 3
    broken.import_events([file])
    whole.import_events([file])
    events = "select id, origin_id, origin_row from events order by all"
    groups = 'select event, "group", joined_to from groups order by all'
    assert broken.sql(events)[0].equals(whole.sql(events)[0])
    assert broken.sql(groups)[0].equals(whole.sql(groups)[0])
    assert (whole.count("events"), whole.count("groups")) == (10, 8)


def test_what_was_left_out_is_in_the_table_of_failures(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "relations")
    file = tmp_path / "a.txt"
    file.write_text(FILES["gdelt"] + layouts.gdelt_line(SQLDATE="20311399") + "cut\tshort\n", "utf-8")
    report = archive.import_events([file])[0]
    assert [line for line, _ in report.bad] == [2, 3]
    assert archive.table("failures")["input"].to_pylist() == [f"{file}:2", f"{file}:3"]


def test_files_are_read_as_they_were_downloaded(tmp_path: Path) -> None:
    packed, zipped = tmp_path / "a.tab.gz", tmp_path / "b.zip"
    packed.write_bytes(gzip.compress(b"\xef\xbb\xbf" + FILES["icews"].encode()))
    with zipfile.ZipFile(zipped, "w") as file:
        file.writestr("20310302.export.CSV", FILES["gdelt"])
    reports = Archive(tmp_path / "relations").import_events([packed, zipped])
    assert [(r.layout, r.added, r.failed) for r in reports] == [("icews", 1, None), ("gdelt", 1, None)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\n\n", "first line is empty"),
        (b"name,colour\na,red\n", "no layout has these 2 columns"),
        (("\t".join(["1"] * 57) + "\n").encode(), "61 columns"),
        (FILES["icews"].replace("Ivoire", "Ivoirë").encode("latin-1"), "line 2 is not UTF-8"),
        (gzip.compress(FILES["icews"].encode() * 2000)[:-40], "cannot be read to its end"),
        (b"PK\x03\x04garbage", "cannot be read to its end"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not UTF-8"),
        (layouts.comma(layouts.ACLED)[:-4].encode() + b"\n" + b"x" * 2_000_000, "line"),
    ],
)
def test_a_bad_file_gives_one_clear_line(tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "events"
    file.write_bytes(content)
    report = Archive(tmp_path / "relations").import_events([file])[0]
    assert report.failed is not None
    assert words in report.failed
    assert str(file) in report.failed
    assert "\n" not in report.failed


def test_a_missing_file_and_a_wrong_layout(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "relations")
    assert "no such file" in str(archive.import_events([tmp_path / "none"])[0].failed)
    with pytest.raises(UsageError, match="choose one of gdelt"):
        archive.import_events([], "idea")
    file = tmp_path / "a.tab"
    file.write_text(FILES["icews"], "utf-8")
    assert "no column event_id_cnty" in str(archive.import_events([file], "acled")[0].failed)


def test_two_files_in_one_zip_are_not_chosen_from(tmp_path: Path) -> None:
    path = tmp_path / "two.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("a", "1")
        file.writestr("b", "2")
    assert "found 2 files" in str(Archive(tmp_path / "relations").import_events([path])[0].failed)


def test_an_import_leaves_what_is_there_alone(tmp_path: Path) -> None:
    archive = archived.small(tmp_path / "relations")
    before = archive.events(origin="dragoman")
    file = tmp_path / "a.tab"
    file.write_text(FILES["icews"], "utf-8")
    archive.import_events([file])
    assert archive.events(origin="dragoman").equals(before)
    row = archive.events(origin="icews").to_pylist()[0]
    assert (row["passage"], row["sentence"], row["document"]) == (None, None, None)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=400), name=st.sampled_from(["", *FILES]))
def test_garbage_gives_rows_or_a_clear_error(tmp_path: Path, content: bytes, name: str) -> None:
    file = tmp_path / "garbage"
    file.write_bytes(FILES.get(name, "").encode() + content)
    report = Report(str(file))
    rows = []
    try:
        rows.extend(translated(file, recognised(file), report))
    except InputError as error:
        report.failed = str(error)
    assert report.failed or len(rows) + len(report.bad) == report.rows


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cells=st.dictionaries(
        st.sampled_from(list(layouts.GDELT)), st.text(st.characters(exclude_characters="\t\r\n", codec="utf-8"), max_size=9)
    )
)
def test_any_cells_give_a_row_that_keeps_them_or_a_reason(tmp_path: Path, cells: dict[str, str]) -> None:
    file = tmp_path / "cells"
    file.write_text(layouts.gdelt_line(**cells), "utf-8")
    report = Report(str(file))
    rows = list(translated(file, LAYOUTS["gdelt"], report))
    assert len(rows) + len(report.bad) == 1


def test_the_foreign_codes_agree_with_the_codebook() -> None:
    assert len(foreign.cameo()) > 300
    for code in foreign.cameo().values():
        assert (code.meaning.root is None) == (code.meaning.modality is None)
        assert -10 <= float(code.goldstein) <= 10
    for system in ("gw", "cow", "fips", "iso-numeric", "cameo", "icews"):
        assert foreign.country_codes(system)
    assert foreign.sector("icews", ["Executive", "Police", "Government"]) == "COP"
    assert foreign.sector("icews", ["Hindu"]) is None
