"""Which pages does the site of a case have?

Those of the notebooks that are marked to be published, by ``{"netanalysis": {"published": true}}``
in their metadata, and of those that are asked for by name. A notebook that takes a network has a
page for each network; one that takes an earlier case, a page where one is given.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from netanalysis.errors import DataError, Problem
from netanalysis.file_content import content_of, files_in
from netanalysis.folders import notebooks_folder
from netanalysis.loaders.case.case import Case
from netanalysis.publishing.notebooks import find_notebook
from netanalysis.publishing.page_names import page_name
from netanalysis.publishing.parameters import Asked
from netanalysis.publishing.wanted_page import WantedPage

__all__ = ["COMPARISON", "FIRST", "SitePage", "pages_of_site", "published"]

COMPARISON = "comparison"  # the notebook that is asked for with an earlier case
FIRST = "evaluation"  # the notebook whose pages come first, and lead to the others


@dataclass(frozen=True, eq=False)
class SitePage(WantedPage):
    """A page of a site.

    Attributes
    ----------
    network : str
        The network that the page is about; "" where it is about all.
    """

    network: str

    @property
    def language(self) -> str:
        """In which the page is."""
        return str(self.parameters["language"])

    @property
    def name(self) -> str:
        """What its files are called, without language and kind."""
        return self.file.removesuffix(f".{self.language}.html")


def published() -> list[Path]:
    """The notebooks that are marked to be published, that of the evaluation first.

    Raises
    ------
    DataError
        If a notebook cannot be read.
    """
    found = [path for path in files_in(notebooks_folder(), "*.ipynb") if _is_marked(path)]
    return sorted(found, key=lambda path: (path.stem != FIRST, path.stem))


def pages_of_site(
    case: Case, languages: Sequence[str], also: Sequence[str] = (), other: str | None = None
) -> list[SitePage]:
    """Every page, in the order in which they are listed: by language, then by notebook.

    Parameters
    ----------
    case : Case
    languages : sequence of str
        Of the pages.
    also : sequence of str, optional
        Names of notebooks that are asked for besides.
    other : str, optional
        An earlier case that this one is compared with.

    Returns
    -------
    list of SitePage

    Raises
    ------
    DataError
        With everything that is wrong: a notebook that is not there or takes no case, an earlier
        case that cannot be compared.
    """
    problems: list[Problem] = []
    notebooks = published()
    for name in also:
        try:
            notebooks.append(find_notebook(name))
        except DataError as error:
            problems += error.problems
    found = []
    for notebook in dict.fromkeys(notebooks):
        asked = Asked(notebook)
        if not {"case", "language"} <= set(asked.parameters):
            problems.append(Problem("site_no_case", values={"notebook": notebook.stem}))
            continue
        for given in _given(asked, case, other):
            try:
                for language in languages:
                    values = asked.checked({**given, "language": language})
                    network = given.get("network", "")
                    name = page_name([notebook.stem, *([network] if network else [])])
                    found.append(SitePage(f"{name}.{language}.html", notebook, values, network))
            except DataError as error:
                problems += error.problems
    if problems:
        raise DataError([one for place, one in enumerate(problems) if one not in problems[:place]])
    return sorted(found, key=lambda page: languages.index(page.language))


def _given(asked: Asked, case: Case, other: str | None) -> list[dict[str, str]]:
    """What each page of a notebook is given besides its language."""
    given = {"case": case.name}
    if "status" in asked.parameters:
        given["status"] = "published"
    if "other" in asked.parameters:
        return [given | {"other": other}] if other else []
    if "network" in asked.parameters:
        return [given | {"network": name} for name in case.networks["network"]]
    return [given]


def _is_marked(notebook: Path) -> bool:
    try:
        about = json.loads(content_of(notebook).decode())["metadata"]["netanalysis"]
        return about.get("published") is True
    except (ValueError, KeyError, TypeError, AttributeError):
        return False  # no notebook of ours; what is wrong with it is told to who asks for it
