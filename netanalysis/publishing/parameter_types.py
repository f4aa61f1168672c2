"""Which value of a parameter does a text mean, by the type that its notebook declares?

A parameter without a type has that of its default. What a text means is never guessed: where the
type is not one that can be given as a text, none can.
"""

import ast
import math
import re
from collections.abc import Sequence
from datetime import date

__all__ = ["TYPES", "Value", "value_of"]

Value = str | int | float | bool | None | list["Value"] | dict[str, "Value"]
TYPES = "str, int, float, bool, list, dict, date, X | None, Literal"
_WHOLE = re.compile(r"[+-]?\d{1,4000}", re.ASCII)  # of more digits Python makes no number
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_NAMES: dict[str, type] = {"list": list, "List": list, "dict": dict, "Dict": dict}


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
        if own is None:
            raise TypeError("None")
        return _read(text, ast.Name(type(own).__name__))
    kind = ast.parse(declared, mode="eval").body
    if _name(kind) == "date" and not isinstance(own, str | None):
        raise TypeError(declared)
    return _read(text, kind)


def _read(text: str, kind: ast.expr) -> Value:
    options = _options(kind)
    if len(options) > 1:
        wanted = []
        for option in sorted(options, key=lambda one: _name(one) == "str"):  # any text is a str
            try:
                return _read(text, option)
            except ValueError as error:
                wanted.append(str(error))
        raise ValueError(" | ".join(wanted))
    name = _name(kind)
    if name == "str":
        return text
    if name == "None":
        return _chosen(text, [None])
    if name == "bool":
        lower = text.lower()
        if lower not in ("true", "false"):
            raise ValueError("bool: true, false")
        return lower == "true"
    if name == "int":
        return _int(text)
    if name == "float":
        return _float(text)
    if name == "date":
        return _date(text)
    if name == "Literal":
        assert isinstance(kind, ast.Subscript)
        inner = kind.slice.elts if isinstance(kind.slice, ast.Tuple) else [kind.slice]
        return _chosen(text, [ast.literal_eval(one) for one in inner])
    if name in _NAMES:
        value = _literal(text)
        if not _fits(value, kind):
            raise ValueError(ast.unparse(kind))
        return value
    raise TypeError(ast.unparse(kind))


def _fits(value: object, kind: ast.expr) -> bool:
    """Whether a literal is of a type, with all that is in it."""
    if len(options := _options(kind)) > 1:
        return any(_fits(value, option) for option in options)
    name = _name(kind)
    within: Sequence[ast.expr] = ()
    if isinstance(kind, ast.Subscript) and name in _NAMES:
        within = kind.slice.elts if isinstance(kind.slice, ast.Tuple) else [kind.slice]
    if _NAMES.get(name) is list:
        return isinstance(value, list) and all(_fits(one, _or_any(within)) for one in value)
    if _NAMES.get(name) is dict:
        return isinstance(value, dict) and all(
            isinstance(key, str) and _fits(one, _or_any(within)) for key, one in value.items()
        )
    if name == "Any":
        plain = ast.parse("str | int | float | bool | None | list | dict", mode="eval").body
        return _fits(value, plain)
    if name == "float":
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return number and math.isfinite(value)  # type: ignore[arg-type]
    return type(value).__name__ == {"None": "NoneType"}.get(name, name)


def _or_any(within: Sequence[ast.expr]) -> ast.expr:
    return within[-1] if within else ast.Name("Any")


def _options(kind: ast.expr) -> list[ast.expr]:
    """The types of which one must fit."""
    if isinstance(kind, ast.BinOp) and isinstance(kind.op, ast.BitOr):
        return [*_options(kind.left), *_options(kind.right)]
    if isinstance(kind, ast.Subscript) and _name(kind) in ("Optional", "Union"):
        inner = kind.slice.elts if isinstance(kind.slice, ast.Tuple) else [kind.slice]
        found = [option for one in inner for option in _options(one)]
        return [*found, ast.Constant(None)] if _name(kind) == "Optional" else found
    return [kind]


def _name(kind: ast.expr) -> str:
    if isinstance(kind, ast.Subscript):
        return _name(kind.value)
    if isinstance(kind, ast.Attribute):
        return kind.attr
    return kind.id if isinstance(kind, ast.Name) else ast.unparse(kind)


def _chosen(text: str, values: Sequence[Value]) -> Value:
    for value in values:
        if text == str(value):
            return value
    raise ValueError(", ".join(map(str, values)))


def _int(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise ValueError("int")
    return int(text)


def _float(text: str) -> float:
    value = float(text) if _NUMBER.fullmatch(text) else math.nan
    if not math.isfinite(value):
        raise ValueError("float")
    return value


def _date(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError("date: 2025-06-30") from None


def _literal(text: str) -> Value:
    """What a text is as Python writes values; None where it is no value."""
    try:
        value: Value = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return None
    return value
