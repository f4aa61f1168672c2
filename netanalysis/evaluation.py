"""At which level should a city engage in each of its networks, how firmly, and what if?

Here loading and scoring meet: a case goes in, and one object comes out that a notebook can look
at, change and pass on.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

import pandas as pd

from netanalysis.errors import DataError, Problem
from netanalysis.loaders.case.case import Case, evaluated, one_network
from netanalysis.loaders.case.contradictions import contradictions
from netanalysis.scoring import agreement, comparison, engagement, pivots, sensitivity, sorting
from netanalysis.scoring import ratings as rating
from netanalysis.scoring import readings as reading
from netanalysis.scoring import triage as light_check
from netanalysis.scoring.acceptability import ClassAcceptability
from netanalysis.scoring.costs import converted
from netanalysis.scoring.method import Method, method
from netanalysis.scoring.upcoming_dates import upcoming_dates
from netanalysis.scoring.validation import LOWEST, checked_profiles, checked_threshold
from netanalysis.scoring.weights import weight_constraints
from netanalysis.what_if import Ends, changed_case, changed_ratings

__all__ = ["Comparison", "Evaluation", "compare", "evaluate", "triage", "upcoming"]

Frame = TypeVar("Frame", pd.DataFrame, pd.Series)


def evaluate(case: Case, draws: int | None = None, seed: int = 1) -> "Evaluation":
    """Evaluate a case: at which level does the evidence put each network, and how firmly?

    Networks without any evidence, of which nothing but "open" would come out, are left out.

    Parameters
    ----------
    case : Case
    draws : int, optional
        Number of draws; the case's own where it is not given.
    seed : int
        The same seed gives the same draws.

    Returns
    -------
    Evaluation

    Raises
    ------
    DataError
        With everything that keeps the case from being scored: too few draws, weights that no
        statement allows, demands that are not nested.

    Examples
    --------
    >>> from netanalysis import load_case
    >>> outcome = evaluate(load_case("stockholm-2011"), draws=2000)
    >>> outcome.settled.loc["eurocities", ["outcome", "firm"]].to_list()
    ['lead', 'leans']
    >>> outcome.possible["uclg"]
    ('not_a_member', 'follow')
    >>> stricter = outcome.with_(threshold=(0.75, 0.75))
    >>> outcome.compare(stricter).outcomes.loc["eurocities", ["before", "after"]].to_list()
    ['lead', 'open']
    """
    number = int(case.case.loc[0, "draws"]) if draws is None else draws
    return _checked(Evaluation(case, evaluated(case), number, seed))


def compare(earlier: Case, later: Case, draws: int | None = None, seed: int = 1) -> "Comparison":
    """Compare two evaluations of one city: which outcomes changed, and what caused it?

    Parameters
    ----------
    earlier, later : Case
        The earlier one as from `netanalysis.loaders.case.earlier_case.earlier_case`.
    draws : int, optional
        Number of draws, of both; the later case's own where it is not given.
    seed : int

    Returns
    -------
    Comparison

    Raises
    ------
    DataError
        As `evaluate`.
    """
    now = evaluate(later, draws, seed)
    return evaluate(earlier, now.draws, seed).compare(now)


def triage(case: Case, years: int = 3, months: int = 12, share: float = 0.5) -> pd.DataFrame:
    """Sort the memberships of a case by whether they need a closer look.

    Parameters
    ----------
    case : Case
    years, months, share
        As for `netanalysis.scoring.triage.triage`.

    Returns
    -------
    DataFrame
        By network, as from `netanalysis.scoring.triage.triage`.

    Raises
    ------
    DataError
        If years, months or share are out of range.

    Examples
    --------
    >>> from netanalysis import load_case
    >>> triage(load_case("stockholm-2011")).loc["c40", "group"]
    'owner_missing'
    """
    return light_check.triage(
        case.networks,
        case.memberships,
        case.responsibilities,
        converted(case.costs, case.rates),
        case.participation,
        case.seats,
        case.events,
        case.case.loc[0, "as_of"],
        years,
        months,
        share,
    )


def upcoming(case: Case) -> pd.DataFrame:
    """The dates that lie ahead at the date of a case.

    Parameters
    ----------
    case : Case

    Returns
    -------
    DataFrame
        As from `netanalysis.scoring.upcoming_dates.upcoming_dates`.

    Examples
    --------
    >>> from netanalysis import load_case
    >>> upcoming(load_case("stockholm-2011"))["kind"].value_counts().sort_index().to_dict()
    {'congress': 2, 'proposal': 4, 'seat_end': 2}
    """
    return upcoming_dates(
        case.seats,
        case.participation,
        case.memberships,
        case.events,
        case.case.loc[0, "as_of"],
        case.assessments,
    )


@dataclass(frozen=True, eq=False, repr=False)
class Evaluation:
    """A case and what comes out of it; what is costly is computed when it is asked for.

    Made by `evaluate`. Frames have a row per network unless said otherwise; levels are those of
    `netanalysis.scoring.engagement.LEVELS`.

    Attributes
    ----------
    given : Case
        All of the case.
    case : Case
        The part of it that is evaluated.
    draws, seed : int
    rerated : mapping of (network, criterion) to (float, float)
        Ratings that stand in place of what the statements say.
    network : str
        The network that this is about where it is about one alone (see `of`), else "".
    """

    given: Case
    case: Case
    draws: int
    seed: int
    rerated: Mapping[tuple[str, str], tuple[float, float]] = field(default_factory=dict)
    network: str = ""
    _every: "Evaluation | None" = None

    # ---- what it rests on

    @property
    def every(self) -> "Evaluation":
        """The evaluation of all networks, of which this may be one."""
        return self._every or self

    @property
    def as_of(self) -> str:
        """The date that the evaluation holds for."""
        return str(self.given.case.loc[0, "as_of"])

    @property
    def threshold(self) -> tuple[float, float]:
        """Lowest and highest admissible threshold, shares of the weight."""
        row = self.given.case.loc[0]
        return float(row["threshold_low"]), float(row["threshold_high"])

    @cached_property
    def networks(self) -> list[str]:
        """The networks that are evaluated."""
        return [self.network] if self.network else list(self.case.networks["network"])

    @cached_property
    def method(self) -> Method:
        """What is admissible in judging: demands, vetoes, weights, threshold."""
        tables = self.given.criteria, self.given.demands, self.given.order_statements
        return method(*tables, self.threshold, self.draws, self.seed)

    @cached_property
    def all_ratings(self) -> pd.DataFrame:
        """The ratings of every network of the case, those without evidence among them."""
        given = self.given
        rated = rating.rate(given.statements, given.networks, given.criteria)
        found = rating.places(given.statements).reindex(rated.index, fill_value=0)
        rated = rated.assign(n_places=found)
        for cell, (low, high) in self.rerated.items():
            rated.loc[cell, ["low", "high", "state"]] = low, high, ""
        return rated

    @cached_property
    def ratings(self) -> pd.DataFrame:
        """By network and criterion: what the evidence supports (`ratings.rate`)."""
        return self.all_ratings.loc[self.networks]

    @property
    def coded(self) -> pd.DataFrame:
        """The statements that somebody coded; those of departments are answers as they came."""
        return self.case.statements[self.case.statements["coder"] != rating.ANSWERS]

    @cached_property
    def agreement(self) -> float | None:
        """Krippendorff's alpha of the coders, ordinal; None where it cannot be computed."""
        table = agreement.coder_midpoints(self.coded)
        try:
            return agreement.krippendorff_alpha(table, "ordinal")
        except ValueError:
            return None

    @cached_property
    def contradictions(self) -> pd.DataFrame:
        """A row per pair of statements of the sources that do not agree."""
        return contradictions(self.case)

    # ---- what comes out

    @cached_property
    def judged(self) -> ClassAcceptability:
        """Possible levels, their shares and each rating's swing, as scoring gives them."""
        if self.network:
            return self.every.judged.of(self.network)
        return self.method.judge(*rating.intervals(self.ratings))

    @cached_property
    def shares(self) -> pd.DataFrame:
        """Networks x levels, lowest first: share of the draws that gives each level."""
        return _by_level(self.judged)

    @cached_property
    def possible(self) -> dict[str, tuple[str, ...]]:
        """The levels that something admissible gives each network, lowest first; exact."""
        return _possible(self.judged)

    @cached_property
    def error(self) -> float:
        """The largest standard error of a share: what is drawn are the weights alone."""
        return float(self.every.judged.standard_error.to_numpy().max())

    @cached_property
    def settled(self) -> pd.DataFrame:
        """Outcome, and how firm it is (`engagement.settled`)."""
        return engagement.settled(self.shares, self.judged.standard_error, self.known)

    @cached_property
    def known(self) -> pd.Series:
        """By network, the share of the weight that rests on ratings (`Method.known`)."""
        return pd.Series(self.method.known(*rating.intervals(self.ratings)), self.networks)

    @cached_property
    def checks(self) -> pd.DataFrame:
        """A row per network, level and criterion: is the demand met, does the veto apply?"""
        how = self.method
        return engagement.checks(self.ratings, how.demands, how.vetoes, how.objectives)

    @cached_property
    def today(self) -> pd.Series:
        """The level at which the city stands in each network, or those that it may be."""
        case = self.every.case
        tables = case.networks, case.memberships, case.seats, case.participation
        return self._own(engagement.current_levels(*tables, self.as_of))

    @cached_property
    def actions(self) -> pd.DataFrame:
        """What leads from today's level to the outcome (`engagement.actions`)."""
        if self.network:
            return self._own(self.every.actions)
        outcome, routes = self.settled["outcome"], self.case.memberships
        return engagement.actions(self.today, outcome, self.possible, routes, self.as_of)

    @cached_property
    def directions(self) -> pd.DataFrame:
        """Whether less, the same or more than today comes out (`engagement.directions`)."""
        error = self.judged.standard_error
        return engagement.directions(self.shares, error, self.today, self.known)

    # ---- how firm it is

    @cached_property
    def changes(self) -> pd.DataFrame:
        """The fewest ratings that would overturn each outcome (`pivots.least_changes`)."""
        return pivots.least_changes(self.ratings, self.method)

    @cached_property
    def pivots(self) -> pd.DataFrame:
        """The answers that would settle most, most decisive first (`pivots.ask_first`)."""
        return pivots.ask_first(self.ratings, self.judged, self.case.participation)

    @cached_property
    def weight_shifts(self) -> pd.DataFrame:
        """The least shift of weight that turns each outcome (`sensitivity.weight_shifts`)."""
        return sensitivity.weight_shifts(self.ratings, self.method)

    @cached_property
    def thresholds(self) -> pd.DataFrame:
        """A row per network and run of thresholds with one outcome (`sensitivity.thresholds`)."""
        return sensitivity.thresholds(self.ratings, self.method)

    @cached_property
    def left_out(self) -> pd.DataFrame:
        """A row per network and statement or criterion that is left out."""
        tables = self.case.statements, self.case.networks, self.case.criteria
        return sensitivity.left_out(*tables, self.method)

    @cached_property
    def readings(self) -> pd.DataFrame:
        """A row per network and other reading of the same evidence (`readings.readings`)."""
        tables = self.case.statements, self.case.networks, self.case.criteria
        return reading.readings(*tables, self.method)

    @cached_property
    def variation(self) -> pd.DataFrame:
        """How much ratings, threshold and weights each matter (`sensitivity.variation`)."""
        return sensitivity.variation(self.ratings, self.method)

    @cached_property
    def vetoes_alone(self) -> pd.DataFrame:
        """As `shares`, with nothing known but the ratings by which a veto applies."""
        shares = sensitivity.vetoes_alone(self.ratings, self.checks, self.method)
        return shares.rename(columns={LOWEST: engagement.LEVELS[0]})

    @cached_property
    def without_bounds(self) -> pd.DataFrame:
        """Outcomes with the bounds on weights lifted: possible, and as in `settled`."""
        how = self.method.without_bounds()
        judged = how.judge(*rating.intervals(self.ratings))
        known = how.known(*rating.intervals(self.ratings))
        settled = engagement.settled(_by_level(judged), judged.standard_error, known)
        return settled.assign(possible=pd.Series(_possible(judged)))

    @cached_property
    def ranks(self) -> pd.DataFrame:
        """Networks x ranks: how often each takes each when ratings are added up (SMAA-2)."""
        return self.method.ranks(*rating.intervals(self.ratings))

    @cached_property
    def equal_weights(self) -> pd.Series:
        """By criterion, the same share of the weight."""
        return sorting.equal_weights(self.case.criteria)

    @cached_property
    def at_equal_weights(self) -> pd.DataFrame:
        """The lowest and the highest level that the evidence allows at equal weights."""
        how = self.method
        profiles = how.demands, how.vetoes, self.equal_weights
        return engagement.outcomes(self.ratings, *profiles, self.threshold, how.objectives)

    # ---- what if

    def of(self, network: str) -> "Evaluation":
        """The same of one network alone, evaluated even where there is no evidence on it.

        Parameters
        ----------
        network : str
            Its short name.

        Returns
        -------
        Evaluation

        Raises
        ------
        DataError
            If the case has no such network; those that it has are named.
        """
        every = self.every
        if network not in every.networks:
            every = replace(every, case=evaluated(self.given, *every.networks, network))
        return replace(every, case=one_network(every.case, network), network=network, _every=every)

    def with_(
        self,
        *,
        weights: Mapping[str, Ends] | None = None,
        threshold: Ends | None = None,
        demands: Mapping[tuple[str, str], float] | None = None,
        statements: pd.DataFrame | None = None,
        ratings: Mapping[tuple[str, str], Ends] | None = None,
    ) -> "Evaluation":
        """What if? Another evaluation, of which nothing but this is changed.

        Parameters
        ----------
        weights : mapping of criterion to float or (float, float), optional
            The weight, or the lowest and the highest; others keep theirs.
        threshold : float or (float, float), optional
            Share of the weight, or the lowest and the highest.
        demands : mapping of (level, criterion) to float, optional
            Others keep theirs.
        statements : DataFrame, optional
            In place of the case's table of statements; those networks stay evaluated that were.
        ratings : mapping of (network, criterion) to float or (float, float), optional
            In place of what the statements say.

        Returns
        -------
        Evaluation

        Raises
        ------
        DataError
            With everything that is wrong: unknown networks, criteria or levels, numbers that no
            weight, threshold, demand or rating can be.

        Examples
        --------
        >>> from netanalysis import load_case
        >>> outcome = evaluate(load_case("stockholm-2011"), draws=500)
        >>> better = outcome.with_(ratings={("metropolis", "strategic_fit"): (2, 3)})
        >>> better.ratings.loc[("metropolis", "strategic_fit"), ["low", "high"]].to_list()
        [2.0, 3.0]
        >>> outcome.with_(weights={"fame": 0.2})
        Traceback (most recent call last):
        ...
        netanalysis.errors.DataError: unknown names in weights: fame.
        ...
        """
        if self.network:
            every = self.every.with_(
                weights=weights,
                threshold=threshold,
                demands=demands,
                statements=statements,
                ratings=ratings,
            )
            return every.of(self.network)
        given, rerated = _together(
            lambda: changed_case(self.given, weights, threshold, demands, statements),
            lambda: changed_ratings(self.given, ratings),
        )
        beside = [network for network, _ in rerated]
        case = evaluated(given, *self.networks, *beside)
        return _checked(replace(self, given=given, case=case, rerated={**self.rerated, **rerated}))

    def compare(self, other: "Evaluation") -> "Comparison":
        """What has turned in another evaluation, side by side, and why.

        Parameters
        ----------
        other : Evaluation
            A later one, or a what-if. Its number of draws and seed serve both.

        Returns
        -------
        Comparison
        """
        return Comparison(self, other)

    def __repr__(self) -> str:
        return str(self._table.to_string())

    def _repr_html_(self) -> str:
        return str(self._table.to_html())

    @cached_property
    def _table(self) -> pd.DataFrame:
        shown = self.settled[["outcome", "firm", "share"]].round({"share": 2})
        possible = pd.Series({name: ", ".join(self.possible[name]) for name in self.networks})
        actions = self.actions[["today", "action"]]
        actions = actions.assign(today=actions["today"].map(" or ".join))
        table = actions[["today"]].join([shown, possible.rename("possible"), actions[["action"]]])
        return table.rename_axis("network")

    def _own(self, frame: Frame) -> Frame:
        return frame.loc[self.networks]


