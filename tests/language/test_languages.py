"""Which languages there are, and which one the machine speaks."""

import pytest

from netanalysis.language.languages import KNOWN, SOURCE, of_machine
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("setting", "language"),
    [
        ("sv_SE.UTF-8", "sv"),
        ("sv", "sv"),
        ("Swedish_Sweden.1252", "sv"),
        ("en_GB.UTF-8", "en"),
        ("C.UTF-8", "en"),
        ("POSIX", "en"),
        ("de_DE.UTF-8", "en"),  # no language of the product
    ],
)
def test_the_machine_speaks_a_language_of_the_product(setting, language, monkeypatch):
    monkeypatch.setenv("LC_ALL", setting)
    assert of_machine() == language


def test_every_language_but_that_of_the_code_has_a_catalogue():
    folders = {path.name for path in (ROOT / "netanalysis" / "locale").iterdir() if path.is_dir()}
    assert folders == set(KNOWN) - {SOURCE}
