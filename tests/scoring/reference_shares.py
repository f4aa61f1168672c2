"""Shares, words, named changes and possible levels by code of its own, and many more weights.

Weights come from plain rejection. For each set of criteria it is worked out in how large a share of
them the set is enough, and every value of every rating is gone through on its own. Which levels are
possible is asked of one linear program for each way in which the ratings can fall.
"""

import itertools

import numpy as np
from scipy.optimize import linprog

from netanalysis.scoring.engagement import HOLDS, LEANS

OPEN, PARTS = "open", 20
SCALE = range(5)
SURE = 1e-6  # of weights and thresholds in hundredths, what is more than nothing is far more


def weights_by_rejection(how, number, rng):
    names, found, kept = list(how.demands.columns), [], 0
    bounds = how.bounds or {}
    low, high = np.array([bounds.get(name, (0, 1)) for name in names]).T
    pairs = [(names.index(one), names.index(other)) for one, other in how.at_least]
    while kept < number:
        some = low + (1 - low.sum()) * rng.dirichlet(np.ones(len(names)), 50_000)
        fits = (some <= high).all(axis=1)
        for one, other in pairs:
            fits &= some[:, one] >= some[:, other]
        found.append(some[fits])
        kept += int(fits.sum())
    return np.concatenate(found)[:number]


