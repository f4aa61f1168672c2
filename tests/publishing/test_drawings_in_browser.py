"""The drawings of the stored pages in a real browser: no label covers another or is cut."""

import pytest

from tests.pages.reading import drawings
from tests.pages.stored import NAMES, subjects

LABELS = """() => {
    const svg = document.querySelector('svg'), edge = svg.getBoundingClientRect();
    const told = [...svg.querySelectorAll('text')].filter(t => t.textContent.trim()).map(t => {
        const box = t.getBBox(), way = t.getScreenCTM(), high = box.height * 0.2;
        const corner = (x, y) => new DOMPoint(x, y).matrixTransform(way);
        const [left, right] = [box.x + 1, box.x + box.width - 1];
        const [top, bottom] = [box.y + high, box.y + box.height - high];
        return {text: t.textContent, corners: [corner(left, top), corner(right, top),
                                              corner(right, bottom), corner(left, bottom)]};
    });
    const apart = (a, b) => [a, b].some(one => one.some((p, i) => {
        const q = one[(i + 1) % 4], [x, y] = [q.y - p.y, p.x - q.x];
        const along = c => c.map(d => d.x * x + d.y * y), [s, t] = [along(a), along(b)];
        return Math.max(...s) <= Math.min(...t) || Math.max(...t) <= Math.min(...s);
    }));
    const faults = [];
    told.forEach((one, place) => {
        if (one.corners.some(c => c.x < edge.left || c.x > edge.right || c.y < edge.top ||
                                  c.y > edge.bottom)) faults.push(`${one.text} is cut`);
        for (const other of told.slice(place + 1))
            if (!apart(one.corners, other.corners)) faults.push(`${one.text} covers ${other.text}`);
    });
    return [told.length, faults];
}"""


@pytest.fixture(scope="module")
def made(shared_pages):
    return shared_pages.of(subjects(shared_pages))


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("batch")])
def test_no_label_of_a_drawing_covers_another_or_is_cut(browser, made, name):
    shown = made[name].read_text("utf-8")
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    found = []
    for number, svg in enumerate(drawings(shown), start=1):
        page.set_content(f"<!DOCTYPE html>{svg[svg.index('<svg') :]}")
        labels, faults = page.evaluate(LABELS)
        assert labels
        found += [f"drawing {number}: {fault}" for fault in faults]
    context.close()
    assert found == []
