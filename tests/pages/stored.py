"""Which pages are stored? Every notebook in both languages, on each case that fills it.

Not stored, because there is nothing to show:

- ``tutorial`` on stockholm-2011: it teaches on a network that only exempelstad-2025 has;
- ``comparison`` on exempelstad-2025, which has no earlier case; the later one of stockholm-2011
  is made up for the tests.

``edge-2025`` is exempelstad-2025 cut to as many networks as a page tells of one by one, with two
more that nobody assessed; its page of answers is one for working with.

``answers`` of stockholm-2011 is stored although nobody was asked there: the page says so.

Of drawings the texts stand in the page's text. How they look is held by a hash of each, which is
compared where the pinned versions run: others may draw the same otherwise.
"""

import contextlib
import difflib
import hashlib
import re
import shutil
import tempfile
import tomllib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pandas as pd
from bs4 import BeautifulSoup

from netanalysis.loaders.case.case import case_rows
from netanalysis.loaders.case.closing import PERSONS, SALT, stamp
from netanalysis.publishing.batch.index import index
from netanalysis.publishing.batch.jobs import DONE, FAILED
from netanalysis.publishing.batch.manifest import PENDING, Entry
from tests.pages.making import ROOT, Pages, Subject, key_figures
from tests.pages.parts.test_causes import next_year
from tests.pages.reading import drawings, text_of

__all__ = [
    "DRAWINGS",
    "FOLDER",
    "NAMES",
    "WANTED",
    "difference",
    "drawn",
    "index_of",
    "other_versions",
    "subjects",
    "texts",
]

FOLDER = Path(__file__).parent
LANGUAGES = ("sv", "en")
REAL, INVENTED, LATER = "stockholm-2011", "exempelstad-2025", "stockholm-2012"
EDGE = "edge-2025"
HELSINKI = "helsinki-2024"
ROUTES = {"kris": "bibliotek", "hamnar": "energihus"}  # through one to leave, and an open one
EIGHT = "storstad luft klimat energihus bibliotek kultur hamnar kris litteratur kryssning".split()
WANTED = {
    f"{REAL}.evaluation": {"case": REAL},
    f"{REAL}.network": {"case": REAL, "network": "eurocities"},
    f"{REAL}.explore": {"case": REAL},
    f"{REAL}.portfolio": {"case": REAL},
    f"{REAL}.answers": {"case": REAL},
    f"{REAL}.screening": {"case": REAL},
    f"{HELSINKI}.screening": {"case": HELSINKI},
    f"{HELSINKI}-metrex.screening": {"case": HELSINKI, "request": "metrex-2019"},
    f"{LATER}.comparison": {"case": LATER, "other": REAL},
    f"{INVENTED}.evaluation": {"case": INVENTED},
    f"{INVENTED}.network": {"case": INVENTED, "network": "klimat"},
    f"{INVENTED}.explore": {"case": INVENTED, "network": "klimat"},
    f"{INVENTED}.portfolio": {"case": INVENTED},
    f"{INVENTED}.answers": {"case": INVENTED},
    f"{INVENTED}.tutorial": {"case": INVENTED},
    f"{EDGE}.evaluation": {"case": EDGE, "draws": 500},
    f"{EDGE}.portfolio": {"case": EDGE},
    f"{EDGE}.answers": {"case": EDGE, "status": "working"},
    "stockholm.portrait": {"city": "Stockholm"},
    "oslo.portrait": {"city": "Oslo"},
    "berlin.portrait": {"city": "Berlin"},  # in most of the lists
    "quito.portrait": {"city": "Quito"},  # in one of them
    "union-of-the-baltic-cities.turnover": {},
}
INDEX, DRAWINGS = "batch.index", "drawings"
NAMES = [f"{name}.{language}" for name in (*WANTED, INDEX) for language in LANGUAGES]


def subjects(pages: Pages) -> dict[str, Subject]:
    """What each stored page but the index is made from."""
    found = {}
    made_up = _made_up(pages.folder)
    for name, parameters in WANTED.items():
        data = made_up if name.startswith((LATER, EDGE)) else ROOT / "data"
        for language in LANGUAGES:
            given = {**parameters, "language": language}
            found[f"{name}.{language}"] = Subject(name.rpartition(".")[2], given, data)
    return found


def texts(pages: Pages) -> dict[str, str]:
    """The text of every page that is stored, as it is now."""
    made = pages.of(subjects(pages))
    found = {name: text_of(page.read_text("utf-8")) for name, page in made.items()}
    for language in LANGUAGES:
        listed = {name: page for name, page in made.items() if name.endswith(f".{language}")}
        found[f"{INDEX}.{language}"] = "\n".join(_indexes(listed, language))
    return found


