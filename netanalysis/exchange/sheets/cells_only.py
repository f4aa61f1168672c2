"""What of a workbook holds its cells, where something beside them cannot be read?

Programs write fonts, fills, panes, rules and properties that others refuse. None of them says
what stands in a cell; only the forms of numbers tell a date from a number.
"""

import io
import re
from collections.abc import Collection
from itertools import pairwise
from xml.etree import ElementTree
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZipFile

__all__ = ["cells_only"]

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_BESIDE = re.compile(r"docProps/.*|xl/theme/.*|.+/_rels/(?!workbook\.xml\.rels).*")
_STYLE = re.compile(rb"""(<(?:\w+:)?c\s[^<>]*?)\bs=["'](\d+)["']""")


def cells_only(content: bytes) -> bytes:
    """A workbook with its sheets, their cells and merged areas, and the forms of its numbers.

    Parameters
    ----------
    content : bytes
        Of a workbook that has been looked at: its parts are whole, and declare no entities.
    """
    bare = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(bare, "w", ZIP_DEFLATED) as new:
        names = old.namelist()
        styles, forms = b"", 0
        if "xl/styles.xml" in names:
            styles, forms = _number_forms(old.read("xl/styles.xml"))
        for name in names:
            part = old.read(name)
            if _BESIDE.fullmatch(name):
                continue
            if name == "xl/styles.xml":
                part = styles
            elif name == "xl/workbook.xml":
                part = _elements(part, {"workbookPr", "sheets"})
            elif _SHEET.fullmatch(name):
                part = _STYLE.sub(
                    lambda cell: cell.group() if int(cell.group(2)) < forms else cell.group(1),
                    _elements(part, {"sheetData", "mergeCells"}),
                )
            new.writestr(name, part)
    return bare.getvalue()


def _number_forms(styles: bytes) -> tuple[bytes, int]:
    """Styles that say nothing but how numbers are shown, and how many of them there are."""
    old = ElementTree.fromstring(styles)
    space = old.tag.removesuffix("styleSheet")
    new = ElementTree.Element(old.tag)
    new.extend(old.findall(f"{space}numFmts"))
    formats = ElementTree.SubElement(new, f"{space}cellXfs")
    for one in old.findall(f"{space}cellXfs/{space}xf"):
        ElementTree.SubElement(formats, f"{space}xf", numFmtId=one.get("numFmtId", "0"))
    return ElementTree.tostring(new), len(formats)


def _elements(part: bytes, names: Collection[str]) -> bytes:
    """A part with those of its outermost elements only that have one of the names."""
    starts: list[tuple[str, int]] = []
    depth = 0
    parser = expat.ParserCreate()

    def started(tag: str, _: dict[str, str]) -> None:
        nonlocal depth
        if depth == 1:
            starts.append((tag.rpartition(":")[2], parser.CurrentByteIndex))
        depth += 1

    def ended(_: str) -> None:
        nonlocal depth
        depth -= 1
        if depth == 0:
            starts.append(("", parser.CurrentByteIndex))

    parser.StartElementHandler, parser.EndElementHandler = started, ended
    parser.Parse(part, True)
    kept = (part[at:end] for (name, at), (_, end) in pairwise(starts) if name in names)
    return part[: starts[0][1]] + b"".join(kept) + part[starts[-1][1] :]
