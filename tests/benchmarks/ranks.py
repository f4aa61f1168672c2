"""SMAA-2: the same numbers through netanalysis, pysensmcda, pymcdm and plain numpy."""

import math
import statistics
import time
from functools import partial

import numpy as np

from tests.benchmarks.measuring import (
    Contender,
    Section,
    at_least,
    furthest_apart,
    measure,
    megabytes,
    memory_under,
    parts,
    ratios,
    seconds,
    spread,
    table,
    take_turns,
    written,
)

ALTERNATIVES, CRITERIA, DRAWS = 200, 12, 100_000
UNCERTAIN = 5_000
LOOPED = 2_000
GROWING = 10_000
SIZES = [10, 20, 50, 100, 200, 500, 1_000, 2_000]
MEMORY = 150
OURS = "netanalysis"
PLAIN = "plain numpy"
PRODUCT = "pysensmcda, one product as its method"
METHOD = "pysensmcda, pymcdm’s WSM as its method"
LOOP = "loop over pymcdm’s WSM"
BARE = "the same loop, `validation=False`"


def fixed_inputs(folder):
    """Values and weights that every contender reads."""

    def write():
        rng = np.random.default_rng(1)
        np.save(folder / "values.npy", rng.random((ALTERNATIVES, CRITERIA)))
        np.save(folder / "weights.npy", rng.dirichlet(np.ones(CRITERIA), DRAWS))

    return dict, write


def uncertain_inputs(folder):
    """Values that differ from draw to draw, and as many weights."""

    def write():
        rng = np.random.default_rng(2)
        np.save(folder / "values.npy", rng.random((UNCERTAIN, ALTERNATIVES, CRITERIA)))
        np.save(folder / "weights.npy", rng.dirichlet(np.ones(CRITERIA), UNCERTAIN))

    return dict, write


def fixed(call, folder, draws=DRAWS):
    """A small call and the whole one; the values are the same for all draws."""
    values, weights = np.load(folder / "values.npy"), np.load(folder / "weights.npy")
    return partial(call, values[:5], weights[:5]), partial(call, values, weights[:draws])


def uncertain(call, folder):
    """A small call and the whole one; each draw has values of its own."""
    values, weights = np.load(folder / "values.npy"), np.load(folder / "weights.npy")
    return partial(call, values[:5, :5], weights[:5]), partial(call, values, weights)


def ours(folder):
    """SMAA-2 of netanalysis."""
    from netanalysis.scoring.acceptability import smaa2

    return fixed(lambda values, weights: smaa2(values, weights).rank_acceptability, folder)


def ours_uncertain(folder):
    """SMAA-2 of netanalysis with a confidence that means something."""
    from netanalysis.scoring.acceptability import smaa2

    def call(values, weights):
        result = smaa2(values, weights)
        return np.column_stack([result.rank_acceptability, result.confidence])

    return uncertain(call, folder)


def weighted_sum(matrix, weights, types):
    """The cheapest method that can be given to pysensmcda: one product and no normalisation."""
    return matrix @ weights


def pymcdm_sum():
    """The weighted sum of pymcdm; the values are normalised already, so they are left alone."""
    from pymcdm.methods import WSM

    return WSM(lambda column, cost: column)


def pysensmcda(folder, draws=DRAWS, with_pymcdm=False):
    """SMAA-2 of pysensmcda."""
    from pysensmcda.smaa import smaa2

    method = pymcdm_sum() if with_pymcdm else weighted_sum

    def call(values, weights):
        result = smaa2(method, values, np.ones(CRITERIA), weights=weights)
        return result.rank_acceptability

    return fixed(call, folder, draws)


def pysensmcda_uncertain(folder):
    """SMAA-2 of pysensmcda with a matrix for each draw; NaN where an alternative is never first."""
    from pysensmcda.smaa import smaa2

    def call(values, weights):
        types = np.ones(CRITERIA)
        result = smaa2(weighted_sum, values[0], types, weights=weights, matrix_samples=values)
        confidence = np.nan_to_num(result.confidence_factors)
        return np.column_stack([result.rank_acceptability, confidence])

    return uncertain(call, folder)


def pymcdm_loop(folder, draws=LOOPED, validation=True):
    """What one writes with pymcdm: a call and a ranking for each weight vector."""
    method = pymcdm_sum()

    def call(values, weights):
        types, rows = np.ones(CRITERIA), np.arange(len(values))
        counts = np.zeros((len(values), len(values)))
        for drawn in weights:
            totals = method(values, drawn, types, validation=validation)
            counts[rows, np.asarray(method.rank(totals), dtype=int) - 1] += 1
        return counts / len(weights)

    return fixed(call, folder, draws)


