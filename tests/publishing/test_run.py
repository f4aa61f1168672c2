import os

import pytest

from netanalysis.publishing import run


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    target = tmp_path / "page.html"
    run.save("old", target)
    with pytest.raises(UnicodeEncodeError, match="surrogates"):
        run.save("half \ud800", target)
    assert target.read_text("utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o007, 0o660)])
def test_a_file_may_be_read_by_whom_the_mask_lets(tmp_path, mask, mode):
    before = os.umask(mask)
    try:
        run.save("text", tmp_path / "page.html")
    finally:
        os.umask(before)
    assert (tmp_path / "page.html").stat().st_mode & 0o777 == mode
