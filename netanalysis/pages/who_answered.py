"""How many departments were asked and answered, and who was silent?

Said in the same words, of the same departments, on every page.
"""

from netanalysis.language.words import Words
from netanalysis.loaders.case.case import Case
from netanalysis.scoring import responses

__all__ = ["who_answered"]


def who_answered(case: Case, words: Words) -> list[str]:
    """Who was asked about how many networks, and who has answered; empty where nobody was asked.

    Departments that answer as one are counted; those in which persons were asked one by one are
    named. Their numbers are left to `netanalysis.scoring.disclosure`.

    Parameters
    ----------
    case : Case
        All of it: a part has fewer departments.
    words : Words
    """
    rows = case.departments.itertuples()
    names = {row.department: words.own(row, "name") for row in rows}
    given = responses.rates(case.asked, case.answers, "department")
    networks = responses.rates(case.asked, case.answers, "network")
    silent = given.index[given["answered"] == 0]
    persons = case.asked.dropna(subset="respondents")["department"].unique()
    said = []
    if len(given):
        said.append(
            words.plural(
                "{answered} of {count} department has answered, about {heard} of {networks} "
                "networks.",
                "{answered} of {count} departments have answered, about {heard} of {networks} "
                "networks.",
                len(given),
                answered=words.number(len(given) - len(silent)),
                heard=words.number((networks["answered"] > 0).sum()),
                networks=words.number(len(networks)),
            )
        )
    if len(silent):
        said.append(
            words(
                "Asked, without an answer: {departments}.",
                departments=words.listing(names[one] for one in silent),
            )
        )
    if len(persons):
        who = words.listing(names[one] for one in persons)
        said.append(words("Asked person by person: {departments}.", departments=who))
    return said
