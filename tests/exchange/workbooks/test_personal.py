"""Which texts name a person or tell how to reach one, and which only look so."""

import pytest

from netanalysis.exchange.sheets.privacy import personal_data


@pytest.mark.parametrize(
    "text",
    [
        "anna.berg@stad.example",
        "Skriv till Anna.Berg@Stad.Example, tack.",
        "a+b@stad.example;c@d.example",
        "anna @ stad.example",
        "anna@ stad.example",
        "anna@malmö.example",
        "anna@post.stad.xn--p1ai",
        "ANNA@STAD.EXAMPLE",
        "anna (at) stad.example",
        "anna[at]stad.example",
        "anna (snabel-a) stad.example",
        "anna{snabela}stad (punkt) example",
        "anna [at] post [dot] stad [dot] example",
        "mailto:anna-b@stad.example?subject=x",
        "\uff41nna\uff20stad.example",  # fullwidth
        "an\u200bna@\u200bstad.example",
    ],
)
def test_addresses_are_found(text):
    assert personal_data(text) == "email"


@pytest.mark.parametrize(
    "text",
    [
        "08-508 290 00",
        "08 - 508 290 00",
        "08/508 290 00",
        "08.508.290.00",
        "(08) 508 290 00",
        "(08)50829000",
        "Ring 0850829000.",
        "tel.08-508 290 00",
        "tel:+46850829000",
        "+46 8 508 290 00",
        "+46-8-508 29 000",
        "+46(0)8-508 290 00",
        "+46 (0) 8 508 290 00",
        "(+46) 8 508 290 00",
        "0046 8 508 290 00",
        "0046(0)850829000",
        "070-123 45 67",
        "070 - 123 45 67",
        "070 1234567",
        "0739234567",
        "070\u2011123\u00a045\u00a067",  # hyphen and blanks that do not break
        "070\u2212123 45 67",
        "0413-620 00",
        "0920 - 45 30 00",
        "020-12 34 56",
        "+45 33 66 33 66",
        "+47 22 12 34 56",
        "+358 9 310 1691",
        "+358 400 123 456",
        "+44 (0)20 7946 0958",
        "+1 (555) 010-9999",
        "+1-555-010-9999",
        "+49/30/9026-0",
        "rum 12 070 123 45 67",
    ],
)
def test_telephone_numbers_are_found(text):
    assert personal_data(text) == "telephone"
    assert personal_data(f"Nås på {text}, helst före lunch") == "telephone"


@pytest.mark.parametrize(
    "text",
    [
        "möte @ Rådhuset",
        "möte @ Rådhuset. Sedan fika",
        "möte @ Rådhuset.Sedan fika",
        "möte@Rådhuset",
        "Q1q @SUM",
        "=@SUM(A1:A9)",
        "Twitter: @stad.example",
        "3 st @ 2.50 kr",
        "(at) home",
        "Sparar 1 200 000 kr per år, 2019–2021, enligt dnr 2024/0123.",
        "12 050 000 kr",
        "1 000 000 000",
        "+12 000 000 kr",
        "+1 200 000 jämfört med 2019",
        "0 2019 2020 2021",
        "0.12345678",
        "0,12345678 och 0,5",
        "01.02.2019 och 03/04/2020",
        "05.2019–06.2020",
        "2020-03-31",
        "Dnr KS 2011/10-432, organisationsnummer 212000-0142",
        "ISO 37120:2018",
        "dnr 0" + "1" * 96 + "x",
    ],
)
def test_what_only_looks_like_it_is_none(text):
    assert personal_data(text) == ""
