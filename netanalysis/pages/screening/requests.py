"""How should a request to join a network be handled, and what can whoever asked be told?

Before a decision a published page says that the request is received and being prepared, and nothing
else: no other section shows anything then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from netanalysis.loaders.case.case import Case
from netanalysis.pages.evaluation import sentences
from netanalysis.pages.html import Column, Fragment, paragraphs, table
from netanalysis.pages.labels import decision, label
from netanalysis.pages.view import View
from netanalysis.screening import Screening

__all__ = ["Requests", "answer", "decider", "handling", "heading", "overview", "section"]


@dataclass(frozen=True, eq=False)
class Requests:
    """What a page is about: one request, or all that a case has.

    Attributes
    ----------
    case : Case
        Of one request, as it was known on its day.
    found : sequence of Screening
    request : str
        Short name of the one that the page is about, "" for all.
    status : {"working", "case", "published"}
    """

    case: Case
    found: Sequence[Screening]
    request: str
    status: str

    @classmethod
    def of(cls, case: Case, found: Sequence[Screening], request: str, status: str) -> "Requests":
        """The page on a case's requests, or on one of them."""
        return cls(found[0].case if request else case, found, request, status)

    @property
    def one(self) -> Screening | None:
        """The request that the page is about, where it is about one and may tell of it."""
        return self.found[0] if self.request and not self.withheld(self.found[0]) else None

    def withheld(self, request: Screening) -> bool:
        """Whether no more is told than that a request is being prepared."""
        return self.status == "published" and request.decided.empty


def heading(about: Requests, view: View) -> Fragment:
    """The page's title, its status, its day and who answers for it."""
    words = view.words
    question = words("Which requests to join a network are there, and how are they handled?")
    if about.request:
        network = view.networks[about.found[0].network]
        question = words("Weighing of a request: {network}.", network=network)
    return sentences.heading(view, question=question, status=about.status)


def answer(about: Requests, view: View) -> Fragment | None:
    """The proposal for handling, who may decide and which levels are possible; of one request."""
    if not about.request:
        return None
    words, request = view.words, about.found[0]
    if about.withheld(request):
        return _framed([_prepared(request, view)])
    lead = Markup("<strong>{}</strong>").format(
        words("Proposal for handling: {handling}.", handling=handling(request, view))
    )
    texts: list[Any] = [
        Markup("{} {}").format(lead, _why(request, view)),
        " ".join([_who_decides(request, view), _possible(request, view)]),
        words(
            "The proposal follows from the rule at the end of the page. It is no assessment of the "
            "office’s and no decision."
        ),
    ]
    return _framed(texts)


def overview(about: Requests, view: View) -> Fragment | None:
    """Every request beside what was decided and what came later; nothing where one is meant."""
    if about.request:
        return None
    words = view.words
    if not about.found:
        return paragraphs([words("No request is noted in the case.")])
    columns = [
        Column(words("Request"), lambda one: _request(one, view)),
        Column(
            words("Proposal for handling, as of the day"), lambda one: _proposed(one, about, view)
        ),
        Column(words("Decided, and what came later"), lambda one: _came(one, view)),
    ]
    shown = table(words, words("The requests, in the order of their days"), columns, about.found)
    if all(map(about.withheld, about.found)):
        return shown
    note = words(
        "Each request is weighed with what was known on its day. What came later is shown beside "
        "the proposal and counts nowhere in it."
    )
    return Fragment(shown + paragraphs([note]))


def handling(request: Screening, view: View) -> str:
    """The words of the proposal for handling."""
    return label(request.handling, view.words)


def decider(request: Screening, view: View) -> str:
    """The body that may decide on a request; that it is not known where it is not."""
    words, named = view.words, view.own(request.row, "deciding_body")
    if named:
        return named
    if request.row.route == "motion":
        return words.unknown
    return words.own(view.about, "deciding_body")


def section(title: str, content: Markup) -> Fragment:
    """A section of the page, with its heading: a page that tells nothing of it has neither."""
    return Fragment(Markup("<h2>{}</h2>\n{}").format(title, content))


def _framed(texts: Sequence[Any]) -> Fragment:
    return Fragment(Markup('<div class="answer">\n{}\n</div>').format(paragraphs(texts)))


def _prepared(request: Screening, view: View) -> str:
    words, received = view.words, request.row.received
    told = words("Received, being prepared.")
    if not isinstance(received, str):
        return told
    return words("Received {date}, being prepared.", date=words.date(received))


def _why(request: Screening, view: View) -> str:
    """Why that is proposed: the step of the rule that applies, in a sentence."""
    words = view.words
    return {
        "many_blanks": words.plural(
            "Of the questions 2–6, {count} has no answer; that must be found out first.",
            "Of the questions 2–6, {count} have no answer; that must be found out first.",
            len(request.blanks),
        ),
        "other_body": words("Another body decides on it than on the city’s memberships."),
        "no_membership": words(
            "No calculation that the criteria allow gives a membership, whatever is still unknown."
        ),
        "some_blanks": words.plural(
            "Of the questions 2–6, {count} has no answer yet.",
            "Of the questions 2–6, {count} have no answer yet.",
            len(request.blanks),
        ),
        "membership": words(
            "Every calculation that the criteria allow gives a membership, whatever is still "
            "unknown."
        ),
        "without_membership": words(
            "What is known leaves it open, and the city takes part, or is represented, without a "
            "membership."
        ),
        "open": words(
            "What is known leaves it open. A trial needs an end ({end}) and a measure: whether the "
            "benefit that is stated has come.",
            end=_end_of_trial(request, view),
        ),
    }[request.step]


def _end_of_trial(request: Screening, view: View) -> str:
    """A year after the decision, where its day is known."""
    day = request.trial_ends
    return view.words.date(day) if day else view.words("a year after the decision")


def _who_decides(request: Screening, view: View) -> str:
    words, body, day = view.words, decider(request, view), request.row.decide_by
    motion = request.row.route == "motion"
    if body == words.unknown:
        return words("A motion is decided on by the assembly that it was put to, which is not "
                     "named.")  # fmt: skip
    if isinstance(day, str):
        text = words("May decide: {body}, by {date}.", body=body, date=words.date(day))
    else:
        text = words("May decide: {body}; by when is not known.", body=body)
    return f"{text} {words('It is a motion, so the office only prepares it.')}" if motion else text


def _possible(request: Screening, view: View) -> str:
    words, levels = view.words, [view.levels[level] for level in request.possible]
    named = words.listing(words("“{level}”", level=level) for level in levels)
    if len(levels) == len(view.levels):
        return words("Every level is still possible: {levels}.", levels=named)
    if len(levels) == 1:
        return words("Only {level} is possible.", level=named)
    return words("Still possible are {levels}.", levels=named)


def _request(request: Screening, view: View) -> Markup:
    words = view.words
    day = words("as of {date}", date=words.date(request.day))
    route = label(request.row.route, words)
    return Markup("{}<br>{}<br>{}").format(view.networks[request.network], route, day)


def _proposed(request: Screening, about: Requests, view: View) -> str:
    if about.withheld(request):
        return _prepared(request, view)
    text = handling(request, view)
    return f"{text[0].upper()}{text[1:]}. {_why(request, view)}"


def _came(request: Screening, view: View) -> Markup | str:
    words = view.words
    texts = [decision(row, view) for row in request.decided.itertuples()]
    texts += [
        words("{date}: {event}", date=words.date(row.start), event=view.own(row, "name"))
        for row in request.afterwards.itertuples()
    ]
    return Markup("<br>").join(texts) if texts else words("nothing that the case tells of")
