"""Does any regular expression of the package take for ever on a text from outside?

Every pattern is found in the source, and from each are made the texts that are hardest for it: a
beginning that fits, one part of it again and again, and an end that does not fit. None may take
more than a moment for the longest text that a cell can hold.
"""

import ast
import importlib
import re
import time
from pathlib import Path
from re import _constants as sre
from re import _parser

import pytest

import netanalysis
from netanalysis.loaders.case.case import case_tables

CELL = 32_767  # signs that a cell can hold
SIZES = 30, 50, 200, 1_500  # what takes too long at one is not tried at the next
MOST = 0.5  # seconds of processor time; a linear pattern takes some thousandths
CALLS = {"compile", "sub", "fullmatch", "match", "search", "split", "findall", "finditer"}
SIGNS = "a0 -.,'\"<>[(@_\n\t=Åx/"


def literal(node, names):
    """The text of an expression made of literals and of names that stand for such."""
    match node:
        case ast.Constant(value=str() | bytes()):
            return node.value
        case ast.Name(id=name):
            return names.get(name)
        case ast.BinOp(op=ast.Add()):
            parts = [literal(node.left, names), literal(node.right, names)]
        case ast.JoinedStr():
            parts = [
                literal(one.value if isinstance(one, ast.FormattedValue) else one, names)
                for one in node.values
            ]
        case _:
            return None
    return None if None in parts else parts[0][:0].join(parts)


def inline(source):
    """The patterns that stand in calls of the module re, and the way each is used."""
    tree, names = ast.parse(source), {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            names[node.targets[0].id] = literal(node.value, names)
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args)
    for call in calls:
        of = call.func
        if isinstance(of, ast.Attribute) and getattr(of.value, "id", "") == "re":
            text = literal(call.args[0], names) if of.attr in CALLS else None
            flags = re.DOTALL if "DOTALL" in ast.unparse(call) else 0
            if text is not None:
                yield re.compile(text, flags), {of.attr}


def compiled(module, own, sources):
    """The compiled patterns among the values of a module, and the ways in which each is used."""
    for name, value in vars(module).items():
        several = value.values() if isinstance(value, dict) else value
        several = several if isinstance(value, dict | tuple | list) else [value]
        found = [one for one in several if isinstance(one, re.Pattern)]
        if not found:
            continue
        where = own if name.startswith("_") else sources
        called = {name, *re.findall(rf"for (\w+) in {name}:", where)}
        ways = {way for one in called for way in re.findall(rf"\b{one}\.(\w+)\(", where)}
        yield from ((one, ways & CALLS or CALLS) for one in found)


def patterns():
    """Every pattern of the package, with where it stands and how it is used."""
    home, found = Path(netanalysis.__file__).parent, {}
    preloads = {home / "publishing" / "batch" / name for name in ("fork_server.py", "preload.py")}
    files = sorted({*home.rglob("*.py")} - preloads)  # these change the process they are loaded in
    sources = "\n".join(file.read_text("utf-8") for file in files)
    for file in files:
        name = ".".join(file.relative_to(home.parent).with_suffix("").parts)
        module = importlib.import_module(name.removesuffix(".__init__"))
        own = file.read_text("utf-8")
        for one, ways in (*compiled(module, own, sources), *inline(own)):
            if ways != {"compile"}:
                found.setdefault((one.pattern, one.flags), (name, one, set()))[2].update(ways)
    for table, schema in case_tables().items():
        for field in schema["fields"]:
            text = field.get("constraints", {}).get("pattern")
            if text:
                key, where = (text, re.UNICODE), f"{table}.{field['name']}"
                found.setdefault(key, (where, re.compile(text), {"match"}))
    return list(found.values())


def sample(parsed):
    """A text that fits a parsed pattern, as far as is needed to come into it."""
    return "".join(_sample(kind, value) for kind, value in parsed)


def _sample(kind, value):
    match kind:
        case sre.LITERAL:
            return chr(value)
        case sre.NOT_LITERAL:
            return next(sign for sign in SIGNS if ord(sign) != value)
        case sre.ANY:
            return "a"
        case sre.IN:
            return fits(value)[0]
        case sre.BRANCH:
            return sample(value[1][0])
        case sre.SUBPATTERN:
            return sample(value[-1])
        case sre.ATOMIC_GROUP:
            return sample(value)
        case sre.MAX_REPEAT | sre.MIN_REPEAT | sre.POSSESSIVE_REPEAT:
            return sample(value[2]) * max(1, min(value[0], 20))
    return ""


