"""Is this file an Excel workbook that can be read without harm, and what stands in its cells?

Whatever its name says, the file is looked at before it is read: how large it becomes when it is
unpacked, whether it carries macros or a password, whether its parts are whole. Formulas stay
text; nothing in a workbook is ever run or fetched.
"""

import io
import re
import warnings
import zlib
from pathlib import Path
from typing import Final
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook

from netanalysis.errors import DataError, Phrase, Problem
from netanalysis.exchange.sheets.cells_only import cells_only
from netanalysis.file_content import content_of, is_there
from netanalysis.folders import shown
from netanalysis.language.messages import _

__all__ = ["MOST_ROWS", "is_workbook", "open_workbook"]

MOST_ROWS: Final = 60_000  # rows with something in them, over all sheets
MOST_CELLS: Final = 1_500_000
LARGEST_FILE: Final = 100_000_000  # bytes
LARGEST: Final = 256_000_000  # bytes, all parts unpacked
LARGEST_RATIO: Final = 250  # unpacked to packed, of a part that is not small
SMALL: Final = 20_000_000  # bytes
MOST_PARTS: Final = 5_000
WIDEST: Final = 100_000  # cells that merged areas and links may span
_MANY_BLANK = 20_000  # blank cells and rows from which they are left out
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT = b"http://purl.oclc.org/ooxml/"
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_CELL_BLANK = re.compile(rb"<(?:\w+:)?c(?:\s[^<>]*)?(?:/>|></(?:\w+:)?c>)")
_ROW_BLANK = re.compile(rb"<(?:\w+:)?row(?:\s[^<>]*)?(?:/>|>\s*</(?:\w+:)?row>)")
_NO_ADDRESS = re.compile(rb"<(?:\w+:)?(?:c|row)(?![^<>]*\sr=)[\s/>]")
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)")
_KINDS = {  # how a file begins: what it is
    b"%PDF": "PDF",
    b"{\\rtf": "RTF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"\x1f\x8b": "GZIP",
    b"7z\xbc\xaf": "7-Zip",
    b"Rar!": "RAR",
    b"PAR1": "Parquet",
}


