"""What does a whole office's case look like, when the city and all its networks are invented?

Writes the tables and ``datapackage.json`` beside this file: 80 memberships, 14 departments and 3
companies, with the gaps that real ones have. Nothing in them is about a real city, network or
person. The same tables come out each time::

    python data/exempelstad-2025/generate.py
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from netanalysis.exchange.store.case_files import VERSIONED, descriptor_text, resources
from netanalysis.exchange.workbook.defaults import default_rows
from netanalysis.loaders.case.closing import PERSONS, SALT, stamp
from netanalysis.loaders.case.columns import case_tables
from netanalysis.tabular import csv_text

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from invented import (  # noqa: E402 (it lies beside this file)
    COMMENTS,
    COMPANIES,
    DEPARTMENTS,
    FORMS,
    GOALS,
    LESSONS,
    NETWORKS,
    SAID,
    USES,
)

SEED = 2025
AS_OF = "2025-06-30"
MARK = "påhittat"
POLITICIANS, ASKED_OF_POLITICIANS = 23, ("storstad", "varldsstader", "klimat")
SILENT = ("property", "sports", "housing-company")  # asked, and sent nothing back
TWICE = "environment"  # answered, and then answered again
ENGLISH = "port-company"  # is asked and answers in English
VIA = {"hyresboende": "allmannytta", "kryssning": "hamnar", "litteratur": "kultur"}
QUALITY = {  # the networks looked at closer, and what is found: how good they are, 0 to 4
    "storstad": 3.4, "hamnstader": 2.0, "grannstader": 1.5, "varldsstader": 0.8, "mobilitet": 2.9,
    "cykel": 2.2, "klimat": 3.6, "luft": 1.6, "klimatanpassning": 2.4, "stadsbyggnad": 2.2,
    "medborgardialog": 0.9, "energihus": 1.3, "parker": 2.0, "skola": 1.1, "larande": 2.5,
    "barnsratt": 2.6, "arbete": 2.1, "social-omsorg": 3.3, "halsostad": 1.8, "aldrevanlig": 2.1,
    "kultur": 2.8, "bibliotek": 0.5, "idrott": 1.2, "kris": 2.3, "hamnar": 2.2,
}  # fmt: skip
NEIGHBOURS = {  # who else is asked about the networks in a department's field
    "city-office": ("culture", "environment", "traffic"),
    "traffic": ("city-planning", "environment"),
    "environment": ("energy-company", "development", "rescue"),
    "city-planning": ("development", "property"),
    "property": ("environment", "energy-company"),
    "development": ("city-planning", "environment"),
    "education": ("preschools", "labour-market"),
    "preschools": ("education", "social-services"),
    "labour-market": ("social-services", "education"),
    "social-services": ("elderly-care", "labour-market"),
    "elderly-care": ("social-services", "housing-company"),
    "culture": ("education", "city-planning"),
    "sports": ("culture", "preschools"),
    "rescue": ("city-office", "social-services"),
    "port-company": ("traffic", "city-office"),
}
GOAL_OF = {  # department: the goal that its networks serve
    "environment": "climate-neutral", "energy-company": "climate-neutral",
    "traffic": "climate-neutral", "property": "climate-neutral", "social-services": "equal-city",
    "education": "equal-city", "labour-market": "equal-city", "preschools": "equal-city",
    "housing-company": "equal-city", "culture": "living-city", "sports": "living-city",
    "elderly-care": "living-city", "city-planning": "living-city", "development": "living-city",
    "rescue": "safe-city", "city-office": "influence", "port-company": "influence",
}  # fmt: skip
OCCASIONS = (
    ("congress", "Kongress", "Congress"),
    ("election", "Val till styrelsen", "Election of the board"),
    ("meeting", "Årsmöte", "Annual meeting"),
)
PLACES = (("Påhittstad", "Madeupton"), ("Sagohamn", "Fablehaven"), ("Låtsasby", "Pretendville"))
ANSWER_COLUMNS = "DEFGHIJKL"  # one column for each criterion in a department's workbook

Row = dict[str, Any]


class Draw:
    """Chance that is the same on every machine: only ``Random.random`` is promised to be."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed).random

    def chance(self, share: float) -> bool:
        """Whether what happens in this share of cases happens."""
        return self._random() < share

    def whole(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return least + int(self._random() * (most - least + 1))

    def one(self, options: Sequence[Any]) -> Any:
        """One of the options."""
        return options[int(self._random() * len(options))]

    def near(self, value: float, spread: float) -> int:
        """A rating near a value."""
        moved = value + spread * (self._random() + self._random() - 1)
        return min(4, max(0, int(moved + 0.5)))


def main() -> None:
    """Write the tables and the descriptor."""
    for name, text in texts().items():
        (HERE / name).write_bytes(text.encode())


def texts() -> dict[str, str]:
    """Every file of the case: name and content."""
    made = tables()
    written = {"datapackage.json": _descriptor()}
    for name, schema in case_tables().items():
        columns = [field["name"] for field in schema["fields"]]
        rows = made[name]
        if strange := {column for row in rows for column in row} - set(columns):
            raise ValueError(f"{name}: {', '.join(sorted(strange))}")
        lines = [[row.get(column, "") for column in columns] for row in rows]
        written[f"{name}.csv"] = csv_text([columns, *lines])
    return written


def tables() -> dict[str, list[Row]]:
    """The rows of every table."""
    draw = Draw(SEED)
    networks = _networks(draw)
    fields = {row["network"]: row.pop("field") for row in networks}
    memberships = list(_memberships(fields, draw))
    since = {row["network"]: row.get("since", "") for row in memberships}
    bodies, seats, participation = _parts(networks, fields, since, draw)
    asked = list(_asked(fields))
    answers = list(_answers(asked, draw))
    coded = list(_coded(networks, draw))
    assessments = list(_assessments(networks, seats, participation))
    made = {
        "case": [_case()],
        "sources": _sources(),
        "networks": networks,
        "facts": list(_facts(networks, since, draw)),
        "departments": list(_departments()),
        "memberships": memberships,
        "bodies": bodies,
        "seats": seats,
        "participation": participation,
        "responsibilities": list(_responsibilities(fields, draw)),
        "goals": [
            {"goal": goal, "kind": kind, "title_sv": swedish, "title_en": english,
             "source_id": "strategi-2023", "locator": f"¶{number}"}
            for number, (goal, kind, swedish, english) in enumerate(GOALS, start=1)
        ],
        "criteria": list(_criteria()),
        "order_statements": [_order()],
        "levels": default_rows("levels", ["sv", "en"]),
        "demands": default_rows("demands", ["sv", "en"]),
        "statements": [*coded, *_from_answers(asked, answers)],
        "asked": asked,
        "answers": answers,
        "lessons": list(_lessons(answers, draw)),
        "events": list(_events(networks, draw)),
        "costs": list(_costs(fields, draw)),
        "rates": [{
            "currency": "EUR", "into": "SEK", "rate": 11.4, "date": "2024",
            "source_id": "register-2025", "locator": "kurs för år 2024",
        }],
        "assessments": assessments,
        "decisions": list(_decisions(assessments)),
        "requests": [],
    }  # fmt: skip
    salt = "".join(f"{draw.whole(0, 15):x}" for _ in range(SALT))
    made["sources"].append(_closed(stamp(asked, answers, salt)))
    return made


def _descriptor() -> str:
    """The data package: the tables as the loader reads them, each marked as invented."""
    package = {
        "name": HERE.name,
        "title": "Exempelstad 2025: a synthetic case, wholly invented",
        "description": "Påhittade uppgifter: ingen stad, inget nätverk och inget svar är "
        "verkligt. Invented by data/exempelstad-2025/generate.py; no city, network or answer in "
        "it is real.",
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "title": "Creative Commons Attribution 4.0",
                "path": "https://creativecommons.org/licenses/by/4.0/",
            }
        ],
        "sources": [{"title": "Invented; see generate.py"}],
        **VERSIONED,
        "resources": [
            resource | {"title": f"{resource['title']} (synthetic: invented)"}
            for resource in resources()
        ],
    }
    return descriptor_text(package)