def plain(folder):
    """What one writes with numpy in ten lines: no checks, no ties, no central weights."""

    def call(values, weights):
        count = len(values)
        counts, place = np.zeros(count * count, dtype=int), np.arange(count)
        for start in range(0, len(weights), 1000):
            totals = weights[start : start + 1000] @ values.T
            order = np.argsort(-totals, axis=1)
            ranks = np.empty_like(order)
            np.put_along_axis(ranks, order, place[None, :], axis=1)
            counts += np.bincount((place * count + ranks).ravel(), minlength=count * count)
        return counts.reshape(count, count) / len(weights)

    return fixed(call, folder)


def floor(folder):
    """What nobody who ranks every draw can do without, each part alone in blocks of 256 draws."""

    def call(values, weights):
        count = len(values)
        taken = dict.fromkeys(["products", "sorting float64", "sorting int64", "counting"], 0.0)

        def timed(part, function, *given, **named):
            start = time.perf_counter()
            result = function(*given, **named)
            taken[part] += time.perf_counter() - start
            return result

        across = np.ascontiguousarray(values.T)
        for start in range(0, len(weights), 256):
            totals = timed("products", np.matmul, weights[start : start + 256], across)
            keys = (totals * 2.0**60).astype(np.int64)
            cells = (np.argsort(totals, axis=1) * count + np.arange(count)).ravel()
            timed("sorting float64", np.sort, totals, axis=1)
            timed("sorting int64", np.sort, keys, axis=1)
            timed("counting", np.bincount, cells, minlength=count * count)
        return taken

    return fixed(call, folder)


