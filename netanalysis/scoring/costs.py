"""What do the networks cost a year, so far as it is known?

A cost is an interval, since two sources may say different things about one matter: the same
kind of cost of one network, in one year, paid by one department. Amounts in different currencies
are never added, and a cost that is not known is not 0.
"""

import pandas as pd

__all__ = ["largest", "payers", "totals", "working_days", "yearly_costs"]

_MATTER = ["network", "year", "kind", "paid_by"]


def yearly_costs(costs: pd.DataFrame, since: int | None = None) -> pd.DataFrame:
    """The cost of each network in the latest year of which an amount is known.

    Parameters
    ----------
    costs : DataFrame
        Table of a case.
    since : int, optional
        First year that counts: what was paid earlier says little of today.

    Returns
    -------
    DataFrame
        A row per network and currency, in the order of the table: network, currency, year, low,
        high (lowest and highest sum that the sources give), unpriced (costs named for that year
        without amount or days). A network of which no amount is known has no row.
    """
    rows = _latest(costs, "amount", since)
    bare = rows[rows["amount"].isna() & rows["days"].isna()].groupby("network").size()
    sums = _sums(rows, "amount", ["network", "currency", "year"])
    unpriced = sums["network"].map(bare).fillna(0).astype("int64")
    return sums.assign(unpriced=unpriced)


def working_days(costs: pd.DataFrame, since: int | None = None) -> pd.DataFrame:
    """The working days that each network takes, in the latest year of which they are known.

    Parameters
    ----------
    costs, since
        As for `yearly_costs`.

    Returns
    -------
    DataFrame
        A row per network: network, year, low, high.
    """
    return _sums(_latest(costs, "days", since), "days", ["network", "year"])


def payers(costs: pd.DataFrame, since: int | None = None) -> pd.DataFrame:
    """What each department pays for all networks together, each network's latest known year.

    Parameters
    ----------
    costs, since
        As for `yearly_costs`.

    Returns
    -------
    DataFrame
        A row per department and currency: department ("" where it is not known who pays),
        currency, low, high, networks (how many it pays for).
    """
    rows = _latest(costs, "amount", since)
    by_network = _sums(rows, "amount", ["paid_by", "currency", "network"])
    grouped = by_network.groupby(["paid_by", "currency"], sort=False)
    found = grouped.agg(
        low=("low", "sum"), high=("high", "sum"), networks=("network", "nunique")
    ).reset_index()
    return found.rename(columns={"paid_by": "department"})


def totals(yearly: pd.DataFrame) -> pd.DataFrame:
    """The sum of the known costs in each currency; it says nothing of what is not known.

    Parameters
    ----------
    yearly : DataFrame
        From `yearly_costs`.

    Returns
    -------
    DataFrame
        By currency, the one of most networks first: low, high, networks (of how many it is the
        sum), in_part (of how many a named cost has no amount).
    """
    found = (
        yearly.assign(in_part=yearly["unpriced"] > 0)
        .groupby("currency")
        .agg(
            low=("low", "sum"),
            high=("high", "sum"),
            networks=("network", "nunique"),
            in_part=("in_part", "sum"),
        )
    )
    return found.sort_values("networks", ascending=False, kind="stable")


def largest(yearly: pd.DataFrame, share: float) -> pd.Series:
    """Which costs are among the largest that together make up a share of the known cost.

    Costs are compared within a currency, by the most that they can be. Networks that cost the
    same are all among the largest, or none of them is.

    Parameters
    ----------
    yearly : DataFrame
        From `yearly_costs`.
    share : float
        From 0 (none) to 1 (all that cost anything).

    Returns
    -------
    Series of bool
        For each row.
    """
    found = pd.Series(False, index=yearly.index)
    for _, high in yearly.groupby("currency")["high"]:
        falling = high.sort_values(ascending=False)
        before = falling.cumsum() - falling
        chosen = falling[(before < share * falling.sum()) & (falling > 0)]
        if len(chosen):
            found[high.index] = high >= chosen.min()
    return found


def _latest(costs: pd.DataFrame, measure: str, since: int | None) -> pd.DataFrame:
    """All rows of the latest year of each network in which the measure is known."""
    known = costs[costs[measure].notna()]
    if since is not None:
        known = known[known["year"] >= since]
    year = costs["network"].map(known.groupby("network")["year"].max())
    return costs[(costs["year"] == year).fillna(False).astype(bool)]


def _sums(rows: pd.DataFrame, measure: str, by: list[str]) -> pd.DataFrame:
    """Lowest and highest sum: what several rows say of one matter counts once."""
    known = rows[rows[measure].notna()]
    known = known.assign(**{name: known[name].fillna("") for name in ("paid_by", "currency")})
    matter = [*_MATTER, "currency"] if measure == "amount" else _MATTER
    matters = known.groupby(matter, sort=False)[measure].agg(low="min", high="max").reset_index()
    return matters.groupby(by, sort=False)[["low", "high"]].sum().reset_index()