def _case() -> Row:
    return {
        "city": "Exempelstad",
        "languages": "sv en",
        "synthetic": "yes",
        "title_sv": "Exempelstads internationella medlemskap 2025 (påhittade uppgifter)",
        "title_en": "Exempelstad’s international memberships, 2025 (invented data)",
        "as_of": AS_OF,
        "responsible_sv": "Internationella enheten, Stadsledningskontoret i Exempelstad",
        "responsible_en": "International Unit, City Executive Office of Exempelstad",
        "deciding_body_sv": "Kommunstyrelsen i Exempelstad",
        "deciding_body_en": "City Executive Board of Exempelstad",
        "criteria_adopted": "2025-01-20",
        "criteria_adopted_by_sv": "Kommunstyrelsen i Exempelstad",
        "criteria_adopted_by_en": "City Executive Board of Exempelstad",
    } | default_rows("case", ["sv", "en"])[0]


def _sources() -> list[Row]:
    titles = {
        "register-2025": ("Exempelstads medlemskapsregister (påhittat)", "2025-05-15"),
        "underlag-2025": ("Underlag per nätverk (påhittat)", "2025-05-30"),
        "enkat-2025": ("Förvaltningarnas svar våren 2025 (påhittade)", "2025-04-25"),
        "strategi-2023": ("Internationell strategi för Exempelstad (påhittad)", "2023-11-06"),
        "utlatande-2025": ("Utkast till tjänsteutlåtande (påhittat)", "2025-06-16"),
        "protokoll-2025": ("Kommunstyrelsens protokoll (påhittat)", "2025-06-18"),
    }
    return [
        {
            "source_id": source,
            "title": title,
            "publisher": "Exempelstad (påhittad stad)",
            "date": date,
            "licence": "CC BY 4.0",
            "note_sv": "Påhittat; handlingen finns inte.",
            "note_en": "Invented; there is no such document.",
        }
        for source, (title, date) in titles.items()
    ]


