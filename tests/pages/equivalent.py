"""Which small changes of the code change nothing that anybody can see? By line and change: why."""

__all__ = ["EQUIVALENT"]

EQUIVALENT: dict[tuple[str, str], str] = {
    (
        'ways = {"+": ((1, 0), (0, 1)), "x": ((0.7, 0.7), (0.7, -0.7))}.get(marker, ((0, 0),))',
        "0 -> -1",
    ): "of any other mark the arms have no length",
    ("hidden[_next_to(int(given[0]))] = True", "0 -> -1"): "there is one only",
}
