"""The client's ways about: a line of links, and under *More* what she needs less often."""

import re

import pytest
from django.urls import reverse

from messages_app.models import ClientQuestion


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal")


@pytest.fixture
def menu(office, okafor):
    """Reads a page's line of links: (what always shows, *More* itself, what stands behind it)."""
    browser = office.browser(okafor.owner)

    def read(page):
        answer = browser.get(reverse(page))
        line = re.search(r'<nav class="portal-nav".*?</nav>', answer.content.decode(), re.DOTALL)[0]
        shown, _, rest = line.partition("<details")
        more, _, behind = rest.partition("</summary>")
        return shown, more, behind

    return read


def labels(html: str) -> list[str]:
    return re.findall(r"<a [^>]*>(?:<svg.*?</svg><span>)?([^<]+)", html, re.DOTALL)


def test_the_line_is_short_and_the_rest_stands_in_groups(menu):
    shown, _more, behind = menu("portal")
    assert "{#" not in shown + behind  # a note of ours over two lines is none
    assert labels(shown) == ["Today", "Messages", "Where I am", "Meetings", "Instructions", "Calls"]
    assert re.findall(r'<p class="nav-title"[^>]*>([^<]+)', behind) == [
        "Letters and mail",
        "How we answer",
        "Your account",
    ]
    assert labels(behind)[:6] == ["Requests", "Letters", "Dictation", "Post", "Mail", "Approvals"]


def test_the_page_that_is_open_is_shown_wherever_it_stands(menu):
    shown, more, behind = menu("people")
    assert 'aria-current="page"' not in shown
    assert 'aria-current="true"' in more
    assert re.findall(r'aria-current="page">.*?<span>([^<]+)', behind, re.DOTALL) == ["People"]
    shown, more, behind = menu("messages-portal")
    assert 'aria-current="page"' in shown
    assert "aria-current" not in more + behind


def test_what_waits_behind_it_shows_without_opening_it(office, okafor, menu):
    assert "badge" not in menu("portal")[1]
    ClientQuestion.objects.create(
        client=okafor.row, contact=okafor.owner, question="At ten?", asked_by=office.supervisor()
    )
    _shown, more, behind = menu("portal")
    assert re.search(r'<span class="badge badge-loud">1</span>', more)
    assert re.search(r'Approvals</span><span class="badge[^"]*">1</span>', behind)
