"""What are the sheets, columns and choices of a workbook called, and what do their helps say?

English, which is the key of the catalogue. A column that a case has in several languages stands
here once, without the ending of its language.
"""

from netanalysis.showing.labels import LABELS

__all__ = ["CHOICES", "COLUMNS", "COMMON", "SHEETS"]


def _(text: str) -> str:
    """Mark a text for translation."""
    return text


# Columns that are alike on several sheets: head, help, example.
COMMON: dict[str, tuple[str, str, str]] = {
    "network": (_("Network"), _("Choose from the sheet Networks."), _("Green Harbours")),
    "department": (
        _("Department"),
        _("Choose from the sheet Departments."),
        _("Environment Administration"),
    ),
    "criterion": (_("Criterion"), _("Choose from the sheet Criteria."), _("Monitoring")),
    "source_id": (
        _("Source"),
        _(
            "The document that says so, from the sheet Sources. Left empty: this workbook"
            " is given as the source."
        ),
        _("Membership certificate"),
    ),
    "locator": (
        _("Place in the source"),
        _("Page, heading or paragraph. May be empty where no source is named."),
        _("page 1"),
    ),
    "version": (
        _("Version"),
        _("1 for the first answer that came in, 2 for the next. The highest counts."),
        "",
    ),
    "respondent": (
        _("Person number"),
        _(
            "A number where persons answer one by one, never a name. Empty: the "
            "department answers as one."
        ),
        "",
    ),
}

# Sheets in the order in which a person fills them in: title, note.
SHEETS: dict[str, tuple[str, str]] = {
    "case": (_("Evaluation"), _("What is evaluated, by whom and as of which date.")),
    "networks": (
        _("Networks"),
        _("One network a row: the international organisations to be evaluated."),
    ),
    "memberships": (
        _("Memberships"),
        _("One membership a row; two rows where the city is in a network by two routes."),
    ),
    "departments": (
        _("Departments"),
        _(
            "Departments, companies and political bodies of the city that take part, pay,"
            " answer for a membership or are to be asked."
        ),
    ),
    "responsibilities": (
        _("Responsibility"),
        _("Who answers for each membership, who decides on it, and which goal it serves."),
    ),
    "bodies": (
        _("Bodies"),
        _(
            "The networks’ boards, forums, working groups and committees that the city "
            "has to do with."
        ),
    ),
    "seats": (_("Seats"), _("Offices that the city holds in the networks’ bodies.")),
    "participation": (
        _("Participation"),
        _("Which departments take part in the networks’ work, and what it has given."),
    ),
    "costs": (
        _("Costs"),
        _("One cost a row, by network and year. A row that is missing is an unknown cost, not 0."),
    ),
    "events": (
        _("Dates"),
        _("Congresses, elections, meetings, decisions and last days of notice."),
    ),
    "goals": (_("Goals"), _("The city’s own goals that the networks are held against.")),
    "criteria": (
        _("Criteria"),
        _(
            "What the networks are judged on. The rows are a proposal: change, add or "
            "delete before anything is rated, and adopt them."
        ),
    ),
    "demands": (
        _("Demands"),
        _(
            "The rating that each level asks for on each criterion. One row for each "
            "level and criterion."
        ),
    ),
    "order_statements": (
        _("Order"),
        _("Criteria of which one weighs at least as much as another. Can be left empty."),
    ),
    "levels": (
        _("Levels"),
        _("The levels of engagement. Their names can be changed, their number and order cannot."),
    ),
    "statements": (
        _("Evidence"),
        _(
            "What the sources say of a network on a criterion, one piece a row. "
            "Conclusions and proposals of the office do not belong here."
        ),
    ),
    "facts": (
        _("Facts"),
        _(
            "Facts about the networks, such as when they were founded and how many "
            "members they have."
        ),
    ),
    "asked": (
        _("Asked"),
        _(
            "Which department is asked about which network. Filled in when the questions "
            "are sent out."
        ),
    ),
    "answers": (
        _("Answers"),
        _(
            "What the departments have answered. Filled in when their answers are read; "
            "nothing to write by hand."
        ),
    ),
    "lessons": (
        _("Lessons"),
        _("What was brought home from the networks, and what it was used for."),
    ),
    "assessments": (
        _("Assessment"),
        _(
            "The office’s own assessment of each network. It is shown beside the computed"
            " outcome and is never evidence for a rating."
        ),
    ),
    "decisions": (
        _("Decisions"),
        _("What was decided on the networks, and where the decision stands."),
    ),
    "sources": (
        _("Sources"),
        _(
            "Documents that facts and evidence are taken from. Can be left empty: this "
            "workbook is then given as the source."
        ),
    ),
}

