"""Which page is to be made, in which file and from what?"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from netanalysis.publishing.parameter_types import Value
from netanalysis.publishing.replacing import run_digest

__all__ = ["WantedPage"]


@dataclass(frozen=True, eq=False)
class WantedPage:
    """A page that is to be made.

    Attributes
    ----------
    file : str
        Its name in the folder.
    notebook : Path
    parameters : dict
        With their types, checked.
    """

    file: str
    notebook: Path
    parameters: Mapping[str, Value]

    @property
    def run(self) -> str:
        """Which run makes it."""
        return run_digest(self.notebook.stem, self.parameters)
