"""Run one command with every rename slowed, and without the exchange of folders if asked."""

import os
import sys
import time

from netanalysis import files
from netanalysis.cli import main

PAUSE, EXCHANGE = float(sys.argv[1]), sys.argv[2] == "exchange"


def slowed(call):
    def slow(*arguments, **options):
        time.sleep(PAUSE)
        done = call(*arguments, **options)
        time.sleep(PAUSE)
        return done

    return slow


os.rename, os.replace = slowed(os.rename), slowed(os.replace)
files._exchange = slowed(files._exchange) if EXCHANGE else lambda one, other: False
main(sys.argv[3:])
