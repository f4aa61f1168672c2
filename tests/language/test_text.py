"""Texts that are typed otherwise are the same, and others are not."""

import pytest

from netanalysis.exchange.sheets.privacy import personal_data
from netanalysis.language import text

UNSEEN = "\u00ad\u061c\u200b\u200d\u200e\u202a\u2060\u2066\ufeff"


@pytest.mark.parametrize("sign", UNSEEN)
def test_signs_that_nobody_sees_are_no_difference(sign):
    for same in (text.folded, text.folded_label):
        assert same(f"{sign}Avg{sign}ift ÅR") == same("avgift år")
    assert text.seen(f"Gö{sign}teborg") == "Göteborg"
    assert personal_data(f"Ring 08-508{sign} 290 00") == "telephone"


@pytest.mark.parametrize("dash", "\u2010\u2011\u2012–—\u2015\u2212")
def test_kinds_of_dashes_are_no_difference(dash):
    assert text.folded(f"2019{dash}2021") == "2019-2021"
    assert personal_data(f"Ring 08{dash}508 290 00") == "telephone"


def test_letters_decide_about_names_and_more_about_what_is_typed():
    assert text.folded_name("Malmö (SE)") == text.folded_name("MALMO, se")
    assert text.folded("Malmö") != text.folded("Malmo")
    assert text.folded_label("Network: ") == text.folded_label("network")
    assert text.folded("Network:") != text.folded("network")


def test_a_form_of_a_letter_is_no_difference():
    one, other = "Umea\u030a \uff23\uff14\uff10", "umeå C40"
    assert text.folded(one) == text.folded(other)
    assert text.folded_name(one) == text.folded_name(other) == "umea c40"
