"""How do matplotlib's figures come to stand below their cells, as a kernel shows them?

Matplotlib looks around for a kernel when a backend is first asked for. In a process where it has
been loaded before, perhaps beside an earlier kernel, it is made to look again; and what one
notebook sets does not hold for the next.
"""

import contextlib
import os
import sys
from collections.abc import Iterator

__all__ = ["inline_figures"]

_INLINE = "matplotlib_inline"


@contextlib.contextmanager
def inline_figures() -> Iterator[None]:
    """Let matplotlib find the kernel of this process, and forget it afterwards."""
    if not os.environ.get("MPLBACKEND"):
        os.environ["MPLBACKEND"] = f"module://{_INLINE}.backend_inline"
    with contextlib.ExitStack() as stack:
        stack.callback(_forget)
        if "matplotlib" in sys.modules:
            matplotlib = sys.modules["matplotlib"]
            stack.enter_context(matplotlib.rc_context())
            matplotlib.rcParams["backend"] = os.environ["MPLBACKEND"]
        yield


def _forget() -> None:
    """Close all figures; let the next ask for its backend, and the backend for its kernel."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        pyplot.close("all")
        with contextlib.suppress(ValueError):  # a notebook may have taken it away itself
            pyplot.uninstall_repl_displayhook()
        vars(pyplot)["_backend_mod"] = None
    for name in [name for name in sys.modules if name.partition(".")[0] == _INLINE]:
        del sys.modules[name]
