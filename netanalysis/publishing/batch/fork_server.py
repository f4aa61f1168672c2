"""What must the process do that reports are forked from, beside being warm?

Importing this makes it fit: it has all at hand, adopts what reports leave behind, and ends it when
it ends itself. Ending is for the batch to decide, so it does not listen to anybody else.
"""

import atexit
import signal
import warnings

from netanalysis.publishing.batch import preload  # noqa: F401
from netanalysis.publishing.batch.descendants import adopt, end_descendants

__all__: list[str] = []

adopt()
atexit.register(end_descendants)  # forked processes end without it
signal.signal(signal.SIGTERM, signal.SIG_IGN)
warnings.filterwarnings("ignore", "forkserver: waitpid returned unexpected pid")  # an adopted one