def _closed(shut: str) -> Row:
    """Persons' answers, which were closed when the last day for them was over."""
    return {
        "source_id": PERSONS,
        "title": "Politikernas svar, en och en (påhittade)",
        "publisher": "Exempelstad (påhittad stad)",
        "date": "2025-04-25",
        "licence": "CC BY 4.0",
        "sha256": shut,
        "note_sv": "Påhittat; handlingen finns inte.",
        "note_en": "Invented; there is no such document.",
    }


def _networks(draw: Draw) -> list[Row]:
    rows = []
    for line in NETWORKS.split("\n")[1:-1]:
        network, name, swedish, english, field = line.split("|")
        form = draw.one(FORMS)
        rows.append(
            {
                "network": network,
                "name": f"{name} ({MARK})",
                "note_sv": f"{form[0]} {swedish} (påhittat)",
                "note_en": f"{form[1]} {english[0].upper()}{english[1:]} (invented)",
                "field": field,
            }
        )
    return rows


def _departments() -> Iterator[Row]:
    for kind, named in (("department", DEPARTMENTS), ("company", COMPANIES)):
        for department, (swedish, english) in named.items():
            company = kind == "company"
            yield {
                "department": department,
                "name_sv": f"{swedish} (påhittat)" if company else swedish,
                "name_en": f"{english} (invented)" if company else english,
                "kind": kind,
                "language": "en" if department == ENGLISH else "",
            }
    yield {
        "department": "council",
        "name_sv": "Förtroendevalda med internationella uppdrag",
        "name_en": "Elected representatives with international offices",
        "kind": "political",
    }


