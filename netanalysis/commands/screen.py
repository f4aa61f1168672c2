"""``netanalysis screen``: requests that the city join a network, weighed."""

from pathlib import Path

import click

from netanalysis.commands.report import report
from netanalysis.commands.shared import (
    DATA,
    ENGINE,
    LANGUAGE,
    MEMORY_LIMIT,
    OUT,
    OVERWRITE,
    PARAMETERS,
    TIMEOUT,
)

__all__ = ["screen"]


@click.command()
@click.argument("case")
@click.argument("request", default="")
@LANGUAGE
@PARAMETERS
@ENGINE
@TIMEOUT
@MEMORY_LIMIT
@OUT
@OVERWRITE
@DATA
@click.pass_context
def screen(
    context: click.Context,
    case: str,
    request: str,
    language: str | None,
    parameters: tuple[tuple[str, str], ...],
    engine: str,
    timeout: float,
    memory_limit: float | None,
    out: Path | None,
    overwrite: bool,
    data: Path | None,
) -> None:
    """Weigh a REQUEST that the city join a network, and write one page per language.

    CASE is the name of a case, REQUEST the short name of a row of its table requests; without it
    the page shows all requests side by side. The page has ten questions with their answers, the
    levels that are still possible, what must be found out first and from whom, and a proposal for
    handling. With -p status published it says no more, before a decision, than that the request is
    received and being prepared.

    Exit code 0: the pages are written; 1: the notebook failed, or data were changed meanwhile;
    2: the input is wrong, or a file that is there is not replaced.
    """
    meant = (("request", request),) if request else ()
    context.invoke(
        report,
        case=case,
        language=language,
        notebook="screening",
        other=None,
        parameters=(*meant, *parameters),
        engine=engine,
        timeout=timeout,
        memory_limit=memory_limit,
        out=out,
        overwrite=overwrite,
        data=data,
    )
