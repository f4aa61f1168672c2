"""What do the networks cost a year, so far as it is known?

A cost is an interval, since two sources may say different things about one matter: the same
kind of cost of one network, in one year, paid by one department. Amounts in different currencies
are never added unless a rate is stated, nor are those of different years, and a cost that is not
known is not 0.
"""

import pandas as pd

__all__ = ["converted", "largest", "payers", "totals", "working_days", "yearly_costs"]

_MATTER = ["network", "year", "kind", "paid_by"]


def converted(costs: pd.DataFrame, rates: pd.DataFrame) -> pd.DataFrame:
    """The costs in one currency, as far as a rate is stated.

    Parameters
    ----------
    costs, rates : DataFrame
        Tables of a case; all rates lead into one currency.

    Returns
    -------
    DataFrame
        The costs; amounts in a currency that has a rate are in the other one, rounded to whole
        units, since a rate is of one day and the cost of a year.

    Examples
    --------
    >>> costs = pd.DataFrame({"amount": [100.0, 20.0], "currency": ["EUR", "SEK"]})
    >>> rates = pd.DataFrame({"currency": ["EUR"], "into": ["SEK"], "rate": [11.484]})
    >>> converted(costs, rates).to_numpy().tolist()
    [[1148.0, 'SEK'], [20.0, 'SEK']]
    """
    by = rates.set_index("currency")
    known = costs["currency"].isin(by.index)
    rate = costs["currency"].map(by["rate"])
    return costs.assign(
        amount=costs["amount"].mask(known, (costs["amount"] * rate).round()),
        currency=costs["currency"].mask(known, costs["currency"].map(by["into"])),
    )


def yearly_costs(
    costs: pd.DataFrame, since: int | None = None, until: int | None = None
) -> pd.DataFrame:
    """The costs of each network, each kind in the latest year of which an amount is known.

    Parameters
    ----------
    costs : DataFrame
        Table of a case.
    since : int, optional
        First year that counts: what was paid earlier says little of today.
    until : int, optional
        Last year that counts: what is planned for later is no cost of today.

    Returns
    -------
    DataFrame
        A row per network, currency and year, in the order of the table: network, currency, year,
        low, high (lowest and highest sum that the sources give), unpriced (kinds of cost that are
        named for the network without any amount or days). A network of which no amount is known
        has no row.

    Examples
    --------
    >>> costs = pd.DataFrame({"network": "c40", "year": [2025, 2026, 2027], "currency": "SEK",
    ...                       "kind": ["fee", "travel", "fee"], "amount": [100.0, 20.0, 110.0],
    ...                       "days": None, "paid_by": None})
    >>> yearly_costs(costs, until=2026)[["year", "low"]].to_numpy().tolist()
    [[2025.0, 100.0], [2026.0, 20.0]]
    """
    counted = _counted(costs, since, until)
    known = counted[counted["amount"].notna() | counted["days"].notna()]
    named, told = (
        rows.groupby("network")["kind"].agg(lambda kinds: set(kinds)) for rows in (counted, known)
    )
    sums = _sums(_latest(counted, "amount"), "amount", ["network", "currency", "year"])
    unpriced = [len(named[network] - told[network]) for network in sums["network"]]
    return sums.assign(unpriced=pd.Series(unpriced, index=sums.index, dtype="int64"))


def working_days(
    costs: pd.DataFrame, since: int | None = None, until: int | None = None
) -> pd.DataFrame:
    """The working days that each network takes, in the latest year of which they are known.

    Parameters
    ----------
    costs, since, until
        As for `yearly_costs`.

    Returns
    -------
    DataFrame
        A row per network: network, year, low, high.
    """
    rows = _counted(costs, since, until)
    rows = rows[rows["days"].notna()]
    last = rows.groupby("network")["year"].transform("max")
    return _sums(rows[rows["year"] == last], "days", ["network", "year"])


def payers(costs: pd.DataFrame, since: int | None = None, until: int | None = None) -> pd.DataFrame:
    """What each department pays for all networks together, in each year that `yearly_costs` has.

    Parameters
    ----------
    costs, since, until
        As for `yearly_costs`.

    Returns
    -------
    DataFrame
        A row per department, currency and year: department ("" where it is not known who pays),
        currency, year, low, high, networks (how many it pays for).
    """
    rows = _latest(_counted(costs, since, until), "amount")
    by_network = _sums(rows, "amount", ["paid_by", "currency", "year", "network"])
    grouped = by_network.groupby(["paid_by", "currency", "year"], sort=False)
    found = grouped.agg(
        low=("low", "sum"), high=("high", "sum"), networks=("network", "nunique")
    ).reset_index()
    return found.rename(columns={"paid_by": "department"})


def totals(yearly: pd.DataFrame) -> pd.DataFrame:
    """The sum of the known costs in each currency and year; nothing is said of what is not known.

    Parameters
    ----------
    yearly : DataFrame
        From `yearly_costs`.

    Returns
    -------
    DataFrame
        By currency and year, that of most networks first: low, high, networks (of how many it is
        the sum), in_part (of how many a named cost has no amount).
    """
    found = (
        yearly.assign(in_part=yearly["unpriced"] > 0)
        .groupby(["currency", "year"])
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


def _counted(costs: pd.DataFrame, since: int | None, until: int | None) -> pd.DataFrame:
    """The rows of the years that count."""
    first, last = costs["year"] >= (since or 0), costs["year"] <= (until or 9999)
    return costs[(first & last).fillna(False).astype(bool)]


def _latest(costs: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The rows that have the measure, of each network and kind those of the latest such year."""
    known = costs[costs[measure].notna()]
    last = known.groupby(["network", "kind"])["year"].transform("max")
    return known[known["year"] == last]


def _sums(rows: pd.DataFrame, measure: str, by: list[str]) -> pd.DataFrame:
    """Lowest and highest sum: what several rows say of one matter counts once."""
    known = rows[rows[measure].notna()]
    known = known.assign(**{name: known[name].fillna("") for name in ("paid_by", "currency")})
    matter = [*_MATTER, "currency"] if measure == "amount" else _MATTER
    matters = known.groupby(matter, sort=False)[measure].agg(low="min", high="max").reset_index()
    return matters.groupby(by, sort=False)[["low", "high"]].sum().reset_index()
