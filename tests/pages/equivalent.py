"""Which small changes of the code change nothing that anybody can see? By line and change: why."""

__all__ = ["EQUIVALENT"]

EQUIVALENT: dict[tuple[str, str], str] = {}
