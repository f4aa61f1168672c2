"""The command ``netanalysis``: from data to pages."""

import click

from netanalysis.commands.batch import batch
from netanalysis.commands.checking import check, read
from netanalysis.commands.members import members
from netanalysis.commands.new_year import new_year
from netanalysis.commands.output import Commands
from netanalysis.commands.questions import answers, ask
from netanalysis.commands.report import portrait, report, turnover
from netanalysis.commands.restore import restore
from netanalysis.commands.screen import screen
from netanalysis.commands.site import site
from netanalysis.commands.upgrade import upgrade
from netanalysis.commands.workbook import new, write

__all__ = ["main"]


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="netanalysis")
def main() -> None:
    """Evaluate a city's engagement in international networks, reproducibly."""


_COMMANDS = (
    report, portrait, turnover, screen, batch, site, members, new, new_year, write, read, check,
    upgrade, ask, answers, restore,
)  # fmt: skip
for _command in _COMMANDS:
    main.add_command(_command)