def growing(folder):
    """Seconds of SMAA-2 by number of alternatives, and of sorting as many numbers and no more."""
    from netanalysis.scoring.acceptability import smaa2

    rng = np.random.default_rng(4)
    weights = rng.dirichlet(np.ones(CRITERIA), GROWING)
    given = {count: rng.random((count, CRITERIA)) for count in SIZES}

    def call():
        taken = {}
        for count, values in given.items():
            start = time.perf_counter()
            smaa2(values, weights)
            taken[f"all {count}"] = time.perf_counter() - start
            keys = rng.integers(2**62, size=(max(2**16 // count, 1), count))
            start = time.perf_counter()
            for _ in range(0, GROWING, len(keys)):
                np.sort(keys, axis=1)
            taken[f"sorting {count}"] = time.perf_counter() - start
        return taken

    return partial(smaa2, given[10], weights), call


def compared(found, drawn, first):
    """Table of contenders: seconds, how many times the first one's, memory and processors."""
    rows = [
        [
            label,
            drawn[label],
            spread(seconds(results)),
            "1" if label == first else spread(ratios(results, found[first])),
            f"{megabytes(results):,.0f}",
            f"{max(one['processors'] for one in results):.2f}",
        ]
        for label, results in found.items()
    ]
    headings = ["", "Draws run", "Seconds", "Times the first", "MB above the inputs"]
    return table([*headings, "Processors in use"], rows)


def in_part(label, function, draws, **options):
    """A contender too slow for every draw: it runs fewer, and its time is multiplied."""
    return Contender(label, function, True, DRAWS // draws, options | {"draws": draws})


def linearity(folder, found):
    """That half as many draws take half as long, for those who run a part of them."""
    halves = [
        in_part(METHOD, "ranks.pysensmcda", DRAWS // 20, with_pymcdm=True),
        in_part(LOOP, "ranks.pymcdm_loop", LOOPED // 2),
    ]
    return "; ".join(
        f"{half.label}, {written(measure(half, folder)['seconds'])} s when reckoned from half as "
        f"many draws, {written(statistics.median(seconds(found[half.label])))} s from all"
        for half in halves
    )


def fixed_values(folder, rounds):
    """SMAA-2, values known."""
    measure(Contender("inputs", "ranks.fixed_inputs"), folder)
    alone = "the parts alone"
    contenders = [
        Contender(OURS, "ranks.ours"),
        Contender(PLAIN, "ranks.plain"),
        Contender(PRODUCT, "ranks.pysensmcda", theirs=True),
        in_part(METHOD, "ranks.pysensmcda", DRAWS // 10, with_pymcdm=True),
        in_part(LOOP, "ranks.pymcdm_loop", LOOPED),
        in_part(BARE, "ranks.pymcdm_loop", LOOPED, validation=False),
        Contender(alone, "ranks.floor"),
    ]
    found = take_turns(contenders, folder, rounds)
    pieces = parts(found.pop(alone))
    least = zip(pieces["products"], pieces["sorting int64"], pieces["counting"], strict=True)
    over = [all_in / sum(three) for all_in, three in zip(seconds(found[OURS]), least, strict=True)]
    drawn = {
        one.label: f"{DRAWS // one.stands_for:,}"
        + (f", times {one.stands_for}" if one.stands_for > 1 else "")
        for one in contenders
    }
    text = [
        f"{ALTERNATIVES} alternatives × {CRITERIA} criteria × {DRAWS:,} weights. The rank "
        f"acceptabilities of {OURS}, plain numpy and pysensmcda differ by "
        f"{furthest_apart(folder, OURS, PLAIN, PRODUCT):.1g} at most. Plain numpy does less: no "
        "checks, no ties, no central weights. pysensmcda keeps the totals and the ranks of every "
        "draw in its result.",
        "",
        *compared(found, drawn, OURS),
        "",
        "Where fewer draws were run, the seconds are multiplied as the table says, the memory is "
        f"not. Seconds are linear in the draws: {linearity(folder, found)}.",
        "",
        "What bounds it, each part alone in blocks of 256 draws. Products, sorting of int64 and "
        f"counting are what ranking every draw takes at least; {OURS} takes {spread(over)} times "
        "as long as these three together.",
        "",
        *table(["Part", "Seconds"], [[name, spread(taken)] for name, taken in pieces.items()]),
    ]
    wanted = [
        at_least("Faster than pysensmcda, one product", 10, ratios(found[PRODUCT], found[OURS])),
        at_least("Faster than pysensmcda, WSM", 10, ratios(found[METHOD], found[OURS])),
        at_least("Faster than the loop over pymcdm", 200, ratios(found[LOOP], found[OURS])),
        at_least("No slower than plain numpy", 1, ratios(found[PLAIN], found[OURS])),
        memory_under(MEMORY, found[OURS]),
    ]
    return Section("SMAA-2, values known", text, wanted)


def uncertain_values(folder, rounds):
    """SMAA-2, every value uncertain."""
    measure(Contender("inputs", "ranks.uncertain_inputs"), folder)
    found = take_turns(
        [
            Contender(OURS, "ranks.ours_uncertain"),
            Contender(PRODUCT, "ranks.pysensmcda_uncertain", theirs=True),
        ],
        folder,
        rounds,
    )
    apart = furthest_apart(folder, OURS, PRODUCT)
    text = [
        f"{UNCERTAIN:,} draws × {ALTERNATIVES} alternatives × {CRITERIA} criteria, each draw with "
        "values and weights of its own. Both compute confidence factors; pysensmcda gives NaN "
        "where netanalysis gives 0, to an alternative that is never first. Otherwise rank "
        f"acceptabilities and confidence factors differ by {apart:.1g} at most.",
        "",
        *compared(found, dict.fromkeys(found, f"{UNCERTAIN:,}"), OURS),
    ]
    wanted = [at_least("Faster than pysensmcda", 100, ratios(found[PRODUCT], found[OURS]))]
    return Section("SMAA-2, every value uncertain", text, wanted)


def growth(folder, rounds):
    """SMAA-2, growth with the number of alternatives."""
    found = take_turns([Contender(OURS, "ranks.growing")], folder, rounds)[OURS]
    taken = parts(found)

    def by_size(part):
        """Median seconds divided by n log n, in the unit of 200 alternatives."""
        share = {n: statistics.median(taken[f"{part} {n}"]) / (n * math.log(n)) for n in SIZES}
        return {n: written(share[n] / share[200]) for n in SIZES}

    ours_by_size, sorting_by_size = by_size("all"), by_size("sorting")
    rows = [
        [
            f"{n:,} alternatives",
            spread(taken[f"all {n}"]),
            ours_by_size[n],
            spread(taken[f"sorting {n}"]),
            sorting_by_size[n],
        ]
        for n in SIZES
    ]
    text = [
        f"{GROWING:,} draws × {CRITERIA} criteria. By n log n: the median divided by n log n, "
        "where 200 alternatives make 1. Beside it numpy sorting as many int64 and nothing else: "
        "with the vector instructions of AVX-512 it is faster at rows of up to 256.",
        "",
        *table(["", "Seconds", "By n log n", "Sorting alone", "By n log n"], rows),
    ]
    return Section("SMAA-2, growth with the alternatives", text, [])