def _memberships(fields: dict[str, str], draw: Draw) -> Iterator[Row]:
    for number, network in enumerate(fields, start=1):
        year = draw.whole(1989, 2023)
        known = draw.chance(0.88)
        month = f"-{draw.whole(1, 12):02d}" if draw.chance(0.3) else ""
        yield {
            "network": network,
            "standing": draw.one(("full",) * 8 + ("associate", "affiliate", "")),
            "via": VIA.get(network, ""),
            "since": f"{year}{month}" if known else "",
            "until": "2025-12-31" if network == "kyrkogardar" else "",
            "source_id": "register-2025",
            "locator": f"rad {number}",
        }


def _parts(
    networks: list[Row], fields: dict[str, str], since: dict[str, str], draw: Draw
) -> tuple[list[Row], list[Row], list[Row]]:
    """Bodies, seats in them and departments' part in them."""
    bodies: list[Row] = []
    seats: list[Row] = []
    parts: list[Row] = []
    for number, row in enumerate(networks, start=1):
        network, field = row["network"], fields[row["network"]]
        quality = QUALITY.get(network, 1.0)
        place = {"network": network, "source_id": "register-2025", "locator": f"rad {number}"}
        if draw.chance(0.1 + 0.1 * quality):
            bodies.append({**place, **_body("board", "board", "Styrelsen", "Board")})
            if draw.chance(0.35 + 0.1 * quality):
                seats.append({"network": network, "body": "board", **_term(since[network], draw),
                              **_office(draw), **place})  # fmt: skip
        groups = draw.whole(0, 2) if network not in QUALITY else draw.whole(1, 3)
        for group in range(1, groups + 1):
            names = f"Arbetsgrupp {group}", f"Working group {group}"
            bodies.append({**place, **_body(f"group-{group}", "working_group", *names)})
        for group in range(groups):
            if draw.chance(0.25) or (network not in QUALITY and draw.chance(0.4)):
                continue
            start = draw.whole(2012, 2024)
            over = draw.chance(0.3)
            parts.append(
                {
                    "network": network,
                    "body": f"group-{group + 1}",
                    "department": "" if draw.chance(0.08) else _member(field, group),
                    "role": draw.one(("participant",) * 6 + ("member", "chair", "declined")),
                    "start": max(str(start), since[network][:4]) if draw.chance(0.85) else "",
                    "end": str(max(start, draw.whole(2019, 2024))) if over else "",
                    **_benefit(quality, draw),
                    **place,
                }
            )
        if not groups and draw.chance(0.3):
            parts.append({"network": network, "department": field, "role": "none", **place})
    for row in (*seats, *parts):  # of those without any date it is not known
        idle = row["role"] in ("none", "declined")
        row["ongoing"] = "yes" if row.get("start") and not row.get("end") and not idle else ""
    return bodies, seats, parts


def _body(body: str, kind: str, swedish: str, english: str) -> Row:
    return {"body": body, "kind": kind, "name_sv": swedish, "name_en": english}


def _term(since: str, draw: Draw) -> Row:
    end = draw.one(("2023-12-31", "2025-09-30", "2025-11", "2026-06-30", "2026-12-31", "2027", ""))
    start = str(max(int((since or "1990")[:4]) + 1, draw.whole(2019, 2022)))
    return {
        "role": draw.one(("member", "member", "vice_chair", "chair")),
        "start": start if draw.chance(0.8) and start <= "2022" else "",
        "end": end,
    }


def _office(draw: Draw) -> Row:
    offices = (
        ("Borgarrådet för internationella frågor", "Commissioner for International Affairs"),
        ("Ordföranden i facknämnden", "Chair of the committee concerned"),
        ("Förvaltningschefen", "Head of the department"),
        ("", ""),
    )
    swedish, english = draw.one(offices)
    return {"office_sv": swedish, "office_en": english}


def _benefit(quality: float, draw: Draw) -> Row:
    if not draw.chance(0.2 + 0.12 * quality):
        return {}
    swedish, english = draw.one(LESSONS)
    return {"benefit_sv": swedish, "benefit_en": english}


