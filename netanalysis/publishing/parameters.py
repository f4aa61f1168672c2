"""What does a notebook ask for, and is what it is given right?"""

import ast
import contextlib
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from netanalysis.errors import DataError, Problem
from netanalysis.loaders.case.folders import case_names, find_case
from netanalysis.publishing.notebooks import Parameter, parameters_of
from netanalysis.publishing.page_names import slug
from netanalysis.publishing.parameter_types import TYPES, Value, value_of

if TYPE_CHECKING:
    import pandas as pd

    from netanalysis.loaders.case.case import Case
    from netanalysis.loaders.members.gazetteer import Gazetteer

__all__ = ["Asked", "value_for"]

Read = TypeVar("Read")
# a parameter that has another name now, and what its values mean
OLDER = {"audience": ("status", {"working": "working", "public": "case"})}
_RANGE = re.compile(r"from (-?\d+) to (-?\d+)")


class Asked:
    """What one notebook asks for, and whether values for it are right.

    Cases, member lists and places are read when a value first needs them, and kept.

    Parameters
    ----------
    notebook : Path

    Attributes
    ----------
    parameters : dict of name to Parameter
    renamed : dict of str to str
        Parameters that were given by an older name, with the newer one and its value.

    Raises
    ------
    DataError
        If the file is not a notebook.
    """

    def __init__(self, notebook: Path) -> None:
        self.notebook = notebook
        self.parameters = parameters_of(notebook)
        self.renamed: dict[str, str] = {}
        self._cases: dict[str, Case] = {}
        self._lists: dict[str, pd.DataFrame] = {}

    def checked(self, given: Mapping[str, str], but: str = "") -> dict[str, Value]:
        """The given values with their declared types.

        Parameters
        ----------
        given : mapping of name to text
            The notebook's own values hold for the rest.
        but : str, optional
            A parameter that has no value yet.

        Returns
        -------
        dict

        Raises
        ------
        DataError
            As `typed`, or with every parameter that names a case, a network, a city or a member
            list that is not there.
        """
        values = self.typed(given)
        whole = {**self.defaults, **values}
        problems = self._astray({one: whole[one] for one in whole if one != but})
        if problems:
            raise DataError(problems)
        return values

    def typed(self, given: Mapping[str, str]) -> dict[str, Value]:
        """The given values with their declared types; what they name may not be there.

        Parameters
        ----------
        given : mapping of name to text

        Returns
        -------
        dict

        Raises
        ------
        DataError
            With every parameter that the notebook does not have, or that is not of its type or
            among its allowed values. The parameters are listed with type, default and help.
        """
        listed = tuple(map(str, self.parameters.values()))
        values: dict[str, Value] = {}
        problems = []
        for name, text in self.as_today(given).items():
            if name not in self.parameters:
                details = {"name": name, "known": listed}
                problems.append(Problem("parameter_unknown", values=details))
                continue
            details = {"name": name, "value": text, "known": listed}
            try:
                values[name] = value_for(text, self.parameters[name])
            except ValueError as error:
                problems.append(Problem("parameter_type", values={**details, "type": str(error)}))
            except TypeError as error:
                told = {"name": name, "type": str(error), "types": TYPES}
                problems.append(Problem("parameter_untyped", values=told))
        if problems:
            raise DataError(problems)
        return values

    def as_today(self, given: Mapping[str, str]) -> dict[str, str]:
        """The given values, those of an older name by the newer one, where the notebook has it."""
        found = dict(given)
        for name, (newer, values) in OLDER.items():
            if name in given and self.is_older(name) and newer not in given:
                value = found.pop(name)
                found[newer] = values.get(value, value)
                self.renamed[name] = f"{newer} {found[newer]}"
        return found

    def is_older(self, name: str) -> bool:
        """Whether a parameter of the notebook once had this name."""
        return name in OLDER and name not in self.parameters and OLDER[name][0] in self.parameters

    def languages(self, *cases: str) -> tuple[str, ...]:
        """The languages that the cases of these names are all written in.

        Raises
        ------
        DataError
            As `netanalysis.loaders.case.case.load_case`.
        """
        _each(find_case, cases)
        found = [case.languages for case in _each(self._case, cases)]
        return tuple(one for one in found[0] if all(one in other for other in found))

    def every(self, name: str, given: Mapping[str, str]) -> dict[str, str]:
        """All values of a parameter, where they are known, each with a short name.

        Parameters
        ----------
        name : str
            "case", "other", "network", "request" or "city", or a parameter whose help says
            "one of".
        given : mapping of name to text
            What else is set, such as the case whose networks are asked for.

        Returns
        -------
        dict of value to short name

        Raises
        ------
        DataError
            If the notebook has no such parameter or its values are not known, or as `checked`.
        """
        self.checked({one: text for one, text in given.items() if one != name}, but=name)
        settled = {**self.defaults, **given}
        if name in self.parameters:
            if choices := self.parameters[name].choices:
                return {one: one for one in choices}
            if name in ("case", "other"):
                return {one: one for one in case_names()}
            if name == "network" and "case" in self.parameters:
                found = self._case(str(settled["case"])).networks["network"]
                return {one: one for one in found}
            if name == "request" and "case" in self.parameters:
                return {one: one for one in self._case(str(settled["case"])).requests["request"]}
            if name == "city":
                members = self._members(str(settled.get("snapshot", "")))["geoname_id"].dropna()
                names = self._places.places["ascii_name"]
                ids = sorted(map(int, members.unique()), key=lambda one: (names[one], one))
                return {str(one): slug([names[one], one]) for one in ids}
        listed = ("case", "other", "network", "request", "city")
        known: list[str] = [one for one in listed if one in self.parameters]
        known += [one.name for one in self.parameters.values() if one.choices]
        values = {"name": name, "known": ", ".join(known) or "-"}
        raise DataError([Problem("values_unknown", values=values)])

    def _astray(self, values: Mapping[str, Value]) -> list[Problem]:
        """What values name that is not there."""
        problems: list[Problem] = []
        try:
            if "case" in values:
                case = self._case(str(values["case"]))
                cases = [case]
                if "other" in values:
                    from netanalysis.loaders.case.earlier_case import not_comparable

                    cases.append(self._case(str(values["other"])))
                    problems += not_comparable(*cases)
                language = str(values.get("language", case.languages[0]))
                for one in cases:
                    if language not in one.languages:
                        told = {"case": one.name, "language": language}
                        told["known"] = ", ".join(one.languages)
                        problems.append(Problem("case_language", values=told))
                if "network" in values:
                    from netanalysis.loaders.case.case import one_network

                    one_network(case, str(values["network"]))
                if request := values.get("request"):
                    from netanalysis.loaders.case.case import one_request

                    one_request(case, str(request))
            elif {"network", "before", "after"} <= set(values):
                from netanalysis.loaders.members.lists import two_snapshots

                two_snapshots(*(str(values[name]) for name in ("network", "before", "after")))
            elif "city" in values:
                self.home(str(values["city"]), str(values.get("snapshot", "")))
        except DataError as error:
            problems += error.problems
        return problems

    def home(self, city: str, snapshot: str) -> tuple[int, str]:
        """The GeoNames id of the city that is meant, and its name in plain letters.

        Parameters
        ----------
        city : str
            A name in any language, or an id.
        snapshot : str
            A network and a date, of a list other than the latest; "" for none.

        Raises
        ------
        DataError
            If no list has the city, or more than one city is meant.
        """
        members = self._members(snapshot)
        from netanalysis.loaders.members.matching import find_city

        home = find_city(city, members["geoname_id"].dropna(), self._places)
        return home, str(self._places.places.loc[home, "ascii_name"])

    @cached_property
    def defaults(self) -> dict[str, Value]:
        """The notebook's own values."""
        found = {}
        for name, one in self.parameters.items():
            with contextlib.suppress(ValueError, SyntaxError):  # not every value is a literal
                found[name] = ast.literal_eval(one.default)
        return found

    @property
    def invented(self) -> set[str]:
        """Names of the cases that were asked for and are invented."""
        return {name for name, case in self._cases.items() if case.case["synthetic"].notna().any()}

    @cached_property
    def _places(self) -> "Gazetteer":
        from netanalysis.loaders.members.gazetteer import load_places

        return load_places()

    def _case(self, name: str) -> "Case":
        if name not in self._cases:
            find_case(name)
            from netanalysis.loaders.case.case import load_case

            self._cases[name] = load_case(name)
        return self._cases[name]

    def _members(self, snapshot: str) -> "pd.DataFrame":
        if snapshot not in self._lists:
            chosen = dict([snapshot.split()]) if len(snapshot.split()) == 2 else {}
            if snapshot and not chosen:
                raise DataError([Problem("snapshot_form", values={"value": snapshot})])
            from netanalysis.loaders.members.lists import load_memberships

            self._lists[snapshot] = load_memberships(snapshots=chosen, places=self._places)
        return self._lists[snapshot]


def _each(read: Callable[[str], Read], names: Sequence[str]) -> list[Read]:
    """What is read by each name; where anything is wrong with any, all of it is told."""
    found: list[Read] = []
    problems: list[Problem] = []
    for name in names:
        try:
            found.append(read(name))
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    return found


def value_for(text: str, parameter: Parameter) -> Value:
    """The value that a text means; a `ValueError` says what was wanted, as in `value_of`."""
    if parameter.choices and text not in parameter.choices:
        raise ValueError(", ".join(parameter.choices))
    value = value_of(text, parameter.type, parameter.default)
    limits = _RANGE.search(parameter.help)
    if limits and isinstance(value, int | float):
        lowest, highest = map(int, limits.groups())
        if not lowest <= value <= highest:
            raise ValueError(f"{type(value).__name__} {lowest}–{highest}")
    return value