# Columns of each sheet in their order: head, help, example; () for the common one.
COLUMNS: dict[str, dict[str, tuple[str, str, str] | tuple[()]]] = {
    "case": {
        "city": (_("City"), _("The city that evaluates its memberships."), ""),
        "geoname_id": (
            _("GeoNames number"),
            _("The city’s number in the register GeoNames, by which it is found in member lists."),
            "",
        ),
        "title": (_("Title of the report"), _("Stands at the top of the report."), ""),
        "as_of": (
            _("As of"),
            _(
                "The date that the evaluation holds for; today’s level of engagement is taken"
                " at this date. Year, month or day: 2025, 2025-11 or 2025-11-30."
            ),
            "",
        ),
        "responsible": (
            _("Responsible unit"),
            _("The unit that answers for the evaluation, not a person."),
            "",
        ),
        "deciding_body": (
            _("Deciding body"),
            _("The body that decides on the memberships, such as the city executive board."),
            "",
        ),
        "languages": (
            _("Languages"),
            _(
                "The languages that the report is made in. Texts in another language can be "
                "left out."
            ),
            "",
        ),
        "criteria_adopted": (
            _("Criteria adopted"),
            _(
                "When criteria, weights, demands and threshold were fixed: before any "
                "evidence is gathered. Year, month or day: 2025, 2025-11 or 2025-11-30."
            ),
            "",
        ),
        "criteria_adopted_by": (_("Adopted by"), _("Who fixed them: a body or a unit."), ""),
        "threshold_low": (
            _("Lowest threshold"),
            _(
                "The smallest share of the weight that must meet the demands of a level: from"
                " 0.5, which is half, to 1."
            ),
            "",
        ),
        "threshold_high": (
            _("Highest threshold"),
            _(
                "The largest share that can reasonably be asked for. Outcomes are tried from "
                "the lowest to the highest."
            ),
            "",
        ),
        "threshold_reason": (_("Reason for threshold"), _("Why these two shares."), ""),
        "draws": (
            _("Number of draws"),
            _(
                "How many sets of weights are drawn to see how stable the outcome is. 10,000 "
                "is enough."
            ),
            "",
        ),
        "synthetic": (
            _("Invented example"),
            _("Yes where the evaluation is invented, so that every page says so. Otherwise empty."),
            "",
        ),
    },
    "networks": {
        "name": (_("Network"), _("Name as it should stand in the report."), _("Green Harbours")),
        "note": (
            _("Note"),
            _("Full name, or what kind of organisation it is."),
            _("An invented network of port cities"),
        ),
        "network": (
            _("Short name"),
            _(
                "Can be left empty; it is then made from the name. Where member lists have "
                "the network, give the short name that they use, such as eurocities."
            ),
            _("green-harbours"),
        ),
    },
    "memberships": {
        "network": (),
        "standing": (
            _("Standing"),
            _(
                "In what standing the city is a member; represented: through another body’s "
                "membership. Empty: not known."
            ),
            _("full member"),
        ),
        "since": (
            _("Member since"),
            _("Empty: not known. Year, month or day: 2025, 2025-11 or 2025-11-30."),
            "2012",
        ),
        "until": (
            _("Member until"),
            _("Empty: still a member. Year, month or day: 2025, 2025-11 or 2025-11-30."),
            "",
        ),
        "via": (
            _("Through network"),
            _(
                "The network that this membership hangs on; leaving that one ends this one. "
                "Empty: direct membership."
            ),
            "",
        ),
        "represented_by": (
            _("Represented by"),
            _(
                "Who is the member in the city’s place, such as a national association. Only "
                "where the standing is represented."
            ),
            "",
        ),
        "source_id": (),
        "locator": (),
    },
    "departments": {
        "name": (
            _("Department"),
            _("Name of the department or company, never of a person."),
            _("Environment Administration"),
        ),
        "kind": (_("Type"), _("What kind of organisation it is."), _("department")),
        "language": (
            _("Asked in"),
            _("The language of the questions to it. Empty: the first language of the evaluation."),
            "",
        ),
        "department": (
            _("Short name"),
            _("Can be left empty; it is then made from the name. Letters a–z, digits and hyphens."),
            _("environment"),
        ),
    },
    "responsibilities": {
        "network": (),
        "department": (
            _("Responsible department"),
            _("The department that owns the membership. Empty: none is named."),
            _("Environment Administration"),
        ),
        "deciding_body": (
            _("Deciding body"),
            _("The body that decides on the membership. Empty: not known."),
            _("Environment Committee"),
        ),
        "goal": (
            _("Goal"),
            _("The goal that the membership serves, from the sheet Goals. Empty: none is named."),
            _("A harbour without emissions"),
        ),
        "source_id": (),
        "locator": (),
    },
    "bodies": {
        "network": (),
        "name": (_("Body"), _("Name of the body."), _("Working group on shore power")),
        "kind": (_("Type"), _("What kind of body it is."), _("working group")),
        "source_id": (),
        "locator": (),
        "body": (
            _("Short name"),
            _("Can be left empty; it is then made from the name. Letters a–z, digits and hyphens."),
            "",
        ),
    },
    "seats": {
        "network": (),
        "body": (
            _("Body"),
            _("Choose from the sheet Bodies, among those of the same network."),
            _("Board"),
        ),
        "role": (_("Role"), _("The city’s role in the body."), _("member")),
        "office": (
            _("Held by"),
            _("The office at home that holds the seat, never a person’s name. Empty: not known."),
            _("Chair of the Environment Committee"),
        ),
        "start": (_("From"), _("Year, month or day: 2025, 2025-11 or 2025-11-30."), "2024-06"),
        "end": (
            _("To"),
            _("Last day of the term. Year, month or day: 2025, 2025-11 or 2025-11-30."),
            "2026-06",
        ),
        "source_id": (),
        "locator": (),
    },
    "participation": {
        "network": (),
        "body": (
            _("Body"),
            _("Choose from the sheet Bodies. Empty: the network at large."),
            _("Working group on shore power"),
        ),
        "department": (
            _("Department"),
            _("Choose from the sheet Departments. Empty: not known which."),
            _("Environment Administration"),
        ),
        "role": (_("Role"), _("The part taken; declined: invited and said no."), _("participant")),
        "start": (_("From"), _("Year, month or day: 2025, 2025-11 or 2025-11-30."), "2023"),
        "end": (
            _("To"),
            _(
                "The last time that is known; for work that goes on, this year. Empty: not known. "
                "Year, month or day: 2025, 2025-11 or 2025-11-30."
            ),
            "2025",
        ),
        "benefit": (
            _("Benefit at home"),
            _("What the work has given the city’s own operations."),
            _("Technical requirements for shore power taken over"),
        ),
        "source_id": (),
        "locator": (),
    },
    "costs": {
        "network": (),
        "year": (_("Year"), _("Calendar year."), "2025"),
        "kind": (_("Kind of cost"), _("What the cost is for."), _("membership fee")),
        "amount": (
            _("Amount"),
            _("Amount of money. Empty: not known; 0 only where it is known to be free."),
            "12500",
        ),
        "currency": (_("Currency"), _("Three letters, such as EUR."), _("EUR")),
        "days": (_("Working days"), _("Working time in days."), ""),
        "paid_by": (_("Paid by"), _("The department that pays."), _("Environment Administration")),
        "source_id": (),
        "locator": (),
    },
    "events": {
        "name": (_("What"), _("What happens."), _("Annual meeting of Green Harbours")),
        "network": (
            _("Network"),
            _("Choose from the sheet Networks. Empty: it concerns the city itself."),
            _("Green Harbours"),
        ),
        "kind": (_("Type"), _("What kind of date it is."), _("meeting")),
        "start": (
            _("First day"),
            _("Year, month or day: 2025, 2025-11 or 2025-11-30."),
            "2026-05-20",
        ),
        "end": (
            _("Last day"),
            _("Empty: the same day. Year, month or day: 2025, 2025-11 or 2025-11-30."),
            "2026-05-22",
        ),
        "place": (_("Where"), _("Town or city. Empty: not known."), _("Rotterdam")),
        "source_id": (),
        "locator": (),
        "event": (
            _("Short name"),
            _(
                "Can be left empty; it is then made from the name. Two rows with one short "
                "name tell of one event."
            ),
            "",
        ),
    },
    "goals": {
        "title": (_("Goal"), _("The goal in one sentence."), _("A harbour without emissions")),
        "kind": (_("Type"), _("What kind of goal it is."), _("objective")),
        "source_id": (),
        "locator": (),
        "goal": (
            _("Short name"),
            _("Can be left empty; it is then made from the name. Letters a–z, digits and hyphens."),
            "",
        ),
    },
    "criteria": {
        "label": (_("Criterion"), _("Name in the report."), ""),
        "question": (
            _("Question"),
            _("The question that the rating answers, and what counts under another criterion."),
            "",
        ),
        "weight_low": (
            _("Lowest weight"),
            _("Smallest share of all weight, from 0 to 1: 0.05 is 5%."),
            "",
        ),
        "weight_high": (
            _("Highest weight"),
            _("Largest share of all weight, from 0 to 1: 0.4 is 40%."),
            "",
        ),
        "reason": (_("Reason"), _("Why the criterion is there, and why these weights."), ""),
        "goal": (
            _("Goal"),
            _("The goal that the criterion serves, from the sheet Goals. Can be left empty."),
            "",
        ),
        "section": (
            _("Section"),
            _(
                "The section of the report that shows the evidence on this criterion, network by "
                "network. Empty: none does."
            ),
            "",
        ),
        "anchor_0": (_("Rating 0"), _("What a rating of 0 means."), ""),
        "anchor_1": (_("Rating 1"), _("What a rating of 1 means."), ""),
        "anchor_2": (_("Rating 2"), _("What a rating of 2 means."), ""),
        "anchor_3": (_("Rating 3"), _("What a rating of 3 means."), ""),
        "anchor_4": (_("Rating 4"), _("What a rating of 4 means."), ""),
        "objective": (_("Direction"), _("Whether a higher or a lower rating is better."), ""),
        "criterion": (
            _("Short name"),
            _("Can be left empty; it is then made from the name. Letters a–z, digits and hyphens."),
            "",
        ),
    },
    "demands": {
        "level": (_("Level"), _("The level that asks for it; not the lowest."), ""),
        "criterion": (_("Criterion"), _("Choose from the sheet Criteria."), ""),
        "demand": (_("Demand"), _("The rating asked for, 0 to 4."), ""),
        "veto": (
            _("Veto"),
            _("A rating this bad bars the level, whatever the rest says. Empty: no veto."),
            "",
        ),
        "reason": (_("Reason"), _("Why this demand, and why a veto."), ""),
    },
    "order_statements": {
        "criterion": (
            _("Criterion"),
            _("The criterion that weighs at least as much."),
            _("Operational development"),
        ),
        "other": (
            _("Other criterion"),
            _("The criterion that it is compared with."),
            _("Positioning"),
        ),
        "reason": (
            _("Reason"),
            _("Why; give the decision that says so."),
            _("The strategy puts benefit at home first"),
        ),
    },
    "levels": {
        "label": (_("Level"), _("Name in the report."), ""),
        "order": (_("Place in the order"), _("0 is the lowest."), ""),
        "level": (_("Stands for"), _("The level in the method."), ""),
    },
    "statements": {
        "network": (),
        "criterion": (),
        "low": (
            _("Lowest rating"),
            _(
                "The lowest rating that the evidence supports, 0 to 4. Empty where a state is"
                " given."
            ),
            "2",
        ),
        "high": (
            _("Highest rating"),
            _("The highest rating that it supports; the same number where it is certain."),
            "3",
        ),
        "state": (
            _("State"),
            _(
                "Only where there is no rating. Silence: asked, and nothing said. Not "
                "applicable: cannot be judged for this network."
            ),
            "",
        ),
        "text": (
            _("What the source says"),
            _("In your own words, without names of persons."),
            _("The members hear of new rules a year ahead"),
        ),
        "coder": (
            _("Rated by"),
            _("A letter for the one who rated, A, B and so on, never a name."),
            "A",
        ),
        "source_id": (),
        "locator": (),
        "statement": (
            _("Number"),
            _("Can be left empty; it is then numbered when the workbook is read."),
            "",
        ),
    },
    "facts": {
        "network": (
            _("Network"),
            _("Choose from the sheet Networks. Empty: it concerns the city itself."),
            _("Green Harbours"),
        ),
        "attribute": (
            _("What it is about"),
            _(
                "A short word with the letters a–z, without spaces: founded for the year of "
                "founding, member_count for the number of members."
            ),
            "member_count",
        ),
        "value": (
            _("Value"),
            _("A number, a year or a name. Values of the same kind are compared."),
            "48",
        ),
        "unit": (_("Unit"), _("Unit of the value, where it has one."), _("cities")),
        "text": (
            _("The fact in words"),
            _("As it should stand in the report."),
            _("The network has 48 member cities"),
        ),
        "source_id": (),
        "locator": (),
    },
    "asked": {
        "department": (
            _("Department"),
            _("The department that is asked, from the sheet Departments."),
            _("Environment Administration"),
        ),
        "network": (),
        "sent": (
            _("Sent"),
            _("When the questions were sent. Year, month or day: 2025, 2025-11 or 2025-11-30."),
            "2025-09-01",
        ),
        "answer_by": (
            _("Answer due"),
            _("When the answer is due. Year, month or day: 2025, 2025-11 or 2025-11-30."),
            "2025-09-30",
        ),
        "respondents": (
            _("Persons asked"),
            _("Number of persons asked one by one. Empty: the department answers as one."),
            "",
        ),
    },
    "answers": {
        "department": (),
        "respondent": (),
        "network": (),
        "criterion": (),
        "version": (),
        "answer": (_("Answer"), _("What kind of answer it is."), ""),
        "low": (_("Lowest rating"), _("Only where a rating was given, 0 to 4."), ""),
        "high": (_("Highest rating"), _("The same as the lowest where one rating was given."), ""),
        "comment": (_("Comment"), _("As written. Shown in working papers only."), ""),
        "language": (
            _("Language of the comment"),
            _("The language that the comment is written in."),
            "",
        ),
        "received": (
            _("Received"),
            _("When the answer came in. Year, month or day: 2025, 2025-11 or 2025-11-30."),
            "",
        ),
        "source_id": (),
        "locator": (),
    },
    "lessons": {
        "department": (),
        "respondent": (),
        "network": (),
        "version": (),
        "brought_home": (_("Brought home"), _("What was brought home, as written."), ""),
        "used_for": (
            _("Used for"),
            _("What it was used for. Empty: nothing is said of any use."),
            "",
        ),
        "language": (
            _("Language of the texts"),
            _("The language that the texts are written in."),
            "",
        ),
        "source_id": (),
        "locator": (),
    },
    "assessments": {
        "network": (),
        "level": (_("Level"), _("The level that the office proposes."), _("Participate")),
        "action": (_("Action"), _("The action that the office proposes."), _("continue")),
        "effective": (
            _("From"),
            _(
                "When it is to take effect. Empty: not said. Year, month or day: 2025, "
                "2025-11 or 2025-11-30."
            ),
            "",
        ),
        "reason": (
            _("Reason"),
            _("The office’s reason, above all where it differs from the computed outcome."),
            _("The work on shore power is to be finished"),
        ),
        "source_id": (),
        "locator": (),
    },
    "decisions": {
        "network": (),
        "level": (_("Level"), _("The level decided on."), _("Participate")),
        "action": (_("Action"), _("The action decided on."), _("continue")),
        "date": (
            _("Date"),
            _("Date of the decision. Year, month or day: 2025, 2025-11 or 2025-11-30."),
            "2025-12-10",
        ),
        "paragraph": (_("Paragraph"), _("Paragraph of the minutes."), "§ 14"),
        "status": (_("Status"), _("Where the decision stands."), _("decided")),
        "source_id": (),
        "locator": (),
    },
    "sources": {
        "title": (_("Source"), _("Title of the document."), _("Membership certificate")),
        "publisher": (_("Publisher"), _("Who issued it."), _("Green Harbours")),
        "date": (
            _("Date"),
            _(
                "When it was issued. Empty: the document does not say. Year, month or day: "
                "2025, 2025-11 or 2025-11-30."
            ),
            "2012-03-01",
        ),
        "licence": (_("Terms of use"), _("Terms of use. Empty: none are stated."), ""),
        "note": (_("Note"), _("What a reader should know of the document."), ""),
        "source_id": (
            _("Short name"),
            _(
                "Can be left empty; it is then made from the title. Letters a–z, digits and "
                "hyphens."
            ),
            "",
        ),
        "sha256": (_("Checksum"), _("SHA-256 of the file that was read. Can be left empty."), ""),
    },
}

