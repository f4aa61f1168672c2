import pytest

from netanalysis.publishing import run


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    target = tmp_path / "page.html"
    run.save("old", target)
    with pytest.raises(UnicodeEncodeError, match="surrogates"):
        run.save("half \ud800", target)
    assert target.read_text("utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]
