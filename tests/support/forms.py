"""Forms of a page, as somebody fills them in who knows the names of their fields: quickly, and sent to the end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_UNFOLDED = """form => {
    for (let fold = form.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    for (const fold of form.querySelectorAll("details")) fold.open = true;
    return [...form.elements].filter(each => each.name).map(each => [each.name, each.type]);
}"""
_BOXES = "boxes => boxes.map(box => [box.value, box.labels[0].innerText.trim(), box.checked])"
_CHOICES = "list => [...list.options].map(each => [each.value, each.label.trim()])"


def fill(form: Any, said: Mapping[str, object]) -> None:
    """Type into a form, or choose: by the name of each field, and in lists by value or by what stands there."""
    kinds = dict(form.evaluate(_UNFOLDED))
    for name, value in said.items():
        field = form.locator(f'[name="{name}"]')
        if name not in kinds:
            assert not value, f"the form has no place for {name}: {value}"
        elif kinds[name] == "radio":
            form.locator(f'[name="{name}"][value="{value}"]').check()
        elif kinds[name] == "checkbox":
            _check(field, value)
        elif kinds[name] == "select-one":
            field.select_option(_chosen(field.evaluate(_CHOICES), str(value)))
        elif kinds[name] == "file":
            field.set_input_files(value)
        else:
            field.fill(str(value))


def send(form: Any) -> None:
    """Press its button, and go where that leads. Whatever refuses it is a failure."""
    page = form.page
    with page.expect_navigation(wait_until="commit") as gone:
        form.get_by_role("button").last.click()
    if not gone.value.ok:
        page.wait_for_load_state()
        raise AssertionError(
            (page.url, gone.value.status, page.locator("main .wrong, main .refusal").all_inner_texts())
        )


def _check(boxes: Any, wanted: object) -> None:
    """Those that are wanted, and no other; True is the one box there is."""
    found = boxes.evaluate_all(_BOXES)
    if isinstance(wanted, bool):
        chosen = {found[0][0]} if wanted else set()
    else:
        chosen = set(wanted) if isinstance(wanted, list) else {str(wanted)}
    missing = chosen - {each for value, label, _ in found for each in (value, label)}
    assert not missing, f"not offered: {missing}; but: {found}"
    for place, (value, label, checked) in enumerate(found):
        if bool(chosen & {value, label}) != checked:
            boxes.nth(place).click()


def _chosen(offered: list[tuple[str, str]], wanted: str) -> str:
    """The value of what is wanted."""
    for value, label in offered:
        if wanted in {value, label}:
            return value
    raise AssertionError(f"not offered: {wanted}; but: {offered}")
