"""The command ``netanalysis``: from a case to its pages."""

import locale
import os
import re
import sys
from pathlib import Path

import click

from netanalysis.errors import DataError, Problem
from netanalysis.folders import DATA_VARIABLE, data_folder, reports_folder, shown
from netanalysis.loaders.case import find_case, load_case, one_network
from netanalysis.publishing import run as running
from netanalysis.showing.wording import LANGUAGES, Words, speak

__all__ = ["main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="netanalysis")
def main() -> None:
    """Evaluate a city's engagement in international networks, reproducibly."""


@main.command()
@click.argument("case")
@click.option(
    "--language", type=click.Choice(LANGUAGES), help="Only this language; both where not given."
)
@click.option("--notebook", default="evaluation", show_default=True, help="Name of the notebook.")
@click.option(
    "-p",
    "parameters",
    type=(str, str),
    multiple=True,
    metavar="NAME VALUE",
    help="Set a parameter of the notebook; can be given several times.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the pages.  [default: reports, beside the notebooks]",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    envvar=DATA_VARIABLE,
    help="Folder that holds the cases.  [default: the nearest data]",
)
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
    folder = out or reports_folder()
    parts = [case, *([] if notebook == "evaluation" else [notebook])]
    parts += [re.sub(r"[^\w-]+", "-", value) for _, value in parameters]
    pages = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for tongue in languages:
            target = folder / ".".join([*parts, tongue, "html"])
            click.echo(words("Making {file}", file=shown(target)), err=True)
            pages[target] = running.run(path, {**given, "language": tongue})
        for target, text in pages.items():
            running.save(text, target)
            click.echo(words("Written: {file}", file=shown(target)))
    except running.RunError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except OSError as error:
        reason = error.strerror or str(error)
        click.echo(
            words("Cannot write to {folder}: {reason}", folder=folder, reason=reason), err=True
        )
        sys.exit(1)


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
