"""Does the benchmarks' own notebook still run and become a page?"""

from tests.benchmarks import reports


def test_the_notebook_of_three_charts_becomes_a_page(tmp_path):
    _, write = reports.inputs(tmp_path)
    write()
    _, make = reports.plain(tmp_path, "three charts", 1)
    told = make()
    text = (tmp_path / "out.html").read_text("utf-8")
    assert text.count("<figure>") == 3
    assert told["page kB"] == len(text.encode()) / 1e3