class _HarmfulError(Exception):
    """A part that must not be read on: the code of the problem, and its values."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


def open_workbook(file: Path, *, formulas: bool = True, cells: bool = True) -> Workbook:
    """The workbook in a file, after it has been looked at.

    Parameters
    ----------
    file : Path
    formulas : bool
        Cells with a formula hold its text; with False they hold what Excel had computed.
    cells : bool
        Whether they are enough where what stands beside them, such as styles, cannot be read.

    Returns
    -------
    openpyxl.Workbook
        Without links to other workbooks. Where very many blank cells carry a format, they are
        left out.

    Raises
    ------
    DataError
        If the file is missing or cannot be opened, is no workbook of the form .xlsx, has a
        password or macros, would become too large, declares entities, is damaged (or only its
        styles and the like, where the cells are not enough), or has more than `MOST_ROWS` rows.
    """
    try:
        return _opened(file, formulas, cells)
    except _HarmfulError as found:
        raise DataError([Problem(found.code, shown(file), values=found.values)]) from None


def is_workbook(file: Path) -> bool:
    """Whether a file calls itself a workbook, or begins like one."""
    if file.suffix.lower() in (".xlsx", ".xlsm"):
        return True
    return content_of(file).startswith((b"PK", _OLE))


def _opened(file: Path, formulas: bool, cells: bool) -> Workbook:
    content = _content(file)
    try:
        with ZipFile(io.BytesIO(content)) as package:
            mended = _mend_names(package)
            _check_package(package)
            lean = _lean(package, mended)
        whole = content if lean is None else lean
        try:
            book = _loaded(whole, formulas)
        except Exception as error:
            book = _loaded(cells_only(whole), formulas)
            if not cells:
                raise _HarmfulError("workbook_styles", detail=type(error).__name__) from None
    except _HarmfulError:
        raise
    except (BadZipFile, zlib.error, EOFError):
        raise _HarmfulError("workbook_damaged", detail=Phrase(_("it cannot be unpacked"))) from None
    except Exception:  # whatever the parts of a broken workbook raise
        raise _HarmfulError("workbook_damaged", detail=Phrase(_("its parts do not fit"))) from None
    if not book.worksheets:
        raise _HarmfulError("workbook_damaged", detail="xl/worksheets")
    return book


def _loaded(content: bytes, formulas: bool) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl leaves out, none holds a cell
        return load_workbook(io.BytesIO(content), data_only=not formulas, keep_links=False)


def _mend_names(package: ZipFile) -> bool:
    """Name parts with slashes where a program has written backslashes; whether one has."""
    mended = [part for part in package.infolist() if "\\" in part.filename]
    for part in mended:
        part.filename = part.filename.replace("\\", "/")
        package.NameToInfo[part.filename] = part
    return bool(mended)


def _content(file: Path) -> bytes:
    """The bytes of a file that is packed as a workbook is."""
    if not is_there(file):
        raise _HarmfulError("workbook_missing")
    size = file.stat().st_size if file.is_file() else 0
    if size > LARGEST_FILE:
        raise _HarmfulError("workbook_bomb", size=_megabytes(size), limit=_megabytes(LARGEST_FILE))
    content = content_of(file)
    if not content.strip(b"\0 \r\n\t"):
        raise _HarmfulError("workbook_empty")
    if content.startswith(_OLE):
        raise _HarmfulError("workbook_password" if _ENCRYPTED in content else "workbook_old")
    if not content.startswith(b"PK"):
        raise _HarmfulError("workbook_other", kind=_kind(content))
    return content


def _kind(content: bytes) -> str:
    """What a file is that is no workbook."""
    known = next((kind for start, kind in _KINDS.items() if content.startswith(start)), "")
    if known:
        return known
    head = content[:2000].lower()
    if b"<html" in head or b"<!doctype html" in head or b"<table" in head:
        return "HTML"
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<?xml"):
        return "XML"
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "?"
    return "CSV" if any(sign in head for sign in (b",", b";", b"\t")) else "TXT"


def _check_package(package: ZipFile) -> None:
    """Refuse what the directory of the zip file tells against; nothing is unpacked here."""
    parts = package.infolist()
    names = [part.filename for part in parts]
    folded = [name.lower() for name in names]
    if len(parts) > MOST_PARTS:
        raise _HarmfulError("workbook_parts", found=len(parts), limit=MOST_PARTS)
    whole = sum(part.file_size for part in parts)
    steep = any(
        part.file_size > SMALL and part.file_size > LARGEST_RATIO * part.compress_size
        for part in parts
    )
    if whole > LARGEST:
        raise _HarmfulError("workbook_bomb", size=_megabytes(whole), limit=_megabytes(LARGEST))
    if steep:
        raise _HarmfulError("workbook_steep", limit=LARGEST_RATIO)
    if any(part.flag_bits & 1 for part in parts):
        raise _HarmfulError("workbook_password")
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in folded):
        raise _HarmfulError("workbook_other", kind=_kind_of_package(folded))
    if any(name.startswith("xl/workbook.bin") for name in folded):
        raise _HarmfulError("workbook_other", kind="XLSB")
    macros = any("vbaproject" in name or "xl/macrosheets/" in name for name in folded)
    if macros or b"macroenabled" in package.read("[Content_Types].xml").lower():
        raise _HarmfulError("workbook_macros")
    if len(set(folded)) < len(folded):
        raise _HarmfulError("workbook_damaged", detail=Phrase(_("two parts have one name")))
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        raise _HarmfulError("workbook_damaged", detail=Phrase(_("it is packed in another way")))


def _kind_of_package(names: list[str]) -> str:
    if "content.xml" in names and "mimetype" in names:
        return "ODS"
    kinds = {"word/": "DOCX", "ppt/": "PPTX"}
    found = (kind for start, kind in kinds.items() if any(name.startswith(start) for name in names))
    return next(found, "ZIP")


def _lean(package: ZipFile, mended: bool) -> bytes | None:
    """Look through every part, and leave out blank cells where they are very many.

    A part is unpacked to the size that the directory gives for it at most: the zip file is
    refused as damaged where it goes on after that. None where all is kept.
    """
    rows = cells = 0
    thinned: dict[str, bytes] = {}
    for part in package.infolist():
        if not part.filename.lower().endswith((".xml", ".rels")):
            continue
        if part.filename.startswith("customXml/"):
            continue
        content = package.read(part)
        if part.filename == "xl/workbook.xml" and _STRICT in content:
            raise _HarmfulError("workbook_strict")
        if not _SHEET.fullmatch(part.filename):
            _checked_part(part.filename, content)
            continue
        placed = _NO_ADDRESS.search(content) is None  # else blank cells are what counts columns
        blank = len(_CELL_BLANK.findall(content)) if placed else 0
        full = content if blank < _MANY_BLANK else _CELL_BLANK.sub(b"", content)
        if placed and len(_ROW_BLANK.findall(full)) >= _MANY_BLANK:
            full = _ROW_BLANK.sub(b"", full)
        if full is not content:
            thinned[part.filename] = full
        found = _checked_part(part.filename, full)
        rows, cells = rows + found[0], cells + found[1]
        if rows > MOST_ROWS:
            raise _HarmfulError("workbook_rows", found=rows, limit=MOST_ROWS)
        if cells > MOST_CELLS:
            raise _HarmfulError("workbook_cells", found=cells, limit=MOST_CELLS)
    if not thinned and not mended:
        return None
    lean = io.BytesIO()
    with ZipFile(lean, "w") as written:
        for part in package.infolist():
            written.writestr(part.filename, thinned.get(part.filename) or package.read(part))
    return lean.getvalue()


def _checked_part(name: str, content: bytes) -> tuple[int, int]:
    """As `_check_part`, of a part that is refused by its name where it is damaged."""
    try:
        return _check_part(content)
    except expat.ExpatError:
        raise _HarmfulError("workbook_damaged", detail=name) from None


def _check_part(content: bytes) -> tuple[int, int]:
    """How many rows and cells a part has; refused where reading it would not end well."""
    rows = cells = spanned = 0
    parser = expat.ParserCreate()

    def declared(*_: object) -> None:
        raise _HarmfulError("workbook_entities")

    def started(tag: str, attributes: dict[str, str]) -> None:
        nonlocal rows, cells, spanned
        name = tag.rpartition(":")[2]
        if name == "c":
            cells += 1
        elif name == "row":
            rows += 1
        elif name in ("mergeCell", "hyperlink"):
            spanned += _size(attributes.get("ref", ""))
            if spanned > WIDEST:
                raise _HarmfulError("workbook_areas", found=spanned, limit=WIDEST)

    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = started
    parser.Parse(content, True)
    return rows, cells


def _size(area: str) -> int:
    """Number of cells of an area such as A1:C4."""
    match = _AREA.fullmatch(area)
    if match is None:
        return 1
    first, top, last, bottom = match.groups()
    return (_column(last) - _column(first) + 1) * (int(bottom) - int(top) + 1)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def _megabytes(size: int) -> int:
    return -(-size // 1_000_000)