def _member(field: str, number: int) -> str:
    """The department whose field it is, then its neighbours."""
    around = (field, *NEIGHBOURS.get(field, ()))
    return around[number % len(around)]


def _responsibilities(fields: dict[str, str], draw: Draw) -> Iterator[Row]:
    for number, (network, field) in enumerate(fields.items(), start=1):
        if draw.chance(0.15):
            continue
        board = field == "city-office"
        known = draw.chance(0.7)
        yield {
            "network": network,
            "department": "" if draw.chance(0.1) else field,
            "deciding_body_sv": ("Kommunstyrelsen" if board else "Facknämnden") if known else "",
            "deciding_body_en": (
                "City Executive Board" if board else "The committee concerned"
            ) if known else "",
            "goal": GOAL_OF[field] if draw.chance(0.72) else "",
            "source_id": "register-2025",
            "locator": f"rad {number}",
        }  # fmt: skip


def _facts(networks: list[Row], since: dict[str, str], draw: Draw) -> Iterator[Row]:
    for number, row in enumerate(networks, start=1):
        network = row["network"]
        closer = network in QUALITY
        place = {"network": network, "source_id": "register-2025", "locator": f"rad {number}"}
        if closer or draw.chance(0.4):
            year = int((since[network] or "2000")[:4]) - draw.whole(2, 15)
            yield place | {
                "attribute": "founded", "value": year,
                "text_sv": f"Bildat {year}", "text_en": f"Founded in {year}",
            }  # fmt: skip
        if closer or draw.chance(0.5):
            members = draw.whole(18, 160)
            yield place | {
                "attribute": "member_count", "value": members, "unit": "cities",
                "text_sv": f"{members} medlemsstäder", "text_en": f"{members} member cities",
            }  # fmt: skip
            if network in ("cykel", "skola"):
                yield place | {
                    "attribute": "member_count", "value": members - 9, "unit": "cities",
                    "text_sv": f"{members - 9} medlemsstäder",
                    "text_en": f"{members - 9} member cities",
                    "source_id": "underlag-2025", "locator": f"{row['name']} ¶1",
                }  # fmt: skip
    yield {
        "attribute": "contact_network", "value": "yes", "source_id": "strategi-2023",
        "locator": "¶12", "text_sv": "Varje förvaltning har en kontaktfunktion",
        "text_en": "Every department has a contact function",
    }  # fmt: skip


def _criteria() -> Iterator[Row]:
    goals = {goal for goal, *_ in GOALS}
    for row in default_rows("criteria", ["sv", "en"]):
        own = row["criterion"] if row["criterion"] in goals else ""
        yield row | {"goal": "strategy" if row["criterion"] == "strategic_fit" else own}


def _order() -> Row:
    return {
        "criterion": "operational_development",
        "other": "positioning",
        "reason_sv": "Strategin sätter verksamheternas lärande före synlighet (påhittad strategi).",
        "reason_en": "The strategy puts the departments’ learning before visibility (an invented "
        "strategy).",
    }


def _asked(fields: dict[str, str]) -> Iterator[Row]:
    dates = {"sent": "2025-03-03", "answer_by": "2025-04-11"}
    for network in QUALITY:
        field = fields[network]
        for department in (field, *NEIGHBOURS.get(field, ())):
            yield {"department": department, "network": network, **dates}
    for network in ASKED_OF_POLITICIANS:
        yield {
            "department": "council", "network": network, **dates, "respondents": POLITICIANS
        }  # fmt: skip


