"""``netanalysis site``: the pages of a case that lead to each other, for everyone to read."""

from pathlib import Path

import click

from netanalysis.commands.making import How, pages_made
from netanalysis.commands.output import echo
from netanalysis.commands.shared import (
    DATA,
    ENGINE,
    ENGINES,
    LANGUAGE,
    MEMORY_LIMIT,
    OVERWRITE,
    TIMEOUT,
    case_words,
    refuse,
    tongue,
    use_workspace,
)
from netanalysis.errors import DataError
from netanalysis.files import write_files
from netanalysis.folders import shown
from netanalysis.language.words import speak

__all__ = ["site"]


@click.command()
@click.argument("case")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder for the site: what lies in it is what is published.",
)
@LANGUAGE
@click.option(
    "--also",
    multiple=True,
    metavar="NOTEBOOK",
    help="A page that is not published unasked, such as answers or portfolio; can be given "
    "several times.",
)
@click.option(
    "--compare-with", "other", metavar="OTHER", help="Also what has changed since the case OTHER."
)
@ENGINE
@TIMEOUT
@MEMORY_LIMIT
@OVERWRITE
@DATA
def site(
    case: str,
    out: Path,
    language: str | None,
    also: tuple[str, ...],
    other: str | None,
    engine: str,
    timeout: float,
    memory_limit: float | None,
    overwrite: bool,
    data: Path | None,
) -> None:
    """Make the site of CASE: its pages in all its languages, an index, and tables to download.

    Pages are those of the notebooks that are marked to be published; their status is "published".
    Who has not answered and what may be left are never among them unasked. An accessibility
    statement to fill in is put beside them once, as accessibility.LANGUAGE.md, and is never
    overwritten; the same command again makes the page of it. All is written or nothing.

    Exit code 0: the site is written; 1: a notebook failed, or data were changed meanwhile; 2: the
    input is wrong, or a file that is there is not replaced.
    """
    words = speak(language or tongue())
    use_workspace(data, words)
    words = case_words(case, language)
    try:
        from netanalysis.publishing.site.building import Site

        made_of = Site(case, out, language, also, other)
        problems = [] if overwrite else made_of.problems()
        if problems:
            raise DataError(problems)
    except DataError as error:
        refuse(error, words)
    how = How(ENGINES[engine], timeout, memory_limit, overwrite)
    with pages_made(made_of.pages, out, how, made_of.inputs, words) as made:
        texts = {file: text for file, (text, _) in made.items()}
        titles = {file: outcome.title for file, (_, outcome) in made.items()}
        contents = made_of.contents(texts, titles)
        write_files(contents)
    for file in contents:
        if file.name not in made and not file.name.startswith("."):
            echo(words("Written: {file}", file=shown(file)))
    for sentence in made_of.left_to_do(words):
        echo(sentence, err=True)
