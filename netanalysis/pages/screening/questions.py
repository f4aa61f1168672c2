"""What is the answer to each of the ten questions about a request, and whom must one ask first?"""

from collections.abc import Callable
from typing import Any, TypeAlias

import pandas as pd
from markupsafe import Markup

from netanalysis.dates import first_day
from netanalysis.pages.html import Column, Fragment, paragraphs, table
from netanalysis.pages.labels import label, text_of
from netanalysis.pages.screening.requests import Requests, decider, section
from netanalysis.pages.view import View
from netanalysis.screening import PARTS, WHOM, YEARS, Screening

__all__ = ["find_out", "ten_questions"]

Answer: TypeAlias = Callable[[Screening, View], Markup | str]

SETTLING = 3  # ratings that are named as those to ask for first


def ten_questions(about: Requests, view: View) -> Fragment | None:
    """The ten questions with their answers, and which have none."""
    request = about.one
    if request is None:
        return None
    words = view.words
    asked: dict[str, tuple[str, Answer]] = {
        "asks": (words("Who asks, and by which route?"), _asks),
        "decides": (words("Who decides, and when?"), _decides),
        "goal": (words("Which goal would it serve?"), _goal),
        "owner": (words("Who would own it?"), _owner),
        "benefit": (words("What benefit, and who says so?"), _benefit),
        "cost": (words("What fee, and how many days, over three years?"), _cost),
        "doubles": (words("What doubles it?"), _doubles),
        "gives_way": (words("What gives way?"), _gives_way),
        "terms": (words("How is it governed, what does it bind to, how does one leave?"), _terms),
        "unknown": (words("What is unknown, and who knows?"), _unknown),
    }
    rows = list(enumerate(asked.items(), start=1))
    columns = [
        Column(words("Question"), lambda row: f"{words.number(row[0])}. {row[1][1][0]}"),
        Column(words("Answer"), lambda row: _answer(request, row[1][0], row[1][1][1], view)),
    ]
    return table(words, words("The ten questions"), columns, rows)


def find_out(about: Requests, view: View) -> Fragment | None:
    """What must be found out first, from whom and by when."""
    request = about.one
    if request is None:
        return None
    words = view.words
    parts = _parts(view)
    asked: dict[str, list[str]] = {}
    for part in request.to_find_out:
        asked.setdefault(WHOM[part], []).append(parts[part])
    texts = [
        words("{whom}: {what}.", whom=_whom(one, request, view), what=words.listing(what))
        for one, what in asked.items()
    ]
    texts += _settling(request, view)
    items = Markup("\n").join(Markup("<li>{}</li>").format(text) for text in texts)
    listed = Markup("<ol>\n{}\n</ol>\n").format(items) if texts else Markup("")
    day = request.row.decide_by
    if not texts:
        said = words("Nothing that is asked for here is unknown.")
    elif isinstance(day, str):
        said = words("The answers are needed before {date}.", date=words.date(day))
    else:
        said = words("By when the answers are needed cannot be told before the day of the decision "
                     "is known.")  # fmt: skip
    return section(words("To find out first, and from whom"), Fragment(listed + paragraphs([said])))


def _answer(request: Screening, question: str, answer: Answer, view: View) -> Markup:
    """The answer to a question, after a mark where it is none, or not the whole."""
    words, missing = view.words, request.missing.get(question)
    if not missing:
        return Markup.escape(answer(request, view))
    whole = missing == PARTS[question]
    mark = words("No answer.") if whole else words("In part.")
    rest = "" if whole else answer(request, view)
    return Markup("<strong>{}</strong> {}").format(mark, rest)


def _parts(view: View) -> dict[str, str]:
    """What each part of an answer is called."""
    words = view.words
    return {
        "asked_by": words("who asks"),
        "received": words("when it came in"),
        "deciding_body": words("who decides"),
        "decide_by": words("by when it is to be decided"),
        "goal": words("which goal it would serve"),
        "department": words("who would own it"),
        "benefit": words("what benefit is expected"),
        "benefit_by": words("who states the benefit"),
        "fee": words("the fee"),
        "later_fees": words("the fee of the years after"),
        "days": words("the working days"),
        "doubles": words("what doubles it"),
        "gives_way": words("what gives way"),
        "governance": words("how it is governed"),
        "obligations": words("what a member is bound to"),
        "exit": words("how one leaves"),
    }


def _whom(role: str, request: Screening, view: View) -> str:
    words, row = view.words, request.row
    owner = view.departments.get(text_of(row.department), "")
    asker = view.own(row, "asked_by") or words("Whoever asks")
    return {
        "office": view.own(view.about, "responsible"),
        "asker": asker,
        "owner": owner or asker,
        "network": view.networks[request.network],
    }[role]


