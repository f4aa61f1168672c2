"""What would come out under another defensible reading of the same evidence?

Every reading takes the same statements and judges them over the same weights and thresholds; what
differs is whose statements count, how they become ratings, or what is assumed of the open ones.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netanalysis.scoring.chances import Chances, chances
from netanalysis.scoring.coalitions import by_level
from netanalysis.scoring.engagement import settled
from netanalysis.scoring.method import Method
from netanalysis.scoring.ratings import ANSWERS, intervals, rate, rate_by_coder
from netanalysis.scoring.sensitivity import without_each

__all__ = ["KINDS", "readings"]

Floats = NDArray[np.float64]
KINDS = ("coder", "strict", "mixture", "told", "paragraph", "dependent", "vetoes")
PLACE = ["source_id", "locator"]


def readings(
    statements: pd.DataFrame, networks: pd.DataFrame, criteria: pd.DataFrame, method: Method
) -> pd.DataFrame:
    """Each outcome under every defensible reading of the same evidence.

    Parameters
    ----------
    statements, networks, criteria : DataFrame
        Tables of a case.
    method : Method

    Returns
    -------
    DataFrame
        A row per network and reading that is another one for it:

        - network
        - kind: "coder" (the statements of one coder alone, where there are more), "strict" (a
          coder without a rating leaves it open), "mixture" (every coder's interval with the same
          chance, in place of the hull), "told" (without what the proposer alone tells of),
          "paragraph" (without what stands in one place of a source, on whatever network),
          "dependent" (open ratings all go the same way, in place of each on its own), "vetoes"
          (without vetoes)
        - coder; source_id, locator: which one, missing for other kinds
        - outcome, firm, frequent, share, close: as `netanalysis.scoring.engagement.settled`
        - before: the outcome as it is computed
    """
    rated = rate(statements, networks, criteria)
    whole = intervals(rated)
    before = method.settled(*method.judgeable(*whole))["outcome"]
    said = statements[statements["network"].isin(whole[0].index)]
    found = [
        *_coders(said, whole, method),
        *_joined(said, rated, method),
        *_independent(said, whole, method),
        *_places(said, whole, method),
        *_dependent(whole, method),
        *_without_vetoes(whole, method),
    ]
    columns = ["network", "kind", "coder", *PLACE, "outcome", "firm", "frequent", "share", "close"]
    table = pd.concat([pd.DataFrame(columns=columns), *found], ignore_index=True)[columns]
    order = {name: number for number, name in enumerate(whole[0].index)}
    table = table.sort_values("network", key=lambda of: of.map(order), kind="stable")
    text = dict.fromkeys(["coder", *PLACE], "str")
    return table.assign(before=table["network"].map(before)).astype(text).reset_index(drop=True)


def _coders(
    said: pd.DataFrame, whole: tuple[pd.DataFrame, ...], method: Method
) -> Iterator[pd.DataFrame]:
    """The statements of each coder alone, on networks of which others have written too."""
    several = _with_several(said)
    for coder in said["coder"].unique():
        own = said[said["coder"] == coder]
        about = [name for name in several if name in set(own["network"])]
        if about:
            ends = intervals(rate(own[own["network"].isin(about)], about, whole[0].columns))
            yield _told(method.settled(*method.judgeable(*ends)), "coder").assign(coder=coder)


def _joined(said: pd.DataFrame, rated: pd.DataFrame, method: Method) -> Iterator[pd.DataFrame]:
    """The coders' ratings put together in other ways than as their hull.

    Answers of those who were asked are no coder's reading of a source, and stay as they are.
    """
    several = _with_several(said[said["coder"] != ANSWERS])
    if not several:
        return
    cells = rated.loc[several]
    said = said[said["network"].isin(several)]
    each = rate_by_coder(said).reset_index()
    coders = said.loc[said["coder"] != ANSWERS].groupby("network")["coder"].nunique()
    by = each[each["coder"] != ANSWERS].groupby(["network", "criterion"])["coder"].nunique()
    missing = by.reindex(cells.index).lt(coders.reindex(cells.index, level="network"))
    ends = min(method.scale), max(method.scale)
    open_ = missing & (cells["state"] == "")
    strict = cells.assign(
        low=cells["low"].mask(open_, ends[0]), high=cells["high"].mask(open_, ends[1])
    )
    yield _told(method.settled(*method.judgeable(*intervals(strict))), "strict")

    low, high, applies = method.judgeable(*intervals(cells))
    parts = []
    for _, own in each.groupby("coder"):
        frames = []
        for end, name in ((low, "low"), (high, "high")):
            mine = own.pivot(index="network", columns="criterion", values=name)
            frames.append(mine.reindex_like(end))
        parts.append((frames[0].notna().to_numpy(), chances(method.given(
            frames[0].fillna(low), frames[1].fillna(high), applies))))  # fmt: skip
    hull = chances(method.given(low, high, applies))
    rates = np.sum([own for own, _ in parts], axis=0)[:, None]
    met, barred = (
        np.where(
            rates > 0,
            sum(own[:, None] * getattr(one, name) for own, one in parts) / np.maximum(rates, 1),
            getattr(hull, name),
        )
        for name in ("met", "barred")
    )
    mixed = replace(hull, met=met, barred=barred)
    yield _told(_settled(mixed, method, method.known(low, high, applies)), "mixture")


def _independent(
    said: pd.DataFrame, whole: tuple[pd.DataFrame, ...], method: Method
) -> Iterator[pd.DataFrame]:
    """Without what the sources tell of only where something is proposed."""
    if "told_by" not in said:
        return
    alone = said["told_by"].notna()
    about = list(dict.fromkeys(said.loc[alone, "network"]))
    if about:
        rest = said[~alone & said["network"].isin(about)]
        ends = intervals(rate(rest, about, whole[0].columns))
        yield _told(method.settled(*method.judgeable(*ends)), "told")


def _places(
    said: pd.DataFrame, whole: tuple[pd.DataFrame, ...], method: Method
) -> Iterator[pd.DataFrame]:
    """Without what stands in each place of a source, in all ratings at once."""
    place = pd.MultiIndex.from_frame(said[PLACE].astype(object).where(said[PLACE].notna(), ""))
    if not len(said):
        return
    numbers, names = pd.factorize(place)
    variants, ends = without_each(said, pd.Series(numbers, said.index), whole)
    told = method.settled(*method.judgeable(*ends)).assign(network=variants["network"])
    at = names.to_frame(index=False).iloc[variants["left_out"]].set_axis(PLACE, axis=1)
    yield told.assign(kind="paragraph", **{name: at[name].to_numpy() for name in PLACE})


def _dependent(whole: tuple[pd.DataFrame, ...], method: Method) -> Iterator[pd.DataFrame]:
    """Open ratings that all go the same way, from their worst to their best value at once."""
    given = method.given(*method.judgeable(*whole))
    scale = np.sort(np.asarray(method.scale, dtype=float)[:, None] * given.sign, axis=0)
    rows, shares = [], []
    for row in range(len(given.names)):
        inside = (scale >= given.worst[row]) & (scale <= given.best[row]) & given.applies[row]
        number = inside.sum(axis=0)
        if (number > 1).sum() < 2:
            continue
        steps = np.unique([part / many for many in np.unique(number[number > 0])
                           for part in range(many + 1)])  # fmt: skip
        middle = (steps[:-1] + steps[1:]) / 2
        first = inside.argmax(axis=0)
        at = first + np.floor(middle[:, None] * np.maximum(number, 1)).astype(int)
        rows.append((row, np.take_along_axis(scale, at, axis=0) * given.sign))
        shares.append(np.diff(steps))
    if not rows:
        return
    values = pd.DataFrame(np.concatenate([exact for _, exact in rows]), columns=whole[0].columns)
    owner = np.repeat([row for row, _ in rows], [len(exact) for _, exact in rows])
    applies = pd.DataFrame(given.applies[owner], columns=whole[0].columns)
    exact = chances(method.given(values, values, applies))
    batches = by_level(method.coalitions.reached(exact)) * np.concatenate(shares)[:, None, None]
    found = np.zeros((len(whole[0]), *batches.shape[1:]))
    np.add.at(found, owner, batches)
    known = method.known(*method.judgeable(*whole))
    own = [row for row, _ in rows]
    yield _told(_of_batches(found[own], given.names[own], method, known[own]), "dependent")


def _without_vetoes(whole: tuple[pd.DataFrame, ...], method: Method) -> Iterator[pd.DataFrame]:
    """Without vetoes, for networks of which one may bar a level."""
    ends = method.judgeable(*whole)
    barred = chances(method.given(*ends)).barred.any(axis=(1, 2))
    if not barred.any():
        return
    low, high, applies = (end[barred] for end in ends)
    free = replace(method, vetoes=method.vetoes * np.nan)
    given = chances(free.given(low, high, applies))
    yield _told(_settled(given, method, method.known(low, high, applies)), "vetoes")


def _settled(given: Chances, method: Method, known: Floats) -> pd.DataFrame:
    return _of_batches(by_level(method.coalitions.reached(given)), given.names, method, known)


def _of_batches(batches: Floats, names: pd.Index, method: Method, known: Floats) -> pd.DataFrame:
    held = method.coalitions
    share = pd.DataFrame(held.mean(batches), names, method.levels)
    return settled(share, pd.DataFrame(held.error(batches), names, method.levels), known)


def _told(found: pd.DataFrame, kind: str) -> pd.DataFrame:
    return found.assign(kind=kind).rename_axis("network").reset_index()


def _with_several(said: pd.DataFrame) -> list[str]:
    """The networks of which more than one coder has written."""
    coders = said.groupby("network", sort=False)["coder"].nunique()
    return list(coders.index[coders > 1])