def _answers(asked: list[Row], draw: Draw) -> Iterator[Row]:
    criteria = [row["criterion"] for row in default_rows("criteria", ["sv", "en"])]
    names = DEPARTMENTS | COMPANIES
    placed: dict[str, int] = {}
    for row in asked:
        department, network = row["department"], row["network"]
        if department in SILENT or row.get("respondents"):
            continue
        if department == "culture" and network == "hamnstader":
            continue  # the rows of one network were left out of what came back
        placed[department] = placed.get(department, 6) + 1
        for version in (1, 2) if department == TWICE else (1,):
            for column, criterion in zip(ANSWER_COLUMNS, criteria, strict=True):
                yield {
                    "department": department,
                    "network": network,
                    "criterion": criterion,
                    "version": version,
                    **_answer(QUALITY[network], criterion, department == ENGLISH, draw),
                    "received": "2025-04-23"
                    if version == 2
                    else f"2025-04-{draw.whole(1, 17):02d}",
                    "source_id": "enkat-2025",
                    "locator": f"{names[department][0]}.xlsx, Svar!{column}{placed[department]}",
                }
    for network_number, network in enumerate(ASKED_OF_POLITICIANS):
        for person in range(1, POLITICIANS + 1):
            if draw.chance(0.22):
                continue
            for column, criterion in zip(ANSWER_COLUMNS, criteria, strict=True):
                given = _answer(QUALITY[network], criterion, False, draw, spread=1.6)
                yield {
                    "department": "council", "respondent": person, "network": network,
                    "criterion": criterion, "version": 1, **given,
                    "received": f"2025-04-{draw.whole(1, 17):02d}", "source_id": "enkat-2025",
                    "locator": f"Svar {person:02d}.xlsx, Svar!{column}{7 + network_number}",
                }  # fmt: skip


def _answer(quality: float, criterion: str, english: bool, draw: Draw, spread: float = 0.9) -> Row:
    kind = draw.chance(0.12), draw.chance(0.08), draw.chance(0.05)
    low = draw.near(_latent(quality, criterion), spread)
    high = min(4, low + draw.chance(0.15))
    comment = draw.one(COMMENTS) if draw.chance(0.07) else None
    said: Row = {}
    if comment:
        said = {"comment": comment[english], "language": "en" if english else "sv"}
    for code, happens in zip(("dont_know", "not_our_field", "no_answer"), kind, strict=True):
        if happens:
            return {"answer": code, **({} if code == "no_answer" else said)}
    return {"answer": "rating", "low": low, "high": high, **said}


def _latent(quality: float, criterion: str) -> float:
    """What a network is worth on one criterion: effort is the greater the more there is to do."""
    moved = {"bearable_effort": 2.6 - 0.25 * quality, "governance": 1.6 + 0.4 * quality}
    shift = {"political_priority": -0.4, "influence": -0.3, "monitoring": 0.3}
    return moved.get(criterion, quality + shift.get(criterion, 0.0))


def _coded(networks: list[Row], draw: Draw) -> Iterator[Row]:
    """Evidence coded by hand: what papers and minutes say."""
    names = {row["network"]: row["name"] for row in networks}
    for network, quality in QUALITY.items():
        for number, (criterion, texts) in enumerate(SAID.items(), start=2):
            if draw.chance(0.22):
                continue
            value = draw.near(_latent(quality, criterion), 0.5)
            band = 0 if value == 0 or (value == 1 and quality < 1.4) else 1 if value < 3 else 2
            low, high = ((0, 1), (min(value, 2), 2), (3, value))[band]
            yield {
                "statement": f"a-{network}--{criterion}", "coder": "A", "network": network,
                "criterion": criterion, "low": low, "high": high,
                "text_sv": texts[band][0], "text_en": texts[band][1],
                "source_id": "underlag-2025", "locator": f"{names[network]} ¶{number}",
            }  # fmt: skip


