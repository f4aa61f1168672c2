"""One measurement in a process of its own, and what every subject needs to tell of it.

The driver stays small, since a process inherits the peak memory of the one that started it. No
module here imports a compared library but inside the function that needs it.
"""

import importlib
import json
import math
import os
import platform
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[2]
THEIRS = ROOT / ".venv" / "bench" / "bin" / "python"
REPORTING = ["papermill", "nbconvert", "nbclient", "ipykernel", "seaborn", "distributed"]
THREADS = ["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"]


@dataclass(frozen=True)
class Contender:
    """Who is measured, in which environment, and how many times its work stands for the whole.

    `function` is "module.function" of this folder. It gets the folder of the inputs and the
    options, and returns two calls: a small one to warm up with and the one to measure, which
    returns an array to compare with the others', or a dict of seconds that it has taken itself.
    """

    label: str
    function: str
    theirs: bool = False
    stands_for: int = 1
    options: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Wanted:
    """What was asked for, what was found, and whether that is enough."""

    what: str
    asked: str
    found: str
    met: bool


@dataclass(frozen=True)
class Section:
    """One measure as it is written."""

    title: str
    text: list
    wanted: list


def measure(contender, folder):
    """Run once in a fresh process, so that nobody profits from another's memory or caches."""
    command = [THEIRS if contender.theirs else sys.executable, "-W", "ignore", "-m"]
    command += [f"{__package__}.measuring", contender.function, folder, contender.label]
    done = subprocess.run(
        [*map(str, command), json.dumps(contender.options)],
        cwd=ROOT,
        env=os.environ | dict.fromkeys(THREADS, "1"),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout.splitlines()[-1])
    found["seconds"] *= contender.stands_for
    return found


def take_turns(contenders, folder, rounds):
    """Measure everybody once in each round, so that a busy moment of the machine hits them all."""
    found = {contender.label: [] for contender in contenders}
    for number in range(rounds):
        for contender in contenders:
            found[contender.label].append(measure(contender, folder))
            taken = written(found[contender.label][-1]["seconds"])
            say(f"  {number + 1}/{rounds} {contender.label}: {taken} s")
    return found


def seconds(found):
    """The seconds of each round."""
    return [one["seconds"] for one in found]


def megabytes(found):
    """The largest memory of any round: a limit must hold in all of them."""
    return max(one["megabytes"] for one in found)


def ratios(theirs, ours):
    """How many times as long as ours, round by round."""
    return [one["seconds"] / other["seconds"] for one, other in zip(theirs, ours, strict=True)]


def parts(found):
    """Of contenders that take the time of their own parts: part to the seconds of each round."""
    return {name: [one["parts"][name] for one in found] for name in found[0]["parts"]}


def at_least(what, limit, numbers):
    """Wanted: a median of the ratios that is not under the limit."""
    enough = statistics.median(numbers) >= limit
    return Wanted(what, f"{limit} × or more", spread(numbers), enough)


def at_most(what, limit, numbers):
    """Wanted: a median of the ratios that is not over the limit."""
    enough = statistics.median(numbers) <= limit
    return Wanted(what, f"{limit} × or less", spread(numbers), enough)


def memory_under(limit, found):
    """Wanted: that no round has taken more memory."""
    most = megabytes(found)
    return Wanted("Memory above the inputs", f"under {limit} MB", f"{most:.0f} MB", most < limit)


def written(number):
    """Three significant digits and no exponent."""
    digits = 2 - math.floor(math.log10(number)) if number > 0 else 0
    return f"{round(number, digits):,.{max(digits, 0)}f}"


def spread(numbers):
    """Median, and from lowest to highest."""
    middle, low, high = map(written, (statistics.median(numbers), min(numbers), max(numbers)))
    return f"{middle} ({low}–{high})"


def table(headings, rows, words=1):
    """A Markdown table; all but the first columns, of words, are of numbers."""
    rule = [":--" if place < words else "--:" for place in range(len(headings))]
    return [f"| {' | '.join(cells)} |" for cells in (headings, rule, *rows)]


def say(line):
    """Show how far it has come."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def machine():
    """What kind of machine it is, without its name."""
    about = Path("/proc/cpuinfo")
    lines = about.read_text("utf-8").splitlines() if about.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    if sys.platform == "darwin":
        asking = ["sysctl", "-n", "machdep.cpu.brand_string"]
        models = [subprocess.run(asking, stdout=subprocess.PIPE, text=True).stdout.strip()]
    model = models[0] if models else platform.processor() or "unknown"
    return f"{platform.system()}, {platform.machine()}, {model}, {os.cpu_count()} cores"


def versions(folder):
    """Of Python and the libraries in the environment that this runs in."""

    def asked():
        found = {"Python": platform.python_version()}
        for name in ("numpy", "scipy", "pandas", "pysensmcda", "pymcdm", "networkx", *REPORTING):
            try:
                found[name] = metadata.version(name)
            except metadata.PackageNotFoundError:
                found[name] = "–"
        config = np.show_config(mode="dicts")
        blas = config["Build Dependencies"]["blas"]
        found["BLAS of numpy"] = f"{blas['name']} {blas['version']}"
        vectors = config["SIMD Extensions"].get("found", [])
        found["Vector instructions used by numpy"] = ", ".join(vectors) or "–"
        return found

    return dict, asked


def peak():
    """Highest memory that this process has held, in MB."""
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def main(function, folder, label, options):
    """Warm up, measure one call and write what came of it as a line of JSON."""
    module, name = function.split(".")
    make = getattr(importlib.import_module(f"{__package__}.{module}"), name)
    warm_up, call = make(Path(folder), **json.loads(options))
    warm_up()
    before, busy, start = peak(), time.process_time(), time.perf_counter()
    result = call()
    taken = time.perf_counter() - start
    found = {
        "seconds": taken,
        "processors": (time.process_time() - busy) / taken,
        "megabytes": peak() - before,
        "parts": result if isinstance(result, dict) else None,
    }
    if isinstance(result, np.ndarray):
        np.save(Path(folder) / f"{label}.npy", result)
    sys.stdout.write(f"\n{json.dumps(found)}\n")


def furthest_apart(folder, *labels):
    """Largest difference between what the first contender returned and what the others did."""
    first, *others = (np.load(folder / f"{label}.npy") for label in labels)
    return max(np.abs(first - other).max() for other in others)


if __name__ == "__main__":
    main(*sys.argv[1:])
