"""The command ``netanalysis``: from a case to its pages."""

import locale
import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from netanalysis.dates import is_date
from netanalysis.errors import DataError, Problem
from netanalysis.folders import DATA_VARIABLE, data_folder, reports_folder, shown
from netanalysis.loaders import headers, imported
from netanalysis.loaders.case import find_case, load_case, one_network
from netanalysis.loaders.matching import find_city
from netanalysis.loaders.memberships import (
    FOLDER,
    load_memberships,
    read_package,
    two_snapshots,
)
from netanalysis.loaders.places import load_places
from netanalysis.publishing import run as running
from netanalysis.showing.wording import LANGUAGES, Words, speak

__all__ = ["main"]


_LANGUAGE = click.option(
    "--language", type=click.Choice(LANGUAGES), help="Only this language; both where not given."
)
_OUT = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the pages.  [default: reports, beside the notebooks]",
)
_DATA = click.option(
    "--data",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    envvar=DATA_VARIABLE,
    help="Folder that holds cases, places and member lists.  [default: the nearest data]",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="netanalysis")
def main() -> None:
    """Evaluate a city's engagement in international networks, reproducibly."""


@main.command()
@click.argument("case")
@_LANGUAGE
@click.option("--notebook", default="evaluation", show_default=True, help="Name of the notebook.")
@click.option(
    "-p",
    "parameters",
    type=(str, str),
    multiple=True,
    metavar="NAME VALUE",
    help="Set a parameter of the notebook; can be given several times.",
)
@_OUT
@_DATA
def report(
    case: str,
    language: str | None,
    notebook: str,
    parameters: tuple[tuple[str, str], ...],
    out: Path | None,
    data: Path | None,
) -> None:
    """Check CASE, run a notebook on it and write one HTML page per language.

    CASE is the name of a folder under the data folder. A page is named by the case, the notebook
    where it is not the evaluation, the values set by -p and the language, so that runs with
    other parameters do not overwrite each other. Everything is checked before anything runs.

    Exit code 0: the pages are written; 1: the notebook failed; 2: the input is wrong.
    """
    words = speak(language or _tongue())
    os.environ[DATA_VARIABLE] = str((data or data_folder()).absolute())
    languages = [language] if language else list(LANGUAGES)
    try:
        path = running.find_notebook(notebook)
        find_case(case)
        twice = [name for name, _ in parameters if name in ("case", "language")]
        names = [name for name, _ in parameters]
        twice += sorted({name for name in names if names.count(name) > 1} - set(twice))
        if twice:
            raise DataError([Problem("parameter_twice", values={"name": n}) for n in twice])
        given = running.checked(path, {**dict(parameters), "case": case})
        loaded = load_case(case)
        if "network" in given:
            one_network(loaded, str(given["network"]))
    except DataError as error:
        _refuse(error, words)
    parts = [case, *([] if notebook == "evaluation" else [notebook])]
    parts += [re.sub(r"[^\w-]+", "-", value) for _, value in parameters]
    _make(path, given, parts, languages, out, words)


@main.command()
@click.argument("city")
@_LANGUAGE
@click.option(
    "--snapshot",
    default="",
    metavar="'NETWORK DATE'",
    help="A list other than the latest.",
)
@_OUT
@_DATA
def portrait(
    city: str, language: str | None, snapshot: str, out: Path | None, data: Path | None
) -> None:
    """Write the portrait of a CITY: whom it meets through its networks.

    CITY is a name in any language, or a GeoNames id. Everything is checked before anything runs.

    Exit code 0: the pages are written; 1: the notebook failed; 2: the input is wrong.
    """
    words = speak(language or _tongue())
    os.environ[DATA_VARIABLE] = str((data or data_folder()).absolute())
    try:
        path = running.find_notebook("portrait")
        chosen = dict([snapshot.split()]) if len(snapshot.split()) == 2 else {}
        if snapshot and not chosen:
            raise DataError([Problem("snapshot_form", values={"value": snapshot})])
        places = load_places()
        members = load_memberships(snapshots=chosen, places=places)
        home = find_city(city, members["geoname_id"].dropna(), places)
    except DataError as error:
        _refuse(error, words)
    name = re.sub(r"[^a-z0-9]+", "-", str(places.places.loc[home, "ascii_name"]).lower())
    parts = ["portrait", name, str(home), *snapshot.split()]
    languages = [language] if language else list(LANGUAGES)
    _make(path, {"city": str(home), "snapshot": snapshot}, parts, languages, out, words)


