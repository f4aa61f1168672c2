"""Write hostile text into every free-text cell of a case: is any of it run, lost or changed?

In each round every cell holds one of the strings below, the next one in the next round, so that
sixty rounds try each string in each cell. What cannot be kept is to be refused at its place.
"""

import base64
import contextlib
import csv
import hashlib
import io
import json
import re
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import click
from bs4 import BeautifulSoup
from openpyxl import load_workbook
from playwright.sync_api import sync_playwright

from netanalysis import load_case
from netanalysis.control_characters import visible
from netanalysis.exchange.store.replacing import write_case
from netanalysis.loaders.case.case import case_rows
from netanalysis.loaders.case.closing import PERSONS, SALT, stamp
from netanalysis.loaders.case.columns import DATE
from netanalysis.loaders.members.lists import FOLDER as LISTS
from netanalysis.tabular import csv_text, named_cells
from tests.browser import installed, launch
from tests.conftest import ROOT, command
from tests.soak.cases import FIELDS, bases
from tests.soak.trying import Place, chance_of, told, verdict

CODE = "document.title='run'"
STRINGS = [
    f"<script>{CODE}</script>", f"<img src=x onerror={CODE}>", f"<svg onload={CODE}></svg>",
    f'" onmouseover="{CODE}', f"' autofocus onfocus='{CODE}", f"</title><script>{CODE}</script>",
    f"</style><script>{CODE}</script>", f"--><script>{CODE}</script>", "<!-- a comment",
    f"]]><script>{CODE}</script>", f"<iframe srcdoc='<script>{CODE}</script>'>", "<b>bold</b>",
    f"<a href=\"javascript:{CODE}\">link</a>", f"[link](javascript:{CODE})", "[a](https://a.example)",
    "![picture](https://a.example/x.png)", "# Heading", "* item", "`code`", "~~struck~~ __bold__",
    "<style>body{display:none}</style>", "<link rel=stylesheet href=//a.example/x.css>",
    "<base href=//a.example/>", "<meta http-equiv=refresh content=0;url=//a.example>",
    "<form action=//a.example><input name=a>", "<details open ontoggle=1>",
    "<math><mi>x</mi></math>",
    "url(//a.example/x.png)", "&lt;script&gt; &amp; &copy; &#x41;", "{{ 7*7 }} {% raw %}", "{name}",
    "{0} {}", "{count} of {count:d}", "%s %(name)s %d %", "${7*7} #{7*7}", "$x^2$ $$\\frac{a}{b}$$",
    r"\(x\) \[y\] \n \u0041 \x41", "=1+1", "=HYPERLINK(\"//a.example\",\"x\")",
    "+1+cmd|' /C calc'!A0",
    "-2+3", "@SUM(A1)", "=cmd|' /C calc'!A0", "'=1+1", "'quoted' \"twice\" \"\"\"\"", "a,b;c|d",
    "one\ntwo\n\nthree", "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "Malm\u00f6 \u57ce\u5e02 \u0926\u093f\u0932\u094d\u0932\u0940", "e\u0301\u0323 Z\u0351\u0343a",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f3f3\ufe0f\u200d\U0001f308",
    "zero\u200bwidth soft\u00adhyphen", "\u202eright to left\u202c \u2066iso\u2069",
    "line\u2028paragraph\u2029end", "non\u00a0breaking\u202fblanks", "x" * 400, "\ufffd?",
    "NULL", "None nan <NA>", "1e5 0x10 TRUE",
]  # fmt: skip
REFUSED = ["a\x00b", "a\x07b", "\x1b[2Ja", "a\x9bb", "\ufeffa", "a\x0bb", "a\x7fb", "a\ufffeb"]
SIGNS = re.compile(r"q(\d+)z")
MEMBERS = ROOT / "data" / LISTS
SOURCES = {  # the addresses that a page may lead to: no string is written into one
    row["url"] for row in named_cells((MEMBERS / "sources.csv").read_text("utf-8"))
}
ACTIVE = ["script", "iframe", "object", "embed", "form", "input", "link", "base", "svg", "math"]


def cells_of(rows, fields=FIELDS):
    """Each cell of free text that has something: its table, row and column."""
    return [
        (table, number, name)
        for table, found in rows.items()
        for name, field in fields[table].items()
        if field["type"] == "string"
        and not {"enum", "pattern"} & set(field.get("constraints", {}))
        and field.get("rdfType") != DATE
        and name not in ("source_id", "as_of", "value", "unit")
        for number, row in enumerate(found)
        if row.get(name)
    ]


