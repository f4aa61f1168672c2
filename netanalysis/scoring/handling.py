"""How does the rule propose that a request to join a network be handled, and by which of its steps?

Nothing is weighed here: the steps are asked one after the other, and the first that applies gives
the proposal. A level counts only where every admissible calculation gives it, so that what is not
known can neither carry a membership nor bar one.
"""

from collections.abc import Collection
from typing import Final

from netanalysis.scoring.engagement import LEVELS

__all__ = ["BLANKS", "STEPS", "handling_step"]

BLANKS: Final = 3  # questions without an answer from which on a request can only be investigated
STEPS: Final = {  # step, in order: the handling that it proposes
    "many_blanks": "investigate",
    "other_body": "refer",
    "no_membership": "propose_rejection",
    "some_blanks": "investigate",
    "membership": "propose_membership",
    "without_membership": "take_part_without_membership",
    "open": "trial",
}


def handling_step(
    blanks: int, other_body: bool, possible: Collection[str], takes_part: bool
) -> str:
    """The first step of the rule that applies to a request.

    Parameters
    ----------
    blanks : int
        How many of the questions about who decides, the goal, the owner, the benefit and the cost
        have no answer at all.
    other_body : bool
        Whether another body than the one that decides on the memberships has to decide.
    possible : collection of str
        The levels of `netanalysis.scoring.engagement.LEVELS` that something admissible gives.
    takes_part : bool
        Whether the city takes part, or is represented, without being a member.

    Returns
    -------
    str
        One of `STEPS`.

    Examples
    --------
    >>> handling_step(3, False, ("not_a_member",), False)
    'many_blanks'
    >>> [handling_step(0, False, levels, False) for levels in (LEVELS[:1], LEVELS[1:], LEVELS)]
    ['no_membership', 'membership', 'open']
    """
    outside = LEVELS[0] in possible
    applies = {
        "many_blanks": blanks >= BLANKS,
        "other_body": other_body,
        "no_membership": outside and len(set(possible)) == 1,
        "some_blanks": blanks > 0,
        "membership": not outside,
        "without_membership": takes_part,
        "open": True,
    }
    return next(step for step in STEPS if applies[step])
