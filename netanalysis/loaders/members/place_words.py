"""Which words say what kind of place or body a name is, in the languages of the lists?

They stand in ``place_words.csv``, folded: small letters without accents and signs. Its lists are
what stands ``before`` and ``after`` the name of a city; what a body calls itself that is more, or
less, than a city (``intercommunal``, ``association``, ``district``, ``region``); words that are
``shortened``; and a ``phrase`` that is. Cases of one city have no place here; they belong in the
data, among the aliases and the names in the languages of the product.
"""

import re

from netanalysis.tabular import packaged

__all__ = ["AFTER", "BEFORE", "BODIES", "LONGER", "PASSING", "PHRASES", "SHORTENED"]

_ROWS = packaged("netanalysis.loaders.members", "place_words.csv", "list", "word", "stands_for")


def _list(name: str) -> list[str]:
    return [row["word"] for row in _ROWS if row["list"] == name]


def _pairs(name: str) -> list[tuple[str, str]]:
    return [(row["word"], row["stands_for"]) for row in _ROWS if row["list"] == name]


def _body(name: str, *more: str) -> re.Pattern[str]:
    return re.compile("|".join([rf"\b({'|'.join(_list(name))})\b", *more]))


BEFORE = frozenset(_list("before"))
AFTER = frozenset(_list("after"))
# beside the name, in brackets or after a comma, without telling where it lies
PASSING = re.compile(
    r"^[a-z]|\d{4}|^(?i:city|town|stad|stadt|kommun|kommune|gemeente|municipality|comune|ville"
    r"|member|full member|associate member|observer|capital)$"
)
SHORTENED = {
    short: tuple(longer for one, longer in _pairs("shortened") if one == short)
    for short, _ in _pairs("shortened")
}
LONGER = {longer: short for short, longer in _pairs("shortened")}
PHRASES = dict(_pairs("phrase"))
BODIES = {  # the first that fits tells
    "intercommunal": _body(
        "intercommunal",
        r"^(greater|grand|gran|groot|gross) ",
        r"^stor(stockholm|goteborg|malmo)\b",
    ),
    "association": _body(
        "association",
        r"^(port|puerto|porto|port autonome|hafen|autoridad portuaria|havn) (of|de) ",
    ),
    "district": _body("district"),
    "region": _body(
        "region",
        r"\b\w{3,}(regionen|regionens|kreis|fylke)\b",
        r"(^| )(state|estado|etat)$",
        r"[\u3400-\u9fff]{2}[省県縣]$",
    ),
}