@main.command()
@click.argument("network")
@click.argument("before", default="")
@click.argument("after", default="")
@_LANGUAGE
@_OUT
@_DATA
def turnover(
    network: str,
    before: str,
    after: str,
    language: str | None,
    out: Path | None,
    data: Path | None,
) -> None:
    """Compare two lists of a NETWORK: who left, who joined, who had other ways.

    BEFORE and AFTER are dates of its lists; the latest two where not given. Everything is checked
    before anything runs.

    Exit code 0: the pages are written; 1: the notebook failed; 2: the input is wrong.
    """
    words = speak(language or _tongue())
    os.environ[DATA_VARIABLE] = str((data or data_folder()).absolute())
    try:
        path = running.find_notebook("turnover")
        first, last = two_snapshots(network, before, after)
    except DataError as error:
        _refuse(error, words)
    given = {"network": network, "before": first, "after": last}
    languages = [language] if language else list(LANGUAGES)
    _make(path, given, ["turnover", network, first, last], languages, out, words)


@main.group()
def members() -> None:
    """Member lists of networks."""


@members.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--network", required=True, help="Short name of the network.")
@click.option("--snapshot", required=True, help="Date of the list: YYYY, YYYY-MM or YYYY-MM-DD.")
@click.option("--source", default="", help="source_id of the list.  [default: the file's name]")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=NAME",
    help="The file's own name of a column: member, country, state, joined_year or standing.",
)
@click.option(
    "--columns-from",
    type=click.Path(path_type=Path, dir_okay=False),
    help='A TOML file with lines such as member = "Stad".',
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File for the rows.  [default: FILE.members.csv]",
)
@click.option("--overwrite", is_flag=True, help="Replace files that are there.")
@_DATA
def import_list(
    file: Path,
    network: str,
    snapshot: str,
    source: str,
    columns: tuple[str, ...],
    columns_from: Path | None,
    out: Path | None,
    overwrite: bool,
    data: Path | None,
) -> None:
    """Read a member list, find the place of each member, and write both.

    FILE is a CSV file or an Excel workbook with columns of its own; a title may stand above them.
    Two files are written: the rows in the form of memberships.csv, and a report of how each name
    was matched. A name that several places answer to, or none, keeps its row without a place;
    mend it in aliases.csv and run the command again.

    Exit code 0: written; 2: the input is wrong, with every problem.
    """
    words = speak(_tongue())
    os.environ[DATA_VARIABLE] = str((data or data_folder()).absolute())
    target = out or file.with_name(f"{file.stem}.members.csv")
    report = target.with_name(f"{target.name.removesuffix('.csv')}.report.csv")
    try:
        if not is_date(snapshot):
            raise DataError([Problem("date", column="snapshot", values={"value": snapshot})])
        there = [path for path in (target, report) if path.exists() and not overwrite]
        if there:
            raise DataError([Problem("out_exists", shown(path)) for path in there])
        mapped = headers.columns_from(columns_from) if columns_from else {}
        for entry in columns:
            field, _, name = entry.partition("=")
            if field not in headers.FIELDS or not name:
                values = {"entry": entry, "known": ", ".join(headers.FIELDS)}
                raise DataError([Problem("column_option", values=values)])
            mapped[field] = name
        package = read_package(data_folder() / FOLDER)
        found = imported.import_members(
            file, network, snapshot, source or file.stem, load_places(), package, mapped
        )
    except DataError as error:
        _refuse(error, words)
    tables = {target: found.members, report: found.report}
    _save({path: table.to_csv(index=False) for path, table in tables.items()}, words)
    _tell(found, words)


