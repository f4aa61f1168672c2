"""May a file that is there be replaced? Only one that the same run has written, and nobody since.

A page says in its head which run made it, and has a digest of the rest of itself. What cannot say
so, the lists of a batch, is written down by its digest in a file beside it.
"""

import contextlib
import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path

from netanalysis.errors import Problem
from netanalysis.files import write_files
from netanalysis.folders import shown

__all__ = [
    "LEDGER",
    "list_problems",
    "marked",
    "page_problems",
    "pages_of_ours",
    "remove_list",
    "run_digest",
    "save_list",
    "unmarked",
    "with_ledger",
]

LEDGER = ".written"  # digests of the lists in its folder
_PLACE = '<meta charset="utf-8">\n'
_MARK = re.compile(r'<meta name="netanalysis-run" content="([0-9a-f]{16}) ([0-9a-f]{32})">\n')


def run_digest(notebook: str, parameters: Mapping[str, object]) -> str:
    """Which run it is, whenever it is made: notebook and parameters, among them case and language.

    Examples
    --------
    >>> run_digest("evaluation", {"case": "a", "draws": 5})
    '532ab6c94007485f'
    """
    return _sha256(json.dumps([notebook, dict(parameters)], sort_keys=True))[:16]


def marked(page: str, run: str) -> str:
    """The page with the mark of its run in the head."""
    line = f'<meta name="netanalysis-run" content="{run} {_sha256(page)[:32]}">\n'
    return page.replace(_PLACE, _PLACE + line, 1)


def unmarked(page: str) -> str:
    """The page without the mark of its run, to be changed and marked again."""
    return _MARK.sub("", page, count=1)


def page_problems(runs: Mapping[Path, str]) -> list[Problem]:
    """What speaks against replacing pages that are there.

    Parameters
    ----------
    runs : mapping of Path to str
        Of each page that is to be written, the digest of its run.

    Returns
    -------
    list of Problem
        Of files that are no such page, that show another run, or that somebody has edited since.
    """
    found = ((page, _page_code(page, run)) for page, run in runs.items())
    return [Problem(code, shown(page)) for page, code in found if code]


def pages_of_ours(folder: Path) -> list[Path]:
    """The pages in a folder that some run has written, whoever has edited them since."""
    found = []
    for file in sorted(folder.glob("*.html")):
        with contextlib.suppress(OSError, UnicodeDecodeError):
            found += [file] if _MARK.search(file.read_bytes().decode()) else []
    return found


def list_problems(*files: Path) -> list[Problem]:
    """What speaks against replacing lists: that `save_list` has not written what stands there."""
    return [
        Problem("list_foreign", shown(file))
        for file in files
        if _there(file) and _digest_of(file) not in _ledger(file)
    ]


def with_ledger(lists: Mapping[Path, str | bytes]) -> dict[Path, str | bytes]:
    """Lists behind what is written down of them, for `netanalysis.files.write_files`.

    Whenever the writing is broken off, what stands there is known: the new digest is added before
    the file is replaced, and that of what stood there stays until the next time.
    """
    ledgers: dict[Path, dict[str, list[str]]] = {}
    for target, content in lists.items():
        before = [digest for digest in _ledger(target) if digest == _digest_of(target)]
        entries = ledgers.setdefault(target.parent, _entries(target.parent))
        entries[target.name] = list(dict.fromkeys([*before, _sha256(content)]))
    written = {
        folder / LEDGER: json.dumps(entries, indent=1) + "\n" for folder, entries in ledgers.items()
    }
    return {**written, **lists}


def save_list(text: str, target: Path) -> None:
    """Write a list whole or not at all, and write down that it is ours.

    Raises
    ------
    OSError
        As `netanalysis.files.write_files`.
    """
    write_files(with_ledger({target: text}))


def remove_list(target: Path) -> None:
    """Remove a list that `save_list` has written; anything else stays.

    Raises
    ------
    OSError
        If the folder cannot be written to.
    """
    if _digest_of(target) in _ledger(target):
        target.unlink()


def _page_code(page: Path, run: str) -> str:
    """The code of what speaks against it; "" where nothing does."""
    if not _there(page):
        return ""
    try:
        text = page.read_bytes().decode().replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError):
        return "page_foreign"
    mark = _MARK.search(text)
    if mark is None:
        return "page_foreign"
    if mark[1] != run:
        return "page_other"
    rest = text[: mark.start()] + text[mark.end() :]
    return "" if _sha256(rest)[:32] == mark[2] else "page_edited"


def _there(file: Path) -> bool:
    return file.exists() or file.is_symlink()


def _ledger(file: Path) -> list[str]:
    return _entries(file.parent).get(file.name, [])


def _entries(folder: Path) -> dict[str, list[str]]:
    """Of each list in the folder, the digests that it may have; none where it is not known."""
    with contextlib.suppress(OSError, ValueError, AttributeError, TypeError):
        found = json.loads((folder / LEDGER).read_text("utf-8"))
        return {str(name): [str(one) for one in digests] for name, digests in found.items()}
    return {}


def _digest_of(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


def _sha256(content: str | bytes) -> str:
    return hashlib.sha256(content if isinstance(content, bytes) else content.encode()).hexdigest()
