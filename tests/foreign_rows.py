"""Made-up rows of every layout that is imported, as its files have them."""

from __future__ import annotations

from dragoman.archive.importing import gdelt, polecat

GDELT = {
    "GLOBALEVENTID": "900000001",
    "SQLDATE": "20310302",
    "MonthYear": "203103",
    "Year": "2031",
    "FractionDate": "2031.1671",
    "Actor1Code": "ROMGOV",
    "Actor1Name": "FOREIGN MINISTER",
    "Actor1CountryCode": "ROM",
    "Actor1Type1Code": "GOV",
    "Actor2Code": "CHL",
    "Actor2Name": "SANTIAGO",
    "Actor2CountryCode": "CHL",
    "IsRootEvent": "1",
    "EventCode": "042",
    "EventBaseCode": "042",
    "EventRootCode": "04",
    "QuadClass": "1",
    "GoldsteinScale": "1.9",
    "NumMentions": "4",
    "NumSources": "1",
    "NumArticles": "4",
    "AvgTone": "1.25",
    "ActionGeo_Type": "4",
    "ActionGeo_FullName": "Santiago, Chile",
    "ActionGeo_CountryCode": "CI",
    "ActionGeo_Lat": "-33.45",
    "ActionGeo_Long": "-70.6667",
    "DATEADDED": "20310303121500",
    "SOURCEURL": "https://example.org/visit",
}
POLECAT = {
    "Event ID": "20310302-7-abc",
    "Event Date": "2031-03-02",
    "Event Type": "CONSULT",
    "Event Mode": "visit",
    "Intensity": "4.0",
    "Quad Code": "VERBAL COOPERATION",
    "Contexts": "diplomatic;economic",
    "Actor Name": "Jonas Dahl",
    "Actor Country": "NOR",
    "Actor COW": "385",
    "Primary Actor Sector": "GOV",
    "Actor Sectors": "GOV",
    "Recipient Name": "Chile",
    "Recipient Country": "CHL",
    "Recipient COW": "155",
    "Placename": "Santiago",
    "Country": "CHL",
    "Latitude": "-33.45",
    "Longitude": "-70.6667",
    "Source": "Harbour Post",
    "Publication Date": "2031-03-03",
    "Language": "eng",
}
UCDP = {
    "id": "77001",
    "type_of_violence": "1",
    "conflict_name": "Mali: Government",
    "side_a": "Government of Mali",
    "side_b": "JNIM",
    "date_prec": "2",
    "date_start": "2031-03-01 00:00:00.000",
    "date_end": "2031-03-03 00:00:00.000",
    "where_coordinates": "Kidal town",
    "latitude": "18.44",
    "longitude": "1.41",
    "country": "Mali",
    "country_id": "432",
    "best": "5",
    "gwnoa": "432",
    "gwnob": "",
}
ACLED = {
    "event_id_cnty": "MLI9001",
    "event_date": "2031-03-02",
    "year": "2031",
    "time_precision": "1",
    "event_type": "Explosions/Remote violence",
    "sub_event_type": "Air/drone strike",
    "actor1": "Military Forces of Mali (2020-)",
    "inter1": "State forces",
    "actor2": "Civilians (Mali)",
    "inter2": "Civilians",
    "iso": "466",
    "country": "Mali",
    "location": "Kidal",
    "latitude": "18.4411",
    "longitude": "1.4078",
    "source": "Inland News",
    "notes": 'An air strike, told in a sentence; with a "quoted" word.',
    "fatalities": "3",
}
ICEWS = {
    "Event ID": "9001",
    "Event Date": "2031-03-02",
    "Source Name": "Foreign Affairs (Cote d'Ivoire)",
    "Source Sectors": "Executive,Foreign Ministry,Government",
    "Source Country": "Cote d'Ivoire",
    "Event Text": "Make a visit",
    "CAMEO Code": "042",
    "Intensity": "1.9",
    "Target Name": "Chile",
    "Target Sectors": "NA",
    "Target Country": "Chile",
    "Story ID": "55",
    "Sentence Number": "3",
    "Publisher": "Harbour Post",
    "City": "NA",
    "District": "NA",
    "Province": "Metropolitana",
    "Country": "Chile",
    "Latitude": "-33.50",
    "Longitude": "-70",
}
ICEWS14 = {
    "source": "Norway",
    "relation": "Express intent to meet or negotiate",
    "target": "Police (Chile)",
    "date": "2031-03-02",
}


def gdelt_line(**changed: str) -> str:
    return "\t".join({**dict.fromkeys(gdelt.COLUMNS, ""), **GDELT, **changed}.values()) + "\n"


def tab(row: dict[str, str], *, columns: tuple[str, ...] | None = None, header: bool = True, **changed: str) -> str:
    cells = {**(dict.fromkeys(columns, "") if columns else {}), **row, **changed}
    lines = ["\t".join(cells)] if header else []
    return "\n".join([*lines, "\t".join(cells.values())]) + "\n"


def polecat_file(**changed: str) -> str:
    return tab(POLECAT, columns=polecat.COLUMNS, **changed)


def comma(row: dict[str, str], **changed: str) -> str:
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    cells = {**row, **changed}
    return ",".join(cells) + "\n" + ",".join(map(cell, cells.values())) + "\n"
