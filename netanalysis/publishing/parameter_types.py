"""Which value of a parameter does a text mean, by the type that its notebook declares?

A parameter without a type has that of its default. What a text means is never guessed: where the
type is not one that can be given as a text, none can.
"""

import ast
import math
import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from netanalysis.dates import is_date
from netanalysis.language.text import is_number

__all__ = ["TYPES", "Value", "value_of"]

Value = str | int | float | bool | None | list["Value"] | dict[str, "Value"]
TYPES = "str, int, float, bool, list, dict, date, X | None, Literal"
_WHOLE = re.compile(r"[+-]?\d{1,4000}", re.ASCII)  # of more digits Python makes no number
_NO_VALUE: Final = object()  # what a text stands for that is not a value as Python writes it


def value_of(text: str, declared: str, default: str) -> Value:
    """The value that a text means.

    Parameters
    ----------
    text : str
        A list or a dict is written as in Python; nothing as None; a date as year-month-day, and
        the notebook gets it as that text.
    declared : str
        The type as the notebook writes it; "None" where it writes none.
    default : str
        The notebook's own value, as source.

    Returns
    -------
    str, int, float, bool, None, list or dict

    Raises
    ------
    ValueError
        If the text is not of the type, which the error names.
    TypeError
        If no value of the type can be given as a text.

    Examples
    --------
    >>> value_of("5", "None", "3"), value_of("5", "str", "'x'"), value_of("false", "bool", "True")
    (5, '5', False)
    >>> value_of("[1, 2]", "list[int]", "[]"), value_of("None", "int | None", "1")
    ([1, 2], None)
    """
    own = _literal(default)
    if declared == "None":
        if own is None or own is _NO_VALUE:
            raise TypeError("None")
        return _read(text, ast.Name(type(own).__name__))
    try:
        kind = ast.parse(declared, mode="eval").body
    except SyntaxError:
        raise TypeError(declared) from None
    dated = any(_name(option) == "date" for option in _options(kind))
    if dated and not isinstance(own, str | None):  # the notebook would get a text for a date
        raise TypeError(declared)
    return _read(text, kind)


def _read(text: str, kind: ast.expr) -> Value:
    wanted = []
    for option in sorted(_options(kind), key=lambda one: _name(one) == "str"):  # any text is a str
        try:
            return _read_one(text, option)
        except ValueError as error:
            wanted.append(str(error))
    raise ValueError(" | ".join(wanted))


def _read_one(text: str, kind: ast.expr) -> Value:
    name = _name(kind)
    if name in _SCALARS:
        return _SCALARS[name](text)
    if name == "Literal":
        values = [_literal(ast.unparse(one)) for one in _inside(kind)]
        if _NO_VALUE not in values:
            return _chosen(text, values)
    if name.lower() in ("list", "dict"):
        value = _literal(text)
        if not (_is_plain(value) and _fits(value, kind)):
            raise ValueError(ast.unparse(kind))
        return value  # type: ignore[no-any-return]
    raise TypeError(ast.unparse(kind))


def _chosen(text: str, values: Sequence[Any]) -> Value:
    for value in values:
        if text == str(value):
            return value  # type: ignore[no-any-return]
    raise ValueError(", ".join(map(str, values)))


def _bool(text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise ValueError("bool: true, false")
    return text.lower() == "true"


def _int(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise ValueError("int")
    return int(text)


def _float(text: str) -> float:
    value = float(text) if is_number(text) else math.nan
    if not math.isfinite(value):
        raise ValueError("float")
    return value


def _date(text: str) -> str:
    if not is_date(text) or text.count("-") != 2:
        raise ValueError("date: 2025-06-30")
    return text


_SCALARS: dict[str, Callable[[str], Value]] = {
    "str": str,
    "None": lambda text: _chosen(text, [None]),
    "bool": _bool,
    "int": _int,
    "float": _float,
    "date": _date,
}


def _is_plain(value: Any) -> bool:
    """Whether a value can be written down as data: no tuple, no set, no endless number."""
    if isinstance(value, list):
        return all(map(_is_plain, value))
    if isinstance(value, dict):
        return all(isinstance(key, str) and _is_plain(one) for key, one in value.items())
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, str | int | None)


def _fits(value: Any, kind: ast.expr) -> bool:
    """Whether a plain value is of a type, with all that is in it."""
    options, inside, name = _options(kind), _inside(kind), _name(kind).lower()
    if len(options) > 1:
        return any(_fits(value, option) for option in options)
    if name == "any":
        return True
    if name == "list":
        return isinstance(value, list) and all(_fits(one, inside[0]) for one in value if inside)
    if name == "dict":
        return isinstance(value, dict) and all(
            _fits(one, inside[-1]) for one in value.values() if inside
        )
    if name == "float":
        return isinstance(value, int | float) and not isinstance(value, bool)
    return type(value).__name__ == {"none": "NoneType"}.get(name, name)


def _options(kind: ast.expr) -> list[ast.expr]:
    """The types of which one must fit."""
    if isinstance(kind, ast.BinOp) and isinstance(kind.op, ast.BitOr):
        return [*_options(kind.left), *_options(kind.right)]
    if isinstance(kind, ast.Subscript) and _name(kind) in ("Optional", "Union"):
        found = [option for one in _inside(kind) for option in _options(one)]
        return [*found, ast.Constant(None)] if _name(kind) == "Optional" else found
    return [kind]


def _inside(kind: ast.expr) -> list[ast.expr]:
    """What stands in the brackets of a type."""
    if not isinstance(kind, ast.Subscript):
        return []
    return kind.slice.elts if isinstance(kind.slice, ast.Tuple) else [kind.slice]


def _name(kind: ast.expr) -> str:
    if isinstance(kind, ast.Subscript):
        return _name(kind.value)
    if isinstance(kind, ast.Attribute):
        return kind.attr
    return kind.id if isinstance(kind, ast.Name) else ast.unparse(kind)


def _literal(text: str) -> Any:
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return _NO_VALUE
