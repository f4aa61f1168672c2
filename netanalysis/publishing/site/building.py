"""Of which files is a site made?"""

from collections.abc import Mapping
from pathlib import Path

from netanalysis.csv_reading import text_of
from netanalysis.errors import DataError, Problem
from netanalysis.evaluation import evaluate
from netanalysis.file_content import content_of, is_there
from netanalysis.folders import shown
from netanalysis.language.words import Words, speak
from netanalysis.loaders.case.case import load_case
from netanalysis.loaders.case.folders import case_names, find_case
from netanalysis.pages import labels
from netanalysis.publishing.batch.inputs import Inputs
from netanalysis.publishing.replacing import (
    list_problems,
    marked,
    page_problems,
    pages_of_ours,
    run_digest,
    with_ledger,
)
from netanalysis.publishing.site.downloads import figures, public_tables
from netanalysis.publishing.site.front_page import TABLES, front_page
from netanalysis.publishing.site.linking import figures_file, front_pages, linked
from netanalysis.publishing.site.planning import COMPARISON, pages_of_site
from netanalysis.publishing.site.statement import (
    blanks,
    source_file,
    statement_file,
    statement_page,
    to_fill_in,
)

__all__ = ["Site"]


class Site:
    """The site of a case.

    Parameters
    ----------
    case : str
    folder : Path
        For the site.
    language : str or None
        The only language; all of the case where not given.
    also : tuple of str
        Notebooks that are published on demand.
    other : str or None
        An earlier case that this one is compared with; the one that it follows where not given.

    Attributes
    ----------
    pages : list of SitePage
        Those that notebooks make.
    inputs : list of Inputs
        Of their notebooks.

    Raises
    ------
    DataError
        With everything that is wrong with what is asked for.
    """

    def __init__(
        self,
        case: str,
        folder: Path,
        language: str | None = None,
        also: tuple[str, ...] = (),
        other: str | None = None,
    ) -> None:
        find_case(case)
        self.folder = folder
        self.case = load_case(case)
        if language and language not in self.case.languages:
            known = ", ".join(self.case.languages)
            values = {"case": case, "language": language, "known": known}
            raise DataError([Problem("case_language", values=values)])
        self.languages = [language] if language else list(self.case.languages)
        if other:
            find_case(other)
            also = (*also, COMPARISON)
        follows = labels.text_of(self.case.case.loc[0, "follows"])
        other = other or (follows if follows in case_names() else None)
        self.pages = pages_of_site(self.case, self.languages, also, other)
        self.inputs = [Inputs(notebook) for notebook in {page.notebook for page in self.pages}]
        self.statements = {one: self._statement(one) for one in self.languages}

    def problems(self) -> list[Problem]:
        """What lies in the folder and would be replaced, though no such site has made it."""
        runs = {self.folder / page.file: page.run for page in self.pages}
        for language, file in front_pages(self.languages).items():
            for own in (file, statement_file(language)):
                runs[self.folder / own] = self._run(own)
        lists = [self.folder / figures_file(page) for page in self.pages]
        return [*page_problems(runs), *list_problems(*lists, *self._tables())]

    def contents(
        self, texts: Mapping[str, str], titles: Mapping[str, str]
    ) -> dict[Path, str | bytes]:
        """Every file of the site, in the order in which they are written.

        Parameters
        ----------
        texts, titles : mapping of str to str
            By the file of each page, its HTML as it is made alone, and its title.
        """
        tables = self._tables()
        lists: dict[Path, str | bytes] = dict(tables)
        pages: dict[Path, str] = {}
        for page in self.pages:
            words = speak(page.language)
            lists[self.folder / figures_file(page)] = figures(texts[page.file], words)
            text = linked(texts[page.file], page, self.pages, words)
            pages[self.folder / page.file] = marked(text, page.run)
        outcome = evaluate(self.case)
        listed = {page: titles[page.file] for page in self.pages}
        files = [path.name for path in tables]
        for language, file in front_pages(self.languages).items():
            own = statement_file(language)
            front = front_page(outcome, language, listed, files, own)
            told = statement_page(self.statements[language], file, speak(language))
            pages[self.folder / file] = marked(front, self._run(file))
            pages[self.folder / own] = marked(told, self._run(own))
        sources = {
            self.folder / source_file(language): text
            for language, text in self.statements.items()
            if not is_there(self.folder / source_file(language))
        }
        return {**with_ledger(lists), **pages, **sources}

    def left_to_do(self, words: Words) -> list[str]:
        """What is left for the office, in sentences, once the site is written."""
        told = []
        for language, text in self.statements.items():
            if count := blanks(text):
                source = shown(self.folder / source_file(language))
                said = words.plural(
                    "The accessibility statement has {count} place to fill in, in square "
                    "brackets: {file}. Then run the command again.",
                    "The accessibility statement has {count} places to fill in, in square "
                    "brackets: {file}. Then run the command again.",
                    count,
                    file=source,
                )
                told.append(said)
        if self.case.case["faults_to"].isna().all():
            told.append(
                words(
                    "No address is given to report faults to: fill in the column {column} of the "
                    "table {table}, and run the command again.",
                    column="faults_to",
                    table="case",
                )
            )
        ours = {page.file for page in self.pages}
        for language, file in front_pages(self.languages).items():
            ours |= {file, statement_file(language)}
        for page in pages_of_ours(self.folder):
            if page.name not in ours:
                told.append(
                    words(
                        "From an earlier run, and no longer part of the site: {file}. Remove it "
                        "if it is not to be published.",
                        file=shown(page),
                    )
                )
        return told

    def _statement(self, language: str) -> str:
        """The accessibility statement as it stands there, else as it is to be filled in."""
        file = self.folder / source_file(language)
        if is_there(file):
            return text_of(content_of(file), shown(file))
        words, about = speak(language), self.case.case.iloc[0]
        address = labels.text_of(about["faults_to"])
        return to_fill_in(words.own(about, "responsible"), address, words)

    def _tables(self) -> dict[Path, str]:
        found = public_tables(self.case)
        return {self.folder / TABLES / file: text for file, text in found.items()}

    def _run(self, file: str) -> str:
        return run_digest("site", {"case": self.case.name, "file": file})
