"""Which small changes of the code change nothing that anybody can see? By line and change: why."""

__all__ = ["EQUIVALENT"]

EQUIVALENT: dict[tuple[str, str], str] = {
    (
        "found = np.zeros((len(whole[0]), *batches.shape[1:]))",
        "0 -> 1",
    ): "both ends are of the same networks",
    (
        'means = rated[["low", "high"]].mean(axis=1).groupby("criterion").mean().round(6)',
        "6 -> 5",
    ): "means of ratings from 0 to 4 by departments are no nearer to each other",
    (
        "for _ in range(NEWTON if inner.steps.shape[1] else 0):",
        "1 -> 0",
    ): "without a direction to move in, a step leads nowhere",
    (
        'cost = lost_text(city, leaving, most["cities"].iloc[0], _weakest(most["bound"]))',
        "0 -> -1",
    ): "all of them have the same number",
    (
        'ways = {"+": ((1, 0), (0, 1)), "x": ((0.7, 0.7), (0.7, -0.7))}.get(marker, ((0, 0),))',
        "0 -> -1",
    ): "of any other mark the arms have no length",
    ("hidden[_next_to(int(given[0]))] = True", "0 -> -1"): "there is one only",
    (
        "and (words[one] <= words[other] or words[other] <= words[one])",
        "LtE -> Lt",
    ): "of equal names the other half holds",
    (
        'order["department"] = order["department"].mask(of_persons, 0)',
        "0 -> 1",
    ): "persons are sorted apart, and all have this one",
    ('return str(rows["snapshot"].iloc[0])', "0 -> -1"): "a list has one date",
    (
        "chosen = falling[(before < share * falling.sum()) & (falling > 0)]",
        "Gt -> GtE",
    ): "before a cost of 0 stands all there is",
    (
        '"The list of {network} is not complete and is left out here.", network=left_out[0]',
        "0 -> -1",
    ): "there is one only",
    (")[: 3 if besides else 2]", "3 -> 4"): "there are three",
    ('return str(self.earlier["name"].iloc[0])', "0 -> 1"): "a list has one network",
    (
        'return "deepen" if then > now else "step_back"',
        "Gt -> GtE",
    ): "of equal levels it is not asked",
    (
        "if counts.get(OWNER_MISSING, 0) == number:",
        "0 -> -1",
    ): "of no memberships at all it is not asked",
    (
        'return "".join(move + _line(*line.round(1)) '
        "for move, line in zip(moves, lines, strict=True))",
        "1 -> 2",
    ): "what is subtracted has one decimal",
    (
        "if x.max() > west and x.min() < east and y.max() > south and y.min() < north:",
        "Gt -> GtE",
    ): "what only touches the edge of the map has no area on it",
    (
        "if x.max() > west and x.min() < east and y.max() > south and y.min() < north:",
        "Lt -> LtE",
    ): "what only touches the edge of the map has no area on it",
    ("if len(corners) > 2:", "Gt -> GtE"): "two corners have no area",
    (
        "size = max(SIZE // (few * len(ever)), 1)",
        "1 -> 2",
    ): "how many networks are taken at once",
    (
        "size = max(SIZE // (few * len(ever)), 1)",
        "1 -> 0",
    ): "of fewer than ten thousand networks the first is the larger one",
    (
        "points = _walk(points, steps, rows, limits, 10 * steps.shape[1], rng)",
        "10 -> 9",
    ): "a walk nearly as long, to weights as good",
    (
        "marks = [v for v in (*asked, *barring) if worst < v < best]",
        "Lt -> LtE",
    ): "the ends are among the steps as they are",
    ("rising = sign > 0", "0 -> -1"): "a sign is 1 or -1",
    (
        "others = np.flatnonzero(~hidden & (columns[0] > 0) & (columns[1] > 0))",
        "0 -> 1",
    ): "one person alone is hidden already",
    (
        "for _ in range(3):  # rounding: make the polytope about as long in every direction",
        "3 -> 4",
    ): "what is drawn follows the same distribution",
}