def _settling(request: Screening, view: View) -> list[str]:
    """The ratings that would settle most, and who may know."""
    words = view.words
    rows = request.outcome.pivots
    first = rows[rows["network"] == request.network].head(SETTLING)
    if first.empty:
        return []
    known = dict.fromkeys(name for names in first["departments"] for name in names)
    whom = words.listing(view.departments[name] for name in known)
    named = words.listing(
        words("“{criterion}”", criterion=view.criteria[name]) for name in first["criterion"]
    )
    return [
        words(
            "{whom}: evidence on {criteria}, which would settle most of what level is possible.",
            whom=whom or _whom("owner", request, view),
            criteria=named,
        )
    ]


def _asks(request: Screening, view: View) -> Markup:
    words, row = view.words, request.row
    when = words("received {date}", date=words.date(row.received))
    who = view.own(row, "asked_by") or words.unknown
    return Markup("{}; {}; {}").format(label(row.route, words), who, when)


def _decides(request: Screening, view: View) -> str:
    words, row = view.words, request.row
    return words(
        "{body}; decision by: {date}", body=decider(request, view), date=words.date(row.decide_by)
    )


def _goal(request: Screening, view: View) -> str:
    return view.goals.get(text_of(request.row.goal), view.words.unknown)


def _owner(request: Screening, view: View) -> str:
    return view.departments.get(text_of(request.row.department), view.words.unknown)


def _benefit(request: Screening, view: View) -> str:
    words, row = view.words, request.row
    told = view.own(row, "benefit")
    if not told:
        return words.unknown
    by = view.own(row, "benefit_by") or words.unknown
    return words("{benefit} (who says so: {who})", benefit=told, who=by)


def _cost(request: Screening, view: View) -> Markup:
    words, costs = view.words, request.costs
    first = first_day(request.day).year
    years = range(first, first + YEARS)
    fees = [_amount(costs[costs["kind"] == "fee"], year, view) for year in years]
    texts = [words("Fee: {fees}.", fees="; ".join(fees))]
    days = costs.dropna(subset=["days"])
    told = "; ".join(f"{row.year}: {words.number(row.days, 1)}" for row in days.itertuples())
    texts.append(words("Working days: {days}.", days=told or words.unknown))
    other = costs[(costs["kind"] != "fee") & costs["amount"].notna()]
    texts += [
        words("{kind}: {amount} ({year}).", kind=label(row.kind, words).capitalize(),
              amount=_money(row, view), year=row.year)
        for row in other.itertuples()
    ]  # fmt: skip
    return Markup("<br>").join(texts)


def _amount(fees: pd.DataFrame, year: int, view: View) -> str:
    """The fee of a year; what sources say differently stands side by side."""
    rows = fees[(fees["year"] == year) & fees["amount"].notna()]
    told = list(dict.fromkeys(_money(row, view) for row in rows.itertuples()))
    return f"{year}: {view.words.alternatives(told) or view.words.unknown}"


def _money(row: Any, view: View) -> str:
    return f"{view.words.number(row.amount, 2)} {text_of(row.currency)}".strip()


def _doubles(request: Screening, view: View) -> Markup | str:
    words = view.words
    texts = [_told(row, view) for row in request.ways.itertuples()]
    if request.serving:
        named = words.some(view.networks[name] for name in request.serving)
        texts.append(Markup.escape(words("The same goal: {networks}.", networks=named)))
    return Markup("<br>").join(texts) if texts else words.unknown


def _gives_way(request: Screening, view: View) -> str:
    return view.own(request.row, "gives_way") or view.words.unknown


def _terms(request: Screening, view: View) -> Markup | str:
    words, parts = view.words, _parts(view)
    missing = request.missing["terms"]
    if missing == PARTS["terms"]:
        return words.unknown
    texts = [_told(row, view) for row in request.terms.itertuples()]
    if missing:
        rest = words.listing(parts[part] for part in missing)
        texts.append(Markup.escape(words("Not known: {what}.", what=rest)))
    return Markup("<br>").join(texts)


def _told(row: Any, view: View) -> Markup:
    """A fact, and where it stands."""
    return Markup("{} ({})").format(view.own(row, "text"), view.place(row.source_id, row.locator))


def _unknown(request: Screening, view: View) -> str:
    words, all_of = view.words, len(view.criteria)
    return words(
        "{parts} things that the questions ask for, and evidence on {criteria} of {all} criteria; "
        "whom to ask stands below.",
        parts=words.number(len(request.to_find_out)),
        criteria=words.number(all_of - len(request.rated)),
        all=words.number(all_of),
    )
