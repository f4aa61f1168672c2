"""Which notebooks are there, and which parameters does each declare?"""

import ast
import io
import json
import re
import tokenize
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from netanalysis.errors import DataError, Phrase, Problem
from netanalysis.file_content import content_of, files_in, form_of
from netanalysis.folders import notebooks_folder, shown
from netanalysis.language.languages import LANGUAGES
from netanalysis.language.text import nearest_first

__all__ = ["Parameter", "declared_in", "find_notebook", "parameters_of"]

_CHOICES = re.compile(r"one of ([\w-]+(?:, [\w-]+)*)")
_LANGUAGES = "one of the languages"
_COMMENT = re.compile(r"#? *(?:type: *(\S+))?(.*)")
_ID = re.compile(r"[\w-]{1,64}", re.ASCII)
_COMMAND = re.compile(r"^[ \t]*[%!].*", re.MULTILINE)  # a line that only IPython understands


@dataclass(frozen=True)
class Parameter:
    """A parameter of a notebook, as its tagged cell declares it.

    Attributes
    ----------
    name, type, default, help : str
        The help's words "one of a, b", "one of the languages" and "from 1 to 9" say which values
        are allowed.
    """

    name: str
    type: str
    default: str
    help: str

    @property
    def choices(self) -> tuple[str, ...]:
        """The values that are allowed, where they can be counted."""
        if _LANGUAGES in self.help:
            return LANGUAGES
        listed = _CHOICES.search(self.help)
        return tuple(listed.group(1).split(", ")) if listed else ()

    def __str__(self) -> str:
        return f"  {self.name}: {self.type} = {self.default}  ({self.help})"


def find_notebook(name: str) -> Path:
    """The notebook of that name in the notebooks folder.

    Raises
    ------
    DataError
        If there is none; those that are there are named.
    """
    folder = notebooks_folder()
    known = [path.stem for path in files_in(folder, "*.ipynb")]
    if name not in known:
        values = {"notebook": name, "folder": shown(folder), "known": nearest_first(name, known)}
        raise DataError([Problem("notebook_unknown", values=values)])
    return folder / f"{name}.ipynb"


def parameters_of(notebook: Path) -> dict[str, Parameter]:
    """The notebook's parameters by name, in their order.

    They are what papermill would find, which takes a second to load.

    Raises
    ------
    DataError
        If the file is not a notebook, or not one in Python.
    """
    detail: str | Phrase | None
    try:
        book = json.loads(content_of(notebook).decode())
        detail = _fault(book)
        if detail is None:
            return declared_in(book["cells"])
    except DataError:
        raise
    except (ValueError, SyntaxError, RecursionError) as error:
        detail = form_of(error)
    raise DataError(
        [Problem("notebook_broken", values={"notebook": shown(notebook), "detail": detail})]
    )


def declared_in(cells: Iterable[Mapping[str, Any]]) -> dict[str, Parameter]:
    """The parameters that the tagged cell among some declares, by name.

    Raises
    ------
    SyntaxError
        If the cell is no Python.
    """
    tagged = (cell for cell in cells if "parameters" in cell["metadata"].get("tags", []))
    source = "".join(next(tagged, {"source": ""})["source"])
    return {one.name: one for one in _declared(_COMMAND.sub("", source))}


def _fault(book: Any) -> Phrase | None:
    """What keeps data from being a notebook of version 4 in Python.

    Without a language, Python is meant.
    """
    if not isinstance(book, dict) or book.get("nbformat") != 4:
        return Phrase("it does not say that it is one")
    about, cells = book.get("metadata"), book.get("cells")
    if not isinstance(about, dict) or not isinstance(cells, list):
        return Phrase("it has no {part}", {"part": "metadata, cells"})
    spec, language = about.get("kernelspec", {}), about.get("language_info", {})
    if not isinstance(spec, dict) or not isinstance(language, dict):
        return Phrase("it has no {part}", {"part": "kernelspec, language_info"})
    name = str(spec.get("language") or language.get("name") or "python")
    if name.lower() not in ("python", "ipython"):
        return Phrase("it is in {language}, not in Python", {"language": name})
    for number, cell in enumerate(cells, start=1):
        if part := _faulty_part(cell):
            return Phrase(
                "cell {cell}: {part} is missing or not as in a notebook",
                {"cell": number, "part": part},
            )
    return None


def _faulty_part(cell: Any) -> str:
    """The part of a cell that is not as it has to be; "" where all are."""
    if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw"):
        return "cell_type"
    about = cell.get("metadata")
    if not isinstance(about, dict) or not _are_texts(about.get("tags", [])):
        return "metadata"
    if not (isinstance(cell.get("source"), str) or _are_texts(cell.get("source"))):
        return "source"
    if cell["cell_type"] == "code" and not isinstance(cell.get("outputs", []), list):
        return "outputs"
    return "" if _ID.fullmatch(str(cell.get("id", "none"))) else "id"


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _declared(source: str) -> list[Parameter]:
    """What a cell assigns, with the comment on the last line of each assignment."""
    tree = ast.parse(source)
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    comments = {one.start[0]: one.string for one in tokens if one.type == tokenize.COMMENT}
    found = []
    target: ast.expr
    for line in tree.body:
        if isinstance(line, ast.AnnAssign):
            target, annotation = line.target, ast.unparse(line.annotation).strip("'")
        elif isinstance(line, ast.Assign):
            target, annotation = line.targets[0], ""
        else:
            continue
        if isinstance(target, ast.Name) and line.value is not None:
            noted = _COMMENT.match(comments.get(line.end_lineno or 0, ""))
            assert noted is not None
            kind = annotation or noted[1] or "None"
            default = ast.get_source_segment(source, line.value) or ""
            found.append(Parameter(target.id, kind, default, noted[2].strip()))
    return found
