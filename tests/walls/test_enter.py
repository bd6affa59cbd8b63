"""Enter in a field presses the first button of its form, wherever that stands: it is the one she means."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR) / "templates"
# Of buttons that stand first all the same, each with its reason.
REASONED = {
    'name="look"': "Enter where she seeks shows who is found, before any letter is begun",
    'name="whom" value="author"': "there is no field to press Enter in",
    'class="button button-danger"': "it stands there instead of the one that is meant",
}
COMMENT = re.compile(r"\{#.*?#\}|<noscript>.*?</noscript>", re.S)
INCLUDED = re.compile(r'\{%\s*include "([^"]+)"[^%]*%\}')
FORM = re.compile(r"<form\b.*?</form>", re.S)
BUTTON = re.compile(r"<button\b(?:\{%.*?%\}|\{\{.*?\}\}|[^>])*>", re.S)
ELSEWHERE = re.compile(r'\btype="(?:button|reset)"|\sform="')  # it sends another form, or none


def with_parts(template: str) -> str:
    """The template with what it includes in its place, as far as that is named in it."""
    return INCLUDED.sub(_part, COMMENT.sub("", template))


def _part(found: re.Match) -> str:
    path = ROOT / found[1]
    return with_parts(path.read_text()) if path.exists() else ""


def amiss(template: str) -> list[str]:
    """The first buttons of forms that go elsewhere, or stand before the one that is meant."""
    found = []
    for form in FORM.findall(with_parts(template)):
        buttons = [each for each in BUTTON.findall(form) if not ELSEWHERE.search(each)]
        if not buttons or " disabled hidden" in buttons[0]:
            continue
        means = [each for each in buttons if "button-primary" in each]
        if any(each in buttons[0] for each in REASONED):
            continue
        if "formaction=" in buttons[0] or (means and buttons[0] != means[0]):
            found.append(buttons[0])
    return found


def test_enter_presses_the_button_that_is_meant():
    found = {str(path.relative_to(ROOT)): amiss(path.read_text()) for path in ROOT.rglob("*.html")}
    assert {path: buttons for path, buttons in found.items() if buttons} == {}


def test_the_wall_would_fall_over_another_button_before_it():
    kind, means = '<button name="kind" value="letter"{}>', '<button class="button button-primary">'
    assert amiss(f"<form>{kind.format('')}{means}</form>") == [kind.format("")]
    elsewhere = kind.format(' formaction="/kind/"')
    assert amiss(f"<form>{elsewhere}<button>Save</button></form>") == [elsewhere]
    assert amiss(f"<form>{means}{elsewhere}</form>") == []
    assert amiss(f'<form><button type="submit" disabled hidden></button>{elsewhere}{means}</form>') == []
