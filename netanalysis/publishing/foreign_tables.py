"""What do tables that other libraries make lack, so that anybody can read them?"""

from bs4 import BeautifulSoup, Tag

from netanalysis.language.words import Words

__all__ = ["complete_tables"]

MISSING = ("NaN", "NaT", "<NA>")  # as pandas writes what is missing


def complete_tables(body: BeautifulSoup, words: Words) -> None:
    """Give every table a caption and its heads a direction; leave no head empty.

    A table without a caption is named by the heading above it. In such a table, which another
    library has made, what is missing is called so, and the name of the rows stands beside those of
    the columns.
    """
    for number, table in enumerate(body.find_all("table"), start=1):
        if table.find("caption") is None:
            _complete(table, words)
            caption = body.new_tag("caption")
            above = table.find_previous(["h1", "h2", "h3", "h4"])
            named = above.get_text(" ", strip=True) if above else ""
            caption.string = (
                words("{heading}, table {number}", heading=named, number=number)
                if named
                else words("Table {number}", number=number)
            )
            table.insert(0, caption)
        for head in table.find_all("th"):
            if not head.get_text(strip=True):
                head.name = "td"
                del head["scope"]
            elif not head.get("scope"):
                head["scope"] = "col" if head.find_parent("thead") else "row"


def _complete(table: Tag, words: Words) -> None:
    for cell in table.find_all("td"):
        if cell.get_text(strip=True) in MISSING:
            cell.string = words("missing")
    lines = table.thead.find_all("tr") if table.thead else []
    if len(lines) < 2:
        return
    upper, lower = (line.find_all(["th", "td"]) for line in lines[-2:])
    if len(upper) != len(lower) or any(cell.get_text(strip=True) for cell in lower[1:]):
        return  # columns of several levels
    names = [cell[0].get_text(" ", strip=True) for cell in (lower, upper)]
    upper[0].string = " / ".join(filter(None, names))
    lines[-1].decompose()
