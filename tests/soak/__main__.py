"""Try hard to lose, break or smuggle in something, at random.

``python -m tests.soak`` runs a bounded sample of each rig: ``kills`` of commands that write,
``cases`` and ``workbooks`` that are changed at random, ``hostile`` text in every cell of a case,
``exact`` words and levels against code of their own (``--number 2000`` is its full size).
``python -m tests.soak cases --number 1000`` runs one of them. The seed is printed, and given again
with ``--seed``.
"""

import argparse
import random
import sys

import click

from tests.soak import cases, exact, hostile, kills, workbooks

RIGS = {
    "kills": (kills.run_rig, 36),
    "cases": (cases.run_rig, 180),
    "workbooks": (workbooks.run_rig, 82),
    "hostile": (hostile.run_rig, 2),
    "exact": (exact.run_rig, 200),
}


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("rig", nargs="?", choices=RIGS, help="all where none is named")
    options.add_argument("--number", type=int, help="how many are tried")
    options.add_argument("--each", action="store_true", help="kills: so many of each command")
    options.add_argument("--only", type=int, help="of the changed ones, this alone")
    options.add_argument("--slow", type=float, help="tell those that take more seconds")
    options.add_argument("--seed", type=int, default=random.randrange(10**6))
    asked = options.parse_args()
    code = 0
    for name, (run_rig, number) in RIGS.items():
        if asked.rig in (None, name):
            click.echo(f"{name}, seed {asked.seed}")
            code |= run_rig(asked.number or number, asked)
    return code


if __name__ == "__main__":
    sys.exit(main())
