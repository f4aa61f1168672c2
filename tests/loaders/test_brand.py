"""A brand is taken whole or told to be wrong, with every place and the numbers."""

import struct
import zlib

import pytest

from netanalysis import DataError, load_case
from netanalysis.loaders.case.brand import BRAND, LEAST, contrast
from tests.conftest import command

GOOD = """name = "Exempelstad"
[colours]
accent = "#7a1f5c"
second = "#0B6B3A"
dark = "#3d0f2e"
[logo]
file = "logo.svg"
[logo.alt]
sv = "Vapen"
en = "Arms"
"""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4z"/></svg>'


def pixel():
    """A PNG of one black pixel."""

    def chunk(kind, data):
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    drawn = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + head + drawn + chunk(b"IEND", b"")


def put(folder, text=GOOD, logo=LOGO):
    (folder / BRAND).write_bytes(text.encode() if isinstance(text, str) else text)
    (folder / "logo.svg").write_bytes(logo.encode() if isinstance(logo, str) else logo)
    return folder


def test_contrast_is_that_of_the_guidelines():
    assert contrast("#000000", "#ffffff") == 21
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)  # known to just fail
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)  # known to just meet


def test_a_case_has_the_brand_of_its_folder(copied):
    assert load_case(copied).brand is None
    brand = load_case(put(copied)).brand
    assert brand.names == {"sv": "Exempelstad", "en": "Exempelstad"}
    assert brand.colours == {"accent": "#7a1f5c", "second": "#0b6b3a", "dark": "#3d0f2e"}
    assert (brand.logo.decode(), brand.kind) == (LOGO, "image/svg+xml")
    assert brand.alts == {"sv": "Vapen", "en": "Arms"}
    assert load_case(put(copied, logo=pixel())).brand.kind == "image/png"
    assert load_case(put(copied, "")).brand.colours == {}


@pytest.mark.parametrize(
    ("text", "logo", "said"),
    [
        ("name = ", LOGO, "the file is not TOML"),
        (b'name = "\xe5"', LOGO, "UTF-8"),
        ('nmae = "x"', LOGO, "there is no key nmae(.|\n)*name, colours, logo"),
        ('[colours]\nlink = "#000000"', LOGO, r"there is no key colours\.link"),
        ("name = 5", LOGO, "name is not of the form"),
        ('[name]\nsv = "Staden"', LOGO, "name has no text in the language en"),
        ('[colours]\naccent = "blue"', LOGO, r"colours\.accent is blue"),
        ('[colours]\naccent = "#777777"', LOGO, r"contrast with #ffffff is 4\.48; 4\.5"),
        ('[colours]\ndark = "#a04fb0"', LOGO, r"whose contrast with #ffffff is [0-9.]+; 7 is"),
        ('colours = "red"', LOGO, "colours is not of the form"),
        ('logo = "logo.svg"', LOGO, "logo is not of the form"),
        (GOOD.replace("logo.svg", "../x.svg"), LOGO, r"names no file beside brand\.toml: \.\./x"),
        (GOOD.replace('alt]\nsv = "Vapen"', "alt]"), LOGO, r"logo\.alt has no text"),
        (GOOD, "GIF89a", "is no SVG or PNG of at most"),
        (GOOD, LOGO + " " * 30_000, "is no SVG or PNG of at most"),
        (GOOD, LOGO.replace("<path", "<script>alert(1)</script><path"), "has what can run"),
        (GOOD, LOGO.replace("<path", '<path onload="alert(1)"'), "has what can run"),
        (GOOD, LOGO.replace("<path", '<image href="https://x.example/a.png"/><path'), "has what"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(copied, text, logo, said):
    with pytest.raises(DataError, match=said) as caught:
        load_case(put(copied, text, logo))
    assert all(problem.file.endswith(BRAND) for problem in caught.value.problems)


def test_everything_that_is_wrong_is_told_at_once(copied, tmp_path):
    put(copied, 'x = 1\n[colours]\naccent = "#eeeeee"\nsecond = "#ffffff"')
    done = command("check", "stockholm-2011", cwd=tmp_path)
    assert done.returncode != 0
    for said in ("there is no key x", "colours.accent", "colours.second"):
        assert said in done.stderr


def test_every_colour_of_netanalysis_meets_what_is_asked_of_an_office():
    from netanalysis.pages import svg

    own = {"accent": svg.ACCENT, "second": svg.SECOND, "dark": svg.SHADES[3]}
    for name, limits in LEAST.items():
        for least, ground in limits:
            assert contrast(own[name], ground) >= least


def test_writing_a_case_keeps_its_brand(copied, tmp_path):
    put(copied)
    assert command("write", "stockholm-2011", cwd=tmp_path).returncode == 0
    done = command("read", tmp_path / "stockholm-2011.xlsx", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert load_case(copied).brand.names["sv"] == "Exempelstad"
