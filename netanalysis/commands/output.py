"""How does text reach the terminal? Only through here, so that no data can give it commands."""

import contextlib
import os
import sys
import traceback
from collections.abc import Iterator
from typing import Any

import click

from netanalysis.control_characters import quoted, visible
from netanalysis.errors import Problem
from netanalysis.file_content import mend_of, reason_of
from netanalysis.language.languages import of_machine
from netanalysis.language.words import speak
from netanalysis.tabular import PartError

__all__ = ["Commands", "echo", "echo_foreign", "echo_lines"]


def echo(line: str, err: bool = False) -> None:
    """Write one line; a line break within it is shown as what it is."""
    try:
        click.echo(visible(line), err=err)
    except BrokenPipeError:  # nobody reads on, as before | head -1: what is begun is done
        stream = sys.stderr if err else sys.stdout
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def echo_lines(text: str, err: bool = False) -> None:
    """Write text of several lines, whose line breaks are the command's own."""
    for line in text.split("\n"):
        echo(line, err)


def echo_foreign(head: str, text: str, err: bool = False) -> None:
    """Write text that others made, after a head; its further lines cannot be taken for our own."""
    for line in quoted(head, text):
        echo(line, err)


class Commands(click.Group):
    """Commands whose refusals and tracebacks are shown as `echo` shows text."""

    def main(self, *arguments: Any, **settings: Any) -> Any:
        """Run the command that the arguments name, and end the process."""
        try:
            return super().main(*arguments, **settings)
        except PartError as error:
            echo_lines(str(error), err=True)
            sys.exit(2)
        except Exception as error:
            if isinstance(error, OSError) and isinstance(error.filename, str):
                # what the system does not let, such as a name that is too long
                values = {"reason": reason_of(error), "mend": mend_of(error)}
                problem = Problem("file_refused", error.filename, values=values)
                echo_lines(speak(of_machine()).explain(problem), err=True)
                sys.exit(2)
            # a fault of the program, which is shown as Python would show it
            echo_lines(traceback.format_exc(), err=True)
            sys.exit(1)

    def make_context(self, *arguments: Any, **settings: Any) -> click.Context:
        """As click's, for the arguments before a command's name."""
        with _visible_refusals():
            return super().make_context(*arguments, **settings)

    def invoke(self, ctx: click.Context) -> Any:
        """As click's, for a command and its arguments."""
        with _visible_refusals():
            return super().invoke(ctx)


@contextlib.contextmanager
def _visible_refusals() -> Iterator[None]:
    """Let click quote arguments only as they can be shown."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        raise click.UsageError(visible(error.format_message()), error.ctx) from None
