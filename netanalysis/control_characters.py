"""How is text shown that may hold control characters, terminal commands or turned directions?"""

import unicodedata

__all__ = ["cannot_be_kept", "quoted", "visible"]

_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # Unicode's categories of what acts and is not seen
_BYTE_ORDER_MARK = "\ufeff"
_NO_SIGNS = "\ufffe\uffff"  # which no XML, and so no workbook, can hold
_BLANKS = "\t\n\r"
_JOINERS = "\u200c\u200d"  # which some scripts need within words


def visible(text: str) -> str:
    r"""The text with every sign that acts instead of being seen written as Python would write it.

    These are control characters and what terminals take commands from, line breaks, signs that turn
    the direction of writing or have no width, and halves of signs that no file can hold.

    Examples
    --------
    >>> print(visible("Oslo\x1b[31m"), visible("one\ntwo"), visible("Malmö \u202e2011"))
    Oslo\x1b[31m one\ntwo Malmö \u202e2011
    """
    if text.isprintable():
        return text
    return "".join(
        sign.encode("unicode_escape").decode("ascii")
        if unicodedata.category(sign) in _UNSEEN and sign not in _JOINERS
        else sign
        for sign in text
    )


def cannot_be_kept(text: str) -> bool:
    r"""Whether a text has signs that get lost where it is shown: controls, a byte order mark.

    Blanks, line breaks and signs that only shape what stands beside them stay.

    Examples
    --------
    >>> [cannot_be_kept(text) for text in ("Oslo\x07", "\ufeffOslo", "Oslo\ufffe", "Os\u00adlo\nB")]
    [True, True, True, False]
    """
    if text.isprintable():
        return False
    return any(
        sign == _BYTE_ORDER_MARK
        or sign in _NO_SIGNS
        or (sign not in _BLANKS and unicodedata.category(sign) in ("Cc", "Cs"))
        for sign in text
    )


def quoted(head: str, text: str) -> list[str]:
    r"""Lines that show text of others after a head; no further line can be taken for our own.

    Examples
    --------
    >>> quoted("Cell 3", "one\x07\ntwo\n")
    ['Cell 3: one\\x07', '    two']
    """
    first, *rest = text.rstrip("\n").split("\n")
    return [visible(f"{head}: {first}"), *(visible(f"    {line}") for line in rest)]
