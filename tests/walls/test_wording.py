"""Every word a person reads goes through gettext, so that it can be said in her language."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR) / "templates"
# Each with its reason.
REASONED = {
    "overview/styleguide": "invented people and samples for those who run the firm",
    "overview/_example": "parts of that sheet",
    "500.html": "nothing but itself may be asked when everything has failed",
}
SAID = re.compile(
    r"\{%-?\s*comment\b.*?endcomment\s*%\}"
    r"|\{%\s*blocktranslate\b.*?endblocktranslate\s*%\}"
    r"|\{%\s*block \w*(?:class|data)\b.*?endblock\s*%\}"
    r"|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->|<!doctype[^>]*>",
    re.S | re.I,
)
ATTRIBUTE = re.compile(r'\s(?:aria-label|title|placeholder|alt)="([^"]*)"')
TAG = re.compile(r"<[^>]*>", re.S)
QUOTED = re.compile(r'="[^"]*"')
SAME_EVERYWHERE = re.compile(
    r"\b(Secretariat|Okafor Legal|Ctrl|Enter|Esc|K)\b"
)  # names, and what stands on keys
WORD = re.compile(r"[^\W\d_]{2,}")
TEMPLATES = [
    path
    for path in sorted(ROOT.rglob("*.html"))
    if not str(path.relative_to(ROOT)).startswith(tuple(REASONED))
]


def bare_words(template: str) -> list[str]:
    """Text and spoken attributes of a template that no tag translates."""
    untagged = SAID.sub("", template)
    text = TAG.sub("\n", QUOTED.sub("", untagged))
    spoken = [*ATTRIBUTE.findall(untagged), *text.split("\n")]
    return [
        each.strip() for each in spoken if WORD.search(SAME_EVERYWHERE.sub("", re.sub(r"&\w+;", "", each)))
    ]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_says_nothing_by_itself(path):
    assert bare_words(path.read_text()) == []


def test_the_wall_would_fall_over_words():
    assert bare_words("<p>Nobody yet</p>") == ["Nobody yet"]
    assert bare_words('<a aria-label="Close this">x</a>') == ["Close this"]
    assert bare_words('{% translate "Close" %}<b>{{ name }}</b>: 12 · {# why #}') == []