def _from_answers(asked: list[Row], answers: list[Row]) -> Iterator[Row]:
    """What each department's last answer says; silence where none of those asked rated."""
    criteria = {row["criterion"]: row for row in default_rows("criteria", ["sv", "en"])}
    names = DEPARTMENTS | COMPANIES
    last = {
        (row["department"], row["network"], row["criterion"]): row
        for row in answers
        if not row.get("respondent")
    }
    for network in QUALITY:
        own = [
            row["department"]
            for row in asked
            if row["network"] == network and not row.get("respondents")
        ]
        for criterion, labels in criteria.items():
            given = {name: last.get((name, network, criterion), {}) for name in own}
            said = {"coder": "D", "network": network, "criterion": criterion}
            label = {"sv": f"”{labels['label_sv']}”", "en": f"“{labels['label_en']}”"}
            rated = [name for name in own if given[name].get("answer") == "rating"]
            for name in rated:
                swedish, english = names[name]
                low, high = given[name]["low"], given[name]["high"]
                rating = f"{low}–{high}" if low < high else f"{low}"
                yield said | {
                    "statement": f"d-{network}--{criterion}--{name}", "low": low, "high": high,
                    "text_sv": f"{swedish} ger {rating} på {label['sv']}.",
                    "text_en": f"{english} rates {label['en']} at {rating}.",
                    "source_id": "enkat-2025", "locator": given[name]["locator"],
                }  # fmt: skip
            silent = [name for name in own if given[name].get("answer", "no_answer") == "no_answer"]
            if silent and not rated:
                swedish, english = (
                    f" {word} ".join(names[name][place] for name in silent)
                    for place, word in enumerate(("och", "and"))
                )
                yield said | {
                    "statement": f"d-{network}--{criterion}--silence", "state": "silence",
                    "text_sv": f"Tillfrågade, utan svar på {label['sv']}: {swedish}.",
                    "text_en": f"Asked, without an answer on {label['en']}: {english}.",
                    "source_id": "enkat-2025", "locator": "Utskick, utan svar",
                }  # fmt: skip


def _lessons(answers: list[Row], draw: Draw) -> Iterator[Row]:
    answered = {
        (row["department"], row["network"], row["version"]): row["locator"]
        for row in answers
        if not row.get("respondent")
    }
    for (department, network, version), locator in answered.items():
        if not draw.chance(0.3 + 0.15 * QUALITY[network]):
            continue
        english = department == ENGLISH
        used = draw.one(USES)[english] if draw.chance(0.45) else ""
        file = locator.split(",")[0]
        yield {
            "department": department, "network": network, "version": version,
            "brought_home": draw.one(LESSONS)[english], "used_for": used,
            "language": "en" if english else "sv", "source_id": "enkat-2025",
            "locator": f"{file}, Hemtaget!B{locator.split('!')[1][1:]}",
        }  # fmt: skip


def _events(networks: list[Row], draw: Draw) -> Iterator[Row]:
    for number, row in enumerate(networks, start=1):
        network = row["network"]
        place = {"network": network, "source_id": "register-2025", "locator": f"rad {number}"}
        if draw.chance(0.45):
            kind, swedish, english = draw.one(OCCASIONS)
            month = draw.whole(1, 18)  # from the turn of the year 2024/2025 on
            date = f"{2025 + (month - 1) // 12}-{(month - 1) % 12 + 1:02d}"
            where = draw.one(PLACES) if draw.chance(0.6) else ("", "")
            yield place | {
                "event": f"{network}-{kind}", "kind": kind, "name_sv": swedish,
                "name_en": english, "start": date, "place_sv": where[0], "place_en": where[1],
            }  # fmt: skip
            if network in ("grannstader", "kultur"):
                yield place | {
                    "event": f"{network}-{kind}", "kind": kind, "name_sv": swedish,
                    "name_en": english, "start": "2026-11", "source_id": "underlag-2025",
                    "locator": f"{row['name']} ¶1",
                }  # fmt: skip
        if draw.chance(0.5):
            yield place | {
                "event": f"{network}-notice", "kind": "notice",
                "name_sv": "Sista dag för uppsägning till årsskiftet",
                "name_en": "Last day of notice for the turn of the year",
                "start": draw.one(("2025-06-30", "2025-09-30", "2025-10-31")),
            }  # fmt: skip
    yield {
        "event": "board-decides", "kind": "decision", "start": "2025-09-17",
        "name_sv": "Kommunstyrelsen behandlar medlemskapen",
        "name_en": "The City Executive Board considers the memberships",
        "source_id": "utlatande-2025", "locator": "¶2",
    }  # fmt: skip


