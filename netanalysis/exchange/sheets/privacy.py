"""Does a free text name a person, or tell how to reach one?

Such texts never enter a case. What has a form is found by it: e-mail addresses, telephone and
personal identity numbers, street addresses, and the name under a greeting. A name in the middle of
a sentence has no form; the letter asks for none to be written.
"""

import re

from netanalysis.language.text import plain

__all__ = ["personal_data"]

_AT = r"[(\[{]\s?(?:at|snabel-?a)\s?[)\]}]"
_DOT = r"(?:\.|\s?[(\[{]\s?(?:dot|punkt)\s?[)\]}]\s?)"
_DOMAIN = rf"(?:[\w-]++{_DOT})+"
_EMAIL = re.compile(
    rf"[\w.+-](?:(?:@|\s{{0,2}}{_AT}\s{{0,2}}){_DOMAIN}(?:xn--|[^\W\d_]{{2}})"
    rf"|\s{{0,2}}@\s{{0,2}}{_DOMAIN}(?-i:[a-z]{{2,}}\b))",  # "@ Hall.Then" begins a sentence
    re.IGNORECASE,
)
_DIGIT = r"[\s./()-]{0,3}\d"  # and what may stand before it
_TELEPHONE = re.compile(
    r"(?:(?<![\w.,/-])|(?<=\btel\.)|(?<=\btfn\.)|(?<=\bmob\.))"
    r"(?!(?<=\d )\d{3}(?: \d{3}){1,4}(?! ?\d))"  # the rest of an amount, in groups of three
    rf"\(?(?:(?:\+|00)\s?\(?[1-9](?:{_DIGIT}){{7,16}}|0[1-9](?:{_DIGIT}){{5,14}})"
    r"(?![\w/]| ?(?:[mt]?kr\b|kronor|sek\b|eur|€|%|procent))",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"(?<!\d)[0-3]?\d([./-])[01]?\d\1(?:19|20)\d\d(?!\d)|(?<!\d)[01]\d[./](?:19|20)\d\d(?! ?\d)"
)
_IDENTITY = re.compile(
    r"(?<!\d)(?:19|20)?\d{2}(?P<month>\d{2})(?P<day>\d{2})\s?[-+\u2212]?\s?\d{4}(?!\d)"
)
_STREET = re.compile(
    r"\b[A-ZÅÄÖ]\w+(?:gatan|vägen|gränd|torget|stigen|allén|backen|kajen)\s\d{1,4}\b"
    r"|\b\d{1,4}\s(?:[A-Z]\w+\s){1,3}(?:Street|Road|Lane|Avenue)\b"
)
_GREETED = re.compile(
    r"\b(?:mvh|hälsningar|hälsar|vänligen|regards|sincerely|kontaktperson|contact person)\b"
    r"[\s,:.!/-]*(?-i:[A-ZÅÄÖ]\w+[ -][A-ZÅÄÖ]\w+)",
    re.IGNORECASE,
)
_COORDINATION = 60  # added to the day in a Swedish coordination number


def personal_data(text: str) -> str:
    """What kind of personal data a text holds.

    Parameters
    ----------
    text : str

    Returns
    -------
    {"", "email", "telephone", "identity", "address", "name"}
        The first that is found; "" where there is none. The data itself is never returned, so
        that no message repeats it.

    Examples
    --------
    >>> personal_data("Fråga a.b@stad.example"), personal_data("Ring 08-508 290 00")
    ('email', 'telephone')
    >>> personal_data("Född 19811218-9876"), personal_data("Kom till Storgatan 12")
    ('identity', 'address')
    >>> personal_data("Ny metod 2019–2021, sparar 1 200 000 kr om året (dnr 2024/0123)")
    ''
    """
    read = plain(text)
    if _EMAIL.search(read):
        return "email"
    if any(_is_day(found) for found in _IDENTITY.finditer(read)):
        return "identity"
    if _TELEPHONE.search(_DAY.sub("*", read)):
        return "telephone"
    if _STREET.search(read):
        return "address"
    return "name" if _GREETED.search(read) else ""


def _is_day(found: re.Match[str]) -> bool:
    day = int(found["day"]) % _COORDINATION
    return 1 <= int(found["month"]) <= 12 and 1 <= day <= 31
