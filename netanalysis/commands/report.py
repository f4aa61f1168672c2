"""``netanalysis report``, ``portrait`` and ``turnover``: a notebook, and a page per language."""

from collections.abc import Mapping
from pathlib import Path

import click

from netanalysis.commands.making import How, make_pages
from netanalysis.commands.shared import (
    DATA,
    ENGINE,
    ENGINES,
    LANGUAGE,
    MEMORY_LIMIT,
    OUT,
    OVERWRITE,
    PARAMETERS,
    TIMEOUT,
    case_words,
    refuse,
    tell_renamed,
    tongue,
    use_workspace,
)
from netanalysis.errors import DataError, Problem
from netanalysis.folders import reports_folder
from netanalysis.language.words import LANGUAGES, Words, speak
from netanalysis.loaders.case.folders import case_names, find_case
from netanalysis.publishing.batch.inputs import Inputs
from netanalysis.publishing.notebooks import find_notebook
from netanalysis.publishing.page_names import name_part, page_name, slug
from netanalysis.publishing.parameter_types import Value
from netanalysis.publishing.parameters import Asked
from netanalysis.publishing.wanted_page import WantedPage

__all__ = ["portrait", "report", "turnover"]


@click.command()
@click.argument("case")
@LANGUAGE
@click.option("--notebook", default="evaluation", show_default=True, help="Name of the notebook.")
@click.option(
    "--compare-with",
    "other",
    is_flag=False,
    flag_value="",
    metavar="[OTHER]",
    help="What has changed since the case OTHER, and why: the notebook comparison. Without a name "
    "it is the case that CASE says it follows.",
)
@PARAMETERS
@ENGINE
@TIMEOUT
@MEMORY_LIMIT
@OUT
@OVERWRITE
@DATA
def report(
    case: str,
    language: str | None,
    notebook: str,
    other: str | None,
    parameters: tuple[tuple[str, str], ...],
    engine: str,
    timeout: float,
    memory_limit: float | None,
    out: Path | None,
    overwrite: bool,
    data: Path | None,
) -> None:
    """Check CASE, run a notebook on it and write one HTML page per language.

    CASE is the name of a folder under the data folder. A page is named by the case, the notebook
    where it is not the evaluation, what is set by -p and the language. A file that is there is
    replaced only where the same command made it and nobody has edited it since. Everything is
    checked before anything runs.

    Exit code 0: the pages are written; 1: the notebook failed, or data were changed meanwhile;
    2: the input is wrong, or a file that is there is not replaced.
    """
    words = speak(language or tongue())
    use_workspace(data, words)
    words = case_words(case, language)
    try:
        if other is not None:
            other = other or _followed(case)
            if other == case:
                known = ", ".join(name for name in case_names() if name != case) or "-"
                raise DataError([Problem("compare_same", values={"case": case, "known": known})])
            notebook = "comparison" if notebook == "evaluation" else notebook
            parameters = (("other", other), *parameters)
        asked = Asked(find_notebook(notebook))
        inputs = Inputs(asked.notebook, asked.defaults)
        twice = [name for name, _ in parameters if name in ("case", "language")]
        names = [name for name, _ in parameters]
        twice += sorted({name for name in names if names.count(name) > 1} - set(twice))
        if twice:
            raise DataError([Problem("parameter_twice", values={"name": n}) for n in twice])
        asked.typed(dict(parameters))
        compared = "other" in asked.parameters  # whether the notebook takes a second case
        cases = [case, *(value for name, value in parameters if compared and name == "other")]
        languages = [language] if language else list(asked.languages(*cases))
        spoken = {"language": languages[0]} if languages and "language" in asked.parameters else {}
        given = asked.checked({"case": case, **spoken, **dict(parameters)})
    except DataError as error:
        refuse(error, words)
    parts = [name_part(case), *([] if notebook == "evaluation" else [notebook])]
    parts += [name_part(value, name) for name, value in asked.as_today(dict(parameters)).items()]
    tell_renamed(asked, words)
    how = How(ENGINES[engine], timeout, memory_limit, overwrite)
    _make(asked.notebook, given, parts, languages, how, inputs, out, words)


@click.command()
@click.argument("city")
@LANGUAGE
@click.option(
    "--snapshot",
    default="",
    metavar="'NETWORK DATE'",
    help="A list other than the latest.",
)
@ENGINE
@TIMEOUT
@MEMORY_LIMIT
@OUT
@OVERWRITE
@DATA
def portrait(
    city: str,
    language: str | None,
    snapshot: str,
    engine: str,
    timeout: float,
    memory_limit: float | None,
    out: Path | None,
    overwrite: bool,
    data: Path | None,
) -> None:
    """Write the portrait of a CITY: whom it meets through its networks.

    CITY is a name in any language, or a GeoNames id. Everything is checked before anything runs.

    Exit code 0: the pages are written; 1: the notebook failed; 2: the input is wrong.
    """
    words = speak(language or tongue())
    use_workspace(data, words)
    try:
        asked = Asked(find_notebook("portrait"))
        inputs = Inputs(asked.notebook)
        home, name = asked.home(city, snapshot)
    except DataError as error:
        refuse(error, words)
    parts = ["portrait", slug([name]), str(home), *snapshot.split()]
    languages = [language] if language else list(LANGUAGES)
    given = {"city": str(home), "snapshot": snapshot}
    how = How(ENGINES[engine], timeout, memory_limit, overwrite)
    _make(asked.notebook, given, parts, languages, how, inputs, out, words)


@click.command()
@click.argument("network")
@click.argument("before", default="")
@click.argument("after", default="")
@LANGUAGE
@ENGINE
@TIMEOUT
@MEMORY_LIMIT
@OUT
@OVERWRITE
@DATA
def turnover(
    network: str,
    before: str,
    after: str,
    language: str | None,
    engine: str,
    timeout: float,
    memory_limit: float | None,
    out: Path | None,
    overwrite: bool,
    data: Path | None,
) -> None:
    """Compare two lists of a NETWORK: who left, who joined, who had other ways.

    BEFORE and AFTER are dates of its lists; the latest two where not given. Everything is checked
    before anything runs.

    Exit code 0: the pages are written; 1: the notebook failed; 2: the input is wrong.
    """
    words = speak(language or tongue())
    use_workspace(data, words)
    try:
        from netanalysis.loaders.members.lists import two_snapshots

        path = find_notebook("turnover")
        inputs = Inputs(path)
        first, last = two_snapshots(network, before, after)
    except DataError as error:
        refuse(error, words)
    given = {"network": network, "before": first, "after": last}
    languages = [language] if language else list(LANGUAGES)
    parts = ["turnover", network, first, last]
    how = How(ENGINES[engine], timeout, memory_limit, overwrite)
    _make(path, given, parts, languages, how, inputs, out, words)


def _followed(case: str) -> str:
    """The case that a case says it follows."""
    find_case(case)
    from netanalysis.loaders.case.case import load_case

    follows = load_case(case).case.loc[0, "follows"]
    if not isinstance(follows, str):
        raise DataError([Problem("compare_none", values={"case": case})])
    return follows


def _make(
    notebook: Path,
    given: Mapping[str, Value],
    parts: list[str],
    languages: list[str],
    how: How,
    inputs: Inputs,
    out: Path | None,
    words: Words,
) -> None:
    """Make a notebook's page in each language, named by the parts."""
    wanted = [
        WantedPage(f"{page_name(parts)}.{one}.html", notebook, {**given, "language": one})
        for one in languages
    ]
    make_pages(wanted, out or reports_folder(), how, [inputs], words)