def make_hostile(rows, turn, behind, fields=FIELDS):
    """Write strings into the rows' cells, each with a mark; keep what each mark stands behind."""
    for number, (table, row, column) in enumerate(cells_of(rows, fields)):
        text = STRINGS[(number + turn) % len(STRINGS)]
        rows[table][row][column] = f"{text} q{len(behind)}z"
        behind[len(behind)] = text


def hostile_case(folder, base, turn, behind, statements=slice(None), **case):
    """Write the case, or some of its statements, with its strings, but for cells of its head."""
    rows = {table: [dict(row) for row in found] for table, found in case_rows(base).items()}
    rows["statements"] = rows["statements"][statements]
    make_hostile(rows, turn, behind)
    rows["case"][0].update(case)
    for row in rows["sources"]:
        if row["source_id"] == PERSONS:
            row["sha256"] = stamp(rows["asked"], rows["answers"], "0" * SALT)
    write_case(folder, rows)
    return rows["case"][0]


def hostile_lists(folder, turn, behind):
    """Write member lists with their strings."""
    shutil.copytree(MEMBERS, folder)
    described = json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]
    rows = {
        one["name"]: named_cells((folder / one["path"]).read_text("utf-8")) for one in described
    }
    make_hostile(
        rows,
        turn,
        behind,
        {one["name"]: {f["name"]: f for f in one["schema"]["fields"]} for one in described},
    )
    for table, found in rows.items():
        text = csv_text([[*found[0]], *(row.values() for row in found)])
        (folder / f"{table}.csv").write_text(text, "utf-8")


def changed(text, behind):
    """The strings that do not stand before their marks, but for blanks."""
    plain = " ".join(text.split())
    return [
        (behind[int(sign[1])], plain[max(0, sign.start() - 60) : sign.end()])
        for sign in SIGNS.finditer(plain)
        if not plain[: sign.start()].rstrip().endswith(" ".join(behind[int(sign[1])].split()))
    ]


def page_faults(text, behind):
    """What runs on a page, or is not said as it was written."""
    page = BeautifulSoup(text, "html.parser")
    for sheet in page.find_all("style"):
        sheet.extract()
    policy = str(page.find("meta", attrs={"http-equiv": True}))
    for own in page.find_all("script"):  # that of lists, which the page's policy names
        digest = base64.b64encode(hashlib.sha256(own.get_text().encode()).digest()).decode()
        if f"script-src 'sha256-{digest}'" in policy:
            own.extract()
    faults = [f"active: {node}" for node in page.find_all(ACTIVE)]
    for node in page.find_all(True):
        faults += [f"handler: {node}" for name in node.attrs if name.startswith("on")]
        if node.name in ("a", "img"):
            target = str(node.get("href") or node.get("src") or "#")
            safe = re.match(r"#|data:image/|[\w.%-]+\.html$|https://creativecommons", target)
            faults += [] if safe or target in SOURCES else [f"leads away: {target}"]
        if node.name == "img" and "svg" in str(node["src"])[:20]:
            ElementTree.fromstring(svg_text(node["src"]))
    return faults + changed(page.get_text(""), behind)


def svg_text(source):
    head, _, content = source.partition(",")
    return base64.b64decode(content) if "base64" in head else unquote(content)


def table_faults(text, behind):
    """What a spreadsheet would run of a table, or what is not as it was written."""
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    runs = [c for c in cells if re.match(r"[=+@\t\r]|-(?!\d+([.,]\d+)?$)", c)]
    return [f"runs: {cell!r:.80}" for cell in runs] + changed("\n".join(cells), behind)


def terminal_faults(done):
    lines = (done.stdout + done.stderr).splitlines()
    faults = [f"acts: {line!r:.120}" for line in lines if visible(line) != line]
    return faults + (["traceback"] if "Traceback" in done.stderr + done.stdout else [])


def sheet_faults(book, behind):
    found = [cell for sheet in load_workbook(book) for row in sheet for cell in row if cell.value]
    faults = [f"formula: {c.value!r:.80}" for c in found if c.data_type == "f" and "q" in c.value]
    texts = [str(cell.value) for cell in found if SIGNS.search(str(cell.value))]
    return faults + [fault for text in texts for fault in changed(text, behind)]


