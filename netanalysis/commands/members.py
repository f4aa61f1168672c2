"""``netanalysis members``: member lists of networks."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from netanalysis.commands.output import echo
from netanalysis.commands.shared import DATA, refuse, save, tongue, use_workspace
from netanalysis.control_characters import visible
from netanalysis.dates import is_date
from netanalysis.errors import DataError, Problem
from netanalysis.exchange.member_lists import headers
from netanalysis.folders import data_folder, shown
from netanalysis.language.text import folded_name
from netanalysis.language.words import Words, speak
from netanalysis.loaders.case.columns import SHORT_NAME
from netanalysis.tabular import csv_text

if TYPE_CHECKING:
    from netanalysis.exchange.member_lists.importing import Imported

__all__ = ["members"]


@click.group()
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
@click.option("--sheet", default="", help="Sheet of a workbook, which may be a hidden one.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File for the rows.  [default: FILE.members.csv]",
)
@click.option("--overwrite", is_flag=True, help="Replace files that are there.")
@DATA
def import_list(
    file: Path,
    network: str,
    snapshot: str,
    source: str,
    columns: tuple[str, ...],
    columns_from: Path | None,
    sheet: str,
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
    words = speak(tongue())
    use_workspace(data, words)
    target = out or file.parent / f"{file.stem}.members.csv"
    report = target.parent / f"{target.name.removesuffix('.csv')}.report.csv"
    try:
        problems = [] if file.is_file() else [Problem("list_missing", shown(file))]
        if not is_date(snapshot):
            problems.append(Problem("date", column="snapshot", values={"value": snapshot}))
        if not SHORT_NAME.fullmatch(network):
            problems.append(Problem("network_name", values={"network": network}))
        there = [path for path in (target, report) if path.exists() and not overwrite]
        problems += [Problem("out_exists", shown(path)) for path in there]
        pairs = [entry.partition("=") for entry in columns]
        for entry, (field, _, name) in zip(columns, pairs, strict=True):
            if field not in headers.FIELDS or not name:
                values = {"entry": entry, "known": ", ".join(headers.FIELDS)}
                problems.append(Problem("column_option", values=values))
        if problems:
            raise DataError(problems)
        from netanalysis.exchange.member_lists.importing import import_members
        from netanalysis.loaders.members.gazetteer import load_places
        from netanalysis.loaders.members.lists import FOLDER, read_package

        mapped = headers.columns_from(columns_from) if columns_from else {}
        mapped |= {field: name for field, _, name in pairs}
        package = read_package(data_folder() / FOLDER)
        found = import_members(
            file,
            network,
            snapshot,
            source or visible(file.stem),
            load_places(),
            package,
            mapped,
            words.phrase,
            sheet,
        )
    except DataError as error:
        refuse(error, words)
    tables = {target: found.members, report: found.report}
    save(
        {
            path: csv_text([list(table), *table.itertuples(index=False)])
            for path, table in tables.items()
        },
        words,
    )
    _tell(found, report, words)


def _tell(found: "Imported", report: Path, words: Words) -> None:
    """Where the list was read and what became of the names, in short; the report has them all."""
    sheet = found.sheet
    if sheet.name:
        echo(words("Read: the sheet {sheet}", sheet=sheet.name))
    for name in sheet.others:
        if name in sheet.hidden:
            echo(words("Not read: the hidden sheet {sheet}", sheet=name))
        else:
            echo(words("Not read: the sheet {sheet}", sheet=name))
    read = ", ".join(f"{field} = {name}" for field, name in found.columns.items())
    echo(words("Columns: {columns}", columns=read))
    names = dict.fromkeys(map(str.strip, sheet.header[1]))
    unread = [name for name in names if name and name not in found.columns.values()]
    if unread:
        echo(words("Columns not read: {columns}", columns=", ".join(unread)))
    year = found.columns.get("joined_year", "")
    if folded_name(year) in headers.ANY_YEAR:
        echo(
            words(
                "The column {name} is taken for the year of joining, though it does not say so; "
                "give --column joined_year=NAME if it is another",
                name=year,
            )
        )
    if found.unknown_standings:
        listed = ", ".join(found.unknown_standings)
        echo(
            words("Kinds of membership that are not known, taken as member: {kinds}", kinds=listed)
        )
    if "country" not in found.columns and not found.sections:
        echo(
            words(
                "No country is given: which places are sure is in the column sure of {file}",
                file=shown(report),
            )
        )
    if sheet.letters:
        echo(words("Encoding: {name}, as it suits the names best", name=sheet.letters))
    if found.sections:
        rows = ", ".join(map(str, found.sections))
        echo(words("Country of the rows below: rows {rows}", rows=rows))
    if sheet.above:
        rows = ", ".join(map(str, sheet.above))
        echo(words("Left out, as they stand above the header: rows {rows}", rows=rows))
    if sheet.blank:
        echo(words("Blank rows: {count}", count=words.number(sheet.blank)))
    echo(words("Members: {count}", count=words.number(len(found.report))))
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
        echo(f"  {text}")
    for row in found.report[found.report["how"].isin(["ambiguous", "unknown"])].itertuples():
        place = words("row {row}", row=row.row)
        echo(f"{place}: {row.member_as_written}: {row.candidates}")
    for row in found.report[found.report["same_as"].notna()].itertuples():
        place = words("row {row}", row=row.row)
        told = words("the same as row {row}: {name}", row=row.same_as, name=row.member_as_written)
        echo(f"{place}: {told}")
    for name in found.unused_aliases:
        echo(words("No list uses the alias {name}.", name=name), err=True)
