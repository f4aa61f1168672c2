"""A third language is added as data alone: a catalogue, rows, and text columns with its ending.

The language is made up: English with accents, so that a text that does not come from its catalogue
or from its columns is told by the accents that it lacks.
"""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys

import pytest
from babel.messages.pofile import read_po, write_po

from tests.conftest import ROOT
from tests.pages.reading import drawings, text_of

pytestmark = pytest.mark.outside
LANGUAGE, LOCALE = "nb", "nb_NO"
CASE, EARLIER = "exempelstad-2025", "exempelstad-2024"
ACCENTS = str.maketrans("aeiouAEIOU", "áéíóúÁÉÍÓÚ")
KEPT = re.compile(r"(\{[^}]*\}|<[^>]*>|\]\([^)]*\)|`[^`]*`|https?://\S+|--[a-z-]+|&\w+;)")
PAGES = {
    "answers": [CASE],
    "comparison": [CASE, "--compare-with", EARLIER],
    "evaluation": [CASE],
    "explore": [CASE, "-p", "network", "mobilitet"],
    "network": [CASE, "-p", "network", "mobilitet"],
    "portfolio": [CASE],
    "tutorial": [CASE],
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The pages of every notebook in the language, made by a copy of the library that has it."""
    folder = tmp_path_factory.mktemp("third-language")
    for part in ("netanalysis", "notebooks", f"data/{CASE}", "data/memberships", "data/places"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    for path in (*folder.glob("netanalysis/**/*.csv"), *folder.glob("data/**/*.csv")):
        widen(path)
    add(
        folder / "netanalysis/language/languages.csv",
        language=LANGUAGE, locale=LOCALE, last_letters="æøå",
    )  # fmt: skip
    codes = folder / "netanalysis/loaders/case/codes.csv"
    for key, code in (("languages", LANGUAGE), ("languages_of_a_case", f"sv en {LANGUAGE}")):
        words = {f"word_{one}": f"{code} {one}" for one in ("sv", "en", LANGUAGE)}
        add(codes, list=key, code=code, **words)
    catalogue = folder / "netanalysis/locale" / LANGUAGE / "LC_MESSAGES/netanalysis.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_bytes(accented_catalogue())
    case = folder / "data" / CASE
    replace(case / "case.csv", ",sv en,", f",sv en {LANGUAGE},")
    scope = f'"name": "scope_{LANGUAGE}", "type": "string"}}, {{"name": "scope_en"'
    replace(folder / "data/memberships/datapackage.json", '"name": "scope_en"', scope)
    earlier = folder / "data" / EARLIER
    shutil.copytree(case, earlier)
    replace(earlier / "case.csv", "2025-06-30", "2025-06-29")
    replace(earlier / "datapackage.json", CASE, EARLIER)
    environment = os.environ | {"PYTHONPATH": str(folder), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-c", COMMANDS, json.dumps(PAGES)],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return {path.name: path.read_text("utf-8") for path in (folder / "out").glob("*.html")}


COMMANDS = """
import json, sys
from pathlib import Path
from netanalysis.cli import main
from netanalysis.exchange.store.case_files import descriptor_text, resources

for path in Path("data").glob("exempelstad-*/datapackage.json"):
    path.write_text(descriptor_text({**json.loads(path.read_text()), "resources": resources()}))

def call(*arguments):
    print(arguments)
    main([*arguments, "--language", "nb", "--out", "out"], standalone_mode=False)

for notebook, arguments in json.loads(sys.argv[1]).items():
    call("report", *arguments, "--notebook", notebook)
call("portrait", "Stockholm")
call("turnover", "union-of-the-baltic-cities")
"""


def accented(text):
    """The text in the made-up language; what stands for a value, a mark or a name stays."""
    parts = KEPT.split(text)
    parts[::2] = [part.translate(ACCENTS) for part in parts[::2]]
    return "".join(parts)


def widen(path):
    """Give a table the text columns of the language."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    english = [place for place, name in enumerate(rows[0]) if name.endswith("_en")]
    if not english:
        return
    for number, row in enumerate(rows):
        cells = [row[place] for place in english]
        row += map(accented, cells) if number else [cell[:-2] + LANGUAGE for cell in cells]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def replace(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def add(path, **row):
    with path.open(encoding="utf-8", newline="") as file:
        names = next(csv.reader(file))
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, names).writerow(row)


def catalogue_of(language):
    path = ROOT / "netanalysis/locale" / language / "LC_MESSAGES/netanalysis.po"
    return read_po(io.BytesIO(path.read_bytes()), locale=language)


def accented_catalogue():
    catalogue = catalogue_of("sv")
    for message in catalogue:
        if isinstance(message.id, tuple):
            message.string = tuple(map(accented, message.id))
        elif message.id:
            message.string = accented(message.id)
    written = io.BytesIO()
    write_po(written, catalogue, width=0)
    return written.getvalue()


def test_every_notebook_makes_its_page(pages):
    assert len(pages) == len(PAGES) + 2
    assert all(f'<html lang="{LANGUAGE}"' in page for page in pages.values())


STORED = sorted((ROOT / "tests" / "pages").glob("*.sv.txt"))


def texts(*languages):
    """The texts of the catalogue that the accents would change, in these languages."""
    forms = set()
    for message in catalogue_of("sv"):
        for language, text in (("en", message.id), ("sv", message.string)):
            if language in languages:
                forms.update(text if isinstance(text, tuple) else [text])
    return {text for text in forms if accented(text) != text}


def passages(*languages):
    """What of them stands between values, if it has at least four words."""
    parts = {part.strip() for text in texts(*languages) for part in KEPT.split(text)[::2]}
    return {part for part in parts if len(part.split()) >= 4}


def test_no_text_of_another_language_is_on_a_page(pages):
    left = {}
    for name, page in pages.items():
        text = "\n".join([text_of(page), *drawings(page)])
        cells = {cell.strip() for cell in re.split(r"\n|\|", text)}
        if ".explore." in name:  # which shows tables of codes as they are
            cells.clear()
        left[name] = cells & texts("en", "sv")
        left[name] |= {part for part in passages("en", "sv") if part in text}
    assert left == {name: set() for name in pages}


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.name.removesuffix(".sv.txt"))
def test_no_english_text_is_on_a_swedish_page(path):
    text = path.read_text("utf-8")
    assert {part for part in passages("en") - passages("sv") if part in text} == set()