@dataclass(frozen=True, eq=False, repr=False)
class Comparison:
    """Two evaluations side by side: which outcomes are others, and what caused it.

    Attributes
    ----------
    earlier, later : Evaluation
        The second may be a what-if of the first.
    """

    earlier: Evaluation
    later: Evaluation

    @cached_property
    def ratings(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The ratings of both, those of networks without evidence among them."""
        both = self.earlier, self.later
        if any(one.network for one in both):
            return self.earlier.ratings, self.later.ratings
        return self.earlier.all_ratings, self.later.all_ratings

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """By network that both have: `netanalysis.scoring.comparison.compare`."""
        earlier, later = self.ratings
        return comparison.compare(earlier, self.earlier.method, later, self.later.method)

    @property
    def turned(self) -> pd.DataFrame:
        """Those rows of `outcomes` in which the outcome is another one."""
        return self.outcomes[self.outcomes["changed"]]

    @cached_property
    def networks(self) -> pd.DataFrame:
        """By network of either: `netanalysis.scoring.comparison.side_by_side`."""
        return comparison.side_by_side(_standing(self.earlier), _standing(self.later))

    def __repr__(self) -> str:
        return str(self._table.to_string())

    def _repr_html_(self) -> str:
        return str(self._table.to_html())

    @cached_property
    def _table(self) -> pd.DataFrame:
        before, after = (
            one.settled[["outcome", "firm", "share"]].round({"share": 2})
            for one in (self.earlier, self.later)
        )
        table = before.add_suffix("_before").join(after.add_suffix("_after"), how="inner")
        return table.assign(turned=table["outcome_before"] != table["outcome_after"])


def _checked(outcome: Evaluation) -> Evaluation:
    """The evaluation, where all that it rests on can be scored."""
    how = outcome.method
    _together(
        lambda: outcome.ratings,
        lambda: checked_threshold(how.threshold),
        lambda: checked_profiles(how.demands, how.vetoes, how.objectives),
        lambda: weight_constraints(list(how.demands.columns), how.at_least, how.bounds),
    )
    return outcome


def _standing(one: Evaluation) -> pd.DataFrame:
    """What an evaluation gives each network of its case, those without evidence among them."""
    case = one.given
    tables = case.networks, case.memberships, case.seats, case.participation
    today = engagement.current_levels(*tables, one.as_of)
    possible = pd.Series([one.possible.get(name, ()) for name in today.index], today.index)
    error = one.judged.standard_error.max(axis=1).rename("error")
    found = today.to_frame().join([possible.rename("possible"), one.settled, error])
    return found.fillna({"outcome": engagement.OPEN, "firm": rating.NO_EVIDENCE})


def _together(*checks: Callable[[], Any]) -> list[Any]:
    """What each gives; what any of them refuses is refused all at once."""
    found: list[Any] = []
    problems: list[Problem] = []
    for check in checks:
        try:
            found.append(check())
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    return found


def _by_level(judged: ClassAcceptability) -> pd.DataFrame:
    return judged.share.rename(columns={LOWEST: engagement.LEVELS[0]})


def _possible(judged: ClassAcceptability) -> dict[str, tuple[str, ...]]:
    named = {LOWEST: engagement.LEVELS[0]}
    return {
        network: tuple(named.get(level, level) for level in levels)
        for network, levels in judged.possible.items()
    }
