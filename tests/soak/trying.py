"""What do all rigs of mutations share: what one is, and how many are tried and told?

Each mutation says beforehand what is to become of the input: refused with a problem at a place, or
taken as the input of another, legitimate case.
"""

import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import click

from netanalysis.errors import DataError

__all__ = ["Place", "chance_of", "located", "rounds", "told", "verdict"]


@dataclass(frozen=True)
class Place:
    """Where a fault is to be found: how the file's name begins, row and column where known."""

    file: str = ""
    row: int | None = None
    column: str | None = None


def chance_of(seed: int, number: int) -> random.Random:
    """Chance of its own for each mutation, so that one can be tried again alone."""
    return random.Random(f"{seed}-{number}")


def rounds(kinds, number, asked):
    """Each mutation to be tried: its number, its kind and its chance; slow ones are told."""
    for count in range(number) if asked.only is None else [asked.only]:
        kind, start = kinds[count % len(kinds)], time.monotonic()
        yield count, kind, chance_of(asked.seed, count)
        if asked.slow and time.monotonic() - start > asked.slow:
            click.echo(f"{count}, {kind.__name__}: {time.monotonic() - start:.1f} s", err=True)


def located(error: DataError, place: Place) -> bool:
    """Whether one problem stands where it is to, and each of them somewhere."""
    there = any(
        problem.file.rsplit("/", 1)[-1].startswith(place.file)
        and place.row in (None, problem.row)
        and (place.column is None or problem.column in (None, place.column))
        for problem in error.problems
    )
    return there and all(problem.file for problem in error.problems)


def verdict(refused: Place | None, attempt: Callable[[], object]) -> tuple[str, str]:
    """What became of a mutation, and what is wrong with that; nothing where it is as declared."""
    try:
        attempt()
    except DataError as error:
        said = str(error)[:600]
        if refused is None:
            return "refused", f"wrongly refused: {said}"
        return "refused", "" if located(error, refused) else f"not located at {refused}: {said}"
    except AssertionError as error:
        return "taken", f"mangled: {error}"
    except Exception:  # whatever the library lets through is what is looked for
        return "traceback", traceback.format_exc()[-1500:]
    return "taken", "" if refused is None else f"wrongly taken, not refused at {refused}"


def told(tally: Counter[tuple[str, str]], wrong: list[str]) -> int:
    """Say what became of how many, and what is wrong; the exit code."""
    for kind, what in sorted(tally):
        click.echo(f"{kind:44} {what:10} {tally[kind, what]:5}")
    click.echo(f"tried: {sum(tally.values())}, wrong: {len(wrong)}")
    for one in wrong:
        click.echo(one)
    sys.stdout.flush()
    return int(bool(wrong))