def drawn(pages: Pages) -> str:
    """A hash of every drawing on the stored pages."""
    found = [
        f"{name} {number} {hashlib.sha256(svg.encode()).hexdigest()[:12]}\n"
        for name, page in pages.of(subjects(pages)).items()
        for number, svg in enumerate(drawings(page.read_text("utf-8")), start=1)
    ]
    return "".join(found)


def other_versions() -> list[str]:
    """The packages that are needed and installed in another version than the pinned one."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    constraints = (ROOT / "constraints.txt").read_text("utf-8").lower()
    pins = dict(re.findall(r"^([\w-]+)==(\S+)", constraints, re.MULTILINE))
    needed = [re.match(r"[\w-]+", entry).group() for entry in project["dependencies"]]
    installed = {name: version(name) for name in needed}
    return [f"{name} {found}" for name, found in installed.items() if pins[name.lower()] != found]


def difference(name: str, text: str) -> str:
    """What changes in a stored page, as a unified diff; empty where nothing does."""
    file = FOLDER / f"{name}.txt"
    before = file.read_text("utf-8") if file.exists() else ""
    lines = before.splitlines(keepends=True), text.splitlines(keepends=True)
    return "".join(difflib.unified_diff(*lines, f"stored/{file.name}", f"now/{file.name}", n=1))


def index_of(
    figures: dict[str, dict], notebook: str, language: str, titles: dict[str, str] | None = None
) -> str:
    """The text of the index of a batch, from the key figures and the title of each page."""
    entries = [
        _entry(
            name, DONE, parameters={"case": name.split(".")[0]}, key_figures=own,
            title=(titles or {}).get(name, ""),
        )
        for name, own in figures.items()
    ]  # fmt: skip
    return text_of(index(entries, notebook, language, {INVENTED, EDGE}))


def _indexes(pages: dict[str, Path], language: str) -> Iterator[str]:
    """The text of an index for each notebook's pages, and for two that came to naught."""
    for notebook in sorted({name.split(".")[1] for name in pages}):
        of_it = {name: page for name, page in pages.items() if name.split(".")[1] == notebook}
        figures = {name: own for name, page in of_it.items() if (own := key_figures(page))}
        if figures:  # explore, tutorial and turnover hand over none
            titles = {name: _title(of_it[name]) for name in figures}
            yield index_of(figures, notebook, language, titles)
    failed = _entry("failed", FAILED, cell=7, line=2, error="ValueError: no <b>number</b>")
    yield text_of(index([failed, _entry("waiting", PENDING)], "notebook", language))


def _title(page: Path) -> str:
    return BeautifulSoup(page.read_text("utf-8"), "html.parser").h1.get_text(" ", strip=True)


def _entry(
    name: str,
    state: str,
    cell: int | None = None,
    line: int | None = None,
    error: str = "",
    **told: object,
) -> Entry:
    return Entry(name, state, None, None, cell, line, error, f"{name}.html", "", "", **told)


def _made_up(folder: Path) -> Path:
    """A data folder with cases that are made up from others."""
    data = folder / "made-up"
    if not data.exists():
        with tempfile.TemporaryDirectory(dir=folder) as unfinished:
            cases = Path(unfinished) / "data"
            shutil.copytree(ROOT / "data" / REAL, cases / REAL)
            next_year(cases / REAL, LATER)
            shutil.copytree(ROOT / "data" / INVENTED, cases / EDGE)
            _cut(cases / EDGE)
            with contextlib.suppress(OSError):  # another process was first
                cases.rename(data)
    return data


def _cut(case: Path) -> None:
    """Leave only what is about a few of the networks, and about the city itself.

    The city is in two of them through others.
    """
    for file in case.glob("*.csv"):
        table = pd.read_csv(file, dtype=str, keep_default_na=False)
        if "network" in table:
            table = table[table["network"].isin([*EIGHT, ""])]
            if "via" in table:
                table["via"] = table["network"].map(ROUTES).fillna(table["via"])
            table.to_csv(file, index=False)
    rows = case_rows(case)
    sources = pd.DataFrame(rows["sources"])
    shut = stamp(rows["asked"], rows["answers"], "0" * SALT)  # persons' answers, as they are now
    sources.loc[sources["source_id"] == PERSONS, "sha256"] = shut
    sources.to_csv(case / "sources.csv", index=False)
