"""How does the command start? ``netanalysis``, or ``python -m netanalysis``."""

import sys

from netanalysis.tabular import PartError

__all__ = ["run"]


def run() -> None:
    """Run the command, or tell which of its own files keeps it from starting."""
    try:
        from netanalysis.cli import main
    except PartError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    main(prog_name="netanalysis")


if __name__ == "__main__":
    run()
