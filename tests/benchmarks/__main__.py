"""Write RESULTS.md: every subject in turn, what was wanted, and what it was measured with."""

import sys
import tempfile
from pathlib import Path

from tests.benchmarks import classes, imports, overlap, ranks, reports
from tests.benchmarks.measuring import Contender, machine, measure, say, table

RESULTS = Path(__file__).with_name("RESULTS.md")
SUBJECTS = [  # and how many rounds
    (ranks.fixed_values, 5),
    (ranks.uncertain_values, 3),
    (classes.levels, 5),
    (ranks.growth, 5),
    (overlap.reaches, 5),
    (overlap.growth, 3),
    (reports.ways, 2),
    (reports.growth, 1),
    (imports.names, 3),
]


def both_versions(folder):
    """Versions in either environment; NumPy must be the same, or it is NumPy that is compared."""
    ours, theirs = (
        measure(Contender("versions", "measuring.versions", theirs), folder)["parts"]
        for theirs in (False, True)
    )
    if ours["numpy"] != theirs["numpy"]:
        sys.exit("numpy in tests/benchmarks/requirements.txt must be the one in constraints.txt")
    return table(
        ["", "netanalysis", "pysensmcda, pymcdm and networkx"],
        [[name, version, theirs[name]] for name, version in ours.items()],
        words=3,
    )


def main():
    """Measure everything, then write it."""
    sections = []
    with tempfile.TemporaryDirectory() as name:
        environments = both_versions(Path(name))
        for subject, rounds in SUBJECTS:
            say(subject.__doc__)
            sections.append(subject(Path(name), rounds))
    wanted = [
        [section.title, one.what, one.asked, one.found, "yes" if one.met else "**no**"]
        for section in sections
        for one in section.wanted
    ]
    text = [
        "# Benchmarks",
        "",
        "Written by `make bench`; not to be edited. Times are medians, with the lowest and the "
        "highest in brackets. Each run is a process of its own: it reads the same arrays as the "
        "others, warms up with a small call and takes the time of one call, without imports or "
        "reading. The contenders take turns in every round, and a ratio is taken within a round. "
        "Memory is the highest resident memory in the call less that before it, the largest of "
        "all rounds, result included.",
        "",
        "## Wanted and found",
        "",
        *table(["Measure", "Wanted", "Limit", "Found", "Met"], wanted, words=5),
    ]
    for section in sections:
        text += ["", f"## {section.title}", "", *section.text]
    text += ["", "## Measured with", "", f"{machine()}. BLAS: one thread on either side."]
    RESULTS.write_text("\n".join([*text, "", *environments, ""]), "utf-8")
    say(f"Written: {RESULTS.name}")


if __name__ == "__main__":
    main()