def _costs(fields: dict[str, str], draw: Draw) -> Iterator[Row]:
    for number, (network, field) in enumerate(fields.items(), start=1):
        place = {"network": network, "source_id": "register-2025", "locator": f"rad {number}"}
        if draw.chance(0.16):
            continue  # nothing is known
        euro = draw.chance(0.12)
        fee = draw.whole(5, 60) * 100 if euro else draw.whole(2, 90) * 1000
        fee_known, travel, days = draw.chance(0.9), draw.chance(0.4), draw.chance(0.35)
        for year in (2023, 2024):
            if fee_known:
                yield place | {
                    "year": year, "kind": "fee", "amount": fee, "paid_by": field,
                    "currency": "EUR" if euro else "SEK",
                }  # fmt: skip
            if travel:
                yield place | {
                    "year": year, "kind": "travel", "amount": draw.whole(3, 80) * 500,
                    "currency": "SEK", "paid_by": field,
                }  # fmt: skip
            if days and year == 2024:
                yield place | {
                    "year": year, "kind": "staff", "days": draw.whole(2, 60), "paid_by": field,
                }  # fmt: skip


def _assessments(networks: list[Row], seats: list[Row], participation: list[Row]) -> Iterator[Row]:
    """The office's view of those that it has looked at, all but three."""
    names = {row["network"]: row["name"] for row in networks}
    held = {row["network"] for row in seats if not row["end"] or row["end"] > AS_OF[:7]}
    active = {
        row["network"]
        for row in participation
        if row["role"] not in ("none", "declined") and not row.get("end")
    }
    reasons = {
        "lead": ("Nyttan är tydlig i flera verksamheter och staden kan påverka inriktningen.",
                 "The benefit is clear in several departments, and the city can shape the "
                 "direction."),
        "participate": ("Arbetsgrupperna ger nytta, men uppdrag i ledningen motiveras inte.",
                        "The working groups bring benefit, but offices in the leadership are not "
                        "justified."),
        "follow": ("Staden bör ta del av det som kommer ut, utan arbetstid i grupperna.",
                   "The city should take in what is published, without working time in the "
                   "groups."),
        "not_a_member": ("Nyttan syns inte i någon verksamhet, och kontakterna finns redan.",
                         "The benefit shows in no department, and the contacts are to be had "
                         "elsewhere."),
    }  # fmt: skip
    order = tuple(reversed(reasons))
    for network, quality in list(QUALITY.items())[:-3]:
        level = order[0 if quality < 1 else 1 if quality < 1.9 else 2 if quality < 3.0 else 3]
        today = order[3 if network in held else 2 if network in active else 1]
        step = order.index(level) - order.index(today)
        action = "leave" if level == order[0] else ("continue", "deepen", "step_back")[
            (step > 0) - (step < 0)
        ]  # fmt: skip
        swedish, english = reasons[level]
        yield {
            "network": network, "level": level, "action": action,
            "effective": "2025-12-31" if action == "leave" else "",
            "reason_sv": swedish, "reason_en": english, "source_id": "utlatande-2025",
            "locator": f"{names[network]} ¶4",
        }  # fmt: skip


def _decisions(assessments: list[Row]) -> Iterator[Row]:
    """Four that are decided; in one of them the board keeps what the office would leave."""
    proposed = {row["network"]: row for row in assessments}
    otherwise = {"varldsstader": {"level": "follow", "action": "step_back"}}
    for number, network in enumerate(("klimat", "storstad", "bibliotek", "varldsstader"), start=14):
        decided = proposed[network] | otherwise.get(network, {})
        yield {
            "network": network, "level": decided["level"], "action": decided["action"],
            "date": "2025-06-18", "paragraph": f"§ {number}", "status": "decided",
            "source_id": "protokoll-2025", "locator": f"§ {number}",
        }  # fmt: skip


if __name__ == "__main__":
    main()