class Reference:
    """A method with weights of its own; without any it tells which levels are possible."""

    def __init__(self, how, number=0, rng=None):
        self.how = how
        self.weights = weights_by_rejection(how, number, rng) if number else None
        self.names, self.levels = list(how.demands.columns), list(how.demands.index)
        self.enough = {}

    def _enough(self, applied, weights):
        """For each set of the criteria, in how much of the thresholds it is enough, by parts."""
        masks = (np.arange(2 ** len(applied))[:, None] >> np.arange(len(applied))) & 1
        least, most = self.how.threshold
        means = []
        for part in np.array_split(weights[:, applied], min(PARTS, len(weights))):
            total = np.zeros(len(masks))
            for some in np.array_split(part, -(-len(part) // 4000)):
                held = some @ masks.T / some.sum(axis=1, keepdims=True)
                if most > least:
                    held -= least
                    held /= most - least
                    total += np.clip(held, 0, 1, out=held).sum(axis=0)
                else:
                    total += (held + 1e-9 >= least).sum(axis=0)
            means.append(total / len(part))
        return np.array(means).T

    def does(self, name, value):
        """What a value does: levels whose demand is met, and the first level that it bars."""
        sign = -1 if dict(self.how.objectives).get(name) == "min" else 1
        met = [sign * value >= sign * self.how.demands.loc[one, name] for one in self.levels]
        bars = [sign * value <= sign * self.how.vetoes.loc[one, name] for one in self.levels]
        return sum(met), bars.index(True) + 1 if True in bars else len(bars) + 1

    def shares(self, cells, weights=None):
        """The share of each level, lowest first, by parts; cells by criterion: low and high."""
        applied = tuple(self.names.index(name) for name in cells)
        if weights is not None:
            enough = self._enough(list(applied), weights)
        else:
            if applied not in self.enough:
                self.enough[applied] = self._enough(list(applied), self.weights)
            enough = self.enough[applied]
        reached = [np.ones(enough.shape[1])]
        for rank in range(1, len(self.levels) + 1):
            chance = np.ones(1)
            for name, (low, high) in cells.items():
                kinds = [self.does(name, value) for value in SCALE if low <= value <= high]
                free = [met for met, bars in kinds if bars > rank]
                yes = sum(met >= rank for met in free) / len(kinds)
                no = sum(met < rank for met in free) / len(kinds)
                chance = np.concatenate([chance * no, chance * yes])
            reached.append(chance @ enough)
        reached.append(np.zeros(enough.shape[1]))
        return np.array([one - other for one, other in itertools.pairwise(reached)])

    def outcome(self, cells):
        """The outcome (a rank or "open"), its word, and whether a limit is near."""
        parts = self.shares(cells)
        share, error = parts.mean(axis=1), parts.std(axis=1, ddof=1) / parts.shape[1] ** 0.5
        most = int(share.argmax())
        unsure = any(abs(share[most] - limit) < 3 * error[most] for limit in (LEANS, HOLDS))
        word = "holds" if share[most] >= HOLDS else "leans" if share[most] >= LEANS else OPEN
        return (OPEN if word == OPEN else most), word, unsure

    def values(self, name, low, high):
        """Values that a rating could have: of those that do the same, the nearest."""
        kinds = {}
        for value in SCALE:
            step = max(low - value, value - high, 0)
            own = (step, abs(value - (low + high) / 2), value)
            kind = self.does(name, value)
            kinds[kind] = min(kinds.get(kind, own), own)
        chosen = [(step, value) for step, _, value in kinds.values()]
        return sorted((v, s) for s, v in chosen if not v == low == high)

    def least_change(self, cells, beyond, most=3):
        """The least change within or beyond the evidence: what it becomes, what, and others.

        None in place of it where none is found; and whether a change so small is near the limit.
        """
        before, _, unsure = self.outcome(cells)
        for number in range(1, most + 1):
            found = []
            for names in itertools.combinations(cells, number):
                each = [self.values(name, *cells[name]) for name in names]
                for chosen in itertools.product(*each):
                    steps = sum(step for _, step in chosen)
                    if bool(steps) is not beyond:
                        continue
                    changes = {n: v for n, (v, _) in zip(names, chosen, strict=True)}
                    fixed = {name: (value, value) for name, value in changes.items()}
                    after, _, near = self.outcome(cells | fixed)
                    found.append((steps, changes, after, near, cells | fixed))
            turned = [one for one in found if one[2] != before]
            least = min((one[0] for one in turned), default=np.inf)
            unsure |= any(one[3] and one[0] <= least for one in found)
            if turned:
                alike = [one for one in turned if one[0] == least]
                first = min(alike, key=lambda one: self._order(one, before))
                return (first[2], first[1], len(alike) - 1), unsure
        return None, unsure

    def _order(self, change, before):
        """Levels before "open", then what leaves least of what was at the centre."""
        _, _, after, _, cells = change
        middle = self.shares(cells, self.how.centre.weights)[:, 0]
        left = 1 - middle[after] if before == OPEN else middle[before]
        return after == OPEN, round(float(left), 9)

    def possible(self, cells):
        """The ranks that something admissible gives, by going through all ways that there are."""
        kinds = [
            sorted({self.does(name, value) for value in SCALE if low <= value <= high})
            for name, (low, high) in cells.items()
        ]
        ways = list(itertools.product(*kinds))
        return [r for r in range(len(self.levels) + 1) if self._possible(r, ways, list(cells))]

    def _possible(self, rank, ways, applied):
        seen = set()
        for way in ways:
            if any(bars <= rank for _, bars in way):
                continue
            barred = rank == len(self.levels) or any(bars == rank + 1 for _, bars in way)
            met = tuple(rank == 0 or level >= rank for level, _ in way)
            above = tuple(not barred and level > rank for level, _ in way)
            seen.add((met, above, barred))
        return any(self._some_weights(*one, applied) for one in sorted(seen))

    def _some_weights(self, met, above, barred, applied):
        """Whether admissible weights and a threshold put those that meet the demands above it.

        Variables: the weights, and the threshold times the weight of what applies. What is made as
        large as can be is how far those that meet the next demands stay below the threshold, or
        the weight of what applies where nothing of that is asked.
        """
        count = len(self.names)
        place = [self.names.index(name) for name in applied]
        whole, held, next_held = (np.zeros(count + 1) for _ in range(3))
        whole[place], held[place], next_held[place] = 1, met, above
        limit = np.eye(count + 1)[count]
        least, most = self.how.threshold
        lines = [limit - held, least * whole - limit, limit - most * whole]
        for one, other in self.how.at_least:
            lines.append(limit * 0)
            lines[-1][self.names.index(other)] += 1
            lines[-1][self.names.index(one)] -= 1
        bounds = [(self.how.bounds or {}).get(name, (0, 1)) for name in self.names]
        solved = linprog(
            next_held - limit if not barred else -whole,
            A_ub=np.array(lines),
            b_ub=np.zeros(len(lines)),
            A_eq=np.append(np.ones(count), 0)[None],
            b_eq=[1.0],
            bounds=[*bounds, (0, 1)],
        )
        return solved.status == 0 and -solved.fun > SURE
