"""The typing test is typed: what is copied or pasted is refused, and said so."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from . import by_keyboard as keys

pytestmark = pytest.mark.slow  # what is counted, in rooms: tests/office/profiles/test_typing.py
REFUSED = """(element, kind) => {
  const tried = new Event(kind, { bubbles: true, cancelable: true });
  element.dispatchEvent(tried);
  return tried.defaultPrevented;
}"""


def test_what_is_pasted_into_the_typing_test_is_refused_and_what_is_typed_is_taken(office):
    page = office.enters(office.secretary("Priya", ready=False), to=reverse("my-typing"))
    page.get_by_role("button", name="Begin the test").click()
    field, said = page.get_by_label("Type it here"), page.get_by_text("Nothing is copied from the passage")
    expect(said).to_be_hidden()
    keys.types(field, "Thank you")
    expect(said).to_be_hidden()
    assert page.locator("[data-passage]").evaluate(REFUSED, "copy")
    expect(said).to_be_visible()
    for kind in ("paste", "drop"):
        assert field.evaluate(REFUSED, kind)
    expect(field).to_have_value("Thank you")
