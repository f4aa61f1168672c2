"""One set of dependencies, told twice: for pip and for conda."""

import re
import tomllib

import yaml

from tests.conftest import ROOT

ON_CONDA = {
    "frictionless": "frictionless-py",
    "matplotlib": "matplotlib-base",
    "nbconvert": "nbconvert-core",
    "seaborn": "seaborn-base",
}


def test_environment_and_pyproject_name_the_same_packages_and_ranges():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    listed = project["dependencies"] + project["optional-dependencies"]["test"]
    wanted = set()
    for entry in listed:
        name, span = re.fullmatch(r"([\w-]+)(.*)", entry).groups()
        wanted.add(ON_CONDA.get(name, name) + span)
    environment = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    given = {entry for entry in environment["dependencies"] if isinstance(entry, str)}
    from_pip = next(e["pip"] for e in environment["dependencies"] if isinstance(e, dict))
    given |= {entry for entry in from_pip if not entry.startswith("--")}
    assert given - {"pip", "python>=3.11"} == wanted
    assert f"python{project['requires-python']}" in given


def test_every_dependency_is_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    pins = (ROOT / "constraints.txt").read_text("utf-8").lower()
    extras = project["optional-dependencies"].values()
    for entry in [*project["dependencies"], *(entry for extra in extras for entry in extra)]:
        name = re.match(r"[\w-]+", entry).group().lower()
        assert f"\n{name}==" in f"\n{pins}"
    assert "://" not in pins
