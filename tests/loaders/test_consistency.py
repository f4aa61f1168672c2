from dataclasses import replace

import pandas as pd

from netanalysis import contradictions


def kinds(case):
    return contradictions(case)["kind"].value_counts().to_dict()


def test_the_congress_of_2011_is_in_two_places(stockholm):
    found = contradictions(stockholm)
    row = found[found["kind"] == "event_place"].iloc[0]
    assert (row["first_en"].split(": ")[1], row["second_en"].split(": ")[1]) == (
        "Cairo",
        "Porto Alegre, Brazil",
    )
    assert row["first_locator"] == "Bakgrund/UCLG ¶2"
    assert row["second_locator"] == "Slutsatser och rekommendationer ¶6"


def test_metropolis_is_said_to_be_of_cities_and_of_regions(stockholm):
    found = contradictions(stockholm)
    facts = found[(found["kind"] == "fact") & (found["network"] == "metropolis")]
    assert facts[["first_locator", "second_locator"]].to_numpy().tolist() == [
        ["Bakgrund/Metropolis ¶1", "Sammanfattande analys ¶10"]
    ]


def test_without_one_of_the_two_rows_there_is_no_contradiction(stockholm):
    events = stockholm.events[stockholm.events["place_en"] != "Cairo"]
    assert "event_place" not in kinds(replace(stockholm, events=events))


def test_vague_and_exact_dates_of_one_event_agree(stockholm):
    assert "event_date" not in kinds(stockholm)  # 2011 and 23 November 2011


def changed(frame, where, **values):
    rows = frame.copy()
    for column, value in values.items():
        rows.loc[where(rows), column] = value
    return rows


def test_each_other_kind_is_found(stockholm):
    events = changed(stockholm.events, lambda e: e["place_en"] == "Cairo", start="2012")
    assert kinds(replace(stockholm, events=events))["event_date"] == 1

    founded = changed(stockholm.facts, lambda f: f["attribute"] == "founded", value="1999")
    assert kinds(replace(stockholm, facts=founded))["founded"] == 1

    since = changed(stockholm.memberships, lambda m: m["locator"].str.endswith("¶8"), since="2004")
    assert kinds(replace(stockholm, memberships=since))["joined"] == 1

    other = stockholm.seats.iloc[[3]].assign(end="2010", locator="elsewhere")
    seats = pd.concat([stockholm.seats, other], ignore_index=True)
    assert kinds(replace(stockholm, seats=seats))["term"] == 1

    silent = stockholm.statements[stockholm.statements["state"] == "silence"]
    statements = silent.iloc[[0]].assign(network="c40")
    assert kinds(replace(stockholm, statements=statements))["not_asked"] == 1
