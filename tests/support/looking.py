"""Pages looked at in a browser: what keeps people out, and whether they fit."""

from __future__ import annotations

from pathlib import Path

import pytest

_AXE = Path(__file__).parents[2] / "tools" / "axe" / "node_modules" / "axe-core" / "axe.min.js"
_RUN = """async (rules) => {
  const found = await axe.run(document, {resultTypes: ["violations"], ...rules});
  return found.violations
    .filter((rule) => ["serious", "critical"].includes(rule.impact))
    .map((rule) => [rule.id, ...rule.nodes.slice(0, 3).map((node) => node.html.slice(0, 200) + " " + node.failureSummary)]);
}"""
_OF_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
_BY_SCHEME: dict[str, dict] = {"light": {}, "dark": _OF_COLOURS}
"""Every rule by day; by night, where nothing but colours may be another, those of colours."""
_SHAPE = """async () => {
  await document.fonts.ready;
  return [...document.querySelectorAll("body *")].map((element) => {
    const {x, y, width, height} = element.getBoundingClientRect(), {opacity, visibility} = getComputedStyle(element);
    return [element.tagName, x, y, width, height, opacity, visibility].join(" ");
  }).join();
}"""
"""With the fonts that it has in the end: letters of a font that comes a moment later have another width."""
_TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_WIDER = """() => [...document.querySelectorAll("main *")]
  .filter((element) => element.getBoundingClientRect().right > innerWidth + 1 && !element.closest(".scroll"))
  .slice(0, 3).map((element) => element.outerHTML.slice(0, 150))"""


def axe() -> str:
    """The rules, or a skip that says how to get them."""
    if not _AXE.is_file():
        pytest.skip("axe-core is not installed, so nobody looked for what keeps people out; `make browser` installs it")
    return _AXE.read_text(encoding="utf-8")


def keeps_nobody_out(page, axe: str) -> None:
    """By day, and by night in the same shape. The window has less motion: a colour that still changes cannot be judged."""
    page.evaluate(axe)
    shapes = set()
    for scheme, rules in _BY_SCHEME.items():
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(_RUN, rules) == [], scheme
        shapes.add(page.evaluate(_SHAPE))
    assert len(shapes) == 1


def fits(page) -> None:
    """A narrow window has the whole page."""
    for width in (320, 360):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate(_TOO_WIDE) <= 0, page.evaluate(_WIDER)