def fits(members):
    """Signs of each kind that a set of signs takes."""
    found = []
    if members[0][0] == sre.NEGATE:
        closed = fits(members[1:])
        return [sign for sign in SIGNS if sign not in closed] or ["ж"]
    for kind, value in members:
        if kind == sre.LITERAL:
            found.append(chr(value))
        elif kind == sre.RANGE:
            found.append(chr(value[0]))
        elif kind == sre.CATEGORY:
            name = str(value)
            found += [
                sign
                for sign in "0a \n-"
                if ("NOT" in name)
                != (
                    sign.isdigit()
                    if "DIGIT" in name
                    else sign.isspace()
                    if "SPACE" in name
                    else sign.isalnum()
                )
            ]
    return found or ["a"]


def pumped(parsed, before=""):
    """For each repeated part: what comes before it, and what can be repeated in it."""
    for kind, value in parsed:
        if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            body = value[2]
            yield before, sample(body)
            for inner, members in body:
                if inner is sre.IN:
                    yield from ((before, sign) for sign in fits(members))
            yield from pumped(body, before)
        elif kind is sre.BRANCH:
            for branch in value[1]:
                yield from pumped(branch, before)
        elif kind in (sre.SUBPATTERN, sre.ATOMIC_GROUP):
            yield from pumped(value[-1] if kind is sre.SUBPATTERN else value, before)
        before += _sample(kind, value)


def hostile(pattern, size):
    """Texts of one size that are hard for a pattern, without doubles."""
    binary = isinstance(pattern.pattern, bytes)
    parsed = _parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE if binary else 0)
    whole = sample(parsed)
    bodies = [("", sign) for sign in SIGNS] + [*pumped(parsed)]
    bodies += [("", whole), ("", whole[:-1])] + [("", before + body) for before, body in bodies]
    made = {}
    for before, body in bodies:
        if body:
            for end in ("", "\x00", "x"):
                text = (before + body * (size // len(body) + 1))[: size - 1] + end
                made[text] = None
    return [text.encode("utf-8", "ignore") if binary else text for text in made]


def seconds(pattern, ways, text):
    """Processor time for the ways in which a pattern is used."""
    start = time.process_time()
    if ways & {"match", "fullmatch"}:
        pattern.match(text)
        pattern.fullmatch(text)
    if ways - {"match", "fullmatch", "compile"}:
        for _ in pattern.finditer(text):
            pass
    return time.process_time() - start


FOUND = patterns()


def test_the_patterns_are_found():
    texts = {str(one.pattern) for _, one, _ in FOUND}
    assert len(texts) > 100
    assert any("snabel" in text for text in texts)  # put together from parts
    assert r"[^\w.]+|_" in texts  # within a call
    assert "^[a-z0-9][a-z0-9_-]*$" in texts  # of a table


@pytest.mark.parametrize(("pattern", "linear"), [(r"\s*,", False), (r"\s,", True)])
def test_a_slow_pattern_is_seen(pattern, linear):
    of = re.compile(pattern)
    taken = max(seconds(of, CALLS, text) for text in hostile(of, 12_000) if text.isspace())
    assert (taken < 0.02) == linear


def slowest(pattern, ways):
    """Most time that a text takes, short ones first, and its place among those of its size."""
    for size in SIZES:
        taken = []
        for number, text in enumerate(hostile(pattern, size)):
            taken.append((seconds(pattern, ways, text), number))
            if taken[-1][0] > MOST:
                return taken[-1]
    return max(taken)


@pytest.mark.parametrize(("place", "pattern", "ways"), FOUND, ids=range(len(FOUND)))
def test_no_text_of_a_cell_takes_for_ever(place, pattern, ways):
    told = f"{place}: {pattern.pattern!r}"
    taken, number = slowest(pattern, ways)
    assert taken < MOST, told
    text = hostile(pattern, CELL)[number]
    assert min(seconds(pattern, ways, text) for _ in range(2)) < MOST, told
