"""What does a process have at hand before its first report?

Importing this does once what every report needs: it loads the libraries, draws a chart, runs a
notebook of a few lines and exports its page. Processes that are forked afterwards start from there.
"""

import contextlib
import gc

import nbformat
import seaborn  # noqa: F401
from matplotlib.figure import Figure

from netanalysis.errors import DataError
from netanalysis.loaders.members.lists import lists_at_hand
from netanalysis.loaders.members.matching import find_city
from netanalysis.pages.svg import svg_of
from netanalysis.publishing import run

__all__ = ["warm_up"]

_LINES = """import pandas as pd
pd.DataFrame({'a': [1]}).style.to_html()
pd.DataFrame({'a': [1]}).to_html()
pd.DataFrame({'a': [1]}).plot()"""


def warm_up() -> None:
    """Do once what reports would do each for themselves."""
    figure = Figure()
    figure.add_subplot().plot([0, 1])
    svg_of(figure)
    about = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}}
    cells = [nbformat.v4.new_code_cell(_LINES)]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=about)
    run.page(run.execute(notebook, {}), "warm")
    with contextlib.suppress(DataError):  # told by the reports that need the lists
        lists = lists_at_hand()
        if lists:
            find_city("Stockholm", lists[0]["geoname_id"].dropna(), lists[1])


warm_up()
gc.freeze()  # forked processes then leave alone what they share