# Words for the codes of columns with a choice.
CHOICES = LABELS | {
    "board": _("board"),
    "council": _("council"),
    "forum": _("forum"),
    "working_group": _("working group"),
    "committee": _("committee"),
    "section": _("section"),
    "subnetwork": _("subnetwork"),
    "department": _("department"),
    "company": _("company"),
    "district": _("district"),
    "political": _("political body"),
    "sv": _("Swedish"),
    "en": _("English"),
    "sv en": _("Swedish and English"),
    "yes": _("yes"),
    "effort": _("effort"),
    "dependence": _("dependence"),
    "max": _("higher is better"),
    "min": _("lower is better"),
    "not_a_member": _("Not a member"),
    "follow": _("Follow"),
    "participate": _("Participate"),
    "lead": _("Lead"),
    "rating": _("rating"),
    "dont_know": _("don’t know"),
    "not_our_field": _("not our field"),
    "no_answer": _("no answer"),
    "founding": _("founding"),
    "accession": _("accession"),
    "decision": _("decision"),
    "consultation": _("consultation"),
    "step": _("step"),
    "campaign": _("campaign"),
    "fee": _("membership fee"),
    "travel": _("travel"),
    "staff": _("staff"),
    "other": _("other"),
    "proposed": _("proposed"),
    "decided": _("decided"),
    "appealed": _("appealed"),
    "in_force": _("in force"),
}