def opened(pages):
    """What a real browser does when it opens the pages: dialogs, requests, code that ran."""
    if installed() is None:
        return []
    faults = []
    with sync_playwright() as playwright, contextlib.closing(launch(playwright)) as browser:
        tab = browser.new_page()
        tab.on("dialog", lambda one: faults.append(f"dialog: {one.message}"))
        tab.on("request", lambda one: faults.append(f"request: {one.url:.80}"))
        for page in pages:
            expected = len(faults)
            tab.goto(page.as_uri())
            faults[expected:] = [
                one
                for one in faults[expected:]
                if not one.startswith(("request: file:", "request: data:"))
            ]
            if tab.title() == "run":
                faults.append(f"{page.name}: code ran")
    return faults


def round_faults(base, turn, folder):
    """All that is wrong in one round."""
    data, name = folder / "data", "invented"
    data.mkdir(parents=True)
    (folder / "notebooks").symlink_to(ROOT / "notebooks")
    behind = {}
    about = hostile_case(data / name, base, turn, behind)
    earlier = {"statements": slice(0, None, 2), "city": about["city"], "threshold_high": "0.6"}
    hostile_case(data / "earlier", base, turn + 1, behind, **earlier)
    hostile_lists(data / LISTS, turn, behind)
    (data / "places").symlink_to(ROOT / "data" / "places")
    case = load_case(data / name)
    language = case.languages[turn % len(case.languages)]
    faults = []

    def run(*words):
        done = command(*words, cwd=folder, NETANALYSIS_DATA=str(data))
        faults.extend((words[0], one) for one in terminal_faults(done))
        if done.returncode:
            faults.append((words[0], done.stderr[-800:]))

    page = ("--language", language, "--out", "out")
    run("check", name)
    run("report", name, "-p", "draws", 100, *page)
    run("report", name, "--compare-with", "earlier", "-p", "draws", 100, *page)
    for notebook in ("portfolio", "answers"):
        run("report", name, "--notebook", notebook, *page)
    run("portrait", "Berlin", *page)
    run("turnover", "union-of-the-baltic-cities", *page)
    run(
        *("batch", "network", "-p", "case", name, "--for-each", "network=all"),
        *("--language", language, "--out", "out/networks"),
    )
    run("write", name, "--out", "case.xlsx")
    before = {file.name: file.read_bytes() for file in (data / name).glob("*.csv")}
    run("read", "case.xlsx")
    after = {file.name: file.read_bytes() for file in (data / name).glob("*.csv")}
    faults += [("read", f"{one} is not as before") for one in before if before[one] != after[one]]
    pages = sorted((folder / "out").rglob("*.html"))
    for page in pages:
        faults += [(page.name, one) for one in page_faults(page.read_text("utf-8"), behind)]
    for table in sorted((folder / "out").rglob("*.csv")):
        faults += [(table.name, one) for one in table_faults(table.read_text("utf-8"), behind)]
    faults += [("case.xlsx", one) for one in sheet_faults(folder / "case.xlsx", behind)]
    said = "".join(page.read_text("utf-8") for page in pages)
    shown = len({sign[1] for sign in SIGNS.finditer(said)})
    click.echo(f"round {turn}: {len(behind)} cells written, {shown} shown on {len(pages)} pages")
    faults += [("browser", one) for one in opened([page.resolve() for page in pages])]
    return faults


def refused(base, folder, chance):
    """Write what cannot be kept into one cell; it is to be refused there."""
    rows = {table: [dict(row) for row in found] for table, found in case_rows(base).items()}
    table, row, column = chance.choice(cells_of(rows))
    write_case(folder, rows)
    file = folder / f"{table}.csv"
    lines = list(csv.reader(io.StringIO(file.read_text("utf-8"), newline="")))
    lines[row + 1][lines[0].index(column)] = chance.choice(REFUSED)
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(lines)
    return verdict(Place(f"{table}.csv", row + 2, column), lambda: load_case(folder))


def run_rig(number, asked):
    """Try so many rounds; what is wrong is told, and makes the exit code."""
    tally, wrong = Counter(), []
    with tempfile.TemporaryDirectory() as place:
        base = bases(Path(place))[0]
        for count in range(number) if asked.only is None else [asked.only]:
            chance = chance_of(asked.seed, count)
            for what, fault in [
                *(refused(base, Path(place) / f"{count}.{n}", chance) for n in range(5)),
                *(("taken", f) for f in round_faults(base, count, Path(place) / str(count))),
            ]:
                tally["hostile", what] += 1
                if fault:
                    wrong.append(f"round {count}: {fault}")
                    click.echo(ascii(wrong[-1])[:600], err=True)
    return told(tally, wrong)