def _make(
    notebook: Path,
    given: Mapping[str, running.Value],
    parts: list[str],
    languages: list[str],
    out: Path | None,
    words: Words,
) -> None:
    """Run the notebook in each language and write its pages, named by the parts."""
    folder = out or reports_folder()
    pages = {}
    with _told(folder, words):  # before anything runs
        pass
    try:
        for tongue in languages:
            target = folder / ".".join([*parts, tongue, "html"])
            click.echo(words("Making {file}", file=shown(target)), err=True)
            pages[target] = running.run(notebook, {**given, "language": tongue})
    except running.RunError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    _save(pages, words)


def _save(texts: Mapping[Path, str], words: Words) -> None:
    """Write each text to its file, whole or not at all."""
    for target, text in texts.items():
        with _told(target.parent, words):
            running.save(text, target)
        click.echo(words("Written: {file}", file=shown(target)))


@contextmanager
def _told(folder: Path, words: Words) -> Iterator[None]:
    """Say why a folder cannot be written to, and end."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        said = words("Cannot write to {folder}: {reason}", folder=folder, reason=reason)
        click.echo(said, err=True)
        sys.exit(1)


def _tell(found: imported.Imported, words: Words) -> None:
    """Where the list was read and what became of the names, in short; the report has them all."""
    sheet = found.sheet
    if sheet.name:
        click.echo(words("Read: the sheet {sheet}", sheet=sheet.name))
    for name in sheet.others:
        click.echo(words("Not read: the sheet {sheet}", sheet=name))
    read = ", ".join(f"{field} = {name}" for field, name in found.columns.items())
    click.echo(words("Columns: {columns}", columns=read))
    names = dict.fromkeys(map(str.strip, sheet.header[1]))
    unread = [name for name in names if name and name not in found.columns.values()]
    if unread:
        click.echo(words("Columns not read: {columns}", columns=", ".join(unread)))
    if sheet.above:
        rows = ", ".join(map(str, sheet.above))
        click.echo(words("Left out, as they stand above the header: rows {rows}", rows=rows))
    if sheet.blank:
        click.echo(words("Blank rows: {count}", count=words.number(sheet.blank)))
    click.echo(words("Members: {count}", count=words.number(len(found.report))))
    for how, number in found.report["how"].value_counts().items():
        count = words.number(number)
        text = {
            "exact": words("by their name: {count}", count=count),
            "alternate": words("by another name: {count}", count=count),
            "alias": words("by an alias: {count}", count=count),
            "size": words("by size, far larger than others of the name: {count}", count=count),
            "ambiguous": words("several places answer to the name: {count}", count=count),
            "unknown": words("no such place: {count}", count=count),
        }[how]
        click.echo(f"  {text}")
    for row in found.report[found.report["how"].isin(["ambiguous", "unknown"])].itertuples():
        place = words("row {row}", row=row.row)
        click.echo(f"{place}: {row.member_as_written}: {row.candidates}")
    for row in found.report[found.report["same_as"].notna()].itertuples():
        place = words("row {row}", row=row.row)
        told = words("the same as row {row}: {name}", row=row.same_as, name=row.member_as_written)
        click.echo(f"{place}: {told}")
    for name in found.unused_aliases:
        click.echo(words("No list uses the alias {name}.", name=name), err=True)


def _refuse(error: DataError, words: Words) -> None:
    for problem in error.problems:
        click.echo(words.explain(problem), err=True)
    count = len(error.problems)
    click.echo(
        words.plural(
            "{count} problem; nothing was written.", "{count} problems; nothing was written.", count
        ),
        err=True,
    )
    sys.exit(2)


def _tongue() -> str:
    """The language that the machine is set to, English where it is neither."""
    named = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    setting = next((name for name in named if name), locale.getlocale()[0] or "")
    return "sv" if setting.lower().startswith(("sv", "swedish")) else "en"


if __name__ == "__main__":
    main()
